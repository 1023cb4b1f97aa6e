"""The rates of VAT that a month's columns are of: those that occur, as far as they are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from functions.document_sync.manifests.rows import ManifestRow
from functions.document_sync.manifests.vat import RateLine, Vat

MOST_RATES = 12
"""A misread rate is one more: columns of them would hide the others."""


class OtherRate(Enum):
    """What is of no column's rate."""

    OTHER = "other"
    NOT_STATED = "none"


Rate: TypeAlias = Decimal | OtherRate


@dataclass(frozen=True, slots=True)
class OfRate:
    """An expense's VAT of one rate; `net` is None where it is not stated for all of it."""

    net: Decimal | None
    amount: Decimal


def rates_of(rows: Iterable[ManifestRow]) -> tuple[Rate, ...]:
    """The most frequent rates, ascending; then what else there is."""
    counted = Counter(line.rate for row in rows if row.vat for line in row.vat.lines)
    stated = sorted((rate for rate in counted if rate is not None), key=lambda rate: (-counted[rate], rate))
    rest: list[Rate] = [OtherRate.OTHER] if len(stated) > MOST_RATES else []
    rest += [OtherRate.NOT_STATED] if None in counted else []
    return (*sorted(stated[:MOST_RATES]), *rest)


def by_rate(vat: Vat | None, rates: tuple[Rate, ...]) -> dict[Rate, OfRate]:
    """An expense's VAT by these."""
    sums: dict[Rate, OfRate] = {}
    for line in vat.lines if vat else ():
        rate = _column_of(line, rates)
        before = sums.get(rate, OfRate(Decimal(0), Decimal(0)))
        is_known = before.net is not None and line.net is not None
        net = (before.net or Decimal(0)) + (line.net or Decimal(0))
        sums[rate] = OfRate(net if is_known else None, before.amount + line.amount)
    return sums


def _column_of(line: RateLine, rates: tuple[Rate, ...]) -> Rate:
    if line.rate is None:
        return OtherRate.NOT_STATED
    return line.rate if line.rate in rates else OtherRate.OTHER
