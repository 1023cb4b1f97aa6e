"""What the page shows of sharing, and asks for."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.sharing_store import SharingStore
from shared.domain.links import LinkStatus
from shared.domain.sharing import Access, Person, SharedFolder, SharingProblem
from shared.doorbells.messages import CompanyDoorbell
from tests.integration.page_api.conftest import ALICE, BOB, COMPANYS_ACCOUNT, REQUEST_ID, PageApi

ANNA = "anna@accountants.example"
SHARE = {"change": "share", "folder": "all", "email": ANNA}
CHANGES, LOOKS = "POST /sharing/changes", "POST /sharing/looks"
CAROL = BOB | {"sub": "carol", "name": "Carol Petit"}


def on_record() -> list[SharedFolder]:
    return SharingStore("deliveries").of_account("atelier", COMPANYS_ACCOUNT)


def change(api: PageApi, body: dict[str, Any], claims: dict[str, str] = BOB) -> tuple[int, Any]:
    return api.call(CHANGES, claims, body=body)


def test_nothing_is_known_of_a_folder_that_nobody_has_looked_at(api: PageApi) -> None:
    api.company_link()

    shown = api.get("/sharing", BOB)

    [folder] = shown["folders"]
    assert (shown["may_share"], shown["years"]) == (False, ["2026"])
    assert (folder["folder"], folder["path"], folder["is_shared"]) == ("all", "/Jenji", False)
    assert folder["people"] == []


def test_a_change_is_on_record_and_rung_for(api: PageApi) -> None:
    api.company_link(may_share=True)

    status, shown = change(api, SHARE)

    [folder] = on_record()
    assert status == 202
    assert folder.pending is not None
    assert (folder.pending.by, folder.pending.change.email) == ("bob", ANNA)
    assert folder.pending.change.access is Access.VIEWER
    assert shown["folders"][0]["pending"]["email"] == ANNA
    assert shown["poll_after_seconds"] == 2
    assert api.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]


def test_a_second_click_is_the_same_change_and_another_one_waits(api: PageApi) -> None:
    api.company_link(may_share=True)
    change(api, SHARE)
    first = on_record()

    again, _ = change(api, SHARE | {"email": ANNA.upper()}, CAROL)
    other = api.error(CHANGES, CAROL, body=SHARE | {"access": "editor"})
    other_folder, _ = change(api, SHARE | {"folder": "2026"}, CAROL)

    assert (again, other, other_folder) == (202, (409, "sharing_under_way"), 202)
    assert [folder for folder in on_record() if folder.name == "all"] == first


def test_a_change_whose_day_is_over_is_said_to_have_failed_and_stands_in_nobodys_way(api: PageApi) -> None:
    api.company_link(may_share=True)
    change(api, SHARE)
    api.clock.advance(days=1, seconds=1)

    [folder] = api.get("/sharing", BOB)["folders"]
    status, _ = change(api, SHARE | {"access": "editor"})

    assert "pending" not in folder
    assert folder["last"]["problem"]["code"] == "not_in_time"
    assert status == 202


def test_a_look_is_asked_for_of_every_folder_that_is_known(api: PageApi) -> None:
    api.company_link(may_share=True)
    change(api, SHARE | {"folder": "2025"})

    status, shown = api.call(LOOKS, BOB)

    assert status == 202
    assert [(folder["folder"], folder["is_looking"]) for folder in shown["folders"]] == [
        ("all", True),
        ("2025", True),
    ]


def test_who_has_access_is_shown_and_who_can_be_changed_here(api: PageApi) -> None:
    link = api.company_link(may_share=True)
    people = (
        Person("office@example.com", "Atelier", Access.OWNER),
        Person(ANNA, "", Access.VIEWER, is_invited=True),
        Person("ben@example.com", "Ben", Access.EDITOR, is_inherited=True),
        Person("", "Everybody", Access.VIEWER, is_inherited=True),
    )
    folder = SharedFolder("atelier", link.account_id, "all", "1234", people=people, looked_at=api.clock())
    SharingStore("deliveries").record_look(replace(folder, moved_to="/Buchhaltung"))

    [shown] = api.get("/sharing", BOB)["folders"]

    assert [person["can_change"] for person in shown["people"]] == [False, True, False, False]
    assert "email" not in shown["people"][3]
    assert shown["moved_to"] == "/Buchhaltung"


@pytest.mark.parametrize("problem", list(SharingProblem))
@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "it"])
def test_every_refusal_has_a_sentence(api: PageApi, lang: str, problem: SharingProblem) -> None:
    link = api.company_link(may_share=True)
    folder = SharedFolder("atelier", link.account_id, "all", problem=problem, looked_at=api.clock())
    SharingStore("deliveries").record_look(folder)

    [shown] = api.get("/sharing", BOB, lang=lang)["folders"]

    assert shown["problem"]["code"] == problem.value
    assert shown["problem"]["message"].endswith(".")


@pytest.mark.parametrize("route", ["GET /sharing", LOOKS, CHANGES])
def test_sharing_is_for_administrators_of_the_larger_plans_with_a_link(api: PageApi, route: str) -> None:
    body = SHARE if route == CHANGES else None
    unlinked = api.error(route, BOB, body=body)
    api.company_link(may_share=True)

    assert unlinked == (409, "not_linked")
    assert api.error(route, ALICE, body=body) == (403, "not_administrator")
    assert api.error(route, BOB | {"plan": "starter"}, body=body) == (403, "plan_required")
    assert on_record() == []


@pytest.mark.parametrize("route", [LOOKS, CHANGES])
@pytest.mark.parametrize(
    ("link", "code"),
    [
        ({"may_share": False}, "sharing_not_allowed"),
        ({"status": LinkStatus.RECONNECT, "may_share": True}, "link_not_working"),
        ({"status": LinkStatus.SUSPENDED, "may_share": True}, "link_not_working"),
        ({"is_paused": True, "may_share": True}, "paused"),
    ],
)
def test_nothing_is_asked_of_a_link_that_cannot_share(
    api: PageApi, route: str, link: dict[str, Any], code: str
) -> None:
    api.company_link(**link)

    _, refused = api.error(route, BOB, body=SHARE if route == CHANGES else None)

    assert refused == code
    assert on_record() == []


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (SHARE | {"email": "nobody"}, (400, "invalid_address")),
        (SHARE | {"email": "a@b.example, c@d.example"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@accountants.example\nbcc"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@accountants\x00.example"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@\u202eelpmaxe.gro"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@accountants.exam\u200bple"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@comptabilité.example"}, (400, "invalid_address")),
        (SHARE | {"email": "änna@accountants.example"}, (400, "invalid_address")),
        (SHARE | {"email": "an/na@accountants.example"}, (400, "invalid_address")),
        (SHARE | {"email": "anna@accountants.xn--p1ai"}, (400, "invalid_address")),
        (SHARE | {"folder": "2099"}, (404, "not_found")),
        (SHARE | {"folder": "../Private"}, (400, "invalid_request")),
        (SHARE | {"access": "owner"}, (400, "invalid_request")),
        ({"change": "end", "folder": "all", "email": ANNA}, (400, "invalid_request")),
        ({"change": "remove", "folder": "all"}, (400, "invalid_request")),
    ],
)
def test_what_cannot_be_shared_so_is_refused(
    api: PageApi, body: dict[str, Any], refused: tuple[int, str]
) -> None:
    api.company_link(may_share=True)

    assert api.error(CHANGES, BOB, body=body) == refused
    assert on_record() == []


def test_who_shares_in_a_loop_is_told_to_wait(api: PageApi) -> None:
    api.company_link(may_share=True)
    statuses = [change(api, SHARE)[0] for _ in range(21)]

    assert (statuses[-1], set(statuses[:-1])) == (429, {202})


def test_a_lost_doorbell_has_the_sweep_ring(api: PageApi) -> None:
    api.company_link(may_share=True, next_due=api.clock() + timedelta(days=1))
    boto3.client("sqs").delete_queue(QueueUrl=os.environ["SYNC_QUEUE_URL"])

    change(api, SHARE)

    link = api.links.get("company:atelier")
    assert link is not None
    assert link.next_due == api.clock()


def test_no_address_is_logged(api: PageApi) -> None:
    api.company_link(may_share=True)

    change(api, SHARE)
    api.error(CHANGES, BOB, body=SHARE | {"access": "editor"})

    assert "sharing to be changed" in api.log.getvalue()
    assert "accountants" not in api.log.getvalue()
