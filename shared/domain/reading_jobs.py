"""How the reading of an imported expense's document stands: the models of the reading's records."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

DUE_BUCKETS = 16
PATIENCE_WITH_THE_FIRST_DOORBELL = timedelta(minutes=10)
"""So long after the import a document counts as forgotten if nobody has begun to read it."""


class ReadingJobStatus(StrEnum):
    """How the reading of a document stands; the same words stand on the expense."""

    WAITING = "WAITING"
    DONE = "DONE"
    UNREADABLE = "UNREADABLE"


class ReadingFailure(StrEnum):
    """Why a document is not read, or not yet."""

    TRY_AGAIN = "try_again"
    UNREADABLE = "unreadable"
    NOTHING_FOUND = "nothing_found"
    BLANK = "blank"
    DOCUMENT_MISSING = "document_missing"
    READER_DIED = "reader_died"
    TOOK_TOO_LONG = "took_too_long"
    FAULT_OF_OURS = "fault_of_ours"
    NOT_WANTED = "not_wanted"
    OVER_QUOTA = "over_quota"

    @classmethod
    def _missing_(cls, _value: object) -> ReadingFailure:
        """Read what a later release wrote as the least this one can say of it."""
        return cls.TRY_AGAIN


@dataclass(frozen=True, slots=True)
class ReadingJob:
    """A row of the reading_jobs table: one imported expense, whose document is to be read or was.

    It came to be with the expense, at `since`. `next_try` is when the sweep rings for it, None once it
    is over. `tries` counts the failures that were nobody's fault, `attempts_started` the readings that were
    begun and did not end. `analysis_id` is that of Textract's analysis under way. `reason`
    says why it was not read, `detail` more of it to operators: an error's name, a service's own code.
    `visit_key` is that of the import's record; empty where an earlier release made the job. `is_rung` says
    that the sweep has rung for it since it was last begun or put off.
    """

    user_id: str
    expense_id: str
    status: ReadingJobStatus
    since: datetime
    next_try: datetime | None
    tries: int = 0
    attempts_started: int = 0
    reason: ReadingFailure | None = None
    detail: str = ""
    analysis_id: str = ""
    finished_at: datetime | None = None
    visit_key: str = ""
    is_rung: bool = False

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has begun to read it, as far as is known."""
        is_held_back = self.reason is ReadingFailure.OVER_QUOTA
        return not (self.tries or self.attempts_started or self.analysis_id or is_held_back)

    def is_due(self, now: datetime) -> bool:
        """Whether a doorbell is to be answered: else another is at it, or it waits.

        What the sweep has rung for is due though it was moved on: its doorbell may be answered after that.
        """
        return self.next_try is not None and (self.is_untouched or self.is_rung or self.next_try <= now)

    def begun(self, until: datetime) -> ReadingJob:
        """Being read, by nobody else until then."""
        return replace(self, attempts_started=self.attempts_started + 1, next_try=until, is_rung=False)

    def put_off(self, next_try: datetime, detail: str) -> ReadingJob:
        """Waiting until then, by no fault of the document; nobody died of it."""
        return replace(
            self,
            tries=self.tries + 1,
            attempts_started=0,
            next_try=next_try,
            reason=ReadingFailure.TRY_AGAIN,
            detail=detail,
            is_rung=False,
        )

    def reader_died(self, next_try: datetime) -> ReadingJob:
        """Waiting until then; the attempt that killed its reader stays counted."""
        return replace(self, next_try=next_try, reason=ReadingFailure.READER_DIED, is_rung=False)

    def being_analysed(self, analysis_id: str, next_try: datetime) -> ReadingJob:
        """Waiting for an analysis that runs outside, to be asked for then; without an id, for none."""
        return replace(self, analysis_id=analysis_id, attempts_started=0, next_try=next_try, is_rung=False)

    def held_back(self, next_try: datetime) -> ReadingJob:
        """Waiting for its quota to be renewed then, as if nobody had begun."""
        return replace(
            self,
            tries=0,
            attempts_started=0,
            analysis_id="",
            next_try=next_try,
            reason=ReadingFailure.OVER_QUOTA,
            detail="",
            is_rung=False,
        )

    def moved_on(self, next_try: datetime) -> ReadingJob:
        """Rung for, and to be rung for again only then."""
        return replace(self, next_try=next_try, is_rung=True)

    def finished(
        self, status: ReadingJobStatus, reason: ReadingFailure | None, detail: str, at: datetime
    ) -> ReadingJob:
        """Over."""
        return replace(
            self,
            status=status,
            reason=reason,
            detail=detail,
            finished_at=at,
            next_try=None,
            attempts_started=0,
            analysis_id="",
            is_rung=False,
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two documents look like one: the day, the amount, and what the merchant is called.

    `merchant` is folded, see `folded_merchant`; it and the currency are empty where they were not read.
    """

    day: date
    amount: Decimal
    merchant: str = ""
    currency: str = ""

    @property
    def key(self) -> str:
        """The same for the same day and amount: `2026-11-05#46`."""
        return f"{self.day.isoformat()}#{self.amount.normalize():f}"


def new_reading_job(user_id: str, expense_id: str, now: datetime, visit_key: str = "") -> ReadingJob:
    """That of an expense which is just being made; its doorbell is expected to be answered soon."""
    return ReadingJob(
        user_id,
        expense_id,
        ReadingJobStatus.WAITING,
        now,
        now + PATIENCE_WITH_THE_FIRST_DOORBELL,
        visit_key=visit_key,
    )


def due_bucket(expense_id: str) -> str:
    """The sweep's partition of this expense, `00` to `15`."""
    return f"{zlib.crc32(expense_id.encode()) % DUE_BUCKETS:02d}"


def folded_merchant(name: str) -> str:
    """Without accents, capitals and punctuation: `cafe lumiere` of `Café  LUMIÈRE!`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))
