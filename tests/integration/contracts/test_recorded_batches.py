"""What telling the host of read batches may rely on: who is told of, when, and what a newer note keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.aws.stores.import_rows import to_import_record_row
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.aws.stores.recorded_batches import RecordedBatchStore
from shared.domain.imports import ImportRecord, Outcome, ReadingNote
from shared.domain.reading_jobs import ReadingJobStatus, due_bucket, new_reading_job
from shared.domain.recorded_batches import RecordedBatch
from testing.fakes.reading_jobs import FakeReadingJobs
from testing.fakes.recorded_batches import FakeRecordedBatches
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
BATCH_ID = "20261122T090000000000-a1b2c3"
BATCH = RecordedBatch("alice", BATCH_ID, "user:alice", "atelier", "request-1", NOW, LATER)


def imported(expense_id: str, batch_id: str, user_id: str = "alice") -> ImportRecord:
    return ImportRecord(
        user_id=user_id,
        batch_id=batch_id,
        account_id="dbid:alice",
        file_id=f"id:{expense_id}",
        content_hash="0" * 64,
        visit=1,
        name=f"{expense_id}.pdf",
        size=5,
        outcome=Outcome.IMPORTED,
        target="Imported/2026-11",
        notified_at=NOW,
        recorded_at=NOW,
        expense_id=expense_id,
        reading=ReadingNote.WAITING,
    )


@dataclass
class Batches:
    """The store, how an import makes what it counts, and how a reading of it ends."""

    batches: Any
    jobs: Any
    add_record: Callable[[ImportRecord], None]

    def add(self, expense_id: str, batch_id: str = BATCH_ID, user_id: str = "alice") -> None:
        self.add_record(imported(expense_id, batch_id, user_id))

    def read(self, expense_id: str, note: ReadingNote, user_id: str = "alice") -> None:
        job = self.jobs.get(user_id, expense_id)
        self.jobs.finish(job, ReadingJobStatus.DONE, None, "", NOW, note=note)


@pytest.fixture
def world(kind: str, request: pytest.FixtureRequest) -> Batches:
    if kind == FAKE:
        jobs = FakeReadingJobs()

        def add_fake(record: ImportRecord) -> None:
            jobs.add(new_reading_job(record.user_id, record.expense_id or "", NOW, record.visit_key))

        return Batches(FakeRecordedBatches(jobs), jobs, add_fake)
    request.getfixturevalue("aws")

    def add_real(record: ImportRecord) -> None:
        to_import_record_row(record, timedelta(days=730)).save()
        job = new_reading_job(record.user_id, record.expense_id or "", NOW, record.visit_key)
        to_reading_job_row(job).save()

    store = ReadingJobStore("reading_jobs", import_records_table="records")
    return Batches(RecordedBatchStore("reading_jobs", "records"), store, add_real)


def test_a_batch_is_read_as_it_was_noted(world: Batches) -> None:
    world.batches.note(BATCH)

    assert world.batches.get("alice", BATCH_ID) == BATCH
    assert world.batches.get("bob", BATCH_ID) is None
    assert world.batches.get("alice", "another") is None


def test_it_has_unread_documents_until_the_last_is_read(world: Batches) -> None:
    world.add("a")
    world.add("b")
    seen = [world.batches.has_unread(BATCH)]

    for expense_id in ("a", "b"):
        world.read(expense_id, ReadingNote.READ)
        seen.append(world.batches.has_unread(BATCH))

    assert seen == [True, True, False]


def test_only_its_own_documents_are_counted(world: Batches) -> None:
    world.add("mine")
    world.add("checked")
    world.add("later", "20261122T091500000000-d4e5f6")
    world.add("of bob", user_id="bob")

    world.read("mine", ReadingNote.READ)
    world.read("checked", ReadingNote.TO_CHECK)

    tally = world.batches.tally(BATCH)
    assert not world.batches.has_unread(BATCH)
    assert (tally.recorded, tally.confirmed, tally.to_check, tally.being_read) == (2, 1, 1, 0)


def test_a_long_batch_is_looked_through_to_its_last_document(world: Batches) -> None:
    names = [f"{number:03d}" for number in range(130)]
    for name in names:
        world.add(name)
    for name in names[:-1]:
        world.read(name, ReadingNote.READ)

    seen_before_the_last = world.batches.has_unread(BATCH)
    world.read(names[-1], ReadingNote.READ)

    assert (seen_before_the_last, world.batches.has_unread(BATCH)) == (True, False)


def test_what_is_due_is_found_the_longest_due_first_and_no_document_with_it(world: Batches) -> None:
    world.add("a")
    world.batches.note(BATCH)
    world.batches.note(replace(BATCH, user_id="bob", next_look=NOW))
    world.batches.note(replace(BATCH, user_id="eve", next_look=LATER + timedelta(microseconds=1)))

    assert world.batches.due(LATER) == [("bob", BATCH_ID), ("alice", BATCH_ID)]
    assert ("alice", BATCH.key) not in world.jobs.due(due_bucket(BATCH.key), LATER)


def test_what_is_put_off_is_due_later_and_what_is_forgotten_never(world: Batches) -> None:
    world.batches.note(BATCH)
    world.batches.put_off(BATCH, replace(BATCH, next_look=LATER + timedelta(hours=1)))
    due_at_once = world.batches.due(LATER)
    due_later = world.batches.due(LATER + timedelta(hours=1))

    world.batches.forget(BATCH)

    assert (due_at_once, due_later) == ([], [("alice", BATCH_ID)])
    assert world.batches.get("alice", BATCH_ID) is None
    assert world.batches.due(LATER + timedelta(days=1)) == []


def test_what_was_noted_again_is_neither_put_off_nor_forgotten_by_who_read_the_older_note(
    world: Batches,
) -> None:
    newer = replace(BATCH, noted_at=LATER, next_look=LATER + timedelta(minutes=5))
    world.batches.note(BATCH)
    world.batches.note(newer)

    world.batches.put_off(BATCH, replace(BATCH, next_look=NOW))
    world.batches.forget(BATCH)

    assert world.batches.get("alice", BATCH_ID) == newer


def test_what_is_not_there_any_more_is_put_off_and_forgotten_without_a_trace(world: Batches) -> None:
    world.batches.put_off(BATCH, replace(BATCH, next_look=LATER))
    world.batches.forget(BATCH)

    assert world.batches.get("alice", BATCH_ID) is None
    assert world.batches.due(LATER + timedelta(days=1)) == []
