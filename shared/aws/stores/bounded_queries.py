"""Reads as much of a query's answer as a request has time for, and tells where to go on.

Page by page: by itself PynamoDB follows an answer to its end, however much of it is filtered out, and
counts without a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pynamodb.pagination import ResultIterator

from shared.aws.errors import aws_errors_translated
from shared.domain.paging import Count

Query = Callable[..., ResultIterator[Any]]
"""A model's or an index's `query` with its conditions, to be called with the size and the start of a page."""
Item = Mapping[str, Any]
"""Attributes by name, as DynamoDB writes them: what a model reads by `from_raw_data`."""


@dataclass(frozen=True, slots=True)
class Found:
    """Items of a query. `last` has the keys of the last one looked at, None where none is left after it."""

    items: Sequence[Item]
    last: Item | None


def read(query: Query, *, most: int, start: Item | None = None) -> Found:
    """At most so many items after `start`. Raises AwsUnavailable."""
    items: list[Item] = []
    last = start
    while True:
        page = _page(query, most - len(items), last)
        items += page["Items"]
        last = page.get("LastEvaluatedKey")
        if last is None or len(items) >= most:
            return Found(items, last)


def read_filtered(query: Query, *, most: int, most_looked_at: int, start: Item | None = None) -> Found:
    """At most so many of the items after `start` that pass the query's filter; others are looked at, too.

    Raises AwsUnavailable.
    """
    items: list[Item] = []
    last = start
    looked_at = 0
    while True:
        page = _page(query, min(4 * most, most_looked_at - looked_at), last)
        items += page["Items"]
        looked_at += page["ScannedCount"]
        last = page.get("LastEvaluatedKey")
        if len(items) > most:
            return Found(items[:most], items[most - 1])
        if last is None or len(items) == most or looked_at >= most_looked_at:
            return Found(items, last)


def count(query: Query, *, most: int) -> Count:
    """How many items there are, having looked at so many at most. Raises AwsUnavailable.

    A query that is only counted asks for nothing but a key: PynamoDB's own count has no limit.
    """
    counted = looked_at = 0
    last: Item | None = None
    while True:
        page = _page(query, most - looked_at, last)
        counted += page["Count"]
        looked_at += page["ScannedCount"]
        last = page.get("LastEvaluatedKey")
        if last is None or looked_at >= most:
            return Count(counted, is_capped=last is not None)


def _page(query: Query, size: int, start: Item | None) -> Item:
    with aws_errors_translated():
        return cast("Item", next(query(page_size=size, last_evaluated_key=start).page_iter))
