"""Which batches have documents to be read: noted before the first, looked through when all should be read.

Instead of an entry of each document in the sweep's index, which nearly every document leaves again within
seconds: only those that nobody has begun by then enter it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from pynamodb.exceptions import UpdateError

from shared.aws.errors import CONDITION_FAILED, error_code
from shared.aws.stores.reading_tables import BatchToReadRow, ReadingJobRow
from shared.domain.imports import KEPT_FOR, ImportRecord
from shared.domain.reading_jobs import (
    PATIENCE_WITH_THE_FIRST_DOORBELL,
    ReadingJobStatus,
    due_bucket,
)
from shared.domain.timestamps import to_iso

_REPEATED_AFTER = timedelta(minutes=5)


class ReadingNotes:
    """Notes in the reading jobs table, and which of them this process has made lately."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], datetime] = {}
        self._noting = Lock()

    def note(self, record: ImportRecord) -> None:
        """Before a job is written; a later note of a batch begins where the one before does not reach."""
        batch = record.user_id, record.batch_id
        with self._noting:
            noted_at = self._noted.get(batch)
            if noted_at is None or record.recorded_at - noted_at > _REPEATED_AFTER:
                _to_row(record).save()
                self._noted[batch] = record.recorded_at


def have_unread_swept(user_id: str, note_key: str) -> None:
    """Have the documents that nobody has begun enter the sweep's index; then the note is over.

    Not read consistently: what is looked for is minutes old.
    """
    unread = ReadingJobRow.query(
        user_id,
        filter_condition=(ReadingJobRow.status == ReadingJobStatus.WAITING.value)
        & ReadingJobRow.bucket.does_not_exist(),
    )
    for job in unread:
        still_waits = ReadingJobRow.status == ReadingJobStatus.WAITING.value
        try:
            job.update([ReadingJobRow.bucket.set(due_bucket(job.expense_id))], condition=still_waits)
        except UpdateError as error:
            if error_code(error) != CONDITION_FAILED:
                raise
    BatchToReadRow(user_id, note_key).delete()


def is_note(key: str) -> bool:
    """Whether an item of the sweep's index is a note; no expense is called so."""
    return key.startswith(_PREFIX)


def batch_of(note_key: str) -> str:
    """The id of the batch that a note is about."""
    return note_key.split("#")[1]


_PREFIX = "batch#"


def _to_row(record: ImportRecord) -> BatchToReadRow:
    since = to_iso(record.recorded_at)
    return BatchToReadRow(
        record.user_id,
        f"{_PREFIX}{record.batch_id}#{since}",
        since=since,
        bucket=due_bucket(record.batch_id),
        next_try=to_iso(record.recorded_at + _REPEATED_AFTER + PATIENCE_WITH_THE_FIRST_DOORBELL),
        ttl=int((record.recorded_at + KEPT_FOR).timestamp()),
    )
