"""What becomes of the files dropped into `Auto-Import`: the models of the import's records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.active_content import ActiveContent
from shared.domain.expenses import part_expense_id
from shared.domain.rejections import MAY_PASS, RejectionReason

KEPT_FOR = timedelta(days=730)
"""How long the history of what was imported is kept unless an operator says otherwise.

Reservations are kept for good: the same document never becomes a second expense.
"""


class Outcome(StrEnum):
    """How a dropped file ends; there is no fourth way."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Retry(StrEnum):
    """What became of a user's request about a file that is no new expense; None where none was made.

    `GONE` is a file that its user has taken away, `DISMISSED` one that they want to hear no more of. A
    duplicate is tried again to become a second expense.
    """

    REQUESTED = "requested"
    DONE = "done"
    GONE = "gone"
    DISMISSED = "dismissed"

    @classmethod
    def _missing_(cls, _value: object) -> Retry:
        """Read what a later release wrote as dealt with."""
        return cls.DONE


class ReadingNote(StrEnum):
    """How the reading of an imported file's document ended, as the history keeps it for counting."""

    WAITING = "waiting"
    READ = "read"
    TO_CHECK = "to_check"

    @classmethod
    def _missing_(cls, _value: object) -> ReadingNote:
        """Read what a later release wrote as the end of a reading."""
        return cls.READ


@dataclass(frozen=True, slots=True)
class Reservation:
    """The live expense that has this content.

    `attempt` counts the expenses made of it so far, `file_id` is the Dropbox file it was made from.
    `second_for` is another file of this content that its user wants a second expense of.
    """

    user_id: str
    content_hash: str
    expense_id: str
    attempt: int
    file_id: str
    second_for: str = ""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """How one visit of a file in `Auto-Import` ended.

    `name` is its path below `Auto-Import`. `expense_id` is the expense it became, or the first one of
    a duplicate. `target` is where it is to be filed; `is_filed` says that it was verified to have left
    `Auto-Import`, and `filed_as` where it then was (None: gone or replaced by a newer version).
    `seconds` run from the notification that revealed the file; `correlation_id` is that of its doorbell.
    `reading` is how far its document is read; None where nothing is imported, or by an earlier release.
    `active_content` is what was found in a document that is imported.
    """

    user_id: str
    batch_id: str
    account_id: str
    file_id: str
    content_hash: str
    visit: int
    name: str
    size: int
    outcome: Outcome
    target: str
    notified_at: datetime
    recorded_at: datetime
    reason: RejectionReason | None = None
    expense_id: str | None = None
    is_filed: bool = False
    filed_as: str | None = None
    retry: Retry | None = None
    correlation_id: str = ""
    reading: ReadingNote | None = None
    active_content: tuple[ActiveContent, ...] = ()
    split_into: int = 1
    """How many expenses it is, one for each of the documents it holds."""

    @property
    def expense_ids(self) -> tuple[str, ...]:
        """All the expenses that it became, in the order of its documents."""
        first = self.expense_id
        return tuple(part_expense_id(first, number + 1) for number in range(self.split_into)) if first else ()

    @property
    def visit_key(self) -> str:
        """Which visit of which file this is, among all of its user's, in order of their batches."""
        return f"{self.batch_id}#{self.file_id}#{self.content_hash}#{self.visit:04d}"

    @property
    def seconds(self) -> float:
        """From notification to record; never negative, even where clocks disagree."""
        return max(0.0, (self.recorded_at - self.notified_at).total_seconds())

    @property
    def version(self) -> tuple[str, str]:
        """Which bytes of which file this is about."""
        return self.file_id, self.content_hash

    @property
    def may_be_retried(self) -> bool:
        """Whether another try of a rejected file can end otherwise."""
        is_open = self.outcome is Outcome.REJECTED and self.retry is None and self.is_filed
        return is_open and (self.reason is None or self.reason in MAY_PASS)

    @property
    def may_be_kept(self) -> bool:
        """Whether a second expense can be made of a duplicate."""
        return self.outcome is Outcome.DUPLICATE and self.retry is None and self.is_filed


@dataclass(frozen=True, slots=True)
class RejectedCount:
    """How many files are rejected that nobody has dealt with, and how many of them may be tried again."""

    number: int
    retryable: int
    is_capped: bool = False


class WaitingReason(StrEnum):
    """Why a file is not recorded yet, or not moved."""

    INCOMPLETE = "incomplete"
    BEING_READ = "being_read"
    CANNOT_BE_MOVED = "cannot_be_moved"
    TRY_AGAIN = "try_again"

    @classmethod
    def _missing_(cls, _value: object) -> WaitingReason:
        """Read what a later release wrote as the least this one can say of it."""
        return cls.TRY_AGAIN


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A listed file that could not be recorded, or not be moved, yet.

    `since` is the notification that revealed it. `attempts_started` counts the drains that died while they
    had it open. `detail` is for operators: an error's name.
    """

    user_id: str
    account_id: str
    file_id: str
    content_hash: str
    batch_id: str
    name: str
    since: datetime
    next_try: datetime
    tries: int = 0
    attempts_started: int = 0
    reason: WaitingReason = WaitingReason.TRY_AGAIN
    detail: str = ""

    @property
    def version(self) -> tuple[str, str]:
        """Which bytes of which file this is about."""
        return self.file_id, self.content_hash

    def being_read(self) -> WaitingFile:
        """About to be opened by a careful drain."""
        return replace(self, attempts_started=self.attempts_started + 1, reason=WaitingReason.BEING_READ)

    def incomplete(self, until: datetime) -> WaitingFile:
        """Still being uploaded, as far as can be told; to be looked at again then."""
        return replace(self, attempts_started=0, next_try=until, reason=WaitingReason.INCOMPLETE)

    def failed(self, next_try: datetime, detail: str) -> WaitingFile:
        """Not recorded, by no fault of the file; to be tried again then."""
        return replace(
            self,
            tries=self.tries + 1,
            attempts_started=0,
            next_try=next_try,
            reason=WaitingReason.TRY_AGAIN,
            detail=detail,
        )

    def not_moved(self, next_try: datetime, detail: str) -> WaitingFile:
        """Recorded, so that its batch no longer waits for it, but still in its old place."""
        return replace(
            self,
            batch_id="",
            tries=self.tries + 1,
            attempts_started=0,
            next_try=next_try,
            reason=WaitingReason.CANNOT_BE_MOVED,
            detail=detail,
        )


@dataclass(frozen=True, slots=True)
class RetryRequest:
    """A user's request that a rejected file be brought back into `Auto-Import` as `name`.

    `visit_key` is that of the record it is about.
    """

    user_id: str
    account_id: str
    visit_key: str
    file_id: str
    name: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is noted for an account beside what lies in its folder: files that wait, requests to grant."""

    files: Sequence[WaitingFile] = ()
    retries: Sequence[RetryRequest] = ()


def batch_id_of_visit(visit_key: str) -> str:
    """The id of the batch that a visit is of."""
    return visit_key.partition("#")[0]
