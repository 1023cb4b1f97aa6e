"""The reading's records in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

from shared.domain.errors import ReadingJobChanged
from shared.domain.imports import ReadingNote
from shared.domain.reading_jobs import Likeness, ReadingFailure, ReadingJob, ReadingJobStatus, due_bucket


class FakeReadingJobs:
    """What `shared.aws.stores.reading_job_store.ReadingJobStore` does."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], ReadingJob] = {}
        self.notes: dict[tuple[str, str], ReadingNote] = {}
        self._likenesses: dict[tuple[str, str], Likeness] = {}
        self._lock = threading.Lock()

    def add(self, job: ReadingJob) -> None:
        self.rows[job.user_id, job.expense_id] = job

    def get(self, user_id: str, expense_id: str) -> ReadingJob | None:
        return self.rows.get((user_id, expense_id))

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        turns = [(job.next_try, job) for job in self.rows.values() if job.next_try is not None]
        return [
            (job.user_id, job.expense_id)
            for next_try, job in sorted(turns, key=lambda turn: turn[0])
            if due_bucket(job.expense_id) == bucket and next_try <= now
        ]

    def note(self, job: ReadingJob, until: datetime) -> ReadingJob:
        return self._write(job, job.begun(until))

    def retry_later(self, job: ReadingJob, next_try: datetime, detail: str) -> ReadingJob:
        return self._write(job, job.put_off(next_try, detail))

    def note_death(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        return self._write(job, job.reader_died(next_try))

    def keep_analysis(self, job: ReadingJob, analysis_id: str, next_try: datetime) -> ReadingJob:
        return self._write(job, job.being_analysed(analysis_id, next_try))

    def hold_back(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        held = self._write(job, job.held_back(next_try))
        self.notes[job.user_id, job.visit_key] = ReadingNote.TO_CHECK
        return held

    def move_on(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        return self._write(job, job.moved_on(next_try))

    def register(self, job: ReadingJob, likeness: Likeness) -> None:
        self._likenesses[job.user_id, job.expense_id] = likeness

    def alike(self, job: ReadingJob, likeness: Likeness) -> dict[str, Likeness]:
        return {
            expense_id: replace(likeness, merchant=other.merchant, currency=other.currency)
            for (user_id, expense_id), other in self._likenesses.items()
            if user_id == job.user_id and expense_id != job.expense_id and other.key == likeness.key
        }

    def finish(
        self,
        job: ReadingJob,
        status: ReadingJobStatus,
        reason: ReadingFailure | None,
        detail: str,
        at: datetime,
        *,
        note: ReadingNote = ReadingNote.READ,
    ) -> ReadingJob:
        finished = self._write(job, job.finished(status, reason, detail, at))
        self.notes[job.user_id, job.visit_key] = note
        return finished

    def _write(self, job: ReadingJob, changed: ReadingJob) -> ReadingJob:
        with self._lock:
            there = self.rows.get((job.user_id, job.expense_id))
            if (
                there is None
                or there.status is not ReadingJobStatus.WAITING
                or job.next_try is None
                or there.next_try != job.next_try
            ):
                raise ReadingJobChanged(job.expense_id)
            self.rows[job.user_id, job.expense_id] = changed
        return changed
