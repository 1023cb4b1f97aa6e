"""What administrators have sent again, and what the page shows of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.resend_store import ResendStore
from shared.domain.deliveries import Found
from shared.domain.links import LinkStatus
from shared.domain.resends import Left, Resend, ResendKind, ResendScope
from shared.doorbells.messages import CompanyDoorbell
from tests.integration.page_api.conftest import ALICE, BOB, COMPANYS_ACCOUNT, REQUEST_ID, PageApi

AGAIN = "POST /deliveries/again"
MARCH = {"month": "2026-03"}
CAROL = BOB | {"sub": "carol", "name": "Carol Petit"}


def on_record() -> list[Resend]:
    return ResendStore("deliveries").of_account("atelier", COMPANYS_ACCOUNT)


def trail() -> list[tuple[Any, ...]]:
    rows = boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]
    return [(row["action"], row["actor"], row["scope"]) for row in rows]


def test_a_month_is_sent_again_at_an_administrators_request(api: PageApi) -> None:
    api.company_link()

    status, shown = api.call(AGAIN, BOB, body=MARCH)

    [resend] = on_record()
    assert status == 202
    assert resend.scope == ResendScope(ResendKind.MONTH, "2026-03")
    assert (shown["month"], shown["state"], shown["looked_for"]) == ("2026-03", "waiting", 0)
    assert api.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]
    assert trail() == [("sent_again", "bob", "month 2026-03")]


def test_a_second_click_is_the_same_request_and_rings_again(api: PageApi) -> None:
    api.company_link()
    api.call(AGAIN, BOB, body=MARCH)
    first = on_record()
    api.clock.advance(seconds=3)

    status, _ = api.call(AGAIN, CAROL, body=MARCH)

    assert status == 202
    assert on_record() == first
    assert len(api.aws.company_doorbells()) == 2
    assert len(trail()) == 1


def test_an_employee_is_found_by_the_name_of_the_folder_in_any_case(api: PageApi) -> None:
    api.company_link()
    folders = EmployeeFolders("employee_folders")
    folders.folder_for("atelier", "alice", "Alice Martin")
    folders.folder_for("atelier", "alice-2", "Alice Martin")

    status, shown = api.call(AGAIN, BOB, body={"employee": " alice martin (2) "})
    unknown = api.error(AGAIN, BOB, body={"employee": "Nobody"})

    assert (status, shown["employee"]) == (202, "Alice Martin (2)")
    assert unknown == (404, "not_found")
    assert trail() == [("sent_again", "bob", "employee")]


def test_an_expense_is_sent_again_where_something_of_it_was_delivered_here(api: PageApi) -> None:
    api.company_link()
    delivery = api.deliver("expense-1")

    status, shown = api.call(AGAIN, BOB, body={"expense_id": delivery.key.expense_id})
    unknown = api.error(AGAIN, BOB, body={"expense_id": "another"})

    assert (status, shown["expense_id"]) == (202, "expense-1")
    assert unknown == (404, "not_found")


@pytest.mark.parametrize(
    "body", [{}, {"month": "2026-13"}, {"month": "2026-03", "employee": "x"}, {"employee": " "}, {"month": 3}]
)
def test_what_is_not_as_documented_is_refused(api: PageApi, body: dict[str, Any]) -> None:
    api.company_link()

    assert api.error(AGAIN, BOB, body=body) == (400, "invalid_request")


def test_who_is_no_administrator_may_neither_ask_nor_look(api: PageApi) -> None:
    api.company_link()

    assert api.error(AGAIN, ALICE, body=MARCH) == (403, "not_administrator")
    assert api.error("GET /deliveries/again", ALICE) == (403, "not_administrator")
    assert on_record() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_paused": True}, "paused"),
        ({"status": LinkStatus.RECONNECT}, "link_not_working"),
        ({"status": LinkStatus.UNLINKED}, "not_linked"),
    ],
)
def test_a_link_that_does_not_work_sends_nothing(api: PageApi, changes: dict[str, Any], code: str) -> None:
    api.company_link(**changes)

    assert api.error(AGAIN, BOB, body=MARCH) == (409, code)


def test_how_far_it_is_is_shown_and_asked_for_often_while_it_is_under_way(api: PageApi) -> None:
    api.company_link()
    api.call(AGAIN, BOB, body=MARCH)
    store, [resend] = ResendStore("deliveries"), on_record()
    found = [Found.PRESENT, Found.PRESENT, Found.MISSING, Found.CHANGED, Left.WITHDRAWN]
    further = store.progress(resend, resend.counted(found, "filed#x", api.clock()))

    under_way = api.get("/deliveries/again", BOB)
    store.progress(further, further.counted([Left.UNCLEAR], None, api.clock() + timedelta(minutes=1)))
    done = api.get("/deliveries/again", BOB)

    [shown] = under_way["resends"]
    assert (under_way["poll_after_seconds"], done["poll_after_seconds"]) == (2, 30)
    assert (shown["state"], shown["looked_for"]) == ("looking", 5)
    assert {name: shown[name] for name in ("present", "sent", "changed", "withdrawn")} == {
        "present": 2,
        "sent": 2,
        "changed": 1,
        "withdrawn": 1,
    }
    assert (done["resends"][0]["state"], done["resends"][0]["unclear"]) == ("done", 1)


def test_the_history_says_when_a_document_was_sent_again_and_why(api: PageApi) -> None:
    api.company_link()
    gone, there = api.deliver("expense-1"), api.deliver("expense-2")
    store = ResendStore("deliveries")
    store.send_again({gone.key: Found.MISSING}, api.clock(), "request")
    store.note_looks({there.key: Found.PRESENT}, api.clock())

    shown = {each["expense_id"]: each for each in api.get("/deliveries", BOB, lang="fr")["deliveries"]}

    assert shown["expense-1"]["state"] == "pending"
    assert shown["expense-1"]["looked_for"]["found"] == "missing"
    assert "renvoyé" in shown["expense-1"]["looked_for"]["message"]
    assert (shown["expense-2"]["state"], shown["expense-2"]["looked_for"]["found"]) == (
        "delivered",
        "present",
    )
