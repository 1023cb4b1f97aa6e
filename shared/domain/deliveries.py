"""Documents on their way into a company's Dropbox: the models of the synchronisation's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.filing.choices import FilingChoice
from shared.domain.links import Space
from shared.domain.paging import Count

KEPT_FOR = timedelta(days=3650)
"""How long what was delivered, failed or cancelled stays on record unless an operator says otherwise."""


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


class Found(StrEnum):
    """What came of looking for a document that was delivered, before it was sent again or left alone.

    CHANGED is one in whose place other bytes lie now; FAILED one that was never delivered.
    """

    PRESENT = "present"
    MISSING = "missing"
    CHANGED = "changed"
    FAILED = "failed"

    @classmethod
    def _missing_(cls, _value: object) -> Found:
        """Read what a later release wrote as what is always true of what was sent again."""
        return cls.MISSING


@dataclass(frozen=True, slots=True)
class Look:
    """When a document was last looked for at an administrator's request, and what was found."""

    at: datetime
    found: Found


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """One document of one expense, on its way to one Dropbox account of one company."""

    company_id: str
    account_id: str
    expense_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is filed: its path, the month (`YYYY-MM`) and the employee's pinned folder.

    `choice` is what the company had chosen then; None where it had never chosen anything.
    """

    path: str
    month: str
    employee_folder: str
    choice: FilingChoice | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the deliveries table.

    `accepted_at` is the acceptance that caused it. `place` is chosen and stored before the commit; on a
    conflict the next candidate replaces it, and `candidate` counts them from 0. `content_hash` is
    Dropbox's, `sha256` hexadecimal; both are known once it is delivered, and so is its `size` in bytes unless
    an earlier release delivered it. `reason` says why it failed,
    was cancelled or still waits. `since` is when it became pending, `next_try` when it is due.
    `correlation_id` is that of what made it pending. `look` is the last time it was looked for, to
    be sent again unless it was there.
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
    size: int | None = None
    space: Space | None = None
    delivered_at: datetime | None = None
    correlation_id: str = ""
    look: Look | None = None

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
        self,
        place: Place,
        *,
        content_hash: str,
        sha256: str,
        size: int | None = None,
        space: Space | None,
        at: datetime,
    ) -> Delivery:
        """On record as lying there."""
        return replace(
            self._ended(DeliveryStatus.DELIVERED, None, None, at),
            place=place,
            content_hash=content_hash,
            sha256=sha256,
            size=size,
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

    def sent_again(self, look: Look, correlation_id: str) -> Delivery:
        """Due at once, to the place it had; what is known of its earlier delivery stays on record."""
        return replace(
            self,
            status=DeliveryStatus.PENDING,
            since=look.at,
            changed_at=look.at,
            next_try=look.at,
            tries=0,
            attempts_started=0,
            reason=None,
            detail=None,
            correlation_id=correlation_id,
            look=look,
        )

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


class ManifestForm(StrEnum):
    """The files that a month's manifest is written as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One of them: `path` and `content_hash` (Dropbox's) are stored before it is written, `rev` after."""

    path: str | None = None
    content_hash: str | None = None
    rev: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of what one month's folder received, and how far it is written.

    `month` is `YYYY-MM`. `changes` counts what happened to the month, `written_changes` how many of
    them the last complete writing shows, which ended at `written_at`.
    """

    company_id: str
    account_id: str
    month: str
    changes: int
    written_changes: int = 0
    written_at: datetime | None = None
    files: Mapping[ManifestForm, ManifestFile] = field(default_factory=dict)

    def file(self, form: ManifestForm) -> ManifestFile:
        """What is known of its file of that form."""
        return self.files.get(form, ManifestFile())

    def placed(self, form: ManifestForm, path: str, content_hash: str) -> Manifest:
        """About to be written there, with these bytes."""
        return self._with(form, replace(self.file(form), path=path, content_hash=content_hash))

    def uploaded(self, form: ManifestForm, rev: str) -> Manifest:
        """Lying there, as this revision."""
        return self._with(form, replace(self.file(form), rev=rev))

    def written(self, at: datetime) -> Manifest:
        """Showing, in every form, what had changed when it was read."""
        return replace(self, written_changes=self.changes, written_at=at)

    def _with(self, form: ManifestForm, file: ManifestFile) -> Manifest:
        return replace(self, files={**self.files, form: file})


@dataclass(frozen=True, slots=True)
class PendingDeliveries:
    """How much is pending, how much of it is stuck, since when the oldest of it is, and when it goes on."""

    count: Count
    stuck: int = 0
    oldest_since: datetime | None = None
    next_try: datetime | None = None
