"""Answers a doorbell of the reading queue: of an expense's document, or of a batch that is to be told of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from functions.document_reading.job.announce_batch import AnnounceBatch, Announcement
from functions.document_reading.job.read_expense import ExpensePrefiller, ReadingOutcome
from shared.domain.errors import AwsFailed
from shared.domain.imports import batch_id_of_visit
from shared.domain.recorded_batches import batch_id_in_key
from shared.doorbells.reading_messages import ReadingDoorbell


@dataclass(frozen=True, slots=True)
class AnswerReadingDoorbell:
    """Reads, and looks whether the batch that the document came with is read with it."""

    prefiller: ExpensePrefiller
    announce: AnnounceBatch

    def __call__(self, doorbell: ReadingDoorbell) -> ReadingOutcome:
        """Raises what `ExpensePrefiller.answer` does, and AwsFailed of a doorbell for a batch."""
        batch_id = batch_id_in_key(doorbell.expense_id)
        if batch_id is not None:
            announcement = self.announce.when_rung_for(doorbell.user_id, batch_id)
            return ReadingOutcome(announcement.value, announcement=announcement)
        outcome = self.prefiller.answer(doorbell)
        if not outcome.visit_key:
            return outcome
        return replace(outcome, announcement=self._look(doorbell.user_id, outcome.visit_key))

    def _look(self, user_id: str, visit_key: str) -> Announcement:
        """What was read stays read where this fails: the sweep has the batch looked at again."""
        try:
            return self.announce.after_reading(user_id, batch_id_of_visit(visit_key))
        except AwsFailed:
            return Announcement.NOT_SENT
