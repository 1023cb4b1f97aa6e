"""What became of a user's files, as it is shown to them, newest first; and their requests to try again.

Nothing here decides about a drain's work, so that reads need not be consistent; each is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from pynamodb.exceptions import DoesNotExist

from shared.aws.errors import aws_errors_translated
from shared.aws.stores.bounded_queries import Item, count, read, read_filtered
from shared.aws.stores.import_rows import to_import_record, to_outstanding, to_retry_row, to_tally
from shared.aws.stores.tables import ImportRecordRow, WaitingFileRow, bind
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.domain.imports import BatchTally, ImportRecord, Outcome, Retry, RetryRequest, WaitingFile
from shared.domain.paging import Count, Page, Position
from shared.domain.timestamps import from_iso, to_iso

MOST_TALLIED = 20_000
"""Files of one batch; there is no limit to what people drop, but there is to a request's time."""
MOST_LOOKED_AT = 1_000
"""Rows behind one page of a filtered list."""
_EARLIEST, _LATEST = "0", "9"
_RETRIES_PER_TRANSACTION = 50  # two writes each, of the hundred that DynamoDB allows


class ImportHistory:
    """Every method raises AwsUnavailable."""

    def __init__(self, *, import_records_table: str, waiting_files_table: str) -> None:
        bind(ImportRecordRow, import_records_table)
        bind(WaitingFileRow, waiting_files_table)
        self._table_name = import_records_table
        self._waiting_table_name = waiting_files_table

    def newest_batch(self, user_id: str, before: str | None = None) -> str | None:
        """The id of the newest batch with a recorded file, or of the newest older than `before`."""
        query = {
            "TableName": self._table_name,
            "KeyConditionExpression": "user_id = :user AND visit_key < :end",
            "ExpressionAttributeValues": {":user": {"S": user_id}, ":end": {"S": before or "~"}},
            "ProjectionExpression": "batch_id",
            "ScanIndexForward": False,
        }
        found = read(query, most=1)
        return str(found.items[0]["batch_id"]["S"]) if found.items else None

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        """How the files of a batch ended so far."""
        query = {
            "TableName": self._table_name,
            "KeyConditionExpression": "user_id = :user AND begins_with(visit_key, :batch)",
            "ExpressionAttributeValues": {":user": {"S": user_id}, ":batch": {"S": f"{batch_id}#"}},
            "ProjectionExpression": "outcome, notified_at, recorded_at",
        }
        items = read(query, most=MOST_TALLIED).items
        return to_tally([ImportRecordRow.from_raw_data(dict(item)) for item in items])

    def files(
        self,
        user_id: str,
        *,
        batch_id: str | None = None,
        outcome: Outcome | None = None,
        until: datetime | None = None,
        after: Position | None = None,
        limit: int,
    ) -> Page[ImportRecord]:
        """Recorded files, the last recorded first; of a batch, of an outcome, until then, after a place."""
        latest = after.at if after else until
        values = {
            ":user": {"S": user_id},
            ":earliest": {"S": _EARLIEST},
            ":latest": {"S": to_iso(latest) if latest else _LATEST},
        }
        filters = {"batch_id": batch_id, "outcome": outcome.value if outcome else None}
        wanted = {name: value for name, value in filters.items() if value is not None}
        query: dict[str, Any] = {
            "TableName": self._table_name,
            "IndexName": "recorded_at",
            "KeyConditionExpression": "user_id = :user AND recorded_at BETWEEN :earliest AND :latest",
            "ExpressionAttributeValues": values | {f":{name}": {"S": text} for name, text in wanted.items()},
            "ScanIndexForward": False,
        }
        if after:
            query["ExclusiveStartKey"] = {
                "user_id": {"S": user_id},
                "visit_key": {"S": after.key},
                "recorded_at": {"S": to_iso(after.at)},
            }
        if wanted:
            query["FilterExpression"] = " AND ".join(f"{name} = :{name}" for name in wanted)
            found = read_filtered(query, most=limit, most_looked_at=MOST_LOOKED_AT)
        else:
            found = read(query, most=limit)
        recorded = (to_import_record(ImportRecordRow.from_raw_data(dict(item))) for item in found.items)
        return Page(tuple(recorded), _position(found.last))

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

    def count_rejected(self, user_id: str, account_id: str, most: int) -> Count:
        """How many of the account's files are rejected and nobody has asked for another try."""
        query = {
            "TableName": self._table_name,
            "IndexName": "rejected",
            "KeyConditionExpression": "user_id = :user AND begins_with(rejected, :account)",
            "ExpressionAttributeValues": {":user": {"S": user_id}, ":account": {"S": f"{account_id}#"}},
        }
        return count(query, most=most)

    def rejected(self, user_id: str, account_id: str, most: int) -> list[ImportRecord]:
        """The files that `count_rejected` counts, the longest rejected first."""
        with aws_errors_translated():
            rows = ImportRecordRow.rejected_index.query(
                user_id,
                ImportRecordRow.rejected.startswith(f"{account_id}#"),
                consistent_read=True,
                limit=most,
            )
            return [to_import_record(row) for row in rows]

    def request_retries(self, files: Sequence[ImportRecord], at: datetime) -> int:
        """Have the next drain bring these rejected files back; how many of them it will.

        Left out are those that are not rejected, not filed yet, or asked for already.
        """
        requested, rest = 0, iter(files)
        while some := list(islice(rest, _RETRIES_PER_TRANSACTION)):
            if self._request_together(some, at):
                requested += len(some)
            else:
                requested += sum(self._request_together([file], at) for file in some)
        return requested

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


def _add_request(writes: Writes, file: ImportRecord, at: datetime) -> None:
    writes.save(
        f"request {file.visit_key}",
        to_retry_row(
            RetryRequest(
                user_id=file.user_id,
                account_id=file.account_id,
                visit_key=file.visit_key,
                file_id=file.file_id,
                name=file.name,
                requested_at=at,
            )
        ),
    )
    writes.update(
        f"record {file.visit_key}",
        ImportRecordRow(file.user_id, file.visit_key),
        [ImportRecordRow.retry.set(Retry.REQUESTED.value), ImportRecordRow.rejected.remove()],
        ImportRecordRow.rejected.exists() & ImportRecordRow.unfiled.does_not_exist(),
    )


def _position(last: Item | None) -> Position | None:
    return Position(from_iso(last["recorded_at"]["S"]), last["visit_key"]["S"]) if last else None
