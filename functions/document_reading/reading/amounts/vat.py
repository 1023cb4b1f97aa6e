"""Taxes by rate: rows in which a tax is what a rate makes of a base, and labelled taxes beside a rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from functions.document_reading.reading.amounts.labels import Label, LabelledAmount
from functions.document_reading.reading.amounts.parse import Amount
from functions.document_reading.reading.model import VatLine

_TOLERANCE = Decimal("0.011")
_HIGHEST_RATE = 30
_MOST_LINES = 8
_MOST_IN_ROW = 16
"""Amounts of one row, of which the last are looked at: a table has as many columns at most."""


def vat_lines_of(
    amounts: Sequence[LabelledAmount], percents: Sequence[Amount], total: Decimal | None
) -> tuple[VatLine, ...]:
    """Each tax once, in order of appearance; empty where none is stated or none makes sense."""
    rates = {line: [one.value for one in some] for line, some in groupby(percents, key=lambda one: one.line)}
    found: dict[tuple[Decimal | None, Decimal], VatLine] = {}
    for line, row in groupby(amounts, key=lambda one: one.amount.line):
        for vat in _of_row(list(row), rates.get(line, [])):
            if vat.amount and _is_plausible(vat, total):
                known = found.get((vat.rate, vat.amount))
                found[vat.rate, vat.amount] = known if known and known.base is not None else vat
    return _without_repeats(list(found.values()))[:_MOST_LINES]


def _of_row(row: list[LabelledAmount], percents: list[Decimal]) -> Iterator[VatLine]:
    row = row[-_MOST_IN_ROW:]
    money = [one for one in row if one.is_money]
    small = [one.value for one in row if not one.is_money and 0 < one.value <= _HIGHEST_RATE]
    rates = [rate for rate in (*percents[-_MOST_IN_ROW:], *small) if 0 < rate <= _HIGHEST_RATE]
    values = [one.value for one in money if one.label is not Label.PAID]
    for rate in rates:
        for base in values:
            for tax in values:
                if base is not tax and abs(tax) < abs(base) and abs(base * rate / 100 - tax) <= _TOLERANCE:
                    yield VatLine(rate, tax, base)
                    return
    taxes = [one for one in money if one.label is Label.TAX]
    if taxes:
        yield VatLine(percents[0] if len(percents) == 1 else None, taxes[-1].value)


def _is_plausible(vat: VatLine, total: Decimal | None) -> bool:
    """A tax is a smaller part of the total, and of the same sign."""
    return total is None or not total or 0 < vat.amount / total <= Decimal("0.3")


def _without_repeats(found: list[VatLine]) -> tuple[VatLine, ...]:
    """Without sums of the others, and without those that only repeat an amount with less said of it."""
    rated = [vat for vat in found if vat.rate is not None]
    if not rated:
        return tuple(found[:1])
    with_base = {vat.amount for vat in rated if vat.base is not None}
    return tuple(vat for vat in rated if vat.base is not None or vat.amount not in with_base)
