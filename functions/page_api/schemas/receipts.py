"""The receipt of a batch, as the API shows it."""

from __future__ import annotations

from typing import Literal

from functions.page_api.imports.show_receipt import ReadingShown
from functions.page_api.schemas.batches import Batch
from functions.page_api.schemas.expenses import ExpenseNow
from functions.page_api.schemas.forms import Absent, Instant, Shown
from functions.page_api.schemas.imports import RejectedBecause, WaitsBecause
from shared.domain.imports import Retry


class ReceiptExpense(Shown):
    """What a file became, or one of the documents in it; of a duplicate, the first expense."""

    expense_id: str
    pages: Absent[list[int]] = None
    """Of a file that was split, the pages that are this one's, counted from 1."""
    reading: Absent[ReadingShown] = None
    """Absent of what was made or decided on without a reading."""
    expense: Absent[ExpenseNow] = None
    """Absent where there is none any more."""


class ReceiptLine(Shown):
    """What became of one file."""

    name: str
    """Its path below `Auto-Import`."""
    outcome: Literal["imported", "duplicate", "rejected", "waiting"]
    reason: Absent[RejectedBecause | WaitsBecause] = None
    at: Instant
    """When it ended; since when it waits."""
    size: Absent[int] = None
    """In bytes. Absent of one that waits."""
    content_hash: str
    """Dropbox's, of the bytes that were there."""
    filed_as: Absent[str] = None
    """Where it was put in Dropbox, below the app's folder."""
    retry: Absent[Retry] = None
    expenses: list[ReceiptExpense]


class Receipt(Shown):
    """A page of the receipt of a batch: the files that wait, then the others, the last ended first.

    As many lines have an outcome as `imported`, `duplicate` and `rejected` say, and `waiting` of those
    under way wait; of the rest of these nothing is known yet but that they were seen. Every page has the
    sums of when it was read: where the last one's are others than the first one's, the batch has changed.
    """

    batch: Batch
    waiting: int
    made_at: Instant
    lines: list[ReceiptLine]
    cursor: Absent[str] = None
