"""Links, records and documents in memory, with the conditions that DynamoDB and S3 enforce."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Unpack
from urllib.parse import quote

from shared.aws.stores.import_rows import file_key
from shared.aws.stores.unlinking import unlinked_link
from shared.domain.audit import AuditAction, AuditEntry, entry_of, filing_entry
from shared.domain.errors import (
    AlreadyRecorded,
    AwsUnavailable,
    ExpenseExists,
    LinkChanged,
    ReservationChanged,
)
from shared.domain.expenses import ExpenseStatus, NewExpense, User
from shared.domain.filing.choices import FilingChoice
from shared.domain.imports import (
    ImportRecord,
    Outcome,
    Outstanding,
    Reservation,
    Retry,
    RetryRequest,
    WaitingFile,
)
from shared.domain.links import (
    Backfill,
    Batch,
    Link,
    LinkChanges,
    LinkStatus,
    Purpose,
    Space,
    taken_over_link,
)
from shared.domain.reading_jobs import new_reading_job
from shared.domain.revocations import Revocation, revocation_of
from shared.domain.tallies import BatchTally, Visit, count_of, tally_of
from shared.doorbells.messages import Doorbell
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.fakes.reading_jobs import FakeReadingJobs


@dataclass
class StoredExpense:
    """An expense, and its status as the host may change it."""

    expense: NewExpense
    status: ExpenseStatus = ExpenseStatus.WAITING


class FakeImportStore:
    """What `shared.aws.stores.import_store.ImportStore` does."""

    def __init__(self) -> None:
        self.expenses: dict[str, StoredExpense] = {}
        self.records: dict[tuple[str, str], ImportRecord] = {}
        self.jobs = FakeReadingJobs()
        self._reservations: dict[tuple[str, str], Reservation] = {}
        self._waiting: dict[tuple[str, str], WaitingFile] = {}
        self._retries: dict[tuple[str, str], RetryRequest] = {}
        self._lock = threading.Lock()

    def reservations(self, user_id: str, content_hashes: Iterable[str]) -> dict[str, Reservation]:
        with self._lock:
            found = {content: self._reservations.get((user_id, content)) for content in content_hashes}
        return {content: reservation for content, reservation in found.items() if reservation is not None}

    def live_expenses(self, expense_ids: Iterable[str]) -> set[str]:
        with self._lock:
            return {
                expense_id
                for expense_id in expense_ids
                if expense_id in self.expenses
                and self.expenses[expense_id].status is not ExpenseStatus.DELETED
            }

    def record_import(
        self,
        expense: NewExpense,
        reservation: Reservation,
        replaced: Reservation | None,
        record: ImportRecord,
    ) -> None:
        key = (reservation.user_id, reservation.content_hash)
        with self._lock:
            self._require_new(record)
            there = self._reservations.get(key)
            if (there is None) != (replaced is None) or (
                there is not None
                and replaced is not None
                and (there.expense_id, there.attempt) != (replaced.expense_id, replaced.attempt)
            ):
                raise ReservationChanged
            if expense.expense_id in self.expenses:
                raise ExpenseExists
            self.expenses[expense.expense_id] = StoredExpense(expense)
            self._reservations[key] = reservation
            self._put(record)
            self.jobs.add(
                new_reading_job(reservation.user_id, expense.expense_id, record.recorded_at, record.visit_key)
            )

    def record(self, record: ImportRecord) -> None:
        with self._lock:
            self._require_new(record)
            self._put(record)

    def find(self, record: ImportRecord) -> ImportRecord | None:
        with self._lock:
            return self.records.get((record.user_id, record.visit_key))

    def count(self, user_id: str, batch_id: str) -> int:
        with self._lock:
            return sum(owner == user_id and key.startswith(f"{batch_id}#") for owner, key in self.records)

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        with self._lock:
            rows = [row for row in self.records.values() if row.user_id == user_id]
        rows = [row for row in rows if row.batch_id == batch_id]
        return tally_of(
            count_of(
                Visit(row.outcome, row.notified_at, row.recorded_at, row.reading, bool(row.active_content))
            )
            for row in rows
        )

    def unfiled(self, user_id: str, account_id: str) -> list[ImportRecord]:
        with self._lock:
            rows = [
                row
                for (owner, _), row in self.records.items()
                if owner == user_id and row.account_id == account_id and not row.is_filed
            ]
        return sorted(rows, key=lambda row: row.recorded_at)

    def mark_filed(self, record: ImportRecord, filed_as: str | None) -> None:
        key = (record.user_id, record.visit_key)
        with self._lock:
            row = self.records.get(key)
            if row is None:
                raise AwsUnavailable("AWS call failed: ConditionalCheckFailedException")
            self.records[key] = replace(row, is_filed=True, filed_as=filed_as or row.filed_as)

    def outstanding(self, user_id: str, account_id: str) -> Outstanding:
        def is_the_accounts(owner: str, row: WaitingFile | RetryRequest) -> bool:
            return owner == user_id and row.account_id == account_id

        with self._lock:
            return Outstanding(
                [row for (owner, _), row in self._waiting.items() if is_the_accounts(owner, row)],
                [row for (owner, _), row in self._retries.items() if is_the_accounts(owner, row)],
            )

    def request_retry(self, record: ImportRecord, at: datetime) -> bool:
        """As `shared.aws.stores.import_history.ImportHistory` does for a user."""
        key = (record.user_id, record.visit_key)
        with self._lock:
            row = self.records[key]
            if row.outcome is not Outcome.REJECTED or row.retry is not None or not row.is_filed:
                return False
            self.records[key] = replace(row, retry=Retry.REQUESTED)
            self._retries[key] = RetryRequest(
                row.user_id, row.account_id, row.visit_key, row.file_id, row.name, at
            )
        return True

    def request_second(self, record: ImportRecord, at: datetime) -> bool:
        """As `shared.aws.stores.import_history.ImportHistory` does for a user."""
        key = (record.user_id, record.visit_key)
        with self._lock:
            row = self.records[key]
            if not row.may_be_kept:
                return False
            content = (row.user_id, row.content_hash)
            self._reservations[content] = replace(self._reservations[content], second_for=row.file_id)
            self.records[key] = replace(row, retry=Retry.REQUESTED)
            self._retries[key] = RetryRequest(
                row.user_id, row.account_id, row.visit_key, row.file_id, row.name, at
            )
        return True

    def grant_retry(self, request: RetryRequest, retry: Retry) -> None:
        key = (request.user_id, request.visit_key)
        with self._lock:
            self._retries.pop(key, None)
            if key in self.records:
                self.records[key] = replace(self.records[key], retry=retry)

    def rejected(self, user_id: str, account_id: str, most: int) -> list[ImportRecord]:
        with self._lock:
            rows = [
                row
                for (owner, _), row in self.records.items()
                if (owner, row.account_id) == (user_id, account_id)
                and row.outcome is Outcome.REJECTED
                and row.retry is None
            ]
        return sorted(rows, key=lambda row: row.recorded_at)[:most]

    def note_gone(self, record: ImportRecord) -> None:
        key = (record.user_id, record.visit_key)
        with self._lock:
            if self.records[key].retry is None:
                self.records[key] = replace(self.records[key], retry=Retry.GONE)

    def save_waiting(self, waiting: WaitingFile) -> None:
        with self._lock:
            self._waiting[waiting.user_id, file_key(waiting)] = waiting

    def forget_waiting(self, files: Sequence[WaitingFile]) -> None:
        with self._lock:
            for waiting in files:
                self._waiting.pop((waiting.user_id, file_key(waiting)), None)

    def _require_new(self, record: ImportRecord) -> None:
        if (record.user_id, record.visit_key) in self.records:
            raise AlreadyRecorded

    def _put(self, record: ImportRecord) -> None:
        self.records[record.user_id, record.visit_key] = record


class FakeLinks:
    """What `shared.aws.stores.link_store.LinkStore` does for a drain, and for who unlinks."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.audit_trail: list[AuditEntry] = []
        self.revocations: list[Revocation] = []
        self.everything_is_paused = False
        self.missed_at: datetime | None = None
        self._lock = threading.Lock()

    def get(self, link_id: str) -> Link | None:
        return self.links.get(link_id)

    def is_everything_paused(self) -> bool:
        return self.everything_is_paused

    def find_by_account(self, account_id: str, purpose: Purpose) -> Link | None:
        for link in self.links.values():
            is_live = link.status is not LinkStatus.UNLINKED
            if is_live and (link.account_id, link.purpose) == (account_id, purpose):
                return link
        return None

    def note_missed_notification(self, at: datetime) -> None:
        self.missed_at = at

    def update(self, link: Link, **changes: Unpack[LinkChanges]) -> Link:
        with self._lock:
            there = self._require_same(link)
            self.links[link.link_id] = replace(there, **changes)
        return replace(link, **changes)

    def open_batch(self, link: Link, batch: Batch) -> Link:
        with self._lock:
            there = self._require_same(link)
            before, now = (row.batch.batch_id if row.batch else None for row in (link, there))
            if before != now:
                return there
            self.links[link.link_id] = replace(there, batch=batch)
        return replace(link, batch=batch)

    def progress_backfill(self, link: Link, backfill: Backfill) -> Link:
        with self._lock:
            there = self._require_same(link)
            if there.backfill is None or there.backfill.requested_at != backfill.requested_at:
                return replace(link, backfill=there.backfill, sync_since=there.sync_since)
            self.links[link.link_id] = replace(there, backfill=backfill)
        return replace(link, backfill=backfill)

    def choose_space(self, link: Link, space: Space, *, by: str, at: datetime) -> Link:
        chosen = replace(link, space=space, generation=link.generation + 1, next_due=at)
        with self._lock:
            self._require_same(link)
            self.links[link.link_id] = chosen
            self.audit_trail.append(entry_of(chosen, AuditAction.SPACE_CHOSEN, by=by, at=at))
        return chosen

    def choose_filing(self, link: Link, choice: FilingChoice, *, by: str, at: datetime) -> Link:
        chosen = replace(link, filing=choice, generation=link.generation + 1, next_due=at)
        with self._lock:
            self._require_same(link)
            self.links[link.link_id] = chosen
            self.audit_trail.append(filing_entry(chosen, by=by, at=at))
        return chosen

    def take_over(self, link: Link, *, by: str, at: datetime) -> Link:
        taken = taken_over_link(link, by, at)
        with self._lock:
            self._require_same(link)
            self.links[link.link_id] = taken
            self.audit_trail.append(entry_of(taken, AuditAction.TAKEN_OVER, by=by, at=at))
        return taken

    def unlink(self, link: Link, *, by: str, at: datetime) -> Link:
        if link.status is LinkStatus.UNLINKED:
            return link
        unlinked = unlinked_link(link, at)
        with self._lock:
            there = self.links.get(link.link_id)
            if there is not None and (there.generation, there.status) == (
                unlinked.generation,
                LinkStatus.UNLINKED,
            ):
                return there
            self._require_same(link)
            self.links[link.link_id] = unlinked
            self.audit_trail.append(entry_of(unlinked, AuditAction.UNLINKED, by=by, at=at))
            self.revocations += [each for each in [revocation_of(link, at)] if each]
        return unlinked

    def note_announced(self, link: Link, batch: Batch) -> Link:
        with self._lock:
            there = self._require_same(link)
            if there.batch is None or there.batch.batch_id != batch.batch_id:
                raise LinkChanged(link.link_id)
            self.links[link.link_id] = replace(there, batch=batch)
        return replace(link, batch=batch)

    def note_unannounced(self, link: Link, since: datetime) -> datetime:
        with self._lock:
            there = self._require_same(link)
            noted = there.announced_until or since
            self.links[link.link_id] = replace(there, announced_until=noted)
        return noted

    def _require_same(self, link: Link) -> Link:
        there = self.links.get(link.link_id)
        if there is None or there.generation != link.generation or there.status is LinkStatus.UNLINKED:
            raise LinkChanged(link.link_id)
        return there


@dataclass
class FakeUsers:
    """The host's users."""

    users: dict[str, User] = field(default_factory=dict)

    def get(self, user_id: str) -> User | None:
        return self.users.get(user_id)


@dataclass
class FakeDocuments:
    """What `shared.aws.documents.document_store.DocumentStore` does."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, *, user_id: str, content_hash: str, path: Path, sha256: str, content_type: str) -> str:
        key = f"documents/{quote(user_id, safe='')}/{content_hash}"
        self.objects.setdefault(key, path.read_bytes())
        return key


@dataclass
class FakeDoorbells:
    """Remembers what was rung."""

    rung: list[Doorbell] = field(default_factory=list)

    def ring(self, doorbell: Doorbell) -> None:
        self.rung.append(doorbell)


@dataclass
class FakeReadingDoorbells:
    """Remembers what was rung."""

    rung: list[ReadingDoorbell] = field(default_factory=list)

    def ring(self, doorbells: Sequence[ReadingDoorbell]) -> None:
        self.rung.extend(doorbells)
