"""Documents on their way into a company's Dropbox: the models of the synchronisation's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.links import Space
from shared.domain.paging import Count
from shared.domain.reading_jobs import ReadingJobStatus

# After acceptance come reimbursement and recording: such documents are delivered too.
DELIVERABLE = frozenset({ExpenseStatus.ACCEPTED, ExpenseStatus.REIMBURSED, ExpenseStatus.RECORDED})
# A reading fills in what its user still works on; what is accepted, refused or gone stays as it is.
FILLABLE = frozenset({ExpenseStatus.WAITING, ExpenseStatus.COMPLIANT, ExpenseStatus.NON_COMPLIANT})
FILLED_IN = ("merchant", "date", "amount", "currency")
"""The fields that a reading fills in, by the host's names."""
# What cancels a delivery, as an expense that is gone does. A status of a later release does neither.
WITHDRAWN = frozenset(
    {
        ExpenseStatus.WAITING,
        ExpenseStatus.COMPLIANT,
        ExpenseStatus.NON_COMPLIANT,
        ExpenseStatus.REFUSED,
        ExpenseStatus.DELETED,
    }
)


class DeliveryStatus(StrEnum):
    """How a document's delivery stands."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class DeliveryReason(StrEnum):
    """Why a document is not delivered, or not any more to be."""

    ACCEPTANCE_WITHDRAWN = "acceptance_withdrawn"
    ACCOUNT_CHANGED = "account_changed"
    DOCUMENT_MISSING = "document_missing"
    DOCUMENT_REMOVED = "document_removed"
    DROPBOX_REFUSED = "dropbox_refused"
    PATH_TAKEN = "path_taken"
    TRY_AGAIN = "try_again"
    UNREADABLE = "unreadable"

    @classmethod
    def _missing_(cls, _value: object) -> DeliveryReason:
        """Read what a later release wrote as the least this one can say of it."""
        return cls.TRY_AGAIN


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """One document of one expense, on its way to one Dropbox account of one company."""

    company_id: str
    account_id: str
    expense_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is filed: its path, the month (`YYYY-MM`) and the employee's pinned folder."""

    path: str
    month: str
    employee_folder: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the deliveries table.

    `accepted_at` is the acceptance that caused it. `place` is chosen and stored before the upload; on a
    conflict the next candidate replaces it, and `candidate` counts them from 0. `content_hash` is
    Dropbox's, `sha256` hexadecimal; both are known once it is delivered. `reason` says why it failed,
    was cancelled or still waits. `since` is when it became pending, `next_try` when it is due.
    `correlation_id` is that of what made it pending.
    """

    key: DeliveryKey
    status: DeliveryStatus
    accepted_at: datetime
    since: datetime
    changed_at: datetime
    next_try: datetime | None = None
    tries: int = 0
    attempts_started: int = 0
    reason: DeliveryReason | None = None
    detail: str | None = None
    place: Place | None = None
    candidate: int = 0
    content_hash: str | None = None
    sha256: str | None = None
    space: Space | None = None
    delivered_at: datetime | None = None
    correlation_id: str = ""

    @property
    def path(self) -> str | None:
        """Where it is to go, or lies."""
        return self.place.path if self.place else None

    def placed(self, place: Place, candidate: int) -> Delivery:
        """About to be uploaded there."""
        return replace(self, place=place, candidate=candidate)

    def attempt_started(self) -> Delivery:
        """About to be opened by a careful run."""
        return replace(self, attempts_started=self.attempts_started + 1)

    def put_off(self, tries: int, next_try: datetime, detail: str) -> Delivery:
        """Waiting until then; no drain died of it."""
        return replace(
            self,
            tries=tries,
            attempts_started=0,
            next_try=next_try,
            reason=DeliveryReason.TRY_AGAIN,
            detail=detail,
        )

    def delivered(
        self, place: Place, *, content_hash: str, sha256: str, space: Space | None, at: datetime
    ) -> Delivery:
        """On record as lying there."""
        return replace(
            self._ended(DeliveryStatus.DELIVERED, None, None, at),
            place=place,
            content_hash=content_hash,
            sha256=sha256,
            space=space,
            delivered_at=at,
        )

    def failed(self, reason: DeliveryReason, detail: str | None, at: datetime) -> Delivery:
        """Undeliverable unless an administrator has it tried again."""
        return self._ended(DeliveryStatus.FAILED, reason, detail, at)

    def cancelled(self, reason: DeliveryReason, at: datetime) -> Delivery:
        """Not to be delivered, for now."""
        return self._ended(DeliveryStatus.CANCELLED, reason, None, at)

    def made_pending(self, accepted_at: datetime, now: datetime, correlation_id: str) -> Delivery:
        """Due at once as a new delivery is, save that a place chosen before stays: a file may lie there."""
        new = new_delivery(self.key, accepted_at, now, correlation_id)
        return replace(new, place=self.place, candidate=self.candidate)

    def moved_to(self, account_id: str, now: datetime) -> Delivery:
        """The delivery to another account that takes the place of this one."""
        return new_delivery(
            replace(self.key, account_id=account_id), self.accepted_at, now, self.correlation_id
        )

    def _ended(
        self, status: DeliveryStatus, reason: DeliveryReason | None, detail: str | None, at: datetime
    ) -> Delivery:
        return replace(self, status=status, reason=reason, detail=detail, changed_at=at, next_try=None)


def new_delivery(key: DeliveryKey, accepted_at: datetime, now: datetime, correlation_id: str) -> Delivery:
    """Due at once, nothing tried."""
    return Delivery(
        key,
        DeliveryStatus.PENDING,
        accepted_at,
        since=now,
        changed_at=now,
        next_try=now,
        correlation_id=correlation_id,
    )


@dataclass(frozen=True, slots=True)
class ReadingNow:
    """How the reading of an expense's document stands, as people are told.

    `unconfirmed` are the fields that it filled in without being sure, and nobody has edited since.
    """

    state: ReadingJobStatus
    unconfirmed: tuple[str, ...] = ()
    possible_duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class HostExpense:
    """The host's expense, as it is read everywhere.

    `amount` and `currency` may be missing, `date` too: people accept what they accept. What is not as
    agreed with the host counts as missing; `status` is None where this release does not know it, and
    `company_id` is empty where there is none. Documents without an id, of which nothing can be
    delivered, are only counted.

    `values` are those of the fields a reading fills in (`FILLED_IN`) that say something, by the host's
    names, as they are written; `edited_fields` the names of all that its user has ever touched, even to
    empty them.
    """

    expense_id: str
    company_id: str
    user_id: str
    employee_name: str
    status: ExpenseStatus | None
    accepted_at: datetime | None
    date: date | None
    merchant: str | None
    amount: Decimal | None
    currency: str | None
    category: str | None
    documents: tuple[SupportingDocument, ...]
    unreadable_documents: int = 0
    reading: ReadingNow | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    edited_fields: frozenset[str] = frozenset()
    created_at: datetime | None = None

    @property
    def may_be_filled(self) -> bool:
        """Whether its user still works on it."""
        return self.status in FILLABLE

    @property
    def reading_state(self) -> ReadingJobStatus | None:
        """How its reading stands; None where it was made without."""
        return self.reading.state if self.reading else None


@dataclass(frozen=True, slots=True)
class AcceptedPage:
    """Some ids of a company's accepted expenses, and the cursor of the next page, None after the last.

    They come from an index that lags: each is to be read again before anything is concluded from it.
    """

    expense_ids: tuple[str, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of what one month's folder received, and how far it is written.

    `month` is `YYYY-MM`. `changes` counts what happened to the month, `written_changes` how many of
    them the last writing shows. `path` and `content_hash` (Dropbox's) are chosen and stored before
    a writing, `rev` and `written_at` are those of the last completed one.
    """

    company_id: str
    account_id: str
    month: str
    changes: int
    written_changes: int = 0
    written_at: datetime | None = None
    path: str | None = None
    content_hash: str | None = None
    rev: str | None = None

    def marked_changed(self) -> Manifest:
        """To be written (again)."""
        return replace(self, changes=self.changes + 1)

    def placed(self, path: str, content_hash: str) -> Manifest:
        """About to be written there, with these bytes."""
        return replace(self, path=path, content_hash=content_hash)

    def written(self, rev: str, at: datetime) -> Manifest:
        """Showing what had changed when it was read."""
        return replace(self, written_changes=self.changes, written_at=at, rev=rev)


@dataclass(frozen=True, slots=True)
class PendingDeliveries:
    """How much is pending, how much of it is stuck, since when the oldest of it is, and when it goes on."""

    count: Count
    stuck: int = 0
    oldest_since: datetime | None = None
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptedCount:
    """Of a page of a company's acceptances: the expenses to be delivered, their documents, the next page."""

    expenses: int
    documents: int
    cursor: str | None
