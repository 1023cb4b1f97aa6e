"""The reading's records in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.errors import ScanChanged
from shared.domain.reading_jobs import Likeness, Scan, ScanStatus, scan_bucket


class FakeScans:
    """What `shared.aws.stores.reading_job_store.ScanStore` does."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Scan] = {}
        self._likenesses: dict[tuple[str, str], Likeness] = {}
        self._lock = threading.Lock()

    def add(self, scan: Scan) -> None:
        self.rows[scan.user_id, scan.expense_id] = scan

    def get(self, user_id: str, expense_id: str) -> Scan | None:
        return self.rows.get((user_id, expense_id))

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        waiting = sorted((s for s in self.rows.values() if s.next_try), key=lambda s: s.next_try)
        return [
            (scan.user_id, scan.expense_id)
            for scan in waiting
            if scan_bucket(scan.expense_id) == bucket and scan.next_try <= now
        ]

    def note(self, scan: Scan, until: datetime) -> Scan:
        return self._write(scan, noted=scan.noted + 1, next_try=until)

    def retry_later(self, scan: Scan, next_try: datetime, reason: str) -> Scan:
        return self._write(scan, tries=scan.tries + 1, noted=0, next_try=next_try, reason=reason)

    def note_death(self, scan: Scan, next_try: datetime) -> Scan:
        return self._write(scan, next_try=next_try, reason="died")

    def keep_job(self, scan: Scan, job_id: str, next_try: datetime) -> Scan:
        return self._write(scan, job_id=job_id, noted=0, next_try=next_try)

    def move_on(self, scan: Scan, next_try: datetime) -> Scan:
        return self._write(scan, next_try=next_try)

    def register(self, scan: Scan, likeness: Likeness) -> None:
        self._write(scan)
        self._likenesses[scan.user_id, scan.expense_id] = likeness

    def alike(self, scan: Scan, likeness: Likeness) -> dict[str, Likeness]:
        return {
            expense_id: replace(likeness, merchant=other.merchant, currency=other.currency)
            for (user_id, expense_id), other in self._likenesses.items()
            if user_id == scan.user_id and expense_id != scan.expense_id and other.key == likeness.key
        }

    def finish(self, scan: Scan, status: ScanStatus, reason: str, at: datetime) -> Scan:
        return self._write(
            scan, status=status, reason=reason, finished_at=at, next_try=None, noted=0, job_id=""
        )

    def _write(self, scan: Scan, **changes: Any) -> Scan:
        with self._lock:
            there = self.rows.get((scan.user_id, scan.expense_id))
            if (
                there is None
                or there.status is not ScanStatus.WAITING
                or scan.next_try is None
                or there.next_try != scan.next_try
            ):
                raise ScanChanged(scan.expense_id)
            self.rows[scan.user_id, scan.expense_id] = replace(there, **changes)
        return replace(scan, **changes)
