"""What the page reads of a batch is kept as it changes, and is what is on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import boto3
import pytest
from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, TransactWriteError, VerboseClientError

from shared.aws.errors import aws_errors_translated
from shared.aws.stores import batch_counts
from shared.aws.stores.batch_counts import SHARDS, count_no_more, counted_tally
from shared.aws.stores.import_rows import to_import_record_row
from shared.aws.stores.import_store import ImportStore
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.aws.stores.reading_tables import BatchToReadRow, ReadingItem, VisitCountRow
from shared.aws.stores.transactions import Writes, write_together
from shared.domain.errors import AlreadyRecorded, AwsUnavailable, ReadingJobChanged
from shared.domain.imports import ImportRecord, Outcome, ReadingNote
from shared.domain.links import new_batch_id
from shared.domain.reading_jobs import ReadingJobStatus, due_bucket, new_reading_job
from shared.domain.tallies import BatchTally, drops_of
from shared.domain.timestamps import to_iso
from tests.integration.real_stores import import_history, import_store

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
BATCH = new_batch_id(NOW)


class House:
    """The stores over one user's batch, and how files of it end."""

    def __init__(self) -> None:
        self.records = self.another_process()
        self.jobs = ReadingJobStore("reading_jobs", import_records_table="records")
        self.history = import_history()

    @staticmethod
    def another_process() -> ImportStore:
        return import_store()

    def tally(self) -> BatchTally:
        return self.history.tally("alice", BATCH)

    def have_read(self, number: int, note: ReadingNote) -> None:
        job = self.jobs.get("alice", f"expense-{number}")
        assert job is not None
        self.jobs.finish(job, ReadingJobStatus.DONE, None, "", NOW, note=note)

    def hold_back(self, number: int) -> None:
        job = self.jobs.get("alice", f"expense-{number}")
        assert job is not None
        self.jobs.hold_back(job, NOW + timedelta(days=1))

    def to_check(self) -> list[str]:
        (drop,) = drops_of(BATCH, self.tally(), ())
        return sorted(self.history.to_check("alice", drop, 100))


@pytest.fixture
def house(aws: object) -> House:
    return House()


def file(number: int, outcome: Outcome = Outcome.IMPORTED, *, notified: float = 0) -> ImportRecord:
    notified_at = NOW + timedelta(seconds=notified)
    is_imported = outcome is Outcome.IMPORTED
    return ImportRecord(
        user_id="alice",
        batch_id=BATCH,
        account_id="dbid:first",
        file_id=f"id:{number}",
        content_hash="hash",
        visit=1,
        name=f"{number}.pdf",
        size=5,
        outcome=outcome,
        target="/Imported/2026-11/lunch.pdf",
        notified_at=notified_at,
        recorded_at=notified_at + timedelta(seconds=3, milliseconds=number),
        expense_id=f"expense-{number}" if is_imported else None,
        reading=ReadingNote.WAITING if is_imported else None,
    )


def imported(house: House, number: int, *, notified: float = 0) -> ImportRecord:
    record = file(number, notified=notified)
    house.records.record(record)
    to_reading_job_row(new_reading_job("alice", f"expense-{number}", NOW, record.visit_key)).save()
    return record


def on_record(house: House) -> BatchTally:
    """What counting the records themselves comes to."""
    count_no_more("alice", BATCH)
    return house.tally()


def rows_of_counts() -> int:
    return ReadingItem.count("alice", ReadingItem.expense_id.startswith("counts#"))


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_what_is_on_record_whatever_became_of_the_files(house: House, seed: int) -> None:
    random = Random(seed)
    for number in range(40):
        notified = random.choice([0, 0, 1, 90, 500])
        if random.random() < 0.3:
            house.records.record(file(number, random.choice(list(Outcome)[1:]), notified=notified))
            continue
        imported(house, number, notified=notified)
        if random.random() < 0.3:
            house.hold_back(number)
        if random.random() < 0.6:
            house.have_read(number, random.choice([ReadingNote.READ, ReadingNote.TO_CHECK]))

    counted = counted_tally("alice", BATCH)

    assert counted is not None
    assert counted == on_record(house)
    assert counted.recorded == 40


def test_a_batch_of_many_files_is_read_in_a_few_rows(house: House) -> None:
    for number in range(60):
        house.records.record(file(number))

    assert house.tally().outcomes[Outcome.IMPORTED] == 60
    assert rows_of_counts() == SHARDS + 1


def test_notifications_without_end_are_counted_in_a_bounded_number_of_rows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_counts, "_EXACT", 4)
    for number in range(200):
        house.records.record(file(number, notified=7 * number))

    tally = house.tally()

    assert tally.recorded == 200
    assert len(tally.counts) <= 24
    (drop,) = drops_of(BATCH, tally, ())
    assert drop.began_at <= NOW
    assert drop.ended_at >= NOW + timedelta(seconds=7 * 199)


def test_another_process_goes_on_where_the_first_one_died(house: House) -> None:
    imported(house, 1)
    house.records = house.another_process()
    imported(house, 2)
    house.records.record(file(3, Outcome.REJECTED, notified=40))

    counted = counted_tally("alice", BATCH)

    assert counted == on_record(house)


def test_what_is_recorded_twice_is_counted_once(house: House) -> None:
    imported(house, 1)

    with pytest.raises(AlreadyRecorded):
        house.records.record(file(1))
    with pytest.raises(AlreadyRecorded):
        house.another_process().record(file(1))

    assert house.tally().recorded == 1


def test_a_reading_that_ends_twice_is_counted_once(house: House) -> None:
    imported(house, 1)
    job = house.jobs.get("alice", "expense-1")
    assert job is not None
    house.have_read(1, ReadingNote.TO_CHECK)

    with pytest.raises(ReadingJobChanged):
        house.jobs.finish(job, ReadingJobStatus.DONE, None, "", NOW, note=ReadingNote.READ)

    assert (house.tally().being_read, house.tally().to_check) == (0, 1)


def test_the_expenses_to_check_are_known_until_they_are_read_after_all(house: House) -> None:
    for number in (1, 2, 3):
        imported(house, number)
    house.hold_back(1)
    house.have_read(2, ReadingNote.TO_CHECK)
    before = house.to_check()

    house.have_read(1, ReadingNote.READ)

    assert (before, house.to_check()) == (["expense-1", "expense-2"], ["expense-2"])


def test_a_batch_of_an_earlier_release_is_counted_by_its_records(house: House) -> None:
    """Also what is recorded in it by this one."""
    to_import_record_row(file(1)).save()
    to_reading_job_row(new_reading_job("alice", "expense-1", NOW, file(1).visit_key)).save()
    imported(house, 2)
    house.have_read(1, ReadingNote.TO_CHECK)
    house.have_read(2, ReadingNote.TO_CHECK)

    tally = house.tally()

    assert (tally.recorded, tally.being_read, tally.to_check) == (2, 0, 2)
    assert counted_tally("alice", BATCH) is None


def have_the_sweep_look_through(house: House) -> None:
    key = f"batch#{BATCH}#{to_iso(NOW)}"
    BatchToReadRow("alice", key, since=to_iso(NOW), bucket=due_bucket(BATCH), next_try=to_iso(NOW)).save()
    house.jobs.due(due_bucket(BATCH), NOW)


def read_without_counting(house: House) -> None:
    """As a release does that knows no counts."""
    ImportRecordRow("alice", file(1).visit_key).update([ImportRecordRow.reading.set("read")])


def record_without_counting(house: House) -> None:
    to_import_record_row(file(9)).save()


def lose_a_count(house: House) -> None:
    for row in VisitCountRow.query("alice", VisitCountRow.expense_id.startswith("counts#")):
        row.delete()


@pytest.mark.parametrize("drift", [read_without_counting, record_without_counting, lose_a_count])
def test_counts_that_are_not_what_is_on_record_are_given_up_by_the_sweep(
    house: House, drift: Callable[[House], None]
) -> None:
    imported(house, 1)
    drift(house)

    have_the_sweep_look_through(house)

    assert counted_tally("alice", BATCH) is None
    assert house.tally() == on_record(house)


def test_counts_that_are_right_outlast_the_sweep(house: House) -> None:
    imported(house, 1)
    house.have_read(1, ReadingNote.TO_CHECK)

    have_the_sweep_look_through(house)

    assert counted_tally("alice", BATCH) == house.tally()


def test_a_reading_ends_where_its_count_is_gone(house: House) -> None:
    imported(house, 1)
    lose_a_count(house)

    house.have_read(1, ReadingNote.READ)

    assert (house.tally().recorded, house.tally().being_read) == (1, 0)


@pytest.mark.usefixtures("house")
def test_what_meets_another_change_of_the_same_count_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    send, left = Connection.transact_write_items, [1, 2, 3]

    def meet_others(self: Connection, **parts: Any) -> Any:
        return refuse() if left and left.pop() else send(self, **parts)

    monkeypatch.setattr(Connection, "transact_write_items", meet_others)

    write_together(add_one, sleep=pauses.append, jitter=lambda _, most: most)

    assert counted_now() == 1
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


@pytest.mark.usefixtures("house")
def test_what_meets_others_every_time_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "transact_write_items", refuse)

    with pytest.raises(AwsUnavailable), aws_errors_translated():
        write_together(add_one, sleep=lambda _: None)


def refuse(*_: object, **__: object) -> None:
    """As DynamoDB does where two transactions meet over one item."""
    response: Any = {"Error": {"Code": "TransactionCanceledException"}}
    reasons = [CancellationReason("TransactionConflict")]
    cause = VerboseClientError(response, "TransactWriteItems", {}, cancellation_reasons=reasons)
    raise TransactWriteError("met another", cause)


def add_one(writes: Writes) -> None:
    writes.update("count", VisitCountRow("alice", "counts#one"), [VisitCountRow.imported.add(1)])


def counted_now() -> int:
    item = (
        boto3.resource("dynamodb")
        .Table("reading_jobs")
        .get_item(Key={"user_id": "alice", "expense_id": "counts#one"})["Item"]
    )
    return int(item["imported"])  # type: ignore[arg-type] # boto3's types are wide


def test_the_counts_of_one_batch_are_nobody_elses(house: House) -> None:
    imported(house, 1)
    house.records.record(replace(file(2), batch_id=f"{BATCH}0"))
    house.records.record(replace(file(3), user_id="bob"))

    assert house.tally().recorded == 1
    assert house.history.tally("bob", BATCH).recorded == 1
