"""Rings for every document that should have been read by now and was not.

Ringing comes first: a document rung for twice costs a look at its row, one moved on and not rung waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from functions.sweep.sweep import Sweep
from shared.batching import batched
from shared.domain.errors import ReadingJobChanged
from shared.domain.reading_jobs import DUE_BUCKETS, ReadingJob
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.reading_messages import ReadingDoorbell
from shared.ports import ReadingJobs, RingForReadings

RUNG_AGAIN_AFTER = timedelta(hours=1)
"""Long enough for a queue that is behind: ringing more often would only make it longer."""
_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class RingDueReadings:
    """Called with a question, `has_time`, asked before every ten; those left are due next time."""

    jobs: ReadingJobs
    ring: RingForReadings
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool], sweep: Sweep) -> int:
        """How many were rung for. Never raises for a bucket: see the sweep's failures."""
        rung = 0
        for number in range(DUE_BUCKETS):
            with sweep.noting_failures_of(f"jobs {number:02d}"):
                for jobs in self._due(f"{number:02d}"):
                    if not has_time():
                        sweep.is_complete = False
                        return rung
                    self._ring(jobs)
                    rung += len(jobs)
        return rung

    def _due(self, bucket: str) -> Iterator[list[ReadingJob]]:
        for some in batched(self.jobs.due(bucket, self.now()), _AT_ONCE):
            jobs = [self.jobs.get(user_id, expense_id) for user_id, expense_id in some]
            due = [job for job in jobs if job and job.next_try and job.next_try <= self.now()]
            if due:  # else the index lagged: somebody is at them
                yield due

    def _ring(self, jobs: Sequence[ReadingJob]) -> None:
        self.ring([ReadingDoorbell(job.user_id, job.expense_id) for job in jobs])
        for job in jobs:
            with suppress(ReadingJobChanged):
                self.jobs.move_on(job, self.now() + RUNG_AGAIN_AFTER)
