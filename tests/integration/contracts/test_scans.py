"""What reading documents may rely on of its books: who of two readings goes on, and what finds what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from functions.document_reading.ports import Scans
from shared.aws.stores.reading_job_rows import to_scan_row
from shared.aws.stores.reading_job_store import ScanStore
from shared.domain.errors import ScanChanged
from shared.domain.reading_jobs import Likeness, Scan, ScanStatus, new_scan, scan_bucket
from tests.fakes.scans import FakeScans
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
SCAN = new_scan("alice", "expense-1", NOW)
LUNCH = Likeness(date(2026, 11, 5), Decimal("46.00"), "cafe lumiere", "EUR")


@dataclass
class Books:
    """The store, and how an import makes a row of it."""

    scans: Scans
    add: Callable[[Scan], None]

    def now(self, scan: Scan = SCAN) -> Scan:
        found = self.scans.get(scan.user_id, scan.expense_id)
        assert found is not None
        return found


@pytest.fixture
def books(kind: str, request: pytest.FixtureRequest) -> Books:
    if kind == FAKE:
        fake = FakeScans()
        fake.add(SCAN)
        return Books(fake, fake.add)
    request.getfixturevalue("aws")
    store = ScanStore("scans")

    def add(scan: Scan) -> None:
        to_scan_row(scan).save()

    add(SCAN)
    return Books(store, add)


def test_a_scan_is_read_as_it_was_written(books: Books) -> None:
    full = replace(SCAN, expense_id="full", tries=2, noted=1, reason="AwsUnavailable", job_id="job")

    books.add(full)

    assert books.now(full) == full
    assert books.now() == SCAN
    assert books.scans.get("alice", "unknown") is None
    assert books.scans.get("bob", "expense-1") is None


def test_every_step_is_on_record(books: Books) -> None:
    scans = books.scans

    noted = scans.note(SCAN, LATER)
    assert books.now() == noted == replace(SCAN, noted=1, next_try=LATER)
    with_job = scans.keep_job(noted, "job", NOW)
    assert books.now() == with_job == replace(noted, job_id="job", noted=0, next_try=NOW)
    waiting = scans.retry_later(with_job, LATER + timedelta(hours=1), "RateLimited")
    assert books.now() == waiting
    assert (waiting.tries, waiting.noted, waiting.job_id) == (1, 0, "job")
    without_job = scans.keep_job(waiting, "", NOW)
    assert books.now() == without_job == replace(waiting, job_id="", next_try=NOW)
    dead = scans.note_death(scans.note(without_job, LATER), NOW)
    assert books.now() == dead
    assert (dead.noted, dead.reason, dead.next_try) == (1, "died", NOW)
    moved = scans.move_on(dead, LATER)
    assert books.now() == moved == replace(dead, next_try=LATER)
    done = scans.finish(moved, ScanStatus.DONE, "", NOW)
    assert books.now() == done
    assert (done.status, done.next_try, done.finished_at, done.reason) == (ScanStatus.DONE, None, NOW, "")


@pytest.mark.parametrize(
    "write",
    [
        lambda scans, scan: scans.note(scan, LATER),
        lambda scans, scan: scans.retry_later(scan, LATER, "x"),
        lambda scans, scan: scans.note_death(scan, LATER),
        lambda scans, scan: scans.move_on(scan, LATER),
        lambda scans, scan: scans.keep_job(scan, "job", LATER),
        lambda scans, scan: scans.register(scan, LUNCH),
        lambda scans, scan: scans.finish(scan, ScanStatus.UNREADABLE, "x", NOW),
    ],
    ids=["note", "retry_later", "note_death", "move_on", "keep_job", "register", "finish"],
)
def test_who_has_not_read_the_latest_writes_nothing(
    books: Books, write: Callable[[Scans, Scan], object]
) -> None:
    noted = books.scans.note(SCAN, LATER + timedelta(seconds=1))

    with pytest.raises(ScanChanged):
        write(books.scans, SCAN)
    assert books.now() == noted
    finished = books.scans.finish(noted, ScanStatus.DONE, "", NOW)

    with pytest.raises(ScanChanged):
        write(books.scans, finished)
    with pytest.raises(ScanChanged):
        write(books.scans, noted)
    assert books.now() == finished


def test_the_sweep_finds_what_is_due_until_it_is_over(books: Books) -> None:
    bucket = scan_bucket("expense-1")
    other = next(f"{number}" for number in range(99) if scan_bucket(f"{number}") == bucket)
    books.add(new_scan("bob", other, NOW - timedelta(hours=1)))
    due_at = SCAN.next_try
    assert due_at is not None

    before = books.scans.due(bucket, due_at - timedelta(microseconds=1))
    at_last = books.scans.due(bucket, due_at)
    books.scans.finish(SCAN, ScanStatus.UNREADABLE, "x", NOW)

    assert before == [("bob", other)]
    assert at_last == [("bob", other), ("alice", "expense-1")]
    assert books.scans.due(bucket, due_at) == [("bob", other)]


def test_documents_of_one_day_and_amount_find_each_other_and_no_others(books: Books) -> None:
    def register(expense_id: str, likeness: Likeness, user_id: str = "alice") -> Scan:
        scan = new_scan(user_id, expense_id, NOW)
        books.add(scan)
        books.scans.register(scan, likeness)
        return scan

    books.scans.register(SCAN, LUNCH)
    register("same", replace(LUNCH, amount=Decimal(46), merchant="another", currency=""))
    register("nameless", replace(LUNCH, merchant=""))
    register("another day", replace(LUNCH, day=date(2026, 11, 6)))
    register("another amount", replace(LUNCH, amount=Decimal("46.01")))
    register("expense-1", LUNCH, "bob")

    alike = books.scans.alike(SCAN, LUNCH)

    assert {expense_id: (each.merchant, each.currency) for expense_id, each in alike.items()} == {
        "same": ("another", ""),
        "nameless": ("", "EUR"),
    }


def test_what_was_registered_is_found_when_the_reading_is_over(books: Books) -> None:
    books.scans.register(SCAN, LUNCH)
    books.scans.finish(SCAN, ScanStatus.DONE, "", NOW)

    assert list(books.scans.alike(new_scan("alice", "another", NOW), LUNCH)) == ["expense-1"]
