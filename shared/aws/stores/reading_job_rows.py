"""Translates the reading's records to DynamoDB rows and back."""

from __future__ import annotations

from shared.aws.stores.tables import ScanRow
from shared.domain.reading_jobs import Scan, ScanStatus, scan_bucket
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso


def to_scan(row: ScanRow) -> Scan:
    """Read a scan."""
    return Scan(
        user_id=row.user_id,
        expense_id=row.expense_id,
        status=ScanStatus(row.status),
        since=from_iso(row.since),
        next_try=optional_from_iso(row.next_try),
        tries=int(row.tries or 0),
        noted=int(row.noted or 0),
        reason=row.reason or "",
        job_id=row.job_id or "",
        finished_at=optional_from_iso(row.finished_at),
    )


def to_scan_row(scan: Scan) -> ScanRow:
    """Write a scan; only what waits enters the sparse index `due`."""
    return ScanRow(
        scan.user_id,
        scan.expense_id,
        status=scan.status.value,
        since=to_iso(scan.since),
        next_try=optional_iso(scan.next_try),
        bucket=scan_bucket(scan.expense_id) if scan.next_try else None,
        tries=scan.tries or None,
        noted=scan.noted or None,
        reason=scan.reason or None,
        job_id=scan.job_id or None,
        finished_at=optional_iso(scan.finished_at),
    )
