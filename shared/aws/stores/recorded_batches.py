"""The batches whose host is to be told that they are read, in DynamoDB, beside the reading jobs.

Written before the host is told that its files have ended, forgotten once it was told that they are read.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pynamodb.exceptions import DeleteError, DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.batch_counts import recorded_tally
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.reading_tables import ReadingItem, RecordedBatchRow
from shared.domain.imports import ReadingNote
from shared.domain.recorded_batches import RecordedBatch, batch_id_in_key, key_of_batch
from shared.domain.tallies import BatchTally
from shared.domain.timestamps import from_iso, to_iso

_BUCKET = "settled"
"""Their partition of the index `due`, as of earlier releases: those of the jobs are numbers."""
_KEPT_FOR = timedelta(days=30)
"""Whose documents could not be read by then is told of no more."""
_SWEPT_AT_ONCE = 1000
_READ_AT_ONCE = 100


class RecordedBatchStore:
    """Reads are consistent but for `due`. Every method raises AwsUnavailable.

    Who only notes or rings needs no records of imports.
    """

    def __init__(self, reading_jobs_table: str, import_records_table: str = "") -> None:
        bind(ReadingItem, reading_jobs_table)
        if import_records_table:
            bind(ImportRecordRow, import_records_table)

    def note(self, batch: RecordedBatch) -> None:
        """Have the host told once it is read; an older note of the same batch is over with it."""
        with aws_errors_translated():
            _to_row(batch).save()

    def get(self, user_id: str, batch_id: str) -> RecordedBatch | None:
        """The note as it is now; None where there is nothing to tell, or not yet."""
        with aws_errors_translated():
            try:
                row = RecordedBatchRow.get(user_id, key_of_batch(batch_id), consistent_read=True)
            except DoesNotExist:
                return None
        return _to_batch(row)

    def due(self, now: datetime) -> list[tuple[str, str]]:
        """The users and batches for which it may be time, the longest due first; the index lags."""
        with aws_errors_translated():
            rows = RecordedBatchRow.due.query(
                _BUCKET, RecordedBatchRow.next_try <= to_iso(now), limit=_SWEPT_AT_ONCE
            )
            return [(row.user_id, batch_id_in_key(row.expense_id) or "") for row in rows]

    def has_unread(self, batch: RecordedBatch) -> bool:
        """Whether a document of it waits to be read.

        It stops at the first: asked after every reading of n, it looks at n times the logarithm of n rows.
        """
        with aws_errors_translated():
            unread = ImportRecordRow.query(
                batch.user_id,
                ImportRecordRow.visit_key.startswith(f"{batch.batch_id}#"),
                ImportRecordRow.reading == ReadingNote.WAITING.value,
                consistent_read=True,
                attributes_to_get=["user_id", "visit_key"],
                page_size=_READ_AT_ONCE,
            )
            return any(True for _ in unread)

    def tally(self, batch: RecordedBatch) -> BatchTally:
        """How its files have ended, and their readings."""
        with aws_errors_translated():
            return recorded_tally(batch.user_id, batch.batch_id)

    def put_off(self, batch: RecordedBatch, changed: RecordedBatch) -> None:
        """Have the sweep ring when the changed one says; one that was noted again stays as it is."""
        with aws_errors_translated():
            try:
                RecordedBatchRow(batch.user_id, batch.key).update(
                    [RecordedBatchRow.next_try.set(to_iso(changed.next_look))], condition=_is_as_noted(batch)
                )
            except UpdateError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise

    def forget(self, batch: RecordedBatch) -> None:
        """The host was told; one that was noted again stays to be told."""
        with aws_errors_translated():
            try:
                RecordedBatchRow(batch.user_id, batch.key).delete(condition=_is_as_noted(batch))
            except DeleteError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise


def _is_as_noted(batch: RecordedBatch) -> Condition:
    condition: Condition = RecordedBatchRow.noted_at == to_iso(batch.noted_at)
    return condition


def _to_row(batch: RecordedBatch) -> RecordedBatchRow:
    return RecordedBatchRow(
        batch.user_id,
        batch.key,
        link_id=batch.link_id,
        company_id=batch.company_id,
        correlation_id=batch.correlation_id,
        noted_at=to_iso(batch.noted_at),
        bucket=_BUCKET,
        next_try=to_iso(batch.next_look),
        ttl=int((batch.noted_at + _KEPT_FOR).timestamp()),
    )


def _to_batch(row: RecordedBatchRow) -> RecordedBatch:
    return RecordedBatch(
        user_id=row.user_id,
        batch_id=batch_id_in_key(row.expense_id) or "",
        link_id=row.link_id,
        company_id=row.company_id,
        correlation_id=row.correlation_id,
        noted_at=from_iso(row.noted_at),
        next_look=from_iso(row.next_try),
    )
