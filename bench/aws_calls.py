"""Counts what the real adapters ask of AWS, and the DynamoDB units it costs, by botocore's own events."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from botocore import handlers

from shared.aws.clients import shared_session
from shared.aws.dynamodb import transaction_connection

WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096
TRANSACTION_FACTOR = 2
# DynamoDB writes global indexes after the item, outside of its transaction: each entry costs once. A new
# time for a link's next visit takes its entry from one place of the index to another.
DUE_INDEX_WRITES = 2
# Sparse indexes by the attribute that an item is in them for.
SPARSE_INDEXES = {"records": ("rejected",), "reading_jobs": ("bucket",), "links": ("bucket",)}
TYPICAL_ROW_BYTES = 700
"""A record whose name has some thirty characters."""


@dataclass
class AwsCalls:
    """Requests by service and operation, and DynamoDB's request units as its documentation counts them."""

    requests: Counter[str] = field(default_factory=Counter)
    write_units: float = 0
    read_units: float = 0

    def minus(self, other: AwsCalls) -> AwsCalls:
        """What this has more than the other."""
        more = Counter(self.requests)
        more.subtract(other.requests)
        return AwsCalls(
            Counter({name: count for name, count in more.items() if count}),
            self.write_units - other.write_units,
            self.read_units - other.read_units,
        )

    def divided_by(self, count: int) -> dict[str, float]:
        """Requests for each of so many."""
        return {name: requests / count for name, requests in sorted(self.requests.items())}

    def add(self, service: str, operation: str, body: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """One request and its answer."""
        self.requests[f"{service} {operation}"] += 1
        if service == "dynamodb":
            self.write_units += _write_units(operation, body)
            self.read_units += _read_units(operation, body, answer)


@contextmanager
def counted(calls: AwsCalls) -> Iterator[None]:
    """Count the requests of every client that is made while this lasts, PynamoDB's included."""

    def before(params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        context["bench_body"] = params.get("body")

    def after(parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: object) -> None:  # noqa: ANN401 - botocore's
        service = model.service_model.service_name
        body = json.loads(context["bench_body"]) if service == "dynamodb" else {}
        calls.add(service, model.name, body, parsed)

    registered = [("before-call", before), ("after-call", after)]
    for kept in (shared_session, transaction_connection):
        kept.cache_clear()  # they count for whom they were made
    handlers.BUILTIN_HANDLERS.extend(registered)
    try:
        yield
    finally:
        for handler in registered:
            handlers.BUILTIN_HANDLERS.remove(handler)


def _write_units(operation: str, body: Mapping[str, Any]) -> int:
    if operation == "TransactWriteItems":
        return sum(_units_in_transaction(entry) for entry in body["TransactItems"])
    if operation == "PutItem":
        return _item_units(body["Item"]) + _index_writes(body["TableName"], body["Item"])
    if operation == "UpdateItem":
        return _update_units(body)
    return 1 if operation == "DeleteItem" else 0


def _units_in_transaction(entry: Mapping[str, Any]) -> int:
    [(kind, write)] = entry.items()
    if kind == "Put":
        units, entries = _item_units(write["Item"]), _index_writes(write["TableName"], write["Item"])
        return TRANSACTION_FACTOR * units + entries
    return TRANSACTION_FACTOR + (_update_units(write) - 1 if kind == "Update" else 0)


def _update_units(update: Mapping[str, Any]) -> int:
    """Every row of ours is smaller than a unit, with all but the longest of names."""
    is_moved = "next_due" in update["ExpressionAttributeNames"].values()
    return 1 + (DUE_INDEX_WRITES if is_moved else 0)


def _item_units(item: Mapping[str, Any]) -> int:
    return ceil(item_bytes(item) / WRITE_UNIT_BYTES)


def _index_writes(table: str, item: Mapping[str, Any]) -> int:
    return sum(name in item for name in SPARSE_INDEXES.get(table, ()))


def _read_units(operation: str, body: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """A query that need not be consistent costs half; a read that finds nothing costs as well."""
    if operation == "GetItem":
        return 1
    if operation == "BatchGetItem":
        return sum(len(table["Keys"]) for table in body["RequestItems"].values())
    if operation == "Query":
        # A count, and a query for some attributes, read whole rows without handing them out.
        items = () if "ProjectionExpression" in body else answer.get("Items", ())
        read = sum(item_bytes(item) for item in items)
        unseen: int = answer.get("ScannedCount", 0) - len(items)
        units = max(1, ceil((read + unseen * TYPICAL_ROW_BYTES) / READ_UNIT_BYTES))
        return units if body.get("ConsistentRead") else units / 2
    return 0


def item_bytes(item: Mapping[str, Any]) -> int:
    """The size DynamoDB bills: names and values, three bytes more for each list or map.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    [(kind, content)] = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return ceil(len(content) / 2) + 1
    if kind == "B":
        return len(base64.b64decode(content))
    if kind == "L":
        return 3 + sum(1 + _value_bytes(element) for element in content)
    if kind == "M":
        return 3 + item_bytes(content) + len(content)
    return 1  # a boolean or null
