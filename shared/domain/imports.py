"""What becomes of the files dropped into `Auto-Import`: the models of the import's records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.rejections import RejectionReason

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
    """What became of a user's wish to have a rejected file tried again; where there is none, none was made.

    `GONE` is a file that its user took away before it was imported.
    """

    REQUESTED = "requested"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Reservation:
    """The live expense that has this content.

    `attempt` counts the expenses made of it so far, `file_id` is the Dropbox file it was made from.
    """

    user_id: str
    content_hash: str
    expense_id: str
    attempt: int
    file_id: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """How one visit of a file in `Auto-Import` ended.

    `name` is its path below `Auto-Import`. `expense_id` is the expense it became, or the first one of
    a duplicate. `target` is where it is to be filed; `is_filed` says that it was verified to have left
    `Auto-Import`, and `filed_as` where it then was (None: gone or replaced by a newer version).
    `seconds` run from the notification that revealed the file; `correlation_id` is that of its doorbell.
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


class WaitingReason(StrEnum):
    """Why a file is not settled yet."""

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


@dataclass(frozen=True, slots=True)
class BatchTally:
    """How the files of a batch ended so far, and between which instants: None while none has."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    first_notified_at: datetime | None = None
    last_recorded_at: datetime | None = None

    @property
    def recorded(self) -> int:
        """How many ended."""
        return self.outcomes.total()

    @property
    def seconds(self) -> float:
        """From the first notification to the last record."""
        if self.first_notified_at is None or self.last_recorded_at is None:
            return 0.0
        return max(0.0, (self.last_recorded_at - self.first_notified_at).total_seconds())
