"""Amounts with what their surroundings call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from functions.document_scan.reading.amounts import Amount
from functions.document_scan.reading.currencies import currency_of_sign
from functions.document_scan.reading.labels import Label, label_of
from functions.document_scan.reading.lines import Line
from functions.document_scan.reading.model import Source

_ABOVE = 2.2
"""Heights of print within which a heading stands above its amount."""
_AFTER_WORDS = 2


@dataclass(frozen=True, slots=True)
class LabelledAmount:
    """An amount and its label."""

    amount: Amount
    label: Label
    currency: str | None
    """ISO code of the sign beside it, in its own cell or the next."""
    is_column: bool = False
    """Whether another amount stands between the label and it, or the label above it."""

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is."""
        return self.amount.is_money or (self.currency is not None and not self.amount.is_percent)

    @property
    def value(self) -> Decimal:
        """The amount's value."""
        return self.amount.value


def labelled(amounts: Sequence[Amount], lines: Sequence[Line]) -> list[LabelledAmount]:
    """Every amount that is not a percentage, in reading order."""
    numbers = [amount for amount in amounts if not amount.is_percent]
    rows = {index: list(row) for index, row in groupby(numbers, key=lambda amount: amount.line)}
    result: list[LabelledAmount] = []
    for index, row in rows.items():
        result.extend(_told_apart(list(_labelled_row(row, lines, index, rows))))
    return result


def _labelled_row(
    row: list[Amount], lines: Sequence[Line], index: int, rows: dict[int, list[Amount]]
) -> Iterator[LabelledAmount]:
    line = lines[index]
    previous: LabelledAmount | None = None
    for amount in row:
        begin = previous.amount.end if previous else 0
        label = _qualified(_label_before(line, begin, amount.start), line, amount.end)
        is_column = False
        if label is Label.NONE and not _has_words(line.text[begin : amount.start]):
            is_column = True
            above = _label_above(amount, lines, index, rows) if amount.is_money else Label.NONE
            label = above if previous is None else _inherited(previous, amount, above)
        previous = LabelledAmount(amount, label, _currency(amount, line, begin), is_column)
        yield previous


def _currency(amount: Amount, line: Line, begin: int) -> str | None:
    before = line.text[begin : amount.start].rstrip(" .:=").rpartition(" ")[2]
    after = line.text[amount.end :].split(maxsplit=1)[:1]
    return amount.currency or currency_of_sign(before) or currency_of_sign("".join(after))


def _label(text: str, line: Line) -> Label:
    return label_of(text, is_ocr=line.source is Source.OCR)


def _label_before(line: Line, begin: int, end: int) -> Label:
    """The label in the cell nearest to the amount that has one, or in all of them together."""
    position = len(line.text)
    for cell in reversed(line.cells):
        position -= len(cell.text)
        if position < end and position + len(cell.text) > begin:
            label = _label(line.text[max(position, begin) : end], line)
            if label not in _VAGUE:
                return label
        position -= 1
    return _label(line.text[begin:end], line)


_VAGUE = {Label.NONE, Label.AMOUNT}


def _qualified(label: Label, line: Line, end: int) -> Label:
    """`29.99 TTC`: the words after an amount say more of it where those before left it open."""
    words = line.text[end:].split()[:_AFTER_WORDS]
    if label not in {*_VAGUE, Label.TOTAL} or not words or words[0][:1].isdigit():
        return label
    told = _label(" ".join(words), line)
    return told if told in {Label.GROSS, Label.NET} else label


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3


def _inherited(previous: LabelledAmount, amount: Amount, above: Label) -> Label:
    """What a further amount of a row is: the same as the one before, unless a heading tells.

    After the number of all items comes the sum of their prices: `Total Qty  9  106.10`.
    """
    if previous.label is Label.TOTAL_COUNT and amount.is_money and not previous.amount.is_money:
        return Label.SUBTOTAL
    if previous.label.is_total and above in {Label.NET, Label.TAX, Label.GROSS}:
        return above
    return previous.label


_HEADINGS = {Label.NET, Label.TAX, Label.LEFT, Label.PAID}


def _label_above(amount: Amount, lines: Sequence[Line], index: int, rows: dict[int, list[Amount]]) -> Label:
    """The label of the cell above, where no amounts stand between."""
    height = lines[index].height
    for above in range(index - 1, max(index - 4, -1), -1):
        line = lines[above]
        if lines[index].top - line.bottom > _ABOVE * height or line.page != lines[index].page:
            break
        for cell in line.cells:
            overlaps = cell.left < amount.right and cell.right > amount.left
            label = _label(cell.text, line) if overlaps else Label.NONE
            if label.is_total or label in _HEADINGS:
                return label
        if any(one.is_money for one in rows.get(above, ())):
            break
    return Label.NONE


def _told_apart(row: list[LabelledAmount]) -> list[LabelledAmount]:
    """The amounts of a row told apart by what they make together."""
    money = [one for one in row if one.is_money]
    told = _sums(money) or _tax_and_base(money)
    return [_renamed(one, told) for one in row] if told else row


def _renamed(one: LabelledAmount, told: dict[Amount, Label]) -> LabelledAmount:
    label = told.get(one.amount, one.label)
    return replace(one, label=label, is_column=one.is_column or label is not one.label)


def _sums(money: list[LabelledAmount]) -> dict[Amount, Label]:
    """A total's three amounts that add up are net, tax and total; two are a net amount and its tax."""
    totals = [one for one in money if one.label.is_total]
    if len(totals) not in {2, 3} or any(not one.is_column for one in totals[1:]):
        return {}
    values = [one.value for one in totals]
    labels: list[Label] = []
    if len(values) == 3 and values[0] + values[1] == values[2] != 0:
        labels = [Label.NET, Label.TAX, Label.GROSS]
    elif len(values) == 2 and 0 <= values[1] <= values[0] * _HIGHEST_RATE and values[0] > 0:
        labels = [Label.BASE, Label.TAX]
    return {one.amount: label for one, label in zip(totals, labels, strict=False)}


_HIGHEST_RATE = Decimal("0.3")


def _tax_and_base(money: list[LabelledAmount]) -> dict[Amount, Label]:
    """Of several amounts called tax, the larger one before the last is what it was taken of."""
    taxes = [one for one in money if one.label is Label.TAX]
    if len(taxes) < 2 or not abs(taxes[-1].value) <= abs(taxes[-2].value) * _HIGHEST_RATE:
        return {}
    return {one.amount: Label.BASE for one in taxes[:-1]}
