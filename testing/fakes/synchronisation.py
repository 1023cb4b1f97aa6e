"""Deliveries, manifests, expenses and companies in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import islice

from shared.aws.stores.delivery_rows import delivery_key, pending_key
from shared.domain.deliveries import (
    Delivery,
    DeliveryKey,
    DeliveryReason,
    DeliveryStatus,
    Manifest,
    ManifestForm,
    Place,
    new_delivery,
)
from shared.domain.errors import AcceptedAgain, DeliveryNotPending
from shared.domain.expenses import Company, ExpenseStatus
from shared.domain.host_expenses import WITHDRAWN, AcceptedPage, HostExpense
from shared.domain.links import Space
from shared.domain.timestamps import to_iso

MayBecome = Callable[[Delivery], bool]
Becomes = Callable[[Delivery], Delivery]


@dataclass
class FakeExpenses:
    """What `shared.aws.host.expense_reader.ExpenseReader` does; `expenses` is what the host has."""

    expenses: dict[str, HostExpense] = field(default_factory=dict)

    def put(self, expense: HostExpense) -> HostExpense:
        self.expenses[expense.expense_id] = expense
        return expense

    def set_status(self, expense_id: str, status: ExpenseStatus) -> None:
        self.put(replace(self.expenses[expense_id], status=status))

    def get_many(self, expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        found = {expense_id: self.expenses.get(expense_id) for expense_id in expense_ids}
        return {expense_id: expense for expense_id, expense in found.items() if expense is not None}

    def accepted_between(
        self,
        company_id: str,
        since: datetime,
        until: datetime | None = None,
        cursor: str | None = None,
        limit: int = 200,
    ) -> AcceptedPage:
        positions = sorted(
            (f"{to_iso(expense.accepted_at)} {expense.expense_id}", expense.expense_id)
            for expense in self.expenses.values()
            if expense.company_id == company_id
            and expense.accepted_at is not None
            and since.replace(microsecond=0) <= expense.accepted_at
            and (until is None or expense.accepted_at.replace(microsecond=0) <= until)
        )
        rest = [(position, found) for position, found in positions if cursor is None or position > cursor]
        page = rest[:limit]
        next_cursor = page[-1][0] if len(rest) > limit else None
        return AcceptedPage(tuple(expense_id for _, expense_id in page), next_cursor)

    def is_withdrawn_from(self, company_id: str, expense_id: str) -> bool:
        expense = self.expenses.get(expense_id)
        return expense is None or expense.status in WITHDRAWN or expense.company_id != company_id


class FakeDeliveries:
    """What `shared.aws.stores.delivery_store.DeliveryStore` does."""

    def __init__(self, expenses: FakeExpenses | None = None) -> None:
        self.rows: dict[DeliveryKey, Delivery] = {}
        self._expenses = expenses or FakeExpenses()
        self._lock = threading.RLock()

    def ensure(
        self,
        company_id: str,
        account_id: str,
        expense_id: str,
        document_ids: Iterable[str],
        *,
        accepted_at: datetime,
        now: datetime,
        correlation_id: str = "",
    ) -> int:
        with self._lock:
            return sum(
                self._make_pending(
                    DeliveryKey(company_id, account_id, expense_id, document_id),
                    accepted_at,
                    now,
                    correlation_id,
                )
                for document_id in dict.fromkeys(document_ids)
            )

    def find(self, key: DeliveryKey) -> Delivery | None:
        return self.rows.get(key)

    def pending(self, company_id: str, account_id: str, until: datetime, limit: int) -> list[Delivery]:
        with self._lock:
            due = (
                row
                for row in self._pending(company_id)
                if row.key.account_id == account_id and row.next_try is not None and row.next_try <= until
            )
            return list(islice(due, limit))

    def next_pending(self, company_id: str, account_id: str, limit: int) -> list[Delivery]:
        with self._lock:
            rows = self._pending(company_id)
        return [row for row in rows if row.key.account_id == account_id][:limit]

    def recorded_since(self, company_id: str, since: datetime) -> list[Delivery]:
        ended = {DeliveryStatus.DELIVERED, DeliveryStatus.FAILED}
        with self._lock:
            rows = [
                row
                for row in self.rows.values()
                if row.key.company_id == company_id and row.changed_at >= since and row.status in ended
            ]
        return sorted(rows, key=lambda row: row.changed_at)

    def of_expense(self, company_id: str, account_id: str, expense_id: str) -> list[Delivery]:
        with self._lock:
            whose = (company_id, account_id, expense_id)
            return [
                row
                for key, row in self.rows.items()
                if (key.company_id, key.account_id, key.expense_id) == whose
            ]

    def delivered_in_month(self, company_id: str, account_id: str, month: str) -> list[Delivery]:
        with self._lock:
            rows = [
                row
                for row in self.rows.values()
                if row.status is DeliveryStatus.DELIVERED
                and (row.key.company_id, row.key.account_id) == (company_id, account_id)
                and row.place is not None
                and row.place.month == month
            ]
        return sorted(rows, key=lambda row: (row.path or "").encode())

    def filed_page(self, company_id: str, cursor: str | None) -> tuple[list[Delivery], str | None]:
        """Two a page; what was delivered stays on record while it is on its way again."""
        with self._lock:
            rows = [
                row
                for row in self.rows.values()
                if row.key.company_id == company_id and row.delivered_at is not None
            ]
        rows.sort(key=lambda row: delivery_key(row.key))
        rest = [row for row in rows if cursor is None or delivery_key(row.key) > cursor]
        return rest[:2], delivery_key(rest[1].key) if len(rest) > 2 else None

    def choose_path(self, delivery: Delivery, place: Place, candidate: int) -> Delivery:
        def is_as_read(row: Delivery) -> bool:
            return _is_pending(row) and (row.path, row.candidate) == (delivery.path, delivery.candidate)

        return self._change(delivery, is_as_read, lambda row: row.placed(place, candidate))

    def record_delivered(
        self,
        delivery: Delivery,
        *,
        place: Place,
        content_hash: str,
        sha256: str,
        at: datetime,
        space: Space | None = None,
        size: int | None = None,
    ) -> Delivery:
        may_be = {DeliveryStatus.PENDING, DeliveryStatus.CANCELLED}
        return self._change(
            delivery,
            lambda row: row.status in may_be,
            lambda row: row.delivered(
                place, content_hash=content_hash, sha256=sha256, size=size, space=space, at=at
            ),
        )

    def record_failed(
        self, delivery: Delivery, reason: DeliveryReason, detail: str | None, at: datetime
    ) -> Delivery:
        return self._change(delivery, _is_pending, lambda row: row.failed(reason, detail, at))

    def retry_later(self, delivery: Delivery, tries: int, next_try: datetime, detail: str) -> Delivery:
        return self._change(delivery, _is_pending, lambda row: row.put_off(tries, next_try, detail))

    def note(self, delivery: Delivery) -> Delivery:
        return self._change(delivery, _is_pending, lambda row: row.attempt_started())

    def cancel(self, delivery: Delivery, reason: DeliveryReason, at: datetime) -> Delivery:
        with self._lock:
            row = self.rows.get(delivery.key)
            if row is None or not _is_pending(row):
                raise DeliveryNotPending(delivery.key.document_id)
            if not self._expenses.is_withdrawn_from(delivery.key.company_id, delivery.key.expense_id):
                raise AcceptedAgain(delivery.key.expense_id)
            return self._change(delivery, _is_pending, lambda row: row.cancelled(reason, at))

    def move_to_account(self, company_id: str, account_id: str, limit: int, now: datetime) -> int:
        with self._lock:
            to_other_accounts = [row for row in self._pending(company_id) if row.key.account_id != account_id]
            for row in to_other_accounts[:limit]:
                new = row.moved_to(account_id, now)
                self._make_pending(new.key, new.accepted_at, now, new.correlation_id)
                self._change(row, _is_pending, lambda old: old.cancelled(DeliveryReason.ACCOUNT_CHANGED, now))
        return len(to_other_accounts[:limit])

    def _pending(self, company_id: str) -> list[Delivery]:
        rows = [row for row in self.rows.values() if row.key.company_id == company_id and _is_pending(row)]
        return sorted(rows, key=lambda row: pending_key(row.key.account_id, row.next_try or row.since))

    def _make_pending(
        self, key: DeliveryKey, accepted_at: datetime, now: datetime, correlation_id: str
    ) -> bool:
        there = self.rows.get(key)
        if there is None:
            self.rows[key] = new_delivery(key, accepted_at, now, correlation_id)
        elif there.status is DeliveryStatus.CANCELLED:
            self.rows[key] = there.made_pending(accepted_at, now, correlation_id)
        else:
            return False
        return True

    def _change(self, delivery: Delivery, may_be: MayBecome, becomes: Becomes) -> Delivery:
        with self._lock:
            row = self.rows.get(delivery.key)
            if row is None or not may_be(row):
                raise DeliveryNotPending(delivery.key.document_id)
            self.rows[delivery.key] = becomes(row)
        return becomes(delivery)


class FakeManifests:
    """What `shared.aws.stores.manifest_store.ManifestStore` does."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], Manifest] = {}
        self._lock = threading.Lock()

    def mark_changed(self, company_id: str, account_id: str, month: str) -> None:
        key = (company_id, account_id, month)
        with self._lock:
            row = self.rows.get(key) or Manifest(company_id, account_id, month, 0)
            self.rows[key] = replace(row, changes=row.changes + 1)

    def changed(self, company_id: str, account_id: str) -> list[Manifest]:
        with self._lock:
            return [
                row
                for key, row in sorted(self.rows.items())
                if key[:2] == (company_id, account_id) and row.changes > row.written_changes
            ]

    def months(self, company_id: str, account_id: str) -> list[str]:
        with self._lock:
            return sorted(key[2] for key in self.rows if key[:2] == (company_id, account_id))

    def choose(self, manifest: Manifest, form: ManifestForm, *, path: str, content_hash: str) -> Manifest:
        return self._change(manifest, manifest.placed(form, path, content_hash))

    def uploaded(self, manifest: Manifest, form: ManifestForm, *, rev: str) -> Manifest:
        return self._change(manifest, manifest.uploaded(form, rev))

    def written(self, manifest: Manifest, *, at: datetime) -> Manifest:
        return self._change(manifest, manifest.written(at))

    def _change(self, manifest: Manifest, changed: Manifest) -> Manifest:
        """Write only what changed: the row may be newer than the manifest that was read."""
        key = (manifest.company_id, manifest.account_id, manifest.month)
        names = [each.name for each in fields(manifest)]
        changes = {
            name: value for name in names if (value := getattr(changed, name)) != getattr(manifest, name)
        }
        with self._lock:
            self.rows[key] = replace(self.rows[key], **changes)
        return changed


@dataclass
class FakeCompanies:
    """The host's companies."""

    companies: dict[str, Company] = field(default_factory=dict)

    def get(self, company_id: str) -> Company | None:
        return self.companies.get(company_id)


def _is_pending(row: Delivery) -> bool:
    return row.status is DeliveryStatus.PENDING
