"""Translates the import's records to DynamoDB rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from shared.aws.stores.import_tables import (
    ImportRecordRow,
    ReservationRow,
    RetryRequestRow,
    WaitingFileRow,
    WaitingItem,
)
from shared.domain.active_content import known_kinds
from shared.domain.imports import (
    KEPT_FOR,
    ImportRecord,
    Outcome,
    Outstanding,
    ReadingNote,
    Reservation,
    Retry,
    RetryRequest,
    WaitingFile,
    WaitingReason,
)
from shared.domain.rejections import RejectionReason
from shared.domain.tallies import BatchTally, Visit, count_of, tally_of
from shared.domain.timestamps import from_iso, to_iso

TALLIED = ["outcome", "notified_at", "recorded_at", "reading", "active_content"]
"""The attributes of a record that counting needs."""
COUNTED = ["user_id", "visit_key", "batch_id", "expense_id", "reading", "counted_in", "ttl"]
"""Those that tell where a change of its reading is to be counted."""


def file_key(waiting: WaitingFile) -> str:
    """A waiting file's sort key: the account first, since each drain reads its own only."""
    return f"{waiting.account_id}#{waiting.file_id}#{waiting.content_hash}"


def retry_key(request: RetryRequest) -> str:
    """A request's sort key, among the account's waiting files: their ids begin with `id:`."""
    return f"{request.account_id}#{_RETRY}#{request.visit_key}"


_RETRY = "retry"


def to_reservation(row: ReservationRow) -> Reservation:
    """Read a reservation."""
    return Reservation(
        row.user_id, row.content_hash, row.expense_id, int(row.attempt), row.file_id, row.second_for or ""
    )


def to_reservation_row(reservation: Reservation) -> ReservationRow:
    """Write a reservation."""
    return ReservationRow(
        reservation.user_id,
        reservation.content_hash,
        expense_id=reservation.expense_id,
        attempt=reservation.attempt,
        file_id=reservation.file_id,
        second_for=reservation.second_for or None,
    )


def to_import_record_row(record: ImportRecord, kept_for: timedelta = KEPT_FOR) -> ImportRecordRow:
    """Write a record, kept so long; only rejected ones enter the sparse index."""
    recorded_at = to_iso(record.recorded_at)
    return ImportRecordRow(
        record.user_id,
        record.visit_key,
        batch_id=record.batch_id,
        account_id=record.account_id,
        file_id=record.file_id,
        content_hash=record.content_hash,
        visit=record.visit,
        name=record.name,
        size=record.size,
        outcome=record.outcome.value,
        reason=record.reason.value if record.reason else None,
        expense_id=record.expense_id,
        target=record.target,
        filed_as=record.filed_as,
        notified_at=to_iso(record.notified_at),
        recorded_at=recorded_at,
        seconds=round(record.seconds, 3),
        unfiled=None if record.is_filed else record.account_id,
        rejected=f"{record.account_id}#{recorded_at}" if _wants_attention(record) else None,
        retry=record.retry.value if record.retry else None,
        correlation_id=record.correlation_id or None,
        reading=record.reading.value if record.reading else None,
        split_into=record.split_into if record.split_into > 1 else None,
        active_content=[kind.value for kind in record.active_content] or None,
        ttl=int((record.recorded_at + kept_for).timestamp()),
    )


def to_import_record(row: ImportRecordRow) -> ImportRecord:
    """Read a record."""
    return ImportRecord(
        user_id=row.user_id,
        batch_id=row.batch_id,
        account_id=row.account_id,
        file_id=row.file_id,
        content_hash=row.content_hash,
        visit=int(row.visit),
        name=row.name,
        size=int(row.size),
        outcome=Outcome(row.outcome),
        target=row.target,
        notified_at=from_iso(row.notified_at),
        recorded_at=from_iso(row.recorded_at),
        reason=RejectionReason(row.reason) if row.reason else None,
        expense_id=row.expense_id,
        is_filed=row.unfiled is None,
        filed_as=row.filed_as,
        retry=Retry(row.retry) if row.retry else None,
        correlation_id=row.correlation_id or "",
        reading=reading_note(row),
        split_into=int(row.split_into or 1),
        active_content=known_kinds(row.active_content or ()),
    )


def to_tally(rows: Iterable[ImportRecordRow]) -> BatchTally:
    """Count records; of each only `TALLIED` was read."""
    return tally_of(
        count_of(
            Visit(
                Outcome(row.outcome),
                from_iso(row.notified_at),
                from_iso(row.recorded_at),
                reading_note(row),
                bool(row.active_content),
            )
        )
        for row in rows
    )


def reading_note(row: ImportRecordRow) -> ReadingNote | None:
    """How far its document is read."""
    return ReadingNote(row.reading) if row.reading else None


def _wants_attention(record: ImportRecord) -> bool:
    return record.outcome is Outcome.REJECTED and record.retry is None


def to_outstanding(items: Iterable[WaitingItem]) -> Outstanding:
    """Tell waiting files from requests; what is being filed is neither."""
    found = list(items)
    return Outstanding(
        [to_waiting_file(item) for item in found if isinstance(item, WaitingFileRow)],
        [_to_retry_request(item) for item in found if isinstance(item, RetryRequestRow)],
    )


def to_waiting_file(row: WaitingFileRow) -> WaitingFile:
    """Read a waiting file."""
    account_id, file_id, content_hash = row.file_key.split("#", 2)
    return WaitingFile(
        user_id=row.user_id,
        account_id=account_id,
        file_id=file_id,
        content_hash=content_hash,
        batch_id=row.batch_id,
        name=row.name,
        since=from_iso(row.since),
        next_try=from_iso(row.next_try),
        tries=int(row.tries),
        attempts_started=int(row.attempts_started),
        reason=WaitingReason(row.reason),
        detail=row.detail or "",
    )


def _to_retry_request(row: RetryRequestRow) -> RetryRequest:
    account_id, _, visit_key = row.file_key.split("#", 2)
    return RetryRequest(
        user_id=row.user_id,
        account_id=account_id,
        visit_key=visit_key,
        file_id=visit_key.split("#")[1],
        name=row.name,
        requested_at=from_iso(row.since),
    )


def to_retry_row(request: RetryRequest) -> RetryRequestRow:
    """Write a request."""
    return RetryRequestRow(
        request.user_id, retry_key(request), name=request.name, since=to_iso(request.requested_at)
    )


def to_waiting_row(waiting: WaitingFile) -> WaitingFileRow:
    """Write a waiting file."""
    return WaitingFileRow(
        waiting.user_id,
        file_key(waiting),
        batch_id=waiting.batch_id,
        name=waiting.name,
        since=to_iso(waiting.since),
        next_try=to_iso(waiting.next_try),
        tries=waiting.tries,
        attempts_started=waiting.attempts_started,
        reason=waiting.reason.value,
        detail=waiting.detail or None,
    )
