"""Reads as much of a query's answer as a request has time for, and tells where to go on.

In DynamoDB's own notation: PynamoDB follows an answer to its end, whatever is filtered out of it, and
counts without a limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from shared.aws.errors import aws_errors_translated
from shared.aws.stores.tables import transaction_connection
from shared.domain.paging import Count

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Query = Mapping[str, Any]
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Items of a query. `last` has the keys of the last one looked at, None where none is left after it."""

    items: Sequence[Item]
    last: Item | None


def read(query: Query, *, most: int) -> Found:
    """At most so many items. Raises AwsUnavailable."""
    items: list[Item] = []
    last: Item | None = None
    while True:
        answer = _answer(query, most - len(items), last)
        items += answer["Items"]
        last = answer.get("LastEvaluatedKey")
        if last is None or len(items) >= most:
            return Found(items, last)


def read_filtered(query: Query, *, most: int, most_looked_at: int) -> Found:
    """At most so many of the items that pass the query's filter; what does not is looked at, too.

    Raises AwsUnavailable.
    """
    items: list[Item] = []
    last: Item | None = None
    looked_at = 0
    while True:
        answer = _answer(query, min(4 * most, most_looked_at - looked_at), last)
        items += answer["Items"]
        looked_at += answer["ScannedCount"]
        last = answer.get("LastEvaluatedKey")
        if len(items) > most:
            return Found(items[:most], items[most - 1])
        if last is None or len(items) == most or looked_at >= most_looked_at:
            return Found(items, last)


def count(query: Query, *, most: int) -> Count:
    """How many items there are, having looked at so many at most. Raises AwsUnavailable."""
    counted = looked_at = 0
    last: Item | None = None
    while True:
        answer = _answer({**query, "Select": "COUNT"}, most - looked_at, last)
        counted += answer["Count"]
        looked_at += answer["ScannedCount"]
        last = answer.get("LastEvaluatedKey")
        if last is None or looked_at >= most:
            return Count(counted, is_capped=last is not None)


def _answer(query: Query, limit: int, start: Item | None) -> Mapping[str, Any]:
    client = cast("DynamoDBClient", transaction_connection().client)
    page = {**query, "Limit": limit} | ({"ExclusiveStartKey": start} if start else {})
    with aws_errors_translated():
        return cast("Mapping[str, Any]", client.query(**page))
