"""Follows what becomes of one person's dropped files, as the history table tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from local.dropbox_emulator.core.account import Account
from local.world import World
from shared.domain.imports import Outcome
from shared.domain.rejections import RejectionReason
from shared.domain.timestamps import to_iso, utc_now

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_AUTO_IMPORT = "/Apps/Jenji/Auto-Import/"
_LATE_BY_AT_MOST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A line of the table. `name` is the path below `Auto-Import`, `seconds` run from the notification."""

    key: str
    name: str
    outcome: Outcome
    reason: RejectionReason | None
    expense_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files were dropped, and how they ended so far."""

    imported: int
    duplicates: int
    rejected: int
    under_way: int

    @property
    def recorded(self) -> int:
        """Those that have ended."""
        return self.imported + self.duplicates + self.rejected

    @property
    def dropped(self) -> int:
        """All of them."""
        return self.recorded + self.under_way

    def __str__(self) -> str:
        """`15 dropped = 10 imported, 1 duplicate, 4 rejected`."""
        duplicates = "1 duplicate" if self.duplicates == 1 else f"{self.duplicates} duplicates"
        sentence = (
            f"{self.dropped} dropped = {self.imported} imported, {duplicates}, {self.rejected} rejected"
        )
        return f"{sentence}, {self.under_way} under way" if self.under_way else sentence


class ImportFeed:
    """New records of a user since the last look, each once, oldest first."""

    def __init__(self, world: World, user_id: str, account: Account) -> None:
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._table = world.deployment.import_records_table
        self._user_id = user_id
        self._account = account
        self._seen: set[str] = set()
        self._since = "0"
        self.recorded: list[RecordedFile] = []

    def poll(self) -> Sequence[RecordedFile]:
        """Look again.

        A row's instant is taken before it is written, so rows may appear behind later ones.
        """
        begun = utc_now()
        fresh = [_to_recorded_file(row) for row in self._rows() if row["visit_key"]["S"] not in self._seen]
        self._seen.update(file.key for file in fresh)
        self._since = to_iso(begun - _LATE_BY_AT_MOST)
        self.recorded += fresh
        return fresh

    def counts(self) -> Counts:
        """As of the last look; what lies in `Auto-Import` and is not on record is under way."""
        count = Counter(file.outcome for file in self.recorded)
        return Counts(
            imported=count[Outcome.IMPORTED],
            duplicates=count[Outcome.DUPLICATE],
            rejected=count[Outcome.REJECTED],
            under_way=max(0, self.lying() - self.unfiled()),
        )

    def lying(self) -> int:
        """The files in `Auto-Import`."""
        return sum(path.startswith(_AUTO_IMPORT) for path in self._account.content_hashes())

    def unfiled(self) -> int:
        """The files on record that are not verified to have left `Auto-Import`."""
        return sum("unfiled" in row for row in self._all())

    def _rows(self) -> Iterator[dict[str, Any]]:
        yield from (row for row in self._all() if row["recorded_at"]["S"] >= self._since)

    def _all(self) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="user_id = :user",
            ExpressionAttributeValues={":user": {"S": self._user_id}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from sorted(page["Items"], key=lambda row: row["recorded_at"]["S"])


def _to_recorded_file(row: dict[str, Any]) -> RecordedFile:
    reason = row.get("reason", {}).get("S")
    return RecordedFile(
        key=row["visit_key"]["S"],
        name=row["name"]["S"],
        outcome=Outcome(row["outcome"]["S"]),
        reason=RejectionReason(reason) if reason else None,
        expense_id=row.get("expense_id", {}).get("S", ""),
        seconds=float(row["seconds"]["N"]),
    )
