"""Dismissing what was rejected, keeping what is a duplicate, and finding what was dropped long ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.aws.stores.import_rows import to_reservation_row
from shared.aws.stores.import_tables import ReservationRow
from shared.domain.imports import ImportRecord, Outcome, Reservation, Retry
from shared.domain.rejections import RejectionReason
from tests.integration.page_api.conftest import ALICE, ALICES_ACCOUNT, BOB, NOW, PageApi

DISMISSALS, COPIES = "POST /imports/dismissals", "POST /imports/copies"


def counts(api: PageApi) -> Any:
    return api.get("/links")["links"][0]["counts"]


def id_of(api: PageApi, row: ImportRecord) -> str:
    files = api.get("/imports/files")["files"]
    return next(file["id"] for file in files if file["name"] == row.name)


def retry_of(api: PageApi, row: ImportRecord) -> Retry | None:
    found = api.imports.find(row)
    assert found is not None
    return found.retry


def test_only_what_another_try_can_help_is_offered_one(api: PageApi) -> None:
    helped = {RejectionReason.RESTRICTED, RejectionReason.UNREADABLE}
    for reason in RejectionReason:
        api.record(reason=reason)
    api.link()

    files = api.get("/imports/files")["files"]

    assert {file["reason"]["code"] for file in files if file["can_retry"]} == {each.value for each in helped}
    assert (counts(api)["rejected"], counts(api)["retryable"]) == (len(RejectionReason), len(helped))


def test_all_are_tried_again_that_it_can_help(api: PageApi) -> None:
    damaged = api.record(reason=RejectionReason.DAMAGED)
    restricted = api.record(reason=RejectionReason.RESTRICTED)
    api.link()

    _, answer = api.call("POST /imports/retries", body={"all": True})

    assert answer == {"requested": 1}
    assert (retry_of(api, damaged), retry_of(api, restricted)) == (None, Retry.REQUESTED)


def test_a_rejected_file_is_dismissed_once(api: PageApi) -> None:
    row = api.record(reason=RejectionReason.DAMAGED)
    other = api.record(reason=RejectionReason.EMPTY)
    api.link()
    file_id = id_of(api, row)

    answers = [api.call(DISMISSALS, body={"file": file_id}) for _ in range(2)]

    assert answers == [(200, {"dismissed": 1}), (200, {"dismissed": 0})]
    assert (retry_of(api, row), retry_of(api, other)) == (Retry.DISMISSED, None)
    assert counts(api)["rejected"] == 1


def test_all_rejected_files_are_dismissed_together(api: PageApi) -> None:
    for reason in (RejectionReason.DAMAGED, RejectionReason.RESTRICTED):
        api.record(reason=reason)
    api.record(account_id="dbid:before")
    api.link()

    _, answer = api.call(DISMISSALS, body={"all": True})

    assert answer == {"dismissed": 2}
    assert counts(api)["rejected"] == 0


def test_an_imported_file_is_not_dismissed(api: PageApi) -> None:
    row = api.record(Outcome.IMPORTED)
    api.link()

    assert api.call(DISMISSALS, body={"file": id_of(api, row)}) == (200, {"dismissed": 0})


def test_nobody_dismisses_or_keeps_anothers(api: PageApi) -> None:
    row = api.record()
    api.link()
    file_id = id_of(api, row)

    for route in (DISMISSALS, COPIES):
        status, code = api.error(route, BOB, body={"file": file_id})
        assert (status, code) in {(404, "not_found"), (409, "not_linked")}
    assert retry_of(api, row) is None


def duplicate(api: PageApi) -> ImportRecord:
    row = api.record(Outcome.DUPLICATE, expense_id="expense-1")
    to_reservation_row(Reservation("alice", row.content_hash, "expense-1", 1, "id:first")).save()
    api.put_expense("expense-1", user_id="alice")
    return row


def test_a_duplicate_is_kept_once(api: PageApi) -> None:
    row = duplicate(api)
    api.link()
    file_id = id_of(api, row)

    assert api.call(COPIES, body={"file": file_id}) == (202, {"requested": 1})

    assert ReservationRow.get("alice", row.content_hash).second_for == row.file_id
    (request,) = api.imports.outstanding("alice", ALICES_ACCOUNT).retries
    assert (request.file_id, retry_of(api, row)) == (row.file_id, Retry.REQUESTED)
    assert api.error(COPIES, body={"file": file_id}) == (409, "not_retryable")


def test_only_a_duplicate_is_kept(api: PageApi) -> None:
    row = api.record()
    api.link()

    assert api.error(COPIES, body={"file": id_of(api, row)}) == (409, "not_retryable")


def names(api: PageApi, **query: Any) -> list[str]:
    found: list[str] = []
    while True:
        page = api.get("/imports/files", **query)
        found += [file["name"] for file in page["files"]]
        if "cursor" not in page:
            return found
        query["cursor"] = page["cursor"]


def test_files_are_found_by_name_and_merchant_whatever_accents_and_capitals(api: PageApi) -> None:
    api.record(name="Berlin trip/Taxi.jpg")
    api.record(name="scan.pdf", outcome=Outcome.IMPORTED, expense_id="expense-1")
    api.put_expense("expense-1", user_id="alice", merchant="Café Lumière")

    assert names(api, search="TAXI berlin") == ["Berlin trip/Taxi.jpg"]
    assert names(api, search="cafe lumiere") == ["scan.pdf"]
    assert names(api, search="taxi lumiere") == []
    assert names(api, search="taxi", outcome="imported") == []


def test_the_merchant_of_anothers_expense_finds_nothing(api: PageApi) -> None:
    api.record(name="scan.pdf", outcome=Outcome.IMPORTED, expense_id="expense-1")
    api.put_expense("expense-1", user_id="dave", merchant="Secret")

    assert names(api, search="secret") == []


def test_files_are_found_by_day(api: PageApi) -> None:
    for name in ("first", "second", "third"):
        api.record(name=name)
        api.clock.advance(days=1)
    second = (NOW + timedelta(days=1)).isoformat()
    third = (NOW + timedelta(days=2)).isoformat()

    assert names(api, since=second) == ["third", "second"]
    assert names(api, until=second) == ["first"]
    assert names(api, since=second, until=third) == ["second"]


def test_a_search_goes_on_page_by_page_and_misses_nothing(
    api: PageApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.page_api.searching.AT_A_TIME", 3)
    monkeypatch.setattr("functions.page_api.searching.MOST_LOOKED_AT", 6)
    for number in range(40):
        api.record(name=f"{'taxi' if number % 5 == 0 else 'lunch'} {number}")

    assert names(api, search="taxi", limit=1) == [f"taxi {number}" for number in range(35, -1, -5)]


def test_a_cursor_of_one_search_is_refused_by_another(api: PageApi) -> None:
    for _ in range(2):
        api.record(name="taxi")
    cursor = api.get("/imports/files", search="taxi", limit=1)["cursor"]

    for other in ({}, {"search": "lunch"}, {"search": "taxi", "since": NOW.isoformat()}):
        assert api.error("GET /imports/files", cursor=cursor, **other) == (400, "invalid_cursor")


@pytest.mark.parametrize(
    "query", [{"since": "yesterday"}, {"until": "2026-11-22T09:00:00"}, {"search": "x" * 101}]
)
@pytest.mark.parametrize("route", ["GET /imports/files", "GET /deliveries"])
def test_a_search_that_is_not_as_documented_is_refused(
    api: PageApi, query: dict[str, Any], route: str
) -> None:
    assert api.error(route, BOB, **query) == (400, "invalid_request")


def deliveries(api: PageApi, **query: Any) -> list[str]:
    found: list[str] = []
    while True:
        page = api.get("/deliveries", BOB, **query)
        found += [item["expense_id"] for item in page["deliveries"]]
        if "cursor" not in page:
            return found
        query["cursor"] = page["cursor"]


def test_deliveries_are_found_by_employee_merchant_path_and_day(api: PageApi) -> None:
    api.company_link()
    api.put_expense("expense-1", employee_name="Zoé Blanc", merchant="SNCF")
    api.put_expense("expense-2", employee_name="Jane Doe", merchant="Hôtel du Nord")
    api.deliver("expense-1")
    api.clock.advance(days=1)
    api.deliver("expense-2")

    assert deliveries(api, search="zoe") == ["expense-1"]
    assert deliveries(api, search="hotel nord") == ["expense-2"]
    assert deliveries(api, search="expense-1.pdf") == ["expense-1"]
    assert deliveries(api, since=(NOW + timedelta(hours=12)).isoformat()) == ["expense-2"]


@pytest.mark.parametrize("state", ["", "pending", "failed"])
def test_a_search_through_deliveries_goes_on_page_by_page(
    api: PageApi, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setattr("functions.page_api.searching.AT_A_TIME", 2)
    monkeypatch.setattr("functions.page_api.searching.MOST_LOOKED_AT", 2)
    api.company_link()
    make = api.fail if state == "failed" else api.pend
    for number in range(9):
        api.put_expense(f"expense-{number}", merchant="SNCF" if number % 3 else "Taxi")
        make(f"expense-{number}")

    found = deliveries(api, search="taxi", limit=1, **({"state": state} if state else {}))

    assert found == ["expense-6", "expense-3", "expense-0"]


def test_only_what_is_certain_to_lie_there_has_an_address(api: PageApi) -> None:
    api.company_link()
    api.deliver("expense-1")
    api.fail("expense-2")

    shown = {item["expense_id"]: item.get("url") for item in api.get("/deliveries", BOB)["deliveries"]}

    assert shown == {
        "expense-1": ("https://www.dropbox.com/home/Jenji/2026/11/Alice%20Martin?preview=expense-1.pdf"),
        "expense-2": None,
    }
    company = api.get("/links", BOB)["links"][1]
    assert company["folder_url"] == "https://www.dropbox.com/home/Jenji"


def test_in_a_members_folder_of_a_team_no_address_is_certain(api: PageApi) -> None:
    api.company_link(team_space_id="1234")
    api.deliver("expense-1")

    (item,) = api.get("/deliveries", BOB)["deliveries"]

    assert "url" not in item
    assert "folder_url" not in api.get("/links", BOB)["links"][1]


def test_sentences_are_in_the_language_that_is_asked_for(api: PageApi) -> None:
    api.record(reason=RejectionReason.EMPTY)

    messages = {
        lang: api.get("/imports/files", ALICE, lang=lang)["files"][0]["reason"]["message"]
        for lang in ("de", "es", "fr-CA", "it", "xx", "<script>")
    }

    assert messages["de"].startswith("Diese Datei ist leer.")
    assert messages["es"].startswith("Este archivo está vacío.")
    assert messages["fr-CA"].startswith("Ce fichier est vide.")
    assert messages["it"].startswith("Questo file è vuoto.")
    assert (
        messages["xx"] == messages["<script>"] == api.get("/imports/files")["files"][0]["reason"]["message"]
    )


def test_so_are_refusals(api: PageApi) -> None:
    _, body = api.call(COPIES, body={"file": "x"}, lang="de")

    assert body["error"]["message"].startswith("Es ist kein Dropbox-Konto verknüpft")
