"""Imported files and their history, as the API shows them."""

from __future__ import annotations

from functions.page_api.schemas.batches import Batch
from functions.page_api.schemas.expenses import ExpenseNow, ReadExpense
from functions.page_api.schemas.forms import Absent, Asked, Instant, Opaque, Shown
from shared.domain.active_content import ActiveContent
from shared.domain.imports import Outcome, Retry, WaitingReason
from shared.domain.rejections import RejectionReason


class Batches(Shown):
    """Newest first."""

    batches: list[Batch]
    cursor: Absent[str] = None


class RejectedBecause(Shown):
    """Why a file was not imported, and what its user can do."""

    code: RejectionReason
    message: str


class SameAs(ExpenseNow):
    """The expense that a document is, or may be, the same as."""

    expense_id: str
    name: Absent[str] = None
    """Of its document."""
    created_at: Absent[Instant] = None


class DocumentInFile(Shown):
    """One of several documents in a file: what its own expense says, or would."""

    pages: list[int]
    """Of the file, counted from 1."""
    expense_id: Absent[str] = None
    """Absent where it would be, and where there is none any more."""
    expense: Absent[ReadExpense] = None


class ActiveContentFound(Shown):
    """That a document does something by itself, or at a click, in the programme that shows it."""

    kinds: list[ActiveContent]
    message: str


class File(Shown):
    """How one visit of a file in `Auto-Import` ended."""

    id: str
    batch_id: str
    name: str
    """Its path below `Auto-Import`."""
    size: int
    outcome: Outcome
    reason: Absent[RejectedBecause] = None
    expense_id: Absent[str] = None
    """What it became, or the expense that a duplicate is one of."""
    expense: Absent[ReadExpense] = None
    """Absent where there is none any more."""
    filed_as: Absent[str] = None
    """Where it was put in Dropbox, below the app's folder."""
    settled_at: Instant
    seconds: float
    """From the notification that revealed it."""
    retry: Absent[Retry] = None
    can_retry: bool
    """Whether another try of a rejected file can help."""
    can_keep: bool
    """Whether a second expense can be made of a duplicate."""
    same_as: Absent[SameAs] = None
    """The first expense of a duplicate, or another one that looks like the same purchase."""
    documents: Absent[list[DocumentInFile]] = None
    """Of a file of several: what it was split into, or where `can_split` what it would be."""
    can_split: bool
    """Whether an expense can be made of each document: nobody has edited or decided on what it is."""
    active_content: Absent[ActiveContentFound] = None
    """There where the document is to be opened with care."""


class Files(Shown):
    """Those of the newest batch first, in a page the last recorded of a batch first.

    A page may hold fewer than asked for, even none, and still have a cursor.
    """

    files: list[File]
    cursor: Absent[str] = None


class WaitsBecause(Shown):
    """Why a file is not recorded yet."""

    code: WaitingReason
    message: str


class WaitingFile(Shown):
    """A file that waits for another try."""

    name: str
    since: Instant
    next_try: Instant
    tries: int
    reason: WaitsBecause
    is_stuck: bool


class WaitingFiles(Shown):
    """The longest waiting first, two hundred at most."""

    files: list[WaitingFile]


class Dismissed(Shown):
    """How many were dismissed; what was dealt with before is not counted again."""

    dismissed: int


class Split(Shown):
    """The expenses that a file of several documents is now, in their order."""

    expense_ids: list[str]


class OneFile(Asked):
    """One file of the history."""

    file: Opaque
