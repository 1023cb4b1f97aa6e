"""What the synchronisation may rely on of its records: which of two writers wins, and what is found after."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from functions.document_sync.ports import Deliveries
from shared.aws.stores.delivery_store import DeliveryStore
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason, DeliveryStatus, Place
from shared.domain.errors import AcceptedAgain, AwsRefused, DeliveryNotPending
from shared.domain.expenses import ExpenseStatus
from shared.domain.filing.choices import ORDERS, FilingChoice, MonthForm
from shared.domain.host_expenses import WITHDRAWN, HostExpense
from testing.fakes.synchronisation import FakeDeliveries, FakeExpenses
from tests.expense_items import accepted_expense, image_of
from tests.integration.conftest import Aws
from tests.integration.contracts.conftest import FAKE
from tests.places import place_at

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
ACCEPTED_AT = NOW - timedelta(seconds=3)
LATER = NOW + timedelta(hours=1)
COMPANY, ACCOUNT, OTHER_ACCOUNT = "atelier", "dbid:first", "dbid:second"
PATH = "/Jenji/2026/03/Alice Martin/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf"
KEY = DeliveryKey(COMPANY, ACCOUNT, "expense-1", "document-1")
PENDING = Delivery(KEY, DeliveryStatus.PENDING, ACCEPTED_AT, since=NOW, changed_at=NOW, next_try=NOW)


@dataclass
class Records:
    """The records, and what the host does to expenses."""

    records: Deliveries
    find: Callable[[DeliveryKey], Delivery | None]
    put_expense: Callable[[HostExpense], object]
    remove_expense: Callable[[str], object]

    def ensure(self, key: DeliveryKey = KEY, *, now: datetime = NOW, correlation_id: str = "") -> Delivery:
        self.records.ensure(
            key.company_id,
            key.account_id,
            key.expense_id,
            [key.document_id],
            accepted_at=ACCEPTED_AT,
            now=now,
            correlation_id=correlation_id,
        )
        return self.there(key)

    def there(self, key: DeliveryKey = KEY) -> Delivery:
        found = self.find(key)
        assert found is not None
        return found

    def pending(self, account_id: str = ACCOUNT, until: datetime = LATER, limit: int = 100) -> list[Delivery]:
        return self.records.pending(COMPANY, account_id, until, limit)


@pytest.fixture
def records(kind: str, request: pytest.FixtureRequest) -> Records:
    if kind == FAKE:
        expenses = FakeExpenses()
        fake = FakeDeliveries(expenses)
        return Records(fake, fake.find, expenses.put, expenses.expenses.pop)
    request.getfixturevalue("aws")
    records = DeliveryStore(deliveries_table="deliveries", expenses_table="expenses")
    dynamodb = boto3.client("dynamodb")
    return Records(
        records,
        records.find,
        lambda expense: dynamodb.put_item(TableName="expenses", Item=image_of(expense)),
        lambda expense_id: dynamodb.delete_item(TableName="expenses", Key={"expense_id": {"S": expense_id}}),
    )


def delivered(records: Records, key: DeliveryKey = KEY, path: str = PATH) -> Delivery:
    return records.records.record_delivered(
        records.ensure(key), place=place_at(path), content_hash="hash", sha256="00", at=LATER
    )


def failed(records: Records) -> Delivery:
    return records.records.record_failed(
        records.ensure(), reason=DeliveryReason.DOCUMENT_MISSING, detail=None, at=LATER
    )


def cancelled(records: Records) -> Delivery:
    return records.records.cancel(records.ensure(), reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=LATER)


SETTLERS = {"delivered": delivered, "failed": failed, "cancelled": cancelled}
WRITES: list[Callable[[Deliveries, Delivery], object]] = [
    lambda records, delivery: records.choose_path(delivery, place_at(PATH), 0),
    lambda records, delivery: records.record_failed(
        delivery, reason=DeliveryReason.DOCUMENT_MISSING, detail=None, at=NOW
    ),
    lambda records, delivery: records.retry_later(delivery, tries=1, next_try=NOW, detail="x"),
    lambda records, delivery: records.note(delivery),
    lambda records, delivery: records.cancel(delivery, reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=NOW),
]


def test_every_document_becomes_pending_once(records: Records) -> None:
    counts = [
        records.records.ensure(COMPANY, ACCOUNT, "expense-1", document_ids, accepted_at=ACCEPTED_AT, now=NOW)
        for document_ids in (["document-1", "document-2", "document-1"], ["document-2", "document-3"], [])
    ]

    assert counts == [2, 1, 0]
    assert {row.key.document_id for row in records.pending()} == {f"document-{n}" for n in (1, 2, 3)}


def test_a_new_delivery_is_due_at_once(records: Records) -> None:
    records.ensure()

    assert records.there() == PENDING
    assert records.pending(until=NOW) == [PENDING]


def test_what_made_a_delivery_pending_is_on_record_and_follows_it_to_another_account(
    records: Records,
) -> None:
    records.ensure(correlation_id="event-1")
    made = records.there()

    records.records.move_to_account(COMPANY, OTHER_ACCOUNT, limit=10, now=LATER)

    moved = records.there(replace(KEY, account_id=OTHER_ACCOUNT))
    assert (made.correlation_id, moved.correlation_id) == ("event-1", "event-1")


def test_what_makes_a_cancelled_delivery_pending_again_is_what_counts(records: Records) -> None:
    records.ensure(correlation_id="event-1")
    cancelled(records)

    again = records.ensure(correlation_id="event-2")
    cancelled(records)
    unknown = records.ensure()

    assert (again.correlation_id, unknown.correlation_id) == ("event-2", "")


def test_a_repeated_acceptance_changes_nothing(records: Records) -> None:
    waiting = records.records.retry_later(records.ensure(), tries=3, next_try=LATER, detail="RateLimited")

    records.ensure(now=LATER)

    assert records.there() == waiting


@pytest.mark.parametrize("record", [delivered, failed])
def test_what_was_delivered_or_failed_stays_so_when_accepted_again(
    records: Records, record: Callable[[Records], Delivery]
) -> None:
    recorded = record(records)

    count = records.records.ensure(
        COMPANY, ACCOUNT, "expense-1", ["document-1"], accepted_at=LATER, now=LATER
    )

    assert count == 0
    assert records.there() == recorded
    assert records.pending() == []


def test_a_cancelled_delivery_accepted_again_starts_afresh_at_its_old_path(records: Records) -> None:
    chosen = records.records.choose_path(records.ensure(), place_at(PATH), 0)
    noted = records.records.note(records.records.choose_path(chosen, place_at(f"{PATH} longer"), 1))
    waiting = records.records.retry_later(noted, tries=2, next_try=NOW, detail="RateLimited")
    records.records.cancel(waiting, reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=NOW)

    count = records.records.ensure(
        COMPANY, ACCOUNT, "expense-1", ["document-1"], accepted_at=LATER, now=LATER
    )

    assert count == 1
    assert records.there() == Delivery(
        KEY,
        DeliveryStatus.PENDING,
        LATER,
        LATER,
        LATER,
        next_try=LATER,
        place=place_at(f"{PATH} longer"),
        candidate=1,
    )
    assert records.pending() == [records.there()]


def test_pending_deliveries_come_in_order_of_their_next_try_as_many_as_asked_for(records: Records) -> None:
    moments = {f"document-{n}": NOW + timedelta(microseconds=n) for n in (3, 1, 2)}
    for document_id, moment in moments.items():
        records.ensure(replace(KEY, document_id=document_id), now=moment)

    def ids(**asked: object) -> list[str]:
        return [row.key.document_id for row in records.pending(**asked)]

    assert ids() == ["document-1", "document-2", "document-3"]
    assert ids(limit=2) == ["document-1", "document-2"]
    assert ids(until=moments["document-2"]) == ["document-1", "document-2"]
    assert ids(until=NOW) == []


def test_each_account_of_each_company_has_its_own(records: Records) -> None:
    records.ensure()
    for key in (
        replace(KEY, account_id=f"{ACCOUNT}-and-longer"),
        replace(KEY, account_id=ACCOUNT[:-1]),
        replace(KEY, company_id="elsewhere"),
    ):
        records.ensure(key)

    assert records.pending() == [PENDING]


def test_those_due_first_are_known_even_if_they_were_due_long_ago(records: Records) -> None:
    records.ensure(replace(KEY, account_id=f"{ACCOUNT}-and-longer"))
    assert records.records.next_pending(COMPANY, ACCOUNT, 10) == []

    later = records.ensure(replace(KEY, document_id="document-2"), now=LATER)
    records.ensure(replace(KEY, account_id=ACCOUNT[:-1]), now=NOW - timedelta(days=1))
    assert records.records.next_pending(COMPANY, ACCOUNT, 10) == [later]

    now = records.ensure(now=NOW)
    assert records.records.next_pending(COMPANY, ACCOUNT, 10) == [now, later]
    assert records.records.next_pending(COMPANY, ACCOUNT, 1) == [now]


def test_what_was_recorded_since_is_found_oldest_first_whatever_its_account(records: Records) -> None:
    key, record = replace(KEY, account_id=OTHER_ACCOUNT), records.records.record_failed
    before = record(
        records.ensure(replace(KEY, document_id="before")),
        reason=DeliveryReason.UNREADABLE,
        detail=None,
        at=NOW,
    )
    second = record(
        records.ensure(key), reason=DeliveryReason.UNREADABLE, detail=None, at=LATER + timedelta(seconds=1)
    )
    first = delivered(records)
    records.ensure(replace(KEY, document_id="pending"), now=LATER)
    records.records.cancel(
        records.ensure(replace(KEY, document_id="cancelled")),
        reason=DeliveryReason.ACCEPTANCE_WITHDRAWN,
        at=LATER,
    )
    record(
        records.ensure(replace(KEY, company_id="elsewhere")),
        reason=DeliveryReason.UNREADABLE,
        detail=None,
        at=LATER,
    )

    assert records.records.recorded_since(COMPANY, LATER) == [first, second]
    assert records.records.recorded_since(COMPANY, NOW) == [before, first, second]


def test_a_delivery_put_off_hides_nothing_and_comes_when_it_is_due(records: Records) -> None:
    first = records.ensure()
    other = records.ensure(replace(KEY, document_id="document-2"))

    waiting = records.records.retry_later(first, tries=1, next_try=LATER, detail="DropboxUnavailable")

    assert waiting == replace(
        first, tries=1, next_try=LATER, reason=DeliveryReason.TRY_AGAIN, detail="DropboxUnavailable"
    )
    assert records.there() == waiting
    assert records.pending(until=NOW) == [other]
    assert records.pending(until=LATER) == [other, waiting]


def test_a_path_is_stored_and_then_the_next_candidate(records: Records) -> None:
    first = records.records.choose_path(records.ensure(), place_at(PATH), 0)
    second = records.records.choose_path(first, place_at(f"{PATH} longer"), 1)

    assert (first.path, first.candidate) == (PATH, 0)
    assert second == replace(PENDING, place=place_at(f"{PATH} longer"), candidate=1)
    assert records.pending() == [second]


@pytest.mark.parametrize("candidate", [0, 1], ids=["the first path", "another path"])
def test_of_two_drains_that_choose_a_path_one_wins(records: Records, candidate: int) -> None:
    as_read = records.ensure()
    if candidate > 0:
        as_read = records.records.choose_path(as_read, place_at(PATH), 0)
    winner = records.records.choose_path(as_read, place_at(f"{PATH} winner"), candidate)

    with pytest.raises(DeliveryNotPending):
        records.records.choose_path(as_read, place_at(f"{PATH} loser"), candidate)

    assert records.there() == winner


def test_a_delivered_document_says_where_and_what_it_is(records: Records) -> None:
    waiting = records.records.retry_later(records.ensure(), tries=2, next_try=NOW, detail="RateLimited")

    recorded = records.records.record_delivered(
        waiting, place=place_at(PATH), content_hash="hash", sha256="00", size=3, at=LATER
    )

    assert recorded == replace(
        waiting,
        status=DeliveryStatus.DELIVERED,
        reason=None,
        detail=None,
        next_try=None,
        changed_at=LATER,
        delivered_at=LATER,
        place=place_at(PATH),
        content_hash="hash",
        sha256="00",
        size=3,
    )
    assert records.there() == recorded
    assert records.pending() == []


def test_a_failed_delivery_says_why(records: Records) -> None:
    recorded = failed(records)

    assert recorded == replace(
        PENDING, status=DeliveryStatus.FAILED, reason="document_missing", next_try=None, changed_at=LATER
    )
    assert records.there() == recorded
    assert records.pending() == []


def test_a_note_is_kept(records: Records) -> None:
    noted = records.records.note(records.records.note(records.ensure()))

    assert noted == replace(PENDING, attempts_started=2)
    assert records.pending() == [noted]


@pytest.mark.parametrize("record", SETTLERS.values(), ids=SETTLERS.keys())
def test_what_is_recorded_is_not_recorded_again(
    records: Records, record: Callable[[Records], Delivery]
) -> None:
    as_read = records.ensure()
    recorded = record(records)

    for write in WRITES:
        with pytest.raises(DeliveryNotPending):
            write(records.records, as_read)

    assert records.there() == recorded
    assert records.pending() == []


def test_a_write_to_a_delivery_that_is_not_there_makes_none(records: Records) -> None:
    for write in WRITES:
        with pytest.raises(DeliveryNotPending):
            write(records.records, PENDING)

    assert records.find(KEY) is None


@pytest.mark.parametrize("record", [delivered, failed])
def test_a_second_delivery_is_not_put_on_record(
    records: Records, record: Callable[[Records], Delivery]
) -> None:
    as_read = records.ensure()
    recorded = record(records)

    with pytest.raises(DeliveryNotPending):
        records.records.record_delivered(
            as_read, place=place_at(f"{PATH} 2"), content_hash="other", sha256="11", at=NOW
        )

    assert records.there() == recorded


def test_what_was_cancelled_while_it_was_uploaded_was_delivered_all_the_same(records: Records) -> None:
    uploading = records.records.choose_path(records.ensure(), place_at(PATH), 0)
    records.records.cancel(uploading, reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=NOW)

    recorded = records.records.record_delivered(
        uploading, place=place_at(PATH), content_hash="hash", sha256="00", at=LATER
    )

    assert records.there() == recorded
    assert (recorded.status, recorded.reason) == (DeliveryStatus.DELIVERED, None)


def test_month_and_folder_are_on_record_whatever_the_path(records: Records) -> None:
    place = Place("/file.pdf", "2026-03", "Alice Martin")

    recorded = records.records.record_delivered(
        records.ensure(), place=place, content_hash="hash", sha256="00", at=NOW
    )

    assert recorded.place == place
    assert records.there() == recorded
    assert records.records.delivered_in_month(COMPANY, ACCOUNT, "2026-03") == [recorded]


@pytest.mark.parametrize("status", sorted(WITHDRAWN))
def test_a_delivery_is_cancelled_while_its_expense_is_not_accepted(
    records: Records, status: ExpenseStatus
) -> None:
    records.put_expense(accepted_expense(status=status))

    recorded = cancelled(records)

    assert recorded == replace(
        PENDING,
        status=DeliveryStatus.CANCELLED,
        reason="acceptance_withdrawn",
        next_try=None,
        changed_at=LATER,
    )
    assert records.there() == recorded
    assert records.pending() == []


def test_a_delivery_is_cancelled_when_its_expense_is_gone(records: Records) -> None:
    records.put_expense(accepted_expense())
    records.remove_expense("expense-1")

    assert cancelled(records).status is DeliveryStatus.CANCELLED


@pytest.mark.parametrize("company_id", ["elsewhere", ""], ids=["another", "none"])
def test_a_delivery_is_cancelled_when_its_expense_is_another_companys(
    records: Records, company_id: str
) -> None:
    records.put_expense(accepted_expense(company_id=company_id))

    assert cancelled(records).status is DeliveryStatus.CANCELLED


@pytest.mark.parametrize(
    "status", [ExpenseStatus.ACCEPTED, ExpenseStatus.REIMBURSED, ExpenseStatus.RECORDED, None]
)
def test_nothing_is_cancelled_that_was_accepted_meanwhile(
    records: Records, status: ExpenseStatus | None
) -> None:
    records.put_expense(accepted_expense(status=status))

    with pytest.raises(AcceptedAgain):
        cancelled(records)

    assert records.pending() == [PENDING]


def test_of_two_reasons_not_to_cancel_the_recorded_one_counts(records: Records) -> None:
    records.put_expense(accepted_expense())
    recorded = delivered(records)

    with pytest.raises(DeliveryNotPending):
        records.records.cancel(PENDING, reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=NOW)

    assert records.there() == recorded


def test_of_many_that_record_at_once_one_wins(records: Records) -> None:
    delivery = records.ensure()

    def record(number: int) -> Delivery | None:
        try:
            return records.records.record_failed(
                delivery, reason=DeliveryReason.UNREADABLE, detail=f"reason {number}", at=NOW
            )
        except DeliveryNotPending:
            return None

    with ThreadPoolExecutor(8) as threads:
        winners = [winner for winner in threads.map(record, range(8)) if winner is not None]

    assert winners == [records.there()]


def test_ids_of_whatever_characters_and_length_are_kept_apart(records: Records) -> None:
    keys = [
        replace(KEY, expense_id=expense_id, document_id=document_id)
        for expense_id, document_id in [
            ("a#b", "c"),
            ("a", "b#c"),
            ("a", "b"),
            ("a/b c", "☃"),
            ("é", unicodedata.normalize("NFD", "é")),
            (unicodedata.normalize("NFD", "é"), "é"),
            ("x" * 2000, "y" * 2000),
            ("x" * 2000, "y" * 2001),
        ]
    ]

    for key in keys:
        records.ensure(key)

    assert {row.key for row in records.pending()} == set(keys)
    assert [records.there(key).key for key in keys] == keys


def test_a_months_deliveries_are_found_by_path(records: Records) -> None:
    march = [f"/Jenji/2026/03/{name}/1 [A].pdf" for name in ("Alice", "Alice (2)", "Élodie", "alice")]
    for number, path in enumerate([*reversed(march), "/Jenji/2026/04/Alice/1 [A].pdf"]):
        delivered(records, replace(KEY, document_id=f"document-{number}"), path)
    delivered(records, replace(KEY, account_id=OTHER_ACCOUNT), march[0])
    records.ensure(replace(KEY, document_id="pending"))

    found = records.records.delivered_in_month(COMPANY, ACCOUNT, "2026-03")

    assert [row.path for row in found] == sorted(march, key=str.encode)
    assert records.records.delivered_in_month(COMPANY, ACCOUNT, "2026-05") == []


def test_the_longest_paths_there_are_can_be_recorded(records: Records) -> None:
    path = f"/Jenji/2026/03/{'☃' * 255}/{'🧾' * 255}.pdf"

    delivered(records, path=path)

    assert [row.path for row in records.records.delivered_in_month(COMPANY, ACCOUNT, "2026-03")] == [path]


def test_what_is_pending_for_other_accounts_moves_to_the_present_one_page_by_page(records: Records) -> None:
    before = ["dbid:a", "dbid:b", "dbid:b-longer", "dbid:c"]
    for account_id in before:
        for number in (1, 2):
            records.ensure(DeliveryKey(COMPANY, account_id, account_id, f"document-{number}"))
    records.ensure(replace(KEY, company_id="elsewhere", account_id="dbid:a"))

    taken = [records.records.move_to_account(COMPANY, "dbid:b", limit=4, now=LATER) for _ in range(3)]

    assert taken == [4, 2, 0]
    assert [row.key.expense_id for row in records.pending("dbid:b")].count("dbid:b") == 2
    assert sorted(row.key.expense_id for row in records.pending("dbid:b")) == sorted(before * 2)
    for account_id in ("dbid:a", "dbid:b-longer", "dbid:c"):
        assert records.pending(account_id) == []
        old = records.there(DeliveryKey(COMPANY, account_id, account_id, "document-1"))
        assert (old.status, old.reason) == (DeliveryStatus.CANCELLED, "account_changed")
        assert old.changed_at == LATER
        assert records.there(replace(old.key, account_id="dbid:b")) == replace(
            PENDING,
            key=replace(old.key, account_id="dbid:b"),
            since=LATER,
            changed_at=LATER,
            next_try=LATER,
        )
    assert records.there(replace(KEY, company_id="elsewhere", account_id="dbid:a")).status == "PENDING"


@pytest.mark.parametrize("record", [delivered, failed])
def test_what_the_present_account_has_on_record_already_stays_when_an_old_one_moves(
    records: Records, record: Callable[[Records], Delivery]
) -> None:
    recorded = record(records)
    old = records.ensure(replace(KEY, account_id=OTHER_ACCOUNT))

    taken = records.records.move_to_account(COMPANY, ACCOUNT, limit=10, now=LATER)

    assert taken == 1
    assert records.there() == recorded
    assert records.there(old.key).status is DeliveryStatus.CANCELLED


def test_going_back_to_an_earlier_account_takes_its_cancelled_deliveries_up_again(records: Records) -> None:
    chosen = records.records.choose_path(records.ensure(), place_at(PATH), 0)
    records.records.move_to_account(COMPANY, OTHER_ACCOUNT, limit=10, now=NOW)

    records.records.move_to_account(COMPANY, ACCOUNT, limit=10, now=LATER)

    assert records.pending() == [replace(chosen, since=LATER, changed_at=LATER, next_try=LATER)]
    assert records.pending(OTHER_ACCOUNT) == []


def test_an_aws_that_fails_says_so(aws: Aws) -> None:
    records = DeliveryStore(deliveries_table="gone", expenses_table="gone-too")

    for call in (
        lambda: records.ensure(COMPANY, ACCOUNT, "e", ["d"], accepted_at=NOW, now=NOW),
        lambda: records.find(KEY),
        lambda: records.pending(COMPANY, ACCOUNT, NOW, 10),
        lambda: records.next_pending(COMPANY, ACCOUNT, 10),
        lambda: records.recorded_since(COMPANY, NOW),
        lambda: records.delivered_in_month(COMPANY, ACCOUNT, "2026-03"),
        lambda: records.note(PENDING),
        lambda: records.cancel(PENDING, DeliveryReason.ACCEPTANCE_WITHDRAWN, NOW),
        lambda: records.move_to_account(COMPANY, ACCOUNT, 10, NOW),
    ):
        with pytest.raises(AwsRefused):
            call()


def test_the_documents_of_one_expense_are_found_with_what_was_chosen_for_each(records: Records) -> None:
    choice = FilingChoice(ORDERS[2], months=MonthForm.FR)
    first = records.ensure()
    second = records.ensure(replace(KEY, document_id="document-2"))
    records.ensure(replace(KEY, expense_id="expense-10"))
    records.ensure(replace(KEY, account_id=OTHER_ACCOUNT))
    placed = records.records.choose_path(first, replace(place_at(PATH), choice=choice), 0)

    found = records.records.of_expense(COMPANY, ACCOUNT, "expense-1")

    assert found == [placed, second]
    assert [row.place.choice for row in found if row.place] == [choice]
