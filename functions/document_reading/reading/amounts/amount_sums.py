"""What amounts come to: some of them, or those of a column of items."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from functions.document_reading.reading.amounts.labelled_amount import LabelledAmount
from functions.document_reading.reading.amounts.labels import Label

ZERO = Decimal(0)
MOST_VALUES = 5
"""Amounts of one kind that are looked at; their subsets are tried."""


def subsets(values: Sequence[Decimal]) -> list[tuple[Decimal, ...]]:
    """Every choice of the first few values."""
    few = values[:MOST_VALUES]
    return [some for size in range(1, len(few) + 1) for some in combinations(few, size)]


def sums(values: Sequence[Decimal]) -> set[Decimal]:
    """What any of the values come to together, none of them included."""
    return {ZERO} | {sum(some, ZERO) for some in subsets(values)}


def item_sums(amounts: Sequence[LabelledAmount]) -> set[Decimal]:
    """What the items come to: the last amounts of lines before the first total that end in one column."""
    last: dict[int, LabelledAmount] = {}
    for one in amounts:
        if one.label.is_total or one.label in {Label.TAX, Label.PAID, Label.NET}:
            break
        if one.is_money and one.label is not Label.OTHER:
            last[one.amount.line] = one
    columns = [[one.value for one in last.values() if _end_alike(one, other)] for other in last.values()]
    column = max(columns, key=len, default=[])
    return {sum(column, ZERO)} if len(column) > 1 else set()


def _end_alike(one: LabelledAmount, other: LabelledAmount) -> bool:
    width = (one.amount.right - one.amount.left) / max(one.amount.end - one.amount.start, 1)
    return abs(one.amount.right - other.amount.right) <= 2.5 * width
