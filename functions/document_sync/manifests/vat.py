"""The VAT of an expense by rate: what the host keeps, else what was read, where it still fits.

A reading is a suggestion. What it says of VAT is shown only while the expense says the amount and the
currency that were read, and never where it is more than the amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from shared.domain.filing.amounts import currency_code, decimals_of
from shared.domain.host_expenses import HostExpense
from shared.domain.money import is_bearable
from shared.domain.readings import VatOfRate, WhatWasRead

_MOST_CHARACTERS = 40
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class RateLine:
    """The VAT of one rate (in percent; None where it is not stated) and the net amount it is of."""

    rate: Decimal | None
    amount: Decimal
    net: Decimal | None


@dataclass(frozen=True, slots=True)
class Vat:
    """The VAT of an expense. `net` is known where every rate states its own and all adds up."""

    lines: tuple[RateLine, ...]
    net: Decimal | None
    is_read: bool
    """Off the document, and no person's statement."""

    @property
    def amount(self) -> Decimal:
        """All of it."""
        return sum((line.amount for line in self.lines), Decimal(0))


def vat_of(expense: HostExpense) -> Vat | None:
    """What is known of it."""
    if own := _lines(expense.vat):
        return Vat(own, _net(own, expense), is_read=False)
    what = expense.reading.what if expense.reading else WhatWasRead()
    read = _lines(what.vat)
    if not read or not _fits(read, expense) or not _still_says_what_was_read(expense, what):
        return None
    return Vat(read, _net(read, expense), is_read=True)


def _lines(stated: Iterable[VatOfRate]) -> tuple[RateLine, ...]:
    lines = [
        RateLine(_rate(line.rate), amount, _number(line.base))
        for line in stated
        if (amount := _number(line.amount)) is not None
    ]
    return tuple(sorted(lines, key=lambda line: (line.rate is None, line.rate or Decimal(0))))


def _number(text: str | None) -> Decimal | None:
    if not text or len(text) > _MOST_CHARACTERS or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if is_bearable(number) else None


def _rate(text: str | None) -> Decimal | None:
    """`20` of `20.00`, so that equal rates are one column."""
    rate = _number(text)
    if rate is None or not 0 <= rate < _WHOLE:
        return None
    return rate.quantize(Decimal(1)) if rate == rate.to_integral_value() else rate.normalize()


def _fits(lines: tuple[RateLine, ...], expense: HostExpense) -> bool:
    amount, vat = expense.amount, sum((line.amount for line in lines), Decimal(0))
    return amount is not None and abs(vat) <= abs(amount) and vat * amount >= 0


def _still_says_what_was_read(expense: HostExpense, what: WhatWasRead) -> bool:
    return _is_as_read(expense, what, "amount") and _is_as_read(expense, what, "currency")


def _is_as_read(expense: HostExpense, what: WhatWasRead, field: str) -> bool:
    """A field that its user has touched may still say what was read."""
    read = what.fields.get(field) or what.beside.get(field)
    if read is None or not read.value:
        return field not in expense.edited_fields
    if field == "amount":
        return _number(read.value) == expense.amount
    return currency_code(read.value) == currency_code(expense.currency)


def _net(lines: tuple[RateLine, ...], expense: HostExpense) -> Decimal | None:
    """Each rate's may be rounded by itself."""
    nets = [line.net for line in lines if line.net is not None]
    if len(nets) < len(lines) or expense.amount is None:
        return None
    net = sum(nets, Decimal(0))
    rest = expense.amount - net - sum((line.amount for line in lines), Decimal(0))
    return net if abs(rest) <= len(lines) * Decimal(1).scaleb(-decimals_of(expense.currency)) else None
