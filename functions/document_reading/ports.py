"""What reading documents needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from functions.document_reading.reading.model import Reading
from shared.domain.expenses import SupportingDocument
from shared.domain.reading_jobs import Likeness, ReadingFailure, ReadingJob, ReadingJobStatus
from shared.domain.readings import ExpenseReading, ReadableExpense


class ReadingJobs(Protocol):
    """Reading jobs: see `shared.aws.stores.reading_job_store`. Writers may raise ReadingJobChanged."""

    def get(self, user_id: str, expense_id: str) -> ReadingJob | None:
        """The job as it is now."""

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses for which it may be time."""

    def note(self, job: ReadingJob, until: datetime) -> ReadingJob:
        """Note that its document is about to be opened, by nobody else until then."""

    def retry_later(self, job: ReadingJob, next_try: datetime, detail: str) -> ReadingJob:
        """It failed by no fault of the document."""

    def note_death(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """What read it died of the document."""

    def keep_analysis(self, job: ReadingJob, analysis_id: str, next_try: datetime) -> ReadingJob:
        """An analysis is under way elsewhere, to be asked for then; empty: none any more."""

    def move_on(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """Ring for it again only then."""

    def register(self, job: ReadingJob, likeness: Likeness) -> None:
        """Have other documents that look like this one find it."""

    def alike(self, job: ReadingJob, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""

    def finish(
        self,
        job: ReadingJob,
        status: ReadingJobStatus,
        reason: ReadingFailure | None,
        detail: str,
        at: datetime,
    ) -> ReadingJob:
        """It is over."""


class Expenses(Protocol):
    """The host's expenses: see `shared.aws.host.expense_readings`."""

    def get(self, expense_id: str) -> ReadableExpense | None:
        """The expense as it is now."""

    def live(self, expense_ids: Iterable[str]) -> set[str]:
        """Those of these expenses that exist and are not deleted."""

    def fill(self, expense: ReadableExpense, reading: ExpenseReading) -> None:
        """Fill it in. Raises ExpenseChanged."""


class DocumentReader(Protocol):
    """Whoever reads documents: see `functions.document_reading.job.read_document`."""

    def read(self, document: SupportingDocument, analysis_id: str) -> Reading:
        """What the document says; `analysis_id` is that of an analysis that was begun, or empty.

        Raises ReadingUnderWay, ReaderDied, DocumentUnreadable, and what is to be tried again.
        """
