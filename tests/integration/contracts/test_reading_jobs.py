"""What reading documents may rely on of its records: who of two readings goes on, and what finds what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.domain.errors import ReadingJobChanged
from shared.domain.imports import ReadingNote
from shared.domain.reading_jobs import (
    Likeness,
    ReadingFailure,
    ReadingJob,
    ReadingJobStatus,
    due_bucket,
    new_reading_job,
)
from shared.domain.timestamps import to_iso
from shared.ports import ReadingJobs
from testing.fakes.reading_jobs import FakeReadingJobs
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
READING_JOB = new_reading_job("alice", "expense-1", NOW)
LUNCH = Likeness(date(2026, 11, 5), Decimal("46.00"), "cafe lumiere", "EUR")


@dataclass
class Records:
    """The store, and how an import makes a row of it."""

    jobs: ReadingJobs
    add: Callable[[ReadingJob], None]

    def now(self, job: ReadingJob = READING_JOB) -> ReadingJob:
        found = self.jobs.get(job.user_id, job.expense_id)
        assert found is not None
        return found


@pytest.fixture
def records(kind: str, request: pytest.FixtureRequest) -> Records:
    if kind == FAKE:
        fake = FakeReadingJobs()
        fake.add(READING_JOB)
        return Records(fake, fake.add)
    request.getfixturevalue("aws")
    store = ReadingJobStore("reading_jobs")

    def add(job: ReadingJob) -> None:
        to_reading_job_row(job).save()

    add(READING_JOB)
    return Records(store, add)


def test_a_scan_is_read_as_it_was_written(records: Records) -> None:
    full = replace(
        READING_JOB,
        expense_id="full",
        tries=2,
        attempts_started=1,
        reason=ReadingFailure.TRY_AGAIN,
        detail="AwsUnavailable",
        analysis_id="job",
    )

    records.add(full)

    assert records.now(full) == full
    assert records.now() == READING_JOB
    assert records.jobs.get("alice", "unknown") is None
    assert records.jobs.get("bob", "expense-1") is None


def test_every_step_is_on_record(records: Records) -> None:
    jobs = records.jobs

    noted = jobs.note(READING_JOB, LATER)
    assert records.now() == noted == replace(READING_JOB, attempts_started=1, next_try=LATER)
    with_job = jobs.keep_analysis(noted, "job", NOW)
    assert records.now() == with_job == replace(noted, analysis_id="job", attempts_started=0, next_try=NOW)
    waiting = jobs.retry_later(with_job, LATER + timedelta(hours=1), "RateLimited")
    assert records.now() == waiting
    assert (waiting.tries, waiting.attempts_started, waiting.analysis_id) == (1, 0, "job")
    without_job = jobs.keep_analysis(waiting, "", NOW)
    assert records.now() == without_job == replace(waiting, analysis_id="", next_try=NOW)
    dead = jobs.note_death(jobs.note(without_job, LATER), NOW)
    assert records.now() == dead
    assert (dead.attempts_started, dead.reason, dead.next_try) == (1, ReadingFailure.READER_DIED, NOW)
    moved = jobs.move_on(dead, LATER)
    assert records.now() == moved == replace(dead, next_try=LATER, is_rung=True)
    held = jobs.hold_back(moved, NOW)
    assert records.now() == held
    assert (held.status, held.next_try, held.reason) == (
        ReadingJobStatus.WAITING,
        NOW,
        ReadingFailure.OVER_QUOTA,
    )
    rung = jobs.move_on(held, LATER)
    assert records.now() == rung == replace(held, next_try=LATER, is_rung=True)
    done = jobs.finish(rung, ReadingJobStatus.DONE, None, "", NOW)
    assert records.now() == done
    assert (done.status, done.next_try, done.finished_at, done.reason) == (
        ReadingJobStatus.DONE,
        None,
        NOW,
        None,
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda jobs, job: jobs.note(job, LATER),
        lambda jobs, job: jobs.retry_later(job, LATER, "x"),
        lambda jobs, job: jobs.note_death(job, LATER),
        lambda jobs, job: jobs.move_on(job, LATER),
        lambda jobs, job: jobs.hold_back(job, LATER),
        lambda jobs, job: jobs.keep_analysis(job, "job", LATER),
        lambda jobs, job: jobs.finish(job, ReadingJobStatus.UNREADABLE, ReadingFailure.UNREADABLE, "x", NOW),
    ],
    ids=["note", "retry_later", "note_death", "move_on", "hold_back", "keep_analysis", "finish"],
)
def test_who_has_not_read_the_latest_writes_nothing(
    records: Records, write: Callable[[ReadingJobs, ReadingJob], object]
) -> None:
    noted = records.jobs.note(READING_JOB, LATER + timedelta(seconds=1))

    with pytest.raises(ReadingJobChanged):
        write(records.jobs, READING_JOB)
    assert records.now() == noted
    finished = records.jobs.finish(noted, ReadingJobStatus.DONE, None, "", NOW)

    with pytest.raises(ReadingJobChanged):
        write(records.jobs, finished)
    with pytest.raises(ReadingJobChanged):
        write(records.jobs, noted)
    assert records.now() == finished


def test_the_sweep_finds_what_is_due_until_it_is_over(records: Records) -> None:
    bucket = due_bucket("expense-1")
    other = next(f"{number}" for number in range(99) if due_bucket(f"{number}") == bucket)
    records.add(new_reading_job("bob", other, NOW - timedelta(hours=1)))
    due_at = READING_JOB.next_try
    assert due_at is not None

    before = records.jobs.due(bucket, due_at - timedelta(microseconds=1))
    at_last = records.jobs.due(bucket, due_at)
    records.jobs.finish(READING_JOB, ReadingJobStatus.UNREADABLE, ReadingFailure.UNREADABLE, "x", NOW)

    assert before == [("bob", other)]
    assert at_last == [("bob", other), ("alice", "expense-1")]
    assert records.jobs.due(bucket, due_at) == [("bob", other)]


def test_documents_of_one_day_and_amount_find_each_other_and_no_others(records: Records) -> None:
    def register(expense_id: str, likeness: Likeness, user_id: str = "alice") -> ReadingJob:
        job = new_reading_job(user_id, expense_id, NOW)
        records.add(job)
        records.jobs.register(job, likeness)
        return job

    records.jobs.register(READING_JOB, LUNCH)
    register("same", replace(LUNCH, amount=Decimal(46), merchant="another", currency=""))
    register("nameless", replace(LUNCH, merchant=""))
    register("another day", replace(LUNCH, day=date(2026, 11, 6)))
    register("another amount", replace(LUNCH, amount=Decimal("46.01")))
    register("expense-1", LUNCH, "bob")

    alike = records.jobs.alike(READING_JOB, LUNCH)

    assert {expense_id: (each.merchant, each.currency) for expense_id, each in alike.items()} == {
        "same": ("another", ""),
        "nameless": ("", "EUR"),
    }


def test_what_was_registered_is_found_when_the_reading_is_over(records: Records) -> None:
    records.jobs.register(READING_JOB, LUNCH)
    records.jobs.finish(READING_JOB, ReadingJobStatus.DONE, None, "", NOW)

    assert list(records.jobs.alike(new_reading_job("alice", "another", NOW), LUNCH)) == ["expense-1"]


def test_two_readings_of_one_document_register_it_once(records: Records) -> None:
    noted = records.jobs.note(READING_JOB, LATER)

    records.jobs.register(noted, LUNCH)
    records.jobs.register(READING_JOB, LUNCH)

    assert list(records.jobs.alike(new_reading_job("alice", "another", NOW), LUNCH)) == ["expense-1"]
    assert records.now() == noted


@pytest.mark.usefixtures("aws")
def test_the_end_of_a_reading_is_told_where_the_history_is_counted() -> None:
    store = ReadingJobStore("reading_jobs", import_records_table="records")
    job = replace(READING_JOB, visit_key="batch#id:1#hash#0001")
    to_reading_job_row(job).save()
    record = ImportRecordRow(
        "alice",
        job.visit_key,
        batch_id="batch",
        account_id="dbid:alice",
        file_id="id:1",
        content_hash="hash",
        visit=1,
        name="lunch.pdf",
        size=5,
        outcome="imported",
        target="/Imported/lunch.pdf",
        notified_at=to_iso(NOW),
        recorded_at=to_iso(NOW),
        seconds=1,
        reading="waiting",
    )
    record.save()

    store.finish(job, ReadingJobStatus.DONE, None, "", LATER, note=ReadingNote.TO_CHECK)

    record.refresh(consistent_read=True)
    assert record.reading == "to_check"
    with pytest.raises(ReadingJobChanged):
        store.finish(job, ReadingJobStatus.DONE, None, "", LATER, note=ReadingNote.READ)
    record.refresh(consistent_read=True)
    assert record.reading == "to_check"
