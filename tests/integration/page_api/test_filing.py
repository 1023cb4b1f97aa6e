"""Where the company's documents are filed: shown, tried, chosen by one administrator at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import boto3
import pytest

from shared.aws.stores.event_outbox import EventOutbox
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.sharing_store import SharingStore
from shared.domain.audit import AuditAction
from shared.domain.filing.choices import ORDERS, STANDARD, FilingChoice, FilingPart, MonthForm
from shared.domain.sharing import Access, Change, ChangeKind, PendingChange, SharedFolder
from shared.doorbells.messages import CompanyDoorbell
from testing import event_schemas
from testing.audit_rows import to_audit_entry
from tests.integration.page_api.conftest import BOB, COMPANYS_ACCOUNT, NOW, REQUEST_ID, PageApi

CAROL = BOB | {"sub": "carol", "name": "Carol Petit"}
BY_EMPLOYEE = FilingChoice(ORDERS[2], (FilingPart.MERCHANT, FilingPart.DATE), MonthForm.FR)


def body_of(choice: FilingChoice, version: int = 1) -> dict[str, Any]:
    return {
        "folders": list(choice.folders),
        "name": list(choice.name),
        "months": choice.months.value,
        "version": version,
    }


def choose(api: PageApi, choice: FilingChoice, version: int = 1, claims: dict[str, str] = BOB) -> Any:
    status, answer = api.call("PUT /filing", claims, body=body_of(choice, version))
    assert status == 200, answer
    return answer


def preview(api: PageApi, folders: Sequence[str], name: Sequence[str], **query: str) -> Any:
    return api.get("/filing/preview", BOB, folders=",".join(folders), name=",".join(name), **query)


def trail() -> list[Any]:
    return [to_audit_entry(row) for row in AuditRow.query("company:atelier")]


def chosen_now(api: PageApi) -> FilingChoice | None:
    link = api.links.get("company:atelier")
    assert link is not None
    return link.filing


def test_who_has_chosen_nothing_is_shown_the_usual_with_examples_of_all_kinds(api: PageApi) -> None:
    api.company_link()

    shown = api.get("/filing", BOB)

    assert shown["folders"] == ["year", "month", "employee"]
    assert (shown["name"], shown["months"]) == (["date", "merchant", "amount"], "number")
    assert len(shown["orders"]) == 5
    [usual, long, incomplete] = [example["path"] for example in shown["preview"]["examples"]]
    assert usual.startswith("/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [")
    assert len(long) == 200
    assert incomplete.startswith("/Jenji/2026/11/Jane Doe/2026-11-22 Document [")
    assert shown["preview"]["list_folder"] == "/Jenji/2026/03"


def test_a_choice_is_tried_before_it_is_made_and_changes_nothing(api: PageApi) -> None:
    api.company_link()

    tried = preview(api, ["employee", "month"], ["category", "employee", "document_number"], months="de")

    assert tried["examples"][0]["path"].startswith(
        "/Jenji/Jane Doe/2026-03 März/train Jane Doe F-2026-0042 ["
    )
    assert (tried["list_folder"], tried["has_year_folders"]) == ("/Jenji", False)
    assert "refusal" not in tried
    assert chosen_now(api) is None


def test_a_choice_is_kept_traced_told_and_rung_for(api: PageApi) -> None:
    api.company_link()

    answer = choose(api, BY_EMPLOYEE)

    assert (answer["folders"], answer["version"]) == (["employee", "year", "month"], 2)
    assert chosen_now(api) == BY_EMPLOYEE
    [line] = [entry for entry in trail() if entry.action is AuditAction.FILING_CHOSEN]
    assert (line.actor, line.filing, line.generation) == ("bob", BY_EMPLOYEE.code, 2)
    outbox = EventOutbox("links")
    [event] = [event for key in outbox.due_ids(api.clock()) if (event := outbox.get(key, "of-the-sweep"))]
    assert (event.name, event.detail["by"], event.detail["months"]) == ("FilingChanged", "bob", "fr")
    event_schemas.check(event)
    assert api.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]


def test_the_same_choice_once_more_is_none(api: PageApi) -> None:
    api.company_link()
    choose(api, BY_EMPLOYEE)

    again = choose(api, BY_EMPLOYEE, version=1, claims=CAROL)

    assert again["version"] == 2
    assert len([entry for entry in trail() if entry.action is AuditAction.FILING_CHOSEN]) == 1


def test_of_two_administrators_the_second_is_told_and_nothing_is_lost(api: PageApi) -> None:
    api.company_link()
    choose(api, BY_EMPLOYEE)
    other = replace(STANDARD, months=MonthForm.IT)

    refused = api.error("PUT /filing", CAROL, body=body_of(other, version=1))
    shown = api.get("/filing", CAROL)
    choose(api, other, shown["version"], CAROL)

    assert refused == (409, "filing_changed")
    assert shown["months"] == "fr"
    assert chosen_now(api) == other


@pytest.mark.parametrize(
    ("folders", "name", "code"),
    [
        (["month", "year", "employee"], ["date"], "filing_month_before_year"),
        (["year", "employee"], ["date"], "filing_month_missing"),
        (["year", "month"], ["date"], "filing_employee_missing"),
        (["year", "month", "employee", "merchant"], ["date"], "filing_private_folder"),
        (["year", "month", "employee"], ["date", "date"], "filing_parts_unfit"),
        (["year", "month", "employee"], ["year"], "filing_parts_unfit"),
    ],
)
def test_what_could_mix_or_leak_is_refused_in_the_readers_words(
    api: PageApi, folders: list[str], name: list[str], code: str
) -> None:
    api.company_link()
    body = {"folders": folders, "name": name, "months": "number", "version": 1}

    refused = api.error("PUT /filing", BOB, body=body)
    worded = [preview(api, folders, name, lang=lang) for lang in ("en", "fr", "de", "es", "it")]

    assert refused == (400, code)
    assert {tried["refusal"]["code"] for tried in worded} == {code}
    assert len({tried["refusal"]["message"] for tried in worded}) == 5
    assert all(tried["examples"] == [] for tried in worded)
    assert chosen_now(api) is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        body_of(STANDARD) | {"folders": ["galaxy"]},
        body_of(STANDARD) | {"name": "date"},
        body_of(STANDARD) | {"name": ["date"] * 10},
        body_of(STANDARD) | {"months": "klingon"},
        body_of(STANDARD) | {"version": "1"},
        body_of(STANDARD) | {"root": "/"},
    ],
)
def test_what_is_no_choice_is_not_understood(api: PageApi, body: dict[str, Any]) -> None:
    api.company_link()

    assert api.error("PUT /filing", BOB, body=body) == (400, "invalid_request")


@pytest.mark.parametrize("folders", ["", "year,", "year;month", "../..", "galaxy"])
def test_a_preview_of_no_parts_is_not_understood(api: PageApi, folders: str) -> None:
    api.company_link()

    assert api.error("GET /filing/preview", BOB, folders=folders, name="date") == (400, "invalid_request")


def share_year(api: PageApi, *, is_pending: bool) -> None:
    folder = SharedFolder("atelier", COMPANYS_ACCOUNT, "2026")
    store = SharingStore("deliveries")
    if is_pending:
        change = Change(ChangeKind.SHARE, "anna@accountants.example", Access.VIEWER)
        store.request(folder, PendingChange("1", change, "bob", api.clock(), REQUEST_ID))
    else:
        store.record_look(replace(folder, shared_folder_id="1234", looked_at=NOW))


@pytest.mark.parametrize("is_pending", [True, False])
def test_while_a_year_is_shared_it_stays_the_outermost_folder(api: PageApi, is_pending: bool) -> None:
    api.company_link(may_share=True)
    share_year(api, is_pending=is_pending)
    by_person_within_years = FilingChoice(ORDERS[1])

    refused = api.error("PUT /filing", BOB, body=body_of(BY_EMPLOYEE))
    tried = preview(api, BY_EMPLOYEE.folders, BY_EMPLOYEE.name)
    choose(api, by_person_within_years)

    assert refused == (409, "filing_year_shared")
    assert tried["refusal"]["code"] == "filing_year_shared"
    assert len(tried["examples"]) == 3
    assert chosen_now(api) == by_person_within_years


def test_without_folders_of_years_no_year_can_be_shared_but_what_is_shared_can_be_ended(api: PageApi) -> None:
    api.company_link(may_share=True)
    choose(api, BY_EMPLOYEE)
    share_year(api, is_pending=False)
    year = {"folder": "2026", "email": "anna@accountants.example"}

    refused = api.error("POST /sharing/changes", BOB, body={"change": "share", **year})
    whole, _ = api.call("POST /sharing/changes", BOB, body={"change": "share", **year, "folder": "all"})
    ended, _ = api.call("POST /sharing/changes", BOB, body={"change": "end", "folder": "2026"})

    assert refused == (409, "no_year_folder")
    assert (whole, ended) == (202, 202)
    assert api.get("/sharing", BOB)["years"] == []


def test_a_choice_outlives_unlinking_and_is_not_changed_in_between(api: PageApi) -> None:
    api.company_link()
    choose(api, BY_EMPLOYEE)
    api.unlink("synchronisation", BOB)

    refused = api.error("PUT /filing", BOB, body=body_of(STANDARD, 3))

    assert refused == (409, "not_linked")
    assert chosen_now(api) == BY_EMPLOYEE


def test_no_row_of_a_company_that_never_chose_says_anything_of_it(api: PageApi) -> None:
    api.company_link()

    [row] = (
        boto3.resource("dynamodb")
        .Table("links")
        .scan(FilterExpression="link_id = :link", ExpressionAttributeValues={":link": "company:atelier"})[
            "Items"
        ]
    )

    assert "filing" not in row
