"""Reads as much of a query's answer as a request has time for, and says where to go on.

Page by page: by itself PynamoDB follows an answer to its end, however much of it is filtered out, and
counts without a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pynamodb.attributes import DiscriminatorAttribute
from pynamodb.models import Model
from pynamodb.pagination import ResultIterator

from shared.aws.errors import aws_errors_translated
from shared.domain.paging import Count

RowT = TypeVar("RowT", bound=Model)
Query = Callable[..., ResultIterator[Any]]
"""A model's or an index's `query` with its conditions, to be called with the size and the start of a page."""
_Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found(Generic[RowT]):
    """Rows of a query. `last` has the keys of the last one looked at, None where none is left after it."""

    rows: Sequence[RowT]
    last: RowT | None


def read(model: type[RowT], query: Query, *, most: int, start: RowT | None = None) -> Found[RowT]:
    """At most so many rows after `start`, which has only its keys. Raises AwsUnavailable."""
    rows: list[RowT] = []
    last = start
    while True:
        page = _page(query, most - len(rows), last)
        rows += _rows(model, page)
        last = _last(model, page)
        if last is None or len(rows) >= most:
            return Found(rows, last)


def read_filtered(
    model: type[RowT], query: Query, *, most: int, most_looked_at: int, start: RowT | None = None
) -> Found[RowT]:
    """At most so many of the rows after `start` that pass the query's filter; others are looked at, too.

    Raises AwsUnavailable.
    """
    rows: list[RowT] = []
    last = start
    looked_at = 0
    while True:
        page = _page(query, min(4 * most, most_looked_at - looked_at), last)
        rows += _rows(model, page)
        looked_at += page["ScannedCount"]
        last = _last(model, page)
        if len(rows) > most:
            return Found(rows[:most], rows[most - 1])
        if last is None or len(rows) == most or looked_at >= most_looked_at:
            return Found(rows, last)


def count(query: Query, *, most: int) -> Count:
    """How many rows there are, having looked at so many at most. Raises AwsUnavailable.

    A query that is only counted asks for nothing but a key: PynamoDB's own count has no limit.
    """
    counted = looked_at = 0
    start: _Answer | None = None
    while True:
        page = _answer(query, most - looked_at, start)
        counted += page["Count"]
        looked_at += page["ScannedCount"]
        start = page.get("LastEvaluatedKey")
        if start is None or looked_at >= most:
            return Count(counted, is_capped=start is not None)


def _page(query: Query, size: int, start: Model | None) -> _Answer:
    return _answer(query, size, None if start is None else _key_of(start))


def _answer(query: Query, size: int, start: _Answer | None) -> _Answer:
    with aws_errors_translated():
        return cast("_Answer", next(query(page_size=size, last_evaluated_key=start).page_iter))


def _rows(model: type[RowT], page: _Answer) -> list[RowT]:
    return [model.from_raw_data(item) for item in page["Items"]]


def _last(model: type[RowT], page: _Answer) -> RowT | None:
    last = page.get("LastEvaluatedKey")
    return model.from_raw_data(last) if last else None


def _key_of(row: Model) -> _Answer:
    """What a page begins after: DynamoDB takes keys, and nothing else."""
    kinds = {
        each.attr_name for each in row.get_attributes().values() if isinstance(each, DiscriminatorAttribute)
    }
    return {name: value for name, value in row.serialize(null_check=False).items() if name not in kinds}
