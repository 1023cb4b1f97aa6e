"""Amounts with what their surroundings call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from functions.document_reading.reading.amounts.corrections import (
    relabelled,
    with_included_taxes,
    without_partial_totals,
    without_suggested_tips,
)
from functions.document_reading.reading.amounts.labels import Label, LabelledAmount, label_of
from functions.document_reading.reading.amounts.parse import Amount
from functions.document_reading.reading.lexicon.countries import currency_of_sign
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Cell, Line

_ABOVE = 2.2
"""Heights of print within which a heading stands above its amount."""
_ASIDE = 1.5
"""Heights of print by which a heading may miss its amount, where a currency stands between."""
_MOST_RATES = 6
_AFTER_WORDS = 2


def labelled(amounts: Sequence[Amount], lines: Sequence[Line]) -> list[LabelledAmount]:
    """Every amount that is not a percentage, in reading order."""
    rows = {index: list(row) for index, row in groupby(amounts, key=lambda amount: amount.line)}
    result: list[LabelledAmount] = []
    for index, row in rows.items():
        numbers = [amount for amount in row if not amount.is_percent]
        rates = [amount.value for amount in row if amount.is_percent]
        result.extend(relabelled(list(_labelled_row(numbers, lines, index, rows)), rates))
    rates = [amount.value for amount in amounts if amount.is_percent]
    result = without_suggested_tips(without_partial_totals(result))
    return with_included_taxes(result, list(dict.fromkeys(rates))[:_MOST_RATES])


def _labelled_row(
    row: list[Amount], lines: Sequence[Line], index: int, rows: dict[int, list[Amount]]
) -> Iterator[LabelledAmount]:
    line = lines[index]
    previous: LabelledAmount | None = None
    for amount in row:
        begin = previous.amount.end if previous else 0
        label = _qualified(_label_before(line, begin, amount.start), line, amount.end)
        is_column = is_from_above = False
        if label is Label.NONE and not _has_words(line.text[begin : amount.start]):
            is_column = True
            above = _label_above(amount, lines, index, rows) if amount.is_money else Label.NONE
            is_from_above = previous is None or previous.is_from_above
            label = above if previous is None or is_from_above else _inherited(previous, amount, above)
        previous = LabelledAmount(amount, label, _currency(amount, line, begin), is_column, is_from_above)
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
    behind = _label(" ".join(words), line)
    return behind if behind in {Label.GROSS, Label.NET} else label


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3


def _inherited(previous: LabelledAmount, amount: Amount, above: Label) -> Label:
    """What a further amount of a row is: the same as the one before, unless a heading says otherwise.

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
        cell = _cell_over(amount, line, _ASIDE * height)
        is_fallen = above == index - 1 and above not in rows and _is_all_of_line(amount, lines[index])
        label = _label(line.text if is_fallen else cell.text if cell else "", line)
        if label.is_total or label in _HEADINGS:
            return label
        if any(one.is_money for one in rows.get(above, ())):
            break
    return Label.NONE


def _is_all_of_line(amount: Amount, line: Line) -> bool:
    """Whether nothing else stands on the line: on a paper that is bent an amount falls below its label."""
    rest = line.text[: amount.start] + line.text[amount.end :]
    return not any(map(str.isalnum, rest))


def _cell_over(amount: Amount, line: Line, aside: float) -> Cell | None:
    """The cell most nearly above: over the amount, or at most a little to one side of it."""
    nearest = min(line.cells, key=lambda cell: max(cell.left - amount.right, amount.left - cell.right))
    return nearest if max(nearest.left - amount.right, amount.left - nearest.right) <= aside else None
