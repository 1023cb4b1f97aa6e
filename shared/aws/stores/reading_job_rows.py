"""Translates the reading's records to DynamoDB rows and back."""

from __future__ import annotations

from datetime import timedelta

from shared.aws.stores.reading_tables import ReadingJobRow
from shared.domain.imports import KEPT_FOR
from shared.domain.reading_jobs import ReadingFailure, ReadingJob, ReadingJobStatus, due_bucket
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso


def to_reading_job(row: ReadingJobRow) -> ReadingJob:
    """Read a job."""
    return ReadingJob(
        user_id=row.user_id,
        expense_id=row.expense_id,
        status=ReadingJobStatus(row.status),
        since=from_iso(row.since),
        next_try=optional_from_iso(row.next_try),
        tries=int(row.tries or 0),
        attempts_started=int(row.attempts_started or 0),
        reason=ReadingFailure(row.reason) if row.reason else None,
        detail=row.detail or "",
        analysis_id=row.analysis_id or "",
        finished_at=optional_from_iso(row.finished_at),
        visit_key=row.visit_key or "",
        is_rung=bool(row.rung),
    )


def to_reading_job_row(job: ReadingJob, kept_for: timedelta = KEPT_FOR) -> ReadingJobRow:
    """Write a job, kept so long; only what waits enters the sparse index `due`."""
    return ReadingJobRow(
        job.user_id,
        job.expense_id,
        status=job.status.value,
        since=to_iso(job.since),
        next_try=optional_iso(job.next_try),
        bucket=due_bucket(job.expense_id) if job.next_try else None,
        tries=job.tries or None,
        attempts_started=job.attempts_started or None,
        reason=job.reason.value if job.reason else None,
        detail=job.detail or None,
        analysis_id=job.analysis_id or None,
        finished_at=optional_iso(job.finished_at),
        visit_key=job.visit_key or None,
        rung=job.is_rung or None,
        ttl=int((job.since + kept_for).timestamp()),
    )
