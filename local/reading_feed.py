"""Follows what is read off one person's imported documents, as the host's expenses tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.world import World
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.timestamps import from_iso

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_FIELDS = ("merchant", "date", "amount", "currency")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A line of the table: what the expense says, and which of it is not confirmed.

    `seconds` run from the import to the end of the reading.
    """

    expense_id: str
    name: str
    state: ReadingJobStatus
    values: dict[str, str]
    unconfirmed: frozenset[str]
    possible_duplicate_of: str
    seconds: float


class ReadingFeed:
    """New readings of a user's documents since the last look, each once."""

    def __init__(self, world: World, user_id: str) -> None:
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._jobs, self._expenses = world.deployment.reading_jobs_table, world.deployment.expenses_table
        self._user_id = user_id
        self.read: dict[str, ReadDocument] = {}
        self.waiting = 0

    def poll(self) -> Sequence[ReadDocument]:
        """Look again."""
        jobs = list(self._rows())
        over = [job for job in jobs if job["status"]["S"] != ReadingJobStatus.WAITING.value]
        self.waiting = len(jobs) - len(over)
        fresh = [self._read(job) for job in over if job["expense_id"]["S"] not in self.read]
        self.read.update({document.expense_id: document for document in fresh})
        return sorted(fresh, key=lambda document: document.seconds)

    def __str__(self) -> str:
        """`10 documents read, 2 of them unreadable, 3 still to be read`."""
        unreadable = sum(document.state is ReadingJobStatus.UNREADABLE for document in self.read.values())
        parts = [f"{len(self.read)} documents read"]
        parts += [f"{unreadable} of them unreadable"] if unreadable else []
        parts += [f"{self.waiting} still to be read"] if self.waiting else []
        return ", ".join(parts)

    def _rows(self) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._jobs,
            KeyConditionExpression="user_id = :user",
            ExpressionAttributeValues={":user": {"S": self._user_id}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from (item for item in page["Items"] if item["kind"]["S"] == "job")

    def _read(self, job: dict[str, Any]) -> ReadDocument:
        found = self._dynamodb.get_item(
            TableName=self._expenses, Key={"expense_id": job["expense_id"]}, ConsistentRead=True
        )
        return _to_document(found.get("Item", {}), job)


def _to_document(expense: dict[str, Any], job: dict[str, Any]) -> ReadDocument:
    reading = expense.get("reading", {}).get("M", {})
    marks = reading.get("fields", {}).get("M", {})
    documents = expense.get("documents", {}).get("L", [])
    taken = from_iso(job["finished_at"]["S"]) - from_iso(job["since"]["S"])
    return ReadDocument(
        expense_id=job["expense_id"]["S"],
        name=documents[0]["M"]["name"]["S"] if documents else "",
        state=ReadingJobStatus(job["status"]["S"]),
        values={name: expense[name]["S"] for name in _FIELDS if "S" in expense.get(name, {})},
        unconfirmed=frozenset(name for name, mark in marks.items() if not mark["M"]["confirmed"]["BOOL"]),
        possible_duplicate_of=reading.get("possible_duplicate_of", {}).get("S", ""),
        seconds=max(0.0, taken.total_seconds()),
    )
