"""What reading documents needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from functions.document_reading.reading.model import Reading
from shared.domain.expenses import SupportingDocument
from shared.domain.reading_jobs import Likeness, Scan, ScanStatus
from shared.domain.readings import ExpenseReading, ReadableExpense


class Scans(Protocol):
    """Reading jobs: see `shared.aws.stores.reading_job_store`. Writers may raise ScanChanged."""

    def get(self, user_id: str, expense_id: str) -> Scan | None:
        """The scan as it is now."""

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses for which it may be time."""

    def note(self, scan: Scan, until: datetime) -> Scan:
        """Note that its document is about to be opened, by nobody else until then."""

    def retry_later(self, scan: Scan, next_try: datetime, reason: str) -> Scan:
        """It failed by no fault of the document."""

    def note_death(self, scan: Scan, next_try: datetime) -> Scan:
        """What read it died of the document."""

    def keep_job(self, scan: Scan, job_id: str, next_try: datetime) -> Scan:
        """An analysis is under way elsewhere, to be asked for then; empty: none any more."""

    def move_on(self, scan: Scan, next_try: datetime) -> Scan:
        """Ring for it again only then."""

    def register(self, scan: Scan, likeness: Likeness) -> None:
        """Have other documents that look like this one find it."""

    def alike(self, scan: Scan, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""

    def finish(self, scan: Scan, status: ScanStatus, reason: str, at: datetime) -> Scan:
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

    def read(self, document: SupportingDocument, job_id: str) -> Reading:
        """What the document says; `job_id` is that of an analysis that was begun, or empty.

        Raises ReadingUnderWay, ReaderDied, DocumentUnreadable, and what is to be tried again.
        """
