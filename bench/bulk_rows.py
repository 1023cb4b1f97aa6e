"""A table of the emulated DynamoDB that holds millions of rows: each is made when it is asked for.

Every row is a copy of one that the product's own translations made, with other texts by its number. Queries
are the emulator's own, over the part of the rows that one page of them can come to see.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from pynamodb.models import Model

from bench.linked_user import REGION

MOST_OF_A_PAGE = 8_000
"""More than the megabyte that a query reads at once can hold."""
_HIGHEST = "\U0010ffff"

Changed = Callable[[int], Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of the rows that a table or an index holds, in the order of this attribute of theirs."""

    attribute: str
    numbers: Sequence[int]


def put_copies(row: Model, changed: Changed, base: Order, **indexes: Order) -> None:
    """A copy for each number, with these texts; None leaves an attribute out. All of one partition.

    `base` is the order of the table, `indexes` are those of its indexes.
    """
    # Any, since its methods are replaced.
    table: Any = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].get_table(row.Meta.table_name)
    bulk = _Bulk(row, changed, base, indexes)
    hash_key = DynamoType(row.serialize()[table.hash_key_attr])
    partition = table.items[hash_key] = _Partition(bulk, table.items[hash_key])
    query, all_items = table.query, table.all_items

    def over_one_page(of: DynamoType, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - the emulator's
        if of == hash_key:
            page = bulk.page(options_of(arguments), partition)
            table.all_items = lambda: [*all_items(), *page]
        try:
            return query(of, *arguments, **options)
        finally:
            table.all_items = all_items

    table.query = over_one_page


def options_of(arguments: Sequence[Any]) -> _Asked:
    """What a query asks for, by its place in the emulator's own call."""
    comparison, values, limit, start, is_forward, _, index, *_ = arguments
    texts = [value.value for value in values]
    return _Asked(index or "", comparison, texts, limit, start, is_forward)


@dataclass(frozen=True, slots=True)
class _Asked:
    index: str
    comparison: str | None
    texts: Sequence[str]
    limit: int | None
    start: Mapping[str, Any] | None
    is_forward: bool


class _Bulk:
    """The rows, and where in their orders what is asked for lies."""

    def __init__(self, row: Model, changed: Changed, base: Order, indexes: Mapping[str, Order]) -> None:
        self._attributes = {name: DynamoType(value) for name, value in row.serialize().items()}
        self._hash_key = str(row.__class__._hash_keyname)
        self._changed = changed
        self._base = base
        self._orders = {"": base, **indexes}
        size = sum(len(name) + value.size() for name, value in self._attributes.items())
        # Counted over and over by queries, and nearly the same for all.
        self._kind = type("Copy", (Item,), {"size": lambda _: size})

    def page(self, asked: _Asked, but: Mapping[DynamoType, Item]) -> list[Item]:
        """No less than one page of what is asked for, without those that lie in the table as they are."""
        order = self._orders.get(asked.index)
        if order is None:
            return []
        low, high = self._bounds(order, asked)
        most = (asked.limit or MOST_OF_A_PAGE) + 1 + len(but)
        if asked.is_forward:
            numbers = order.numbers[low : min(high, low + most)]
        else:
            numbers = order.numbers[max(low, high - most) : high]
        return [item for item in map(self._item, numbers) if not dict.__contains__(but, item.range_key)]

    def find(self, range_key: DynamoType) -> Item | None:
        """The row of that key."""
        place = self._place(self._base, range_key.value, bisect_left)
        if place == len(self._base.numbers):
            return None
        item = self._item(self._base.numbers[place])
        return item if item.range_key == range_key else None

    def _bounds(self, order: Order, asked: _Asked) -> tuple[int, int]:
        low, high = self._matching(order, asked)
        if asked.start:
            start = DynamoType(asked.start[order.attribute]).value
            if asked.is_forward:
                low = max(low, self._place(order, start, bisect_right))
            else:
                high = min(high, self._place(order, start, bisect_left))
        return low, max(low, high)

    def _matching(self, order: Order, asked: _Asked) -> tuple[int, int]:
        match asked.comparison, asked.texts:
            case None, _:
                return 0, len(order.numbers)
            case "BEGINS_WITH", [prefix]:
                between = prefix, prefix + _HIGHEST
            case "BETWEEN", [first, last]:
                between = first, last
            case (("=" | "EQ"), [text]):
                between = text, text
            case (("<" | "LT" | "<=" | "LE"), [text]):
                between = "", text
            case ((">" | "GT" | ">=" | "GE"), [text]):
                between = text, _HIGHEST
            case _:
                raise NotImplementedError(asked.comparison)
        first, last = between
        return self._place(order, first, bisect_left), self._place(order, last, bisect_right)

    def _place(self, order: Order, text: str, bisect: Callable[..., int]) -> int:
        return bisect(order.numbers, text, key=lambda number: self._changed(number)[order.attribute])

    def _item(self, number: int) -> Item:
        attributes = dict(self._attributes)
        for name, text in self._changed(number).items():
            attributes.pop(name, None)
            if text is not None:
                attributes[name] = DynamoType({"S": text})
        item: Item = self._kind(attributes[self._hash_key], attributes[self._base.attribute], {})
        item.attrs.update(attributes)
        return item


class _Partition(dict[DynamoType, Item]):
    """What lies in the table as it is; the others come to lie there when they are asked for by their keys."""

    def __init__(self, bulk: _Bulk, own: Mapping[DynamoType, Item]) -> None:
        super().__init__(own)
        self._bulk = bulk

    def __missing__(self, range_key: DynamoType) -> Item:
        item = self._bulk.find(range_key)
        if item is None:
            raise KeyError(range_key)
        self[range_key] = item
        return item
