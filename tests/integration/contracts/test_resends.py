"""What sending again may rely on of its records, in memory or in DynamoDB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.resend_store import ResendStore
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.deliveries import (
    Delivery,
    DeliveryKey,
    DeliveryReason,
    DeliveryStatus,
    Found,
    Look,
    Place,
)
from shared.domain.errors import ResendChanged
from shared.domain.resends import Left, Resend, ResendKind, ResendScope
from testing.fakes.resends import FakeResends
from testing.fakes.synchronisation import FakeDeliveries
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
COMPANY, ACCOUNT, OTHER = "atelier", "dbid:first", "dbid:second"
MARCH = ResendScope(ResendKind.MONTH, "2026-03")
ALICE = ResendScope(ResendKind.EMPLOYEE, "Alice Martin")


@dataclass
class Records:
    """The requests, and the deliveries that they are about."""

    resends: Any
    deliveries: Any
    trail: Callable[[], list[str]]

    def delivered(
        self, expense_id: str, *, month: str = "2026-03", folder: str = "Alice Martin", account: str = ACCOUNT
    ) -> DeliveryKey:
        pending = self._pending(expense_id, account)
        place = Place(f"/Jenji/{month}/{folder}/{expense_id}.pdf", month, folder)
        self.deliveries.record_delivered(pending, place=place, content_hash="hash", sha256="00", at=NOW)
        return pending.key

    def failed(self, expense_id: str, *, month: str = "2026-03", folder: str = "Alice Martin") -> DeliveryKey:
        pending = self._pending(expense_id, ACCOUNT)
        place = Place(f"/Jenji/{month}/{folder}/{expense_id}.pdf", month, folder)
        placed = self.deliveries.choose_path(pending, place, 0)
        self.deliveries.record_failed(placed, reason=DeliveryReason.DOCUMENT_MISSING, detail=None, at=NOW)
        return pending.key

    def there(self, key: DeliveryKey) -> Delivery:
        found: Delivery = self.deliveries.find(key)
        return found

    def request(self, scope: ResendScope = MARCH, at: datetime = NOW, account: str = ACCOUNT) -> Resend:
        resend = Resend(COMPANY, account, scope, at, f"request-{at.isoformat()}")
        self.resends.request(resend, AuditEntry(f"company:{COMPANY}", at, AuditAction.SENT_AGAIN, "bob"))
        return resend

    def pages(self, resend: Resend, limit: int = 2) -> list[list[str]]:
        """The expenses that each page is about, to the end."""
        pages = []
        while True:
            page = self.resends.page(resend, limit)
            pages.append([delivery.key.expense_id for delivery in page.deliveries])
            if page.cursor is None:
                return pages
            resend = replace(resend, cursor=page.cursor)

    def _pending(self, expense_id: str, account: str) -> Delivery:
        key = DeliveryKey(COMPANY, account, expense_id, "document")
        self.deliveries.ensure(COMPANY, account, expense_id, ["document"], accepted_at=NOW, now=NOW)
        return self.there(key)


@pytest.fixture
def records(kind: str, request: pytest.FixtureRequest) -> Records:
    if kind == FAKE:
        deliveries = FakeDeliveries()
        fake = FakeResends(deliveries)
        return Records(fake, deliveries, lambda: [entry.action.value for entry in fake.trail])
    request.getfixturevalue("aws")
    return Records(
        ResendStore("deliveries", "audit_trail"),
        DeliveryStore(deliveries_table="deliveries", expenses_table="expenses"),
        lambda: [
            str(row["action"]) for row in boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]
        ],
    )


def test_a_request_is_under_way_until_it_is_over_and_the_trail_says_who_asked(records: Records) -> None:
    resend = records.request()

    before = records.resends.under_way(COMPANY, ACCOUNT)
    over = records.resends.progress(resend, resend.counted([Found.PRESENT, Left.WITHDRAWN], None, LATER))

    assert before == [resend]
    assert records.resends.under_way(COMPANY, ACCOUNT) == []
    assert records.resends.of_account(COMPANY, ACCOUNT) == [over]
    assert over.counts == {"present": 1, "withdrawn": 1}
    assert records.trail() == ["sent_again"]


def test_the_same_request_is_one_while_it_is_under_way_and_may_be_made_again_after(records: Records) -> None:
    first = records.request()
    with pytest.raises(ResendChanged):
        records.request(at=LATER)
    other = records.request(ALICE, LATER)
    records.resends.progress(first, first.counted([], None, LATER))

    again = records.request(at=LATER + timedelta(seconds=1))

    assert records.resends.under_way(COMPANY, ACCOUNT) == [other, again]
    assert records.resends.of_account(COMPANY, OTHER) == []
    assert len(records.trail()) == 3


def test_of_two_drains_one_notes_how_far_it_is(records: Records) -> None:
    resend = records.request()
    further = records.resends.progress(resend, resend.counted([Found.MISSING], "filed#dbid:first#x", LATER))

    with pytest.raises(ResendChanged):
        records.resends.progress(resend, resend.counted([Found.MISSING], "filed#dbid:first#x", LATER))

    assert records.resends.under_way(COMPANY, ACCOUNT) == [further]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (MARCH, ["expense-1", "expense-2", "expense-3", "expense-6"]),
        (ALICE, ["expense-1", "expense-3", "expense-4", "expense-6"]),
        (ResendScope(ResendKind.EXPENSE, "expense-4"), ["expense-4"]),
        (ResendScope(ResendKind.EXPENSE, "expense-7"), ["expense-7"]),
        (ResendScope(ResendKind.EXPENSE, "nothing"), []),
    ],
)
def test_its_pages_hold_what_it_is_about_and_nothing_else(
    records: Records, scope: ResendScope, expected: list[str]
) -> None:
    records.delivered("expense-1")
    records.delivered("expense-2", folder="Bob Durand")
    records.delivered("expense-3")
    records.delivered("expense-4", month="2026-04")
    records.delivered("expense-5", account=OTHER)
    records.failed("expense-6")
    records.failed("expense-7", month="2026-05", folder="Bob Durand")

    pages = records.pages(Resend(COMPANY, ACCOUNT, scope, NOW, "request"))

    assert sorted(expense for page in pages for expense in page) == expected
    assert all(len(page) <= 2 for page in pages)


def test_what_is_sent_again_is_due_at_once_at_its_place_and_says_why(records: Records) -> None:
    missing, failed = records.delivered("expense-1"), records.failed("expense-2")
    before = records.there(missing)

    sent = records.resends.send_again({missing: Found.MISSING, failed: Found.FAILED}, LATER, "request-2")

    assert sent == {missing, failed}
    due = records.deliveries.pending(COMPANY, ACCOUNT, LATER, 10)
    assert {delivery.key for delivery in due} == {missing, failed}
    now = records.there(missing)
    assert (now.status, now.place, now.candidate) == (DeliveryStatus.PENDING, before.place, before.candidate)
    assert (now.look, now.correlation_id) == (Look(LATER, Found.MISSING), "request-2")
    assert (now.content_hash, now.delivered_at) == (before.content_hash, before.delivered_at)


def test_what_is_pending_or_unknown_is_not_sent_again(records: Records) -> None:
    key = records.delivered("expense-1")
    records.resends.send_again({key: Found.MISSING}, NOW, "request-1")
    unknown = DeliveryKey(COMPANY, ACCOUNT, "expense-2", "document")

    sent = records.resends.send_again({key: Found.MISSING, unknown: Found.MISSING}, LATER, "request-2")

    assert sent == set()
    assert records.there(key).correlation_id == "request-1"
    assert records.deliveries.find(unknown) is None


def test_sent_again_and_delivered_it_keeps_why(records: Records) -> None:
    key = records.delivered("expense-1")
    records.resends.send_again({key: Found.CHANGED}, LATER, "request-2")
    again = records.there(key)
    assert again.place is not None

    records.deliveries.record_delivered(again, place=again.place, content_hash="hash", sha256="00", at=LATER)

    now = records.there(key)
    assert (now.status, now.delivered_at, now.next_try) == (DeliveryStatus.DELIVERED, LATER, None)
    assert now.look == Look(LATER, Found.CHANGED)
    assert records.deliveries.pending(COMPANY, ACCOUNT, LATER, 10) == []


def test_a_look_at_what_is_there_changes_nothing_else(records: Records) -> None:
    key = records.delivered("expense-1")
    pending = records.delivered("expense-2")
    records.resends.send_again({pending: Found.MISSING}, NOW, "request-1")
    before = records.there(key)

    noted = records.resends.note_looks({key: Found.PRESENT, pending: Found.PRESENT}, LATER)

    assert noted == {key}
    assert records.there(key) == replace(before, look=Look(LATER, Found.PRESENT))
