"""The history of a company's documents, requests to have some tried again, and backfills."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.page_api.cursors import position_cursor
from shared.domain.deliveries import Delivery, DeliveryReason, DeliveryStatus
from shared.domain.errors import LinkChanged
from shared.domain.expenses import ExpenseStatus
from shared.domain.links import LinkStatus
from shared.domain.paging import Position
from shared.doorbells.messages import CompanyDoorbell
from tests.expense_items import document
from tests.integration.page_api.conftest import BOB, COMPANYS_ACCOUNT, NOW, REQUEST_ID, PageApi

DELIVERIES, RETRIES, BACKFILL = "/deliveries", "POST /deliveries/retries", "/backfill"
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)


def all_pages(api: PageApi, **query: Any) -> list[str]:
    """Follow the cursors to the end; the expenses of the deliveries."""
    ids: list[str] = []
    while True:
        page = api.get(DELIVERIES, BOB, **query)
        ids += [delivery["expense_id"] for delivery in page["deliveries"]]
        if "cursor" not in page:
            return ids
        query["cursor"] = page["cursor"]


def shown(api: PageApi, **query: Any) -> Any:
    """The only delivery there is."""
    (delivery,) = api.get(DELIVERIES, BOB, **query)["deliveries"]
    return delivery


def status_of(api: PageApi, delivery: Delivery) -> DeliveryStatus:
    found = api.deliveries.find(delivery.key)
    assert found is not None
    return found.status


def test_deliveries_come_the_last_changed_first_page_by_page(api: PageApi) -> None:
    api.company_link()
    for expense_id in ("a", "b", "c", "d", "e"):
        api.pend(expense_id)
    api.clock.advance(minutes=1)
    api.deliveries.record_failed(api.pend("a"), DeliveryReason.PATH_TAKEN, None, api.clock())

    assert all_pages(api, limit=2) == ["a", "e", "d", "c", "b"]


@pytest.mark.parametrize("limit", [1, 50])
def test_deliveries_are_chosen_by_their_state(api: PageApi, limit: int) -> None:
    api.company_link()
    for expense_id in ("p1", "p2"):
        api.pend(expense_id)
    for expense_id in ("f1", "f2"):
        api.fail(expense_id)
    for expense_id in ("d1", "d2"):
        api.deliver(expense_id)
    api.pend("elsewhere", account_id="dbid:before")
    api.fail("elsewhere too", account_id="dbid:before")

    assert all_pages(api, state="pending", limit=limit) == ["p2", "p1"]
    assert all_pages(api, state="failed", limit=limit) == ["f2", "f1"]
    assert all_pages(api, state="delivered", limit=limit) == ["d2", "d1"]
    assert all_pages(api, state="cancelled", limit=limit) == []


@pytest.mark.parametrize("expense_id", ["e-1", "notes de frais/1 #é"])
@pytest.mark.parametrize("limit", [1, 50])
def test_the_documents_of_one_expense_are_found(api: PageApi, expense_id: str, limit: int) -> None:
    api.company_link()
    api.deliver(expense_id)
    api.fail(expense_id, document_id="document-2")
    api.pend(f"{expense_id}0")
    api.pend(expense_id[:-1])
    api.deliver(expense_id, account_id="dbid:before")
    api.deliver(expense_id, company_id="somebody else's")

    assert all_pages(api, expense_id=expense_id, limit=limit) == [expense_id, expense_id]
    assert all_pages(api, expense_id=expense_id, state="delivered", limit=limit) == [expense_id]
    assert all_pages(api, expense_id=expense_id, search="nothing of it", limit=limit) == []
    assert shown(api, expense_id=expense_id, state="delivered")["delivered_at"]
    assert all_pages(api, expense_id="another", limit=limit) == []


def test_a_cursor_of_one_expense_leads_nowhere_else(api: PageApi) -> None:
    api.company_link()
    api.deliver("e-1")
    api.deliver("e-1", document_id="document-2")
    api.deliver("e-2")
    cursor = api.get(DELIVERIES, BOB, expense_id="e-1", limit=1)["cursor"]
    of_list = ("deliveries", "atelier", COMPANYS_ACCOUNT, None, "of", "e-2")
    made_up = position_cursor(of_list, Position(NOW, f"{COMPANYS_ACCOUNT}#e-1#document-1"))
    refused = api.error(f"GET {DELIVERIES}", BOB, expense_id="e-2", cursor=cursor)

    assert refused == (400, "invalid_cursor")
    assert api.get(DELIVERIES, BOB, expense_id="e-2", cursor=made_up)["deliveries"] == []


def test_what_an_account_linked_before_received_stays_in_the_history(api: PageApi) -> None:
    api.deliver("old", account_id="dbid:before")
    api.company_link()

    assert all_pages(api, state="delivered") == ["old"]


def test_a_page_that_finds_little_ends_early_and_goes_on(
    api: PageApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.aws.stores.delivery_history.MOST_LOOKED_AT", 2)
    api.company_link()
    api.deliver("sought")
    for _ in range(5):
        api.pend()

    page = api.get(DELIVERIES, BOB, state="delivered")

    assert (page["deliveries"], "cursor" in page) == ([], True)
    assert all_pages(api, state="delivered") == ["sought"]


def test_a_delivery_is_shown_with_what_its_expense_has_become(api: PageApi) -> None:
    api.company_link()
    api.deliver("expense-1")
    api.put_expense("expense-1", status=ExpenseStatus.RECORDED)

    delivery = shown(api)

    assert delivery == {
        "id": delivery["id"],
        "expense_id": "expense-1",
        "document_id": "document-1",
        "state": "delivered",
        "path": "/Jenji/2026/11/Alice Martin/expense-1.pdf",
        "url": "https://www.dropbox.com/home/Jenji/2026/11/Alice%20Martin?preview=expense-1.pdf",
        "accepted_at": "2026-11-22T09:00:01.000000Z",
        "changed_at": "2026-11-22T09:00:01.000000Z",
        "delivered_at": "2026-11-22T09:00:01.000000Z",
        "content_hash": "hash",
        "sha256": "00",
        "size": 3,
        "tries": 0,
        "is_stuck": False,
        "expense": {
            "status": "RECORDED",
            "merchant": "SNCF",
            "date": "2026-03-14",
            "amount": "84.00",
            "currency": "EUR",
            "employee": "Alice Martin",
        },
    }


def test_of_an_expense_that_moved_to_another_company_nothing_is_shown(api: PageApi) -> None:
    api.company_link()
    api.deliver("expense-1")
    api.put_expense("expense-1", company_id="elsewhere")

    assert "expense" not in shown(api)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (DeliveryReason.PATH_TAKEN, "path_taken"),
        (DeliveryReason.DROPBOX_REFUSED, "dropbox_refused"),
        (DeliveryReason.UNREADABLE, "unreadable"),
    ],
)
def test_a_failed_delivery_says_why(api: PageApi, reason: DeliveryReason, code: str) -> None:
    api.company_link()
    api.deliveries.record_failed(api.pend(), reason, "for operators", api.clock())

    assert shown(api)["reason"]["code"] == code


def test_a_delivery_that_waits_says_until_when_and_whether_it_is_stuck(api: PageApi) -> None:
    api.company_link()
    pending = api.pend()
    api.deliveries.retry_later(pending, 3, NOW + timedelta(hours=5), "DropboxUnavailable")
    api.clock.advance(days=2)

    delivery = shown(api)

    assert (delivery["tries"], delivery["is_stuck"]) == (3, True)
    assert delivery["next_try"] == "2026-11-22T14:00:00.000000Z"
    assert delivery["reason"]["code"] == "try_again"


def test_there_is_nothing_where_nothing_was_ever_linked(api: PageApi) -> None:
    assert api.get(DELIVERIES, BOB) == {"deliveries": []}


def test_a_failed_delivery_is_tried_again(api: PageApi) -> None:
    api.company_link()
    failed = api.fail()

    answer = api.call(RETRIES, BOB, body={"delivery": shown(api)["id"]})

    assert answer == (202, {"requested": 1})
    (due,) = api.deliveries.pending("atelier", COMPANYS_ACCOUNT, api.clock(), 10)
    assert (due.key, due.tries, due.reason) == (failed.key, 0, None)
    assert due.correlation_id == REQUEST_ID
    assert all_pages(api, state="failed") == []
    assert api.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]


def test_all_failed_deliveries_are_tried_again_together(api: PageApi) -> None:
    api.company_link()
    failed = [api.fail() for _ in range(5)]
    delivered = api.deliver()
    elsewhere = api.fail(account_id="dbid:before")

    answer = api.call(RETRIES, BOB, body={"all": True})

    assert answer == (202, {"requested": 5})
    assert {status_of(api, row) for row in failed} == {DeliveryStatus.PENDING}
    assert status_of(api, delivered) is DeliveryStatus.DELIVERED
    assert status_of(api, elsewhere) is DeliveryStatus.FAILED
    assert len(api.aws.company_doorbells()) == 1
    assert api.call(RETRIES, BOB, body={"all": True}) == (202, {"requested": 0})
    assert api.aws.company_doorbells() == []


def test_what_has_not_failed_is_not_tried_again(api: PageApi) -> None:
    api.company_link()
    delivered = api.deliver()

    assert api.error(RETRIES, BOB, body={"delivery": shown(api)["id"]}) == (409, "not_retryable")
    assert status_of(api, delivered) is DeliveryStatus.DELIVERED


def test_what_failed_for_an_account_linked_before_is_not_tried_again(api: PageApi) -> None:
    api.company_link()
    failed = api.fail(account_id="dbid:before")

    assert api.error(RETRIES, BOB, body={"delivery": shown(api)["id"]}) == (409, "not_retryable")
    assert status_of(api, failed) is DeliveryStatus.FAILED


def test_an_id_of_nothing_finds_nothing(api: PageApi) -> None:
    api.company_link()

    assert api.error(RETRIES, BOB, body={"delivery": "WyJhIiwiYiIsImMiXQ"}) == (404, "not_found")


@pytest.mark.parametrize("route", [RETRIES, "POST /backfill"])
def test_work_needs_the_plan_and_a_link(api: PageApi, route: str) -> None:
    body = {"all": True} if route == RETRIES else {"since": "2026-01-01"}

    assert api.error(route, BOB, body=body) == (409, "not_linked")
    api.company_link(status=LinkStatus.UNLINKED)
    assert api.error(route, BOB, body=body) == (409, "not_linked")
    assert api.error(route, BOB | {"plan": "solo"}, body=body) == (403, "plan_required")


def test_a_backfill_is_counted_before_it_is_asked_for(api: PageApi) -> None:
    api.put_expense("a", accepted_at=JANUARY, documents=(document("1"), document("2")))
    api.put_expense("b", accepted_at=NOW, status=ExpenseStatus.REIMBURSED)
    api.put_expense("too early", accepted_at=JANUARY - timedelta(seconds=1))
    api.put_expense("refused", accepted_at=NOW, status=ExpenseStatus.REFUSED)
    api.put_expense("another's", accepted_at=NOW, company_id="elsewhere")

    assert api.get(BACKFILL, BOB, since="2026-01-01") == {
        "since": "2026-01-01T00:00:00.000000Z",
        "expenses": 2,
        "documents": 3,
        "is_complete": True,
    }


def test_a_count_that_stops_says_so(api: PageApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.page_api.backfill.count_backfill.PAGE", 2)
    monkeypatch.setattr("functions.page_api.backfill.count_backfill.MOST_COUNTED", 4)
    for number in range(7):
        api.put_expense(f"expense-{number}", accepted_at=JANUARY)

    counted = api.get(BACKFILL, BOB, since="2026-01-01")

    assert (counted["expenses"], counted["is_complete"]) == (4, False)


@pytest.mark.parametrize(
    "since", ["2027-01-01", "yesterday", "2026-02-30", "2026-01-01T00:00:00Z", "20260101", "2026-W01-1", ""]
)
def test_a_start_date_is_a_day_of_the_past(api: PageApi, since: str) -> None:
    api.company_link()

    assert api.error(f"GET {BACKFILL}", BOB, since=since) == (400, "invalid_start_date")
    assert api.error(f"POST {BACKFILL}", BOB, body={"since": since}) == (400, "invalid_start_date")


def test_a_backfill_is_noted_on_the_link_and_its_drain_rung_for(api: PageApi) -> None:
    api.company_link(sync_since=NOW - timedelta(days=1))

    status, backfill = api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})

    assert (status, backfill) == (
        202,
        {
            "since": "2026-01-01T00:00:00.000000Z",
            "requested_at": "2026-11-22T09:00:00.000000Z",
            "state": "waiting",
            "expenses": 0,
            "documents": 0,
        },
    )
    link = api.links.get("company:atelier")
    assert link is not None
    assert link.backfill is not None
    assert (link.backfill.since, link.sync_since, link.next_due) == (JANUARY, JANUARY, NOW)
    assert api.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]


def test_a_backfill_never_makes_acceptances_count_later(api: PageApi) -> None:
    api.company_link(sync_since=JANUARY)

    api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-06-01"})

    link = api.links.get("company:atelier")
    assert link is not None
    assert link.sync_since == JANUARY


def test_the_same_backfill_again_is_the_same_one_while_it_is_under_way(api: PageApi) -> None:
    api.company_link()
    first = api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})
    api.clock.advance(minutes=1)

    again = api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})
    another = api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-02-01"})

    assert again == first
    assert another[1]["requested_at"] > first[1]["requested_at"]


def test_a_backfill_that_is_done_may_be_asked_for_again(api: PageApi) -> None:
    api.company_link()
    api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})
    link = api.links.get("company:atelier")
    assert link is not None
    assert link.backfill is not None
    api.company_link(backfill=replace(link.backfill, completed_at=NOW))
    api.clock.advance(minutes=1)

    _, backfill = api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})

    assert (backfill["state"], backfill["requested_at"]) == ("waiting", "2026-11-22T09:01:00.000000Z")


def test_a_link_that_changed_since_it_was_read_keeps_its_date(api: PageApi) -> None:
    stale = api.company_link(sync_since=NOW)
    api.call(f"POST {BACKFILL}", BOB, body={"since": "2026-01-01"})
    link = api.links.get("company:atelier")
    assert link is not None
    assert link.backfill is not None

    with pytest.raises(LinkChanged):
        api.links.request_backfill(stale, replace(link.backfill, since=NOW))

    assert api.links.get("company:atelier") == link
