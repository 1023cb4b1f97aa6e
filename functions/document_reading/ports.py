"""What reading documents needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from functions.document_reading.reading.model import Reading
from shared.domain.expenses import SupportingDocument
from shared.domain.host_expenses import HostExpense
from shared.domain.page_quotas import Payer
from shared.domain.readings import ExpenseReading
from shared.domain.recorded_batches import RecordedBatch
from shared.domain.tallies import BatchTally


class Expenses(Protocol):
    """The host's expenses: see `shared.aws.host.expense_readings`."""

    def get(self, expense_id: str) -> HostExpense | None:
        """The expense as it is now."""

    def live(self, expense_ids: Iterable[str]) -> set[str]:
        """Those of these expenses that exist and are not deleted."""

    def fill(self, expense: HostExpense, reading: ExpenseReading) -> None:
        """Fill it in. Raises ExpenseChanged."""


class RecordedBatches(Protocol):
    """Batches whose host is told once they are read: see `shared.aws.stores.recorded_batches`."""

    def get(self, user_id: str, batch_id: str) -> RecordedBatch | None:
        """The note as it is now; None where there is nothing to tell, or not yet."""

    def has_unread(self, batch: RecordedBatch) -> bool:
        """Whether a document of it waits to be read."""

    def tally(self, batch: RecordedBatch) -> BatchTally:
        """How its files have ended, and their readings."""

    def put_off(self, batch: RecordedBatch, changed: RecordedBatch) -> None:
        """Have the sweep ring when the changed one says, unless it was noted again."""

    def forget(self, batch: RecordedBatch) -> None:
        """The host was told, unless it was noted again."""


class DocumentReader(Protocol):
    """Reads documents: see `functions.document_reading.job.read_document`."""

    def read(self, document: SupportingDocument, analysis_id: str, payer: Payer) -> Reading:
        """What the document says; `analysis_id` is that of an analysis that was begun, or empty.

        Raises ReadingUnderWay, ReadingHeldBack, ReaderDied, DocumentUnreadable, and what is to be tried
        again.
        """
