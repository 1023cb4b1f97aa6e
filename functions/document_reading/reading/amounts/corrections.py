"""Labels and signs corrected by what the amounts make of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from functions.document_reading.reading.amounts.arithmetic import has_near
from functions.document_reading.reading.amounts.labels import Label, LabelledAmount
from functions.document_reading.reading.amounts.parse import Amount

_HIGHEST_RATE = 30
_LARGEST_TAX = Decimal("0.3")
"""Part of a total: no value-added or sales tax takes more."""
_CENT = Decimal("0.011")
_RATES = tuple(
    map(Decimal, ("5", "5.5", "6", "7", "8", "9", "10", "12", "13", "15", "16", "19", "20", "21", "22", "25"))
)


def relabelled(row: list[LabelledAmount], percents: Sequence[Decimal]) -> list[LabelledAmount]:
    """The amounts of one row, their labels corrected by its arithmetic."""
    money = [one for one in row if one.is_money]
    if len(money) < 2:
        return row
    labels = (
        _row_of_tax_table(row, money, percents)
        or _suggestion(row, percents)
        or _sums(money)
        or _item_at_a_rate(money, percents)
        or _tax_and_base(money)
    )
    return [_renamed(one, labels) for one in row] if labels else row


def with_included_taxes(amounts: list[LabelledAmount], rates: Sequence[Decimal]) -> list[LabelledAmount]:
    """`incl. 19 % VAT 1.20`: what a stated rate makes of a larger amount is the tax, not the sum with it."""
    values = {one.value for one in amounts if one.is_money}
    taxes = sorted(
        {value * rate / (100 + rate) for value in values for rate in rates if 0 < rate <= _HIGHEST_RATE}
    )
    return [replace(one, label=Label.TAX) if _is_included_tax(one, taxes) else one for one in amounts]


def _is_included_tax(one: LabelledAmount, taxes: Sequence[Decimal]) -> bool:
    is_open = one.label is Label.TAX_OR_GROSS and one.value > 0
    return is_open and has_near(taxes, one.value, _CENT)


def without_partial_totals(amounts: list[LabelledAmount]) -> list[LabelledAmount]:
    """Where a tax table has several rows, what each comes to is not the total, though its heading says so."""
    rows = {one.amount.line for one in amounts if one.label is Label.BASE and one.is_from_above}
    if len(rows) < 2:
        return amounts
    return [
        replace(one, label=Label.OTHER)
        if one.amount.line in rows and one.label.is_total and one.is_from_above
        else one
        for one in amounts
    ]


def without_suggested_tips(amounts: list[LabelledAmount]) -> list[LabelledAmount]:
    """Where several lines have a tip each and a total with it, a guest may choose; nothing is asked for."""
    tips = {one.amount.line for one in amounts if one.label is Label.TIP}
    chosen = {one.amount.line for one in amounts if one.label.is_total and one.amount.line in tips}
    if len(chosen) < _FEWEST_SUGGESTIONS:
        return amounts
    return [replace(one, label=Label.OTHER) if one.amount.line in chosen else one for one in amounts]


_FEWEST_SUGGESTIONS = 2


def _renamed(one: LabelledAmount, labels: dict[Amount, Label]) -> LabelledAmount:
    label = labels.get(one.amount, one.label)
    return replace(one, label=label, is_column=one.is_column or label is not one.label)


def _row_of_tax_table(
    row: list[LabelledAmount], money: list[LabelledAmount], percents: Sequence[Decimal]
) -> dict[Amount, Label]:
    """`7 %  177.57  12.43  190.00`: a rate, a base, its tax, and perhaps both together.

    Unless words of its own call the row a total, it is a part of one.
    """
    if any(one.label not in _OPEN and not one.is_from_above for one in money):
        return {}
    figures = [one.value for one in row if not one.is_money and one.amount.decimals < 2]
    rates = [rate for rate in (*percents, *figures) if 0 < rate <= _HIGHEST_RATE]
    for base, tax in permutations(money[-4:], 2):
        if any(base.value and abs(base.value * rate / 100 - tax.value) <= _CENT for rate in rates):
            together = [one for one in money if one.value == base.value + tax.value]
            both = {one.amount: Label.OTHER for one in together if not one.label.is_total}
            return {**both, base.amount: Label.BASE, tax.amount: Label.TAX}
    return {}


_OPEN = {Label.NONE, Label.TAX, Label.BASE, Label.NET, Label.AMOUNT}


def _suggestion(row: list[LabelledAmount], percents: Sequence[Decimal]) -> dict[Amount, Label]:
    """`18 % Tip 14.94 Total 105.28`: what a guest may give is neither given nor asked for."""
    is_suggested = bool(percents) and any(one.label is Label.TIP for one in row)
    return {one.amount: Label.OTHER for one in row} if is_suggested else {}


def _item_at_a_rate(money: list[LabelledAmount], percents: Sequence[Decimal]) -> dict[Amount, Label]:
    """`1.45  2 pcs  7 % VAT  2.90`: the price of an item that names its rate is no tax, unless it is one."""
    last = money[-1]
    bases = [one.value for one in money[:-1]]
    is_tax = any(
        abs(base * rate / part - last.value) <= _CENT
        for base in bases
        for rate in percents
        for part in (100, 100 + rate)
    )
    is_item = last.label is Label.TAX and percents and bases and not is_tax
    return {last.amount: Label.NONE} if is_item and money[0].label is Label.NONE else {}


def _sums(money: list[LabelledAmount]) -> dict[Amount, Label]:
    """A total's three amounts that add up are net, tax and total; of others the small one is a tax."""
    totals = [one for one in money if one.label.is_total]
    if len(totals) not in {2, 3} or any(not one.is_column for one in totals[1:]):
        return {}
    values = [one.value for one in totals]
    if len(values) == 3 and values[0] + values[1] == values[2] != 0:
        labels = (Label.NET, Label.TAX, Label.GROSS)
        return {one.amount: label for one, label in zip(totals, labels, strict=True)}
    largest = max(values, key=abs)
    taxes = [one for one in totals if abs(one.value) <= abs(largest) * _LARGEST_TAX]
    if len(taxes) != 1 or not largest:
        return {}
    first = Label.GROSS if _is_part_of(largest, taxes[0].value) else Label.BASE
    sums = {one.amount: first for one in totals if one.value == largest}
    return {**sums, taxes[0].amount: Label.TAX}


def _is_part_of(gross: Decimal, tax: Decimal) -> bool:
    """Whether the tax is included in the amount, at one of the usual rates, rather than added to it."""
    return any(abs(gross * rate / (100 + rate) - tax) <= _CENT for rate in _RATES if tax) and not any(
        abs(gross * rate / 100 - tax) <= _CENT for rate in _RATES
    )


def _tax_and_base(money: list[LabelledAmount]) -> dict[Amount, Label]:
    """Of several amounts called tax, the larger ones before the last are what it was taken of."""
    taxes = [one for one in money if one.label is Label.TAX]
    if len(taxes) < 2 or not abs(taxes[-1].value) <= abs(taxes[-2].value) * _LARGEST_TAX:
        return {}
    return {one.amount: Label.BASE for one in taxes[:-1]}


_LIKE_SIGNS = "568"
"""Figures that a dollar's or a euro's sign looks like."""
_FEWEST_SIGNED = 2


def without_misread_signs(amounts: Sequence[LabelledAmount]) -> list[LabelledAmount]:
    """The amounts, without the figure that was a sign: `$8.20` read as `58.20`.

    Nothing in the figures themselves gives it away, and a till prints its sign before every amount, so
    that sums may even agree. But where the same amount stands in another place with its sign, that is what
    was printed. Where signs are not the habit, the amounts stay as they are.
    """
    signed = [one for one in amounts if one.currency is not None and one.is_money]
    if len(signed) < _FEWEST_SIGNED:
        return list(amounts)
    by_text = {str(one.value): one for one in signed}
    return [_restored(one, by_text) for one in amounts]


def _restored(one: LabelledAmount, by_text: dict[str, LabelledAmount]) -> LabelledAmount:
    text = str(one.value)
    meant = by_text.get(text[1:])
    if one.currency is not None or text[0] not in _LIKE_SIGNS or meant is None or not one.is_money:
        return one
    amount = replace(one.amount, value=meant.value, currency=meant.currency)
    return replace(one, amount=amount, currency=meant.currency)
