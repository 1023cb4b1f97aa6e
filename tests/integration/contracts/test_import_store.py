"""What the import may rely on of its world: which of two writers wins, and what can be read afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.auto_import.ports import ImportRecords
from shared.aws.host.expense_rows import ExpenseRow
from shared.aws.stores.import_tables import ImportRecordRow
from shared.domain.active_content import ActiveContent
from shared.domain.errors import (
    AlreadyRecorded,
    AwsUnavailable,
    ExpenseExists,
    IntegrationError,
    ReservationChanged,
)
from shared.domain.expenses import ExpenseStatus, NewExpense, SupportingDocument, User
from shared.domain.imports import (
    ImportRecord,
    Outcome,
    Outstanding,
    Reservation,
    Retry,
    RetryRequest,
    WaitingFile,
    WaitingReason,
)
from shared.domain.rejections import RejectionReason
from shared.domain.tallies import BatchTally
from testing.fakes.stores import FakeImportStore
from tests.integration.conftest import Aws
from tests.integration.contracts.conftest import FAKE
from tests.integration.real_stores import import_history, import_store

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
ALICE = User("alice", "atelier", "Alice Martin", "en", active=True)
ACCOUNT = "dbid:first"
RECORD = ImportRecord(
    user_id="alice",
    batch_id="20261122T090000-a",
    account_id=ACCOUNT,
    file_id="id:1",
    content_hash="hash",
    visit=1,
    name="Berlin trip/lunch.pdf",
    size=5,
    outcome=Outcome.IMPORTED,
    target="/Imported/2026-11/Berlin trip/lunch.pdf",
    notified_at=NOW - timedelta(seconds=3),
    recorded_at=NOW,
    expense_id="expense-1",
)
RESERVATION = Reservation("alice", "hash", "expense-1", 1, "id:1")
WAITING = WaitingFile(
    user_id="alice",
    account_id=ACCOUNT,
    file_id="id:1",
    content_hash="hash",
    batch_id="20261122T090000-a",
    name="lunch.pdf",
    since=NOW,
    next_try=NOW + timedelta(seconds=30),
    tries=2,
    attempts_started=1,
    reason=WaitingReason.TRY_AGAIN,
    detail="DocumentCorrupted",
)


def expense(expense_id: str = "expense-1") -> NewExpense:
    document = SupportingDocument("document-1", "documents/alice/hash", "00", "lunch.pdf", "image/jpeg", 5)
    return NewExpense(expense_id, ALICE, "Berlin trip", document, NOW)


@dataclass
class World:
    """The store, and what the host does to expenses."""

    store: ImportRecords
    set_status: Callable[[str, ExpenseStatus], None]
    remove_expense: Callable[[str], None]
    request_retry: Callable[[ImportRecord, datetime], bool]
    erase: Callable[[ImportRecord], None]

    def import_first(self) -> None:
        self.store.record_import(expense(), RESERVATION, None, RECORD)


@pytest.fixture
def world(kind: str, request: pytest.FixtureRequest) -> World:
    return _fake() if kind == FAKE else _real(request.getfixturevalue("aws"))


def _fake() -> World:
    store = FakeImportStore()

    def set_status(expense_id: str, status: ExpenseStatus) -> None:
        store.expenses[expense_id].status = status

    def remove(expense_id: str) -> None:
        del store.expenses[expense_id]

    def erase(record: ImportRecord) -> None:
        del store.records[record.user_id, record.visit_key]

    return World(store, set_status, remove, store.request_retry, erase)


def _real(_: Aws) -> World:
    store = import_store()

    def set_status(expense_id: str, status: ExpenseStatus) -> None:
        ExpenseRow(expense_id).update([ExpenseRow.status.set(status.value)])

    def remove(expense_id: str) -> None:
        ExpenseRow(expense_id).delete()

    def request_retry(record: ImportRecord, at: datetime) -> bool:
        history = import_history()
        return history.request_retries([record], at) == 1

    def erase(record: ImportRecord) -> None:
        ImportRecordRow(record.user_id, record.visit_key).delete()

    return World(store, set_status, remove, request_retry, erase)


@pytest.fixture
def store(world: World) -> ImportRecords:
    return world.store


def test_an_import_makes_expense_reservation_and_record(world: World, store: ImportRecords) -> None:
    world.import_first()

    assert store.reservations("alice", ["hash", "unknown"]) == {"hash": RESERVATION}
    assert store.live_expenses(["expense-1", "unknown"]) == {"expense-1"}
    assert store.find(RECORD) == RECORD


def test_what_is_on_record_is_found_by_visit_and_read_as_it_was_written(store: ImportRecords) -> None:
    rejected = replace(
        RECORD, outcome=Outcome.REJECTED, reason=RejectionReason.DAMAGED, expense_id=None, visit=2
    )
    store.record(rejected)

    assert store.find(replace(RECORD, visit=2, name="another name")) == rejected
    assert store.find(RECORD) is None


def test_a_name_may_be_anything_dropbox_lists(store: ImportRecords) -> None:
    odd = replace(RECORD, name="a/\u202egnp.🧾\x01#/x'\"; DROP.pdf", target="/Imported/é/e\u0301.pdf")

    store.record(odd)

    assert store.find(odd) == odd


def test_reservations_belong_to_their_user(world: World, store: ImportRecords) -> None:
    world.import_first()

    assert store.reservations("bob", ["hash"]) == {}


def test_asking_for_nothing_answers_nothing(store: ImportRecords) -> None:
    assert store.reservations("alice", []) == {}
    assert store.live_expenses([]) == set()


def test_asks_for_more_reservations_and_expenses_than_one_call_carries(
    world: World, store: ImportRecords
) -> None:
    world.import_first()
    hashes = [f"unknown {number}" for number in range(250)]

    assert store.reservations("alice", [*hashes, "hash", "hash"]) == {"hash": RESERVATION}
    assert store.live_expenses([*hashes, "expense-1", "expense-1"]) == {"expense-1"}


@pytest.mark.parametrize(
    "status", [status for status in ExpenseStatus if status is not ExpenseStatus.DELETED]
)
def test_an_expense_lives_in_every_status_but_deleted(
    world: World, store: ImportRecords, status: ExpenseStatus
) -> None:
    world.import_first()

    world.set_status("expense-1", status)

    assert store.live_expenses(["expense-1"]) == {"expense-1"}


def test_a_deleted_expense_and_one_without_a_row_do_not_live(world: World, store: ImportRecords) -> None:
    world.import_first()
    world.set_status("expense-1", ExpenseStatus.DELETED)
    deleted = store.live_expenses(["expense-1"])

    world.remove_expense("expense-1")

    assert deleted == set()
    assert store.live_expenses(["expense-1"]) == set()


def other_visit(visit: int = 2) -> ImportRecord:
    return replace(RECORD, visit=visit)


CONFLICTS = {
    "the visit is on record": (
        expense("new"),
        replace(RESERVATION, content_hash="new"),
        RECORD,
        AlreadyRecorded,
    ),
    "the content is reserved": (
        expense("new"),
        replace(RESERVATION, expense_id="new"),
        other_visit(),
        ReservationChanged,
    ),
    "the expense is there": (
        expense(),
        replace(RESERVATION, content_hash="new"),
        other_visit(),
        ExpenseExists,
    ),
    "visit before reservation": (expense("new"), RESERVATION, RECORD, AlreadyRecorded),
    "visit before expense": (
        expense(),
        replace(RESERVATION, content_hash="new"),
        RECORD,
        AlreadyRecorded,
    ),
    "reservation before expense": (expense(), RESERVATION, other_visit(), ReservationChanged),
    "visit before everything": (expense(), RESERVATION, RECORD, AlreadyRecorded),
}


@pytest.mark.parametrize("case", CONFLICTS.values(), ids=CONFLICTS.keys())
def test_an_import_that_meets_another_writes_nothing_and_says_what_it_met(
    world: World,
    store: ImportRecords,
    case: tuple[NewExpense, Reservation, ImportRecord, type[IntegrationError]],
) -> None:
    world.import_first()
    new_expense, reservation, record, error = case

    with pytest.raises(error):
        store.record_import(new_expense, reservation, None, record)

    assert store.find(RECORD) == RECORD
    assert store.find(other_visit()) is None
    assert store.reservations("alice", ["hash", "new"]) == {"hash": RESERVATION}
    assert store.live_expenses(["expense-1", "new"]) == {"expense-1"}


def test_the_reservation_of_a_deleted_expense_is_taken_over_once(world: World, store: ImportRecords) -> None:
    world.import_first()
    world.set_status("expense-1", ExpenseStatus.DELETED)
    second = replace(RESERVATION, expense_id="expense-2", attempt=2, file_id="id:2")
    store.record_import(expense("expense-2"), second, RESERVATION, other_visit())

    with pytest.raises(ReservationChanged):
        store.record_import(
            expense("expense-3"), replace(RESERVATION, attempt=3), RESERVATION, other_visit(3)
        )

    assert store.reservations("alice", ["hash"]) == {"hash": second}
    assert store.live_expenses(["expense-1", "expense-2", "expense-3"]) == {"expense-2"}


@pytest.mark.parametrize(
    "read",
    [replace(RESERVATION, attempt=9), replace(RESERVATION, expense_id="another")],
    ids=["attempt", "expense"],
)
def test_a_reservation_that_is_not_as_it_was_read_is_not_taken_over(
    world: World, store: ImportRecords, read: Reservation
) -> None:
    world.import_first()

    with pytest.raises(ReservationChanged):
        store.record_import(expense("new"), replace(RESERVATION, expense_id="new"), read, other_visit())


def test_a_reservation_that_is_gone_cannot_be_taken_over(store: ImportRecords) -> None:
    with pytest.raises(ReservationChanged):
        store.record_import(expense("new"), replace(RESERVATION, expense_id="new"), RESERVATION, RECORD)

    assert store.reservations("alice", ["hash"]) == {}
    assert store.find(RECORD) is None


def test_one_content_of_two_users_makes_two_expenses(world: World, store: ImportRecords) -> None:
    world.import_first()

    store.record_import(
        expense("bobs"),
        replace(RESERVATION, user_id="bob", expense_id="bobs"),
        None,
        replace(RECORD, user_id="bob", expense_id="bobs"),
    )

    assert store.live_expenses(["expense-1", "bobs"]) == {"expense-1", "bobs"}


def test_one_visit_is_recorded_once(store: ImportRecords) -> None:
    first = replace(RECORD, outcome=Outcome.DUPLICATE)
    store.record(first)

    with pytest.raises(AlreadyRecorded):
        store.record(replace(first, outcome=Outcome.REJECTED, reason=RejectionReason.DAMAGED))

    assert store.find(RECORD) == first


def test_another_batch_file_content_visit_or_user_is_another_visit(store: ImportRecords) -> None:
    others = [
        replace(RECORD, batch_id="another"),
        replace(RECORD, file_id="id:2"),
        replace(RECORD, content_hash="other"),
        replace(RECORD, visit=2),
        replace(RECORD, user_id="bob"),
    ]

    for record in (RECORD, *others):
        store.record(record)

    assert [store.find(record) for record in others] == others


def test_counts_the_recorded_files_of_one_batch_and_user(store: ImportRecords) -> None:
    for number in range(3):
        store.record(replace(RECORD, file_id=f"id:{number}"))
    store.record(replace(RECORD, batch_id=f"{RECORD.batch_id}0"))
    store.record(replace(RECORD, user_id="bob"))
    store.mark_filed(replace(RECORD, file_id="id:0"), None)

    assert store.count("alice", RECORD.batch_id) == 3
    assert store.count("alice", "unknown") == 0


def test_tells_how_the_files_of_one_batch_and_user_ended_and_how_long_it_took(store: ImportRecords) -> None:
    began, ended = (
        RECORD.notified_at - timedelta(minutes=1),
        RECORD.recorded_at + timedelta(minutes=1),
    )
    store.record(replace(RECORD, file_id="id:1", notified_at=began))
    store.record(replace(RECORD, file_id="id:2", outcome=Outcome.REJECTED, recorded_at=ended))
    store.record(replace(RECORD, file_id="id:3", outcome=Outcome.REJECTED))
    store.record(replace(RECORD, batch_id=f"{RECORD.batch_id}0"))
    store.record(replace(RECORD, user_id="bob"))

    tally = store.tally("alice", RECORD.batch_id)

    assert tally.outcomes == Counter({RECORD.outcome: 1, Outcome.REJECTED: 2})
    assert (min(each.began_at for each in tally.counts), tally.last_recorded_at) == (began, ended)
    assert (tally.recorded, tally.seconds) == (3, (ended - began).total_seconds())
    assert store.tally("alice", "unknown") == BatchTally()


def test_unfiled_rows_are_read_oldest_first(store: ImportRecords) -> None:
    ages = [5, 1, 3, 0, 4]
    for age in ages:
        store.record(replace(RECORD, file_id=f"id:{age}", recorded_at=NOW - timedelta(microseconds=age)))

    unfiled = store.unfiled("alice", ACCOUNT)

    assert [row.file_id for row in unfiled] == ["id:5", "id:4", "id:3", "id:1", "id:0"]


def test_files_recorded_in_one_instant_are_all_unfiled(store: ImportRecords) -> None:
    for number in range(3):
        store.record(replace(RECORD, file_id=f"id:{number}"))

    assert {row.file_id for row in store.unfiled("alice", ACCOUNT)} == {"id:0", "id:1", "id:2"}


def test_only_what_is_not_filed_yet_is_unfiled(world: World, store: ImportRecords) -> None:
    world.import_first()
    gone = replace(RECORD, file_id="id:2")
    store.record(gone)
    store.record(replace(RECORD, file_id="id:3"))

    store.mark_filed(RECORD, "/Imported/2026-11/lunch (1).pdf")
    store.mark_filed(gone, None)

    assert [row.file_id for row in store.unfiled("alice", ACCOUNT)] == ["id:3"]
    filed, without_place = store.find(RECORD), store.find(gone)
    assert filed == replace(RECORD, is_filed=True, filed_as="/Imported/2026-11/lunch (1).pdf")
    assert without_place == replace(gone, is_filed=True)


def test_filing_twice_is_the_same_as_once_and_forgets_no_place(store: ImportRecords) -> None:
    store.record(RECORD)

    store.mark_filed(RECORD, "/Imported/lunch.pdf")
    store.mark_filed(RECORD, None)

    assert store.find(RECORD) == replace(RECORD, is_filed=True, filed_as="/Imported/lunch.pdf")


def test_what_is_not_on_record_cannot_be_filed(store: ImportRecords) -> None:
    with pytest.raises(AwsUnavailable):
        store.mark_filed(RECORD, "/Imported/lunch.pdf")

    assert store.find(RECORD) is None


def test_unfiled_rows_belong_to_one_user_and_account(store: ImportRecords) -> None:
    store.record(RECORD)
    store.record(replace(RECORD, file_id="id:2", account_id="dbid:first-but-longer"))
    store.record(replace(RECORD, file_id="id:3", user_id="bob"))

    assert [row.file_id for row in store.unfiled("alice", ACCOUNT)] == ["id:1"]


def test_a_waiting_file_is_read_as_it_was_written(store: ImportRecords) -> None:
    recorded_and_not_moved = replace(WAITING, file_id="id:2", batch_id="", attempts_started=0, tries=0)

    store.save_waiting(WAITING)
    store.save_waiting(recorded_and_not_moved)

    assert sorted(store.outstanding("alice", ACCOUNT).files, key=lambda file: file.file_id) == [
        WAITING,
        recorded_and_not_moved,
    ]


def test_a_waiting_file_has_one_row_for_each_version(store: ImportRecords) -> None:
    store.save_waiting(WAITING)
    store.save_waiting(replace(WAITING, tries=3, detail="FileGone"))
    store.save_waiting(replace(WAITING, content_hash="another"))

    rows = {file.content_hash: file.tries for file in store.outstanding("alice", ACCOUNT).files}

    assert rows == {"hash": 3, "another": 2}


def test_waiting_files_belong_to_one_user_and_account(store: ImportRecords) -> None:
    store.save_waiting(WAITING)
    store.save_waiting(replace(WAITING, account_id="dbid:first-but-longer"))
    store.save_waiting(replace(WAITING, user_id="bob"))

    assert store.outstanding("alice", ACCOUNT).files == [WAITING]


def test_forgetting_is_done_for_many_for_none_and_for_what_is_gone(store: ImportRecords) -> None:
    files = [replace(WAITING, file_id=f"id:{number}") for number in range(30)]
    for file in files:
        store.save_waiting(file)

    store.forget_waiting([])
    store.forget_waiting([*files[1:], replace(WAITING, file_id="id:unknown")])
    store.forget_waiting([files[1]])

    assert store.outstanding("alice", ACCOUNT).files == [files[0]]


@pytest.fixture
def rejected(world: World) -> ImportRecord:
    """A rejected file that lies where it was filed."""
    row = replace(
        RECORD,
        outcome=Outcome.REJECTED,
        reason=RejectionReason.EMPTY,
        expense_id=None,
        target="/Rejected/Empty file/Berlin trip/lunch.pdf",
    )
    world.store.record(row)
    world.store.mark_filed(row, row.target)
    return row


def test_a_request_is_outstanding_beside_waiting_files_until_it_is_granted(
    world: World, store: ImportRecords, rejected: ImportRecord
) -> None:
    store.save_waiting(WAITING)

    assert world.request_retry(rejected, NOW)

    request = RetryRequest("alice", ACCOUNT, rejected.visit_key, "id:1", "Berlin trip/lunch.pdf", NOW)
    assert store.outstanding("alice", ACCOUNT) == Outstanding([WAITING], [request])
    assert found_retry(store, rejected) is Retry.REQUESTED
    store.grant_retry(request, Retry.DONE)
    assert store.outstanding("alice", ACCOUNT) == Outstanding([WAITING], [])
    assert found_retry(store, rejected) is Retry.DONE


def test_a_request_may_be_granted_again(world: World, store: ImportRecords, rejected: ImportRecord) -> None:
    world.request_retry(rejected, NOW)
    (request,) = store.outstanding("alice", ACCOUNT).retries
    store.grant_retry(request, Retry.GONE)

    store.grant_retry(request, Retry.GONE)

    assert found_retry(store, rejected) is Retry.GONE


def test_a_request_whose_history_was_erased_is_forgotten(
    world: World, store: ImportRecords, rejected: ImportRecord
) -> None:
    world.request_retry(rejected, NOW)
    (request,) = store.outstanding("alice", ACCOUNT).retries
    world.erase(rejected)

    store.grant_retry(request, Retry.DONE)

    assert store.outstanding("alice", ACCOUNT) == Outstanding([], [])
    assert store.find(rejected) is None


def test_a_request_is_made_once(world: World, store: ImportRecords, rejected: ImportRecord) -> None:
    world.request_retry(rejected, NOW)

    assert not world.request_retry(rejected, NOW + timedelta(hours=1))

    (request,) = store.outstanding("alice", ACCOUNT).retries
    assert request.requested_at == NOW


def test_only_what_is_rejected_and_filed_can_be_asked_for(world: World, store: ImportRecords) -> None:
    unfiled = replace(RECORD, outcome=Outcome.REJECTED, expense_id=None)
    imported = replace(RECORD, file_id="id:2")
    for row in (unfiled, imported):
        store.record(row)
    store.mark_filed(imported, imported.target)

    assert not world.request_retry(unfiled, NOW)
    assert not world.request_retry(imported, NOW)
    assert store.outstanding("alice", ACCOUNT) == Outstanding([], [])


def test_requests_are_told_apart_by_account(
    world: World, store: ImportRecords, rejected: ImportRecord
) -> None:
    world.request_retry(rejected, NOW)

    assert store.outstanding("alice", "dbid:second") == Outstanding([], [])
    assert store.outstanding("bob", ACCOUNT) == Outstanding([], [])


def found_retry(store: ImportRecords, record: ImportRecord) -> Retry | None:
    found = store.find(record)
    assert found is not None
    return found.retry


def test_a_rejected_file_is_listed_until_its_user_has_taken_it_away(
    store: ImportRecords, rejected: ImportRecord
) -> None:
    assert store.rejected("alice", ACCOUNT, 10) == [found(store, rejected)]
    assert store.rejected("alice", "dbid:other", 10) == []

    store.note_gone(rejected)
    store.note_gone(rejected)

    assert store.rejected("alice", ACCOUNT, 10) == []
    assert found_retry(store, rejected) is Retry.GONE


def test_what_was_dealt_with_otherwise_is_not_said_to_be_gone(
    world: World, store: ImportRecords, rejected: ImportRecord
) -> None:
    world.request_retry(rejected, NOW)

    store.note_gone(rejected)

    assert found_retry(store, rejected) is Retry.REQUESTED


def found(store: ImportRecords, record: ImportRecord) -> ImportRecord:
    """What is on record of it."""
    on_record = store.find(record)
    assert on_record is not None
    return on_record


def test_active_content_is_kept_and_counted(world: World) -> None:
    kinds = (ActiveContent.JAVASCRIPT, ActiveContent.NOT_KNOWN)
    record = replace(RECORD, active_content=kinds)

    world.store.record_import(expense(), RESERVATION, None, record)

    assert world.store.find(record) == record
    tally = world.store.tally("alice", RECORD.batch_id)
    assert (tally.recorded, tally.with_active_content) == (1, 1)
