"""What became of a user's files, as it is shown to them, newest first; and their requests to try again.

Nothing here decides about a drain's work, so that reads need not be consistent; each is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial, reduce
from operator import and_

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.batch_counts import counted_tally, expenses_to_check
from shared.aws.stores.bounded_queries import read, read_filtered
from shared.aws.stores.import_rows import (
    TALLIED,
    to_import_record,
    to_outstanding,
    to_retry_row,
    to_tally,
)
from shared.aws.stores.import_tables import (
    ImportRecordRow,
    ReservationRow,
    RetryRequestRow,
    WaitingFileRow,
    WaitingItem,
)
from shared.aws.stores.reading_tables import ReadingItem
from shared.aws.stores.rejected_records import RejectedRecords
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.batching import batched
from shared.domain.imports import (
    ImportRecord,
    Outcome,
    ReadingNote,
    RejectedCount,
    Retry,
    RetryRequest,
    WaitingFile,
    batch_id_of_visit,
)
from shared.domain.links import batch_began_at
from shared.domain.paging import Page, Position
from shared.domain.rejections import MAY_PASS
from shared.domain.tallies import BatchTally, Drop, batch_id_in
from shared.domain.timestamps import to_iso

MOST_TALLIED = 20_000
"""Files of one batch; there is no limit to what people drop, but there is to a request's time."""
MOST_LOOKED_AT = 1_000
"""Rows behind one page of a filtered list."""
_RETRIES_PER_TRANSACTION = 50  # two writes each, of the hundred that DynamoDB allows


class ImportHistory(RejectedRecords):
    """Every method raises AwsUnavailable."""

    def __init__(
        self,
        *,
        import_records_table: str,
        waiting_files_table: str,
        reservations_table: str,
        reading_jobs_table: str,
    ) -> None:
        bind(ReservationRow, reservations_table)
        bind(ImportRecordRow, import_records_table)
        bind(WaitingItem, waiting_files_table)
        bind(ReadingItem, reading_jobs_table)

    def newest_batch(self, user_id: str, before: str | None = None) -> str | None:
        """The id of the newest batch with a recorded file, or of the newest older than `before`."""
        query = partial(
            ImportRecordRow.query,
            user_id,
            ImportRecordRow.visit_key < (before or "~"),
            attributes_to_get=["batch_id"],
            scan_index_forward=False,
        )
        found = read(ImportRecordRow, query, most=1)
        return found.rows[0].batch_id if found.rows else None

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        """How the files of a batch ended so far: from its counts, else from its records."""
        with aws_errors_translated():
            counted = counted_tally(user_id, batch_id)
        if counted is not None:
            return counted
        query = partial(ImportRecordRow.query, user_id, _of_batch(batch_id), attributes_to_get=TALLIED)
        return to_tally(read(ImportRecordRow, query, most=MOST_TALLIED).rows)

    def to_check(self, user_id: str, drop: Drop, most: int) -> list[str]:
        """The ids of a drop's expenses whose readings were not sure, as many as are asked for."""
        batch_id = batch_id_in(drop.drop_id)
        with aws_errors_translated():
            found = expenses_to_check(user_id, batch_id, drop.began_at, drop.ended_at, most)
        if found:
            return found
        is_to_check = ImportRecordRow.reading == ReadingNote.TO_CHECK.value
        wanted = _notified_in(drop) & is_to_check
        query = partial(ImportRecordRow.query, user_id, _of_batch(batch_id), filter_condition=wanted)
        rows = read_filtered(ImportRecordRow, query, most=most, most_looked_at=MOST_TALLIED).rows
        return [row.expense_id for row in rows if row.expense_id is not None]

    def files(
        self,
        user_id: str,
        *,
        drop: Drop | None = None,
        outcome: Outcome | None = None,
        after: Position | None = None,
        limit: int,
    ) -> Page[ImportRecord]:
        """Recorded files, those of the newest batch first; of a drop, of an outcome, after a place."""
        prefix = f"{batch_id_in(drop.drop_id)}#" if drop else ""
        of_batch = ImportRecordRow.visit_key.startswith(prefix) if drop else None
        query = partial(ImportRecordRow.query, user_id, of_batch, scan_index_forward=False)
        start = ImportRecordRow(user_id, after.key) if after else None
        wanted = _filter(drop, outcome)
        if wanted is None:
            found = read(ImportRecordRow, query, most=limit, start=start)
        else:
            filtered = partial(query, filter_condition=wanted)
            found = read_filtered(
                ImportRecordRow, filtered, most=limit, most_looked_at=MOST_LOOKED_AT, start=start
            )
        return Page(_latest_first(map(to_import_record, found.rows)), _position(found.last))

    def find(self, user_id: str, visit_key: str) -> ImportRecord | None:
        """One recorded file."""
        with aws_errors_translated():
            try:
                return to_import_record(ImportRecordRow.get(user_id, visit_key, consistent_read=True))
            except DoesNotExist:
                return None

    def waiting(self, user_id: str, account_id: str, most: int) -> list[WaitingFile]:
        """The account's files that wait for another try."""
        with aws_errors_translated():
            rows = list(
                WaitingFileRow.query(
                    user_id, WaitingFileRow.file_key.startswith(f"{account_id}#"), limit=most
                )
            )
        return list(to_outstanding(rows).files)

    def count_rejected(self, user_id: str, account_id: str, most: int) -> RejectedCount:
        """How many of the account's files are rejected and nobody has dealt with."""
        query = partial(
            ImportRecordRow.rejected_index.query,
            user_id,
            ImportRecordRow.rejected.startswith(f"{account_id}#"),
            attributes_to_get=["user_id", "reason"],
        )
        found = read(ImportRecordRow, query, most=most)
        retryable = sum(row.reason is None or row.reason in MAY_PASS for row in found.rows)
        return RejectedCount(len(found.rows), retryable, is_capped=found.last is not None)

    def request_retries(self, files: Sequence[ImportRecord], at: datetime) -> int:
        """Have the next drain bring these rejected files back; how many of them it will.

        Left out are those that are not rejected, not filed yet, or asked for already.
        """
        requested = 0
        for some in batched(files, _RETRIES_PER_TRANSACTION):
            if self._request_together(some, at):
                requested += len(some)
            else:
                requested += sum(self._request_together([file], at) for file in some)
        return requested

    def dismiss(self, files: Sequence[ImportRecord]) -> int:
        """Have these rejected files asked for no more; how many of them nobody had dealt with."""
        with aws_errors_translated():
            return sum(map(_dismiss, files))

    def request_second(self, file: ImportRecord, at: datetime) -> bool:
        """Have the next drain make a second expense of a duplicate; false where it is none, or was asked."""
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.update(
                        "reservation",
                        ReservationRow(file.user_id, file.content_hash),
                        [ReservationRow.second_for.set(file.file_id)],
                        ReservationRow.user_id.exists(),
                    )
                    writes.save(f"request {file.visit_key}", _request_of(file, at))
                    writes.update(
                        f"record {file.visit_key}",
                        ImportRecordRow(file.user_id, file.visit_key),
                        [ImportRecordRow.retry.set(Retry.REQUESTED.value)],
                        _IS_KEEPABLE,
                    )
            except TransactionRefused:
                return False
        return True

    def _request_together(self, files: Sequence[ImportRecord], at: datetime) -> bool:
        """All of them or none; whether all of them could be asked for."""
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    for file in files:
                        _add_request(writes, file, at)
            except TransactionRefused:
                return False
        return True


_IS_KEEPABLE = (
    (ImportRecordRow.outcome == Outcome.DUPLICATE.value)
    & ImportRecordRow.retry.does_not_exist()
    & ImportRecordRow.unfiled.does_not_exist()
)


def _dismiss(file: ImportRecord) -> bool:
    try:
        ImportRecordRow(file.user_id, file.visit_key).update(
            [ImportRecordRow.retry.set(Retry.DISMISSED.value), ImportRecordRow.rejected.remove()],
            condition=ImportRecordRow.rejected.exists(),
        )
    except UpdateError as error:
        if error_code(error) == CONDITION_FAILED:
            return False
        raise
    return True


def _request_of(file: ImportRecord, at: datetime) -> RetryRequestRow:
    return to_retry_row(
        RetryRequest(
            user_id=file.user_id,
            account_id=file.account_id,
            visit_key=file.visit_key,
            file_id=file.file_id,
            name=file.name,
            requested_at=at,
        )
    )


def _add_request(writes: Writes, file: ImportRecord, at: datetime) -> None:
    writes.save(f"request {file.visit_key}", _request_of(file, at))
    writes.update(
        f"record {file.visit_key}",
        ImportRecordRow(file.user_id, file.visit_key),
        [ImportRecordRow.retry.set(Retry.REQUESTED.value), ImportRecordRow.rejected.remove()],
        ImportRecordRow.rejected.exists() & ImportRecordRow.unfiled.does_not_exist(),
    )


def _of_batch(batch_id: str) -> Condition:
    of_batch: Condition = ImportRecordRow.visit_key.startswith(f"{batch_id}#")
    return of_batch


def _notified_in(drop: Drop) -> Condition:
    return ImportRecordRow.notified_at.between(to_iso(drop.began_at), to_iso(drop.ended_at))


def _filter(drop: Drop | None, outcome: Outcome | None) -> Condition | None:
    conditions: list[Condition] = []
    if drop is not None:
        conditions.append(_notified_in(drop))
    if outcome is not None:
        conditions.append(ImportRecordRow.outcome == outcome.value)
    return reduce(and_, conditions) if conditions else None


def _latest_first(records: Iterable[ImportRecord]) -> tuple[ImportRecord, ...]:
    """Of one page: on record files are in the order of their batches, and within one in any."""
    return tuple(sorted(records, key=lambda each: (each.batch_id, each.recorded_at), reverse=True))


def _position(last: ImportRecordRow | None) -> Position | None:
    if last is None:
        return None
    return Position(batch_began_at(batch_id_of_visit(last.visit_key)), last.visit_key)
