"""Follows what becomes of a company's deliveries, as their table tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from local.world import World
from shared.domain.deliveries import DeliveryStatus
from shared.domain.timestamps import from_iso, to_iso, utc_now

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LATE_BY_AT_MOST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RecordedDelivery:
    """A line of the table. `path` is where it lies in Dropbox; `seconds` run from the acceptance."""

    key: str
    expense_id: str
    document_id: str
    status: DeliveryStatus
    reason: str | None
    path: str
    seconds: float


class DeliveryFeed:
    """What was delivered, failed or cancelled for a company since the last look, oldest first."""

    def __init__(self, world: World, company_id: str) -> None:
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._table = world.deployment.deliveries_table
        self._company_id = company_id
        self._since = "0"
        self.recorded: dict[str, RecordedDelivery] = {}

    def poll(self) -> Sequence[RecordedDelivery]:
        """Look again; a row's instant is taken before it is written, so rows may appear behind later ones."""
        begun = utc_now()
        rows = [_to_recorded(row) for row in self._changed_rows() if row["status"]["S"] != "PENDING"]
        fresh = [row for row in rows if self.recorded.get(row.key) != row]
        self.recorded.update({row.key: row for row in fresh})
        self._since = to_iso(begun - _LATE_BY_AT_MOST)
        return fresh

    def delivered(self) -> list[RecordedDelivery]:
        """Those that have arrived, as of the last look."""
        return [row for row in self.recorded.values() if row.status is DeliveryStatus.DELIVERED]

    def _changed_rows(self) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="changed_at",
            KeyConditionExpression="company_id = :company AND changed_at >= :least",
            ExpressionAttributeValues={":company": {"S": self._company_id}, ":least": {"S": self._since}},
        )
        for page in pages:
            yield from page["Items"]


def _to_recorded(row: dict[str, Any]) -> RecordedDelivery:
    taken = from_iso(row["changed_at"]["S"]) - from_iso(row["accepted_at"]["S"])
    return RecordedDelivery(
        key=row["delivery_key"]["S"],
        expense_id=row["expense_id"]["S"],
        document_id=row["document_id"]["S"],
        status=DeliveryStatus(row["status"]["S"]),
        reason=row.get("reason", {}).get("S"),
        path=row.get("path", {}).get("S", ""),
        seconds=taken.total_seconds(),
    )
