"""Batches to be told of in memory, beside the jobs of their documents."""

from __future__ import annotations

from datetime import datetime

from shared.domain.imports import Outcome, ReadingNote, batch_id_of_visit
from shared.domain.recorded_batches import RecordedBatch
from shared.domain.tallies import BatchTally, Visit, count_of, tally_of
from testing.fakes.reading_jobs import FakeReadingJobs


class FakeRecordedBatches:
    """What `shared.aws.stores.recorded_batches.RecordedBatchStore` does."""

    def __init__(self, jobs: FakeReadingJobs) -> None:
        self.notes: dict[tuple[str, str], RecordedBatch] = {}
        self.others: list[Visit] = []
        """Files of every batch that were not imported."""
        self._jobs = jobs

    def note(self, batch: RecordedBatch) -> None:
        self.notes[batch.user_id, batch.batch_id] = batch

    def get(self, user_id: str, batch_id: str) -> RecordedBatch | None:
        return self.notes.get((user_id, batch_id))

    def due(self, now: datetime) -> list[tuple[str, str]]:
        due = [batch for batch in self.notes.values() if batch.next_look <= now]
        return [(batch.user_id, batch.batch_id) for batch in sorted(due, key=lambda each: each.next_look)]

    def has_unread(self, batch: RecordedBatch) -> bool:
        return any(visit.reading is ReadingNote.WAITING for visit in self._imported(batch))

    def tally(self, batch: RecordedBatch) -> BatchTally:
        return tally_of(map(count_of, [*self._imported(batch), *self.others]))

    def put_off(self, batch: RecordedBatch, changed: RecordedBatch) -> None:
        if self._is_as_noted(batch):
            self.notes[batch.user_id, batch.batch_id] = changed

    def forget(self, batch: RecordedBatch) -> None:
        if self._is_as_noted(batch):
            del self.notes[batch.user_id, batch.batch_id]

    def _is_as_noted(self, batch: RecordedBatch) -> bool:
        there = self.notes.get((batch.user_id, batch.batch_id))
        return there is not None and there.noted_at == batch.noted_at

    def _imported(self, batch: RecordedBatch) -> list[Visit]:
        return [
            Visit(
                Outcome.IMPORTED,
                job.since,
                job.since,
                self._jobs.notes.get((job.user_id, job.visit_key), ReadingNote.WAITING),
            )
            for job in self._jobs.rows.values()
            if job.user_id == batch.user_id and batch_id_of_visit(job.visit_key) == batch.batch_id
        ]
