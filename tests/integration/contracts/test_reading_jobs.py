"""What reading documents may rely on of its books: who of two readings goes on, and what finds what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from functions.document_reading.ports import ReadingJobs
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.domain.errors import ReadingJobChanged
from shared.domain.reading_jobs import Likeness, ReadingJob, ReadingJobStatus, due_bucket, new_reading_job
from tests.fakes.reading_jobs import FakeReadingJobs
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
READING_JOB = new_reading_job("alice", "expense-1", NOW)
LUNCH = Likeness(date(2026, 11, 5), Decimal("46.00"), "cafe lumiere", "EUR")


@dataclass
class Books:
    """The store, and how an import makes a row of it."""

    jobs: ReadingJobs
    add: Callable[[ReadingJob], None]

    def now(self, job: ReadingJob = READING_JOB) -> ReadingJob:
        found = self.jobs.get(job.user_id, job.expense_id)
        assert found is not None
        return found


@pytest.fixture
def books(kind: str, request: pytest.FixtureRequest) -> Books:
    if kind == FAKE:
        fake = FakeReadingJobs()
        fake.add(READING_JOB)
        return Books(fake, fake.add)
    request.getfixturevalue("aws")
    store = ReadingJobStore("reading_jobs")

    def add(job: ReadingJob) -> None:
        to_reading_job_row(job).save()

    add(READING_JOB)
    return Books(store, add)


def test_a_scan_is_read_as_it_was_written(books: Books) -> None:
    full = replace(
        READING_JOB, expense_id="full", tries=2, noted=1, reason="AwsUnavailable", analysis_id="job"
    )

    books.add(full)

    assert books.now(full) == full
    assert books.now() == READING_JOB
    assert books.jobs.get("alice", "unknown") is None
    assert books.jobs.get("bob", "expense-1") is None


def test_every_step_is_on_record(books: Books) -> None:
    jobs = books.jobs

    noted = jobs.note(READING_JOB, LATER)
    assert books.now() == noted == replace(READING_JOB, noted=1, next_try=LATER)
    with_job = jobs.keep_analysis(noted, "job", NOW)
    assert books.now() == with_job == replace(noted, analysis_id="job", noted=0, next_try=NOW)
    waiting = jobs.retry_later(with_job, LATER + timedelta(hours=1), "RateLimited")
    assert books.now() == waiting
    assert (waiting.tries, waiting.noted, waiting.analysis_id) == (1, 0, "job")
    without_job = jobs.keep_analysis(waiting, "", NOW)
    assert books.now() == without_job == replace(waiting, analysis_id="", next_try=NOW)
    dead = jobs.note_death(jobs.note(without_job, LATER), NOW)
    assert books.now() == dead
    assert (dead.noted, dead.reason, dead.next_try) == (1, "died", NOW)
    moved = jobs.move_on(dead, LATER)
    assert books.now() == moved == replace(dead, next_try=LATER)
    done = jobs.finish(moved, ReadingJobStatus.DONE, "", NOW)
    assert books.now() == done
    assert (done.status, done.next_try, done.finished_at, done.reason) == (
        ReadingJobStatus.DONE,
        None,
        NOW,
        "",
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda jobs, job: jobs.note(job, LATER),
        lambda jobs, job: jobs.retry_later(job, LATER, "x"),
        lambda jobs, job: jobs.note_death(job, LATER),
        lambda jobs, job: jobs.move_on(job, LATER),
        lambda jobs, job: jobs.keep_analysis(job, "job", LATER),
        lambda jobs, job: jobs.register(job, LUNCH),
        lambda jobs, job: jobs.finish(job, ReadingJobStatus.UNREADABLE, "x", NOW),
    ],
    ids=["note", "retry_later", "note_death", "move_on", "keep_analysis", "register", "finish"],
)
def test_who_has_not_read_the_latest_writes_nothing(
    books: Books, write: Callable[[ReadingJobs, ReadingJob], object]
) -> None:
    noted = books.jobs.note(READING_JOB, LATER + timedelta(seconds=1))

    with pytest.raises(ReadingJobChanged):
        write(books.jobs, READING_JOB)
    assert books.now() == noted
    finished = books.jobs.finish(noted, ReadingJobStatus.DONE, "", NOW)

    with pytest.raises(ReadingJobChanged):
        write(books.jobs, finished)
    with pytest.raises(ReadingJobChanged):
        write(books.jobs, noted)
    assert books.now() == finished


def test_the_sweep_finds_what_is_due_until_it_is_over(books: Books) -> None:
    bucket = due_bucket("expense-1")
    other = next(f"{number}" for number in range(99) if due_bucket(f"{number}") == bucket)
    books.add(new_reading_job("bob", other, NOW - timedelta(hours=1)))
    due_at = READING_JOB.next_try
    assert due_at is not None

    before = books.jobs.due(bucket, due_at - timedelta(microseconds=1))
    at_last = books.jobs.due(bucket, due_at)
    books.jobs.finish(READING_JOB, ReadingJobStatus.UNREADABLE, "x", NOW)

    assert before == [("bob", other)]
    assert at_last == [("bob", other), ("alice", "expense-1")]
    assert books.jobs.due(bucket, due_at) == [("bob", other)]


def test_documents_of_one_day_and_amount_find_each_other_and_no_others(books: Books) -> None:
    def register(expense_id: str, likeness: Likeness, user_id: str = "alice") -> ReadingJob:
        job = new_reading_job(user_id, expense_id, NOW)
        books.add(job)
        books.jobs.register(job, likeness)
        return job

    books.jobs.register(READING_JOB, LUNCH)
    register("same", replace(LUNCH, amount=Decimal(46), merchant="another", currency=""))
    register("nameless", replace(LUNCH, merchant=""))
    register("another day", replace(LUNCH, day=date(2026, 11, 6)))
    register("another amount", replace(LUNCH, amount=Decimal("46.01")))
    register("expense-1", LUNCH, "bob")

    alike = books.jobs.alike(READING_JOB, LUNCH)

    assert {expense_id: (each.merchant, each.currency) for expense_id, each in alike.items()} == {
        "same": ("another", ""),
        "nameless": ("", "EUR"),
    }


def test_what_was_registered_is_found_when_the_reading_is_over(books: Books) -> None:
    books.jobs.register(READING_JOB, LUNCH)
    books.jobs.finish(READING_JOB, ReadingJobStatus.DONE, "", NOW)

    assert list(books.jobs.alike(new_reading_job("alice", "another", NOW), LUNCH)) == ["expense-1"]
