"""Expense data from the words of pages, be they of a text layer or of OCR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from functions.document_reading.reading.amounts.corrections import without_misread_signs
from functions.document_reading.reading.amounts.currency import currency_of
from functions.document_reading.reading.amounts.labelling import labelled
from functions.document_reading.reading.amounts.labels import LabelledAmount
from functions.document_reading.reading.amounts.parse import Amount, amounts_of
from functions.document_reading.reading.amounts.total import Total, total_of
from functions.document_reading.reading.amounts.vat import vat_lines_of
from functions.document_reading.reading.category import category_of
from functions.document_reading.reading.dates.issue_date import IssueDate, issue_date_of
from functions.document_reading.reading.document_number import document_number_of
from functions.document_reading.reading.lexicon.countries import COUNTRIES
from functions.document_reading.reading.lexicon.folding import fold, squashed
from functions.document_reading.reading.lexicon.tables import CREDIT_NOTE, SELF_BILLED
from functions.document_reading.reading.merchant.merchant import Merchant, merchant_of
from functions.document_reading.reading.model import (
    Contradiction,
    Field,
    PageWords,
    Part,
    Place,
    Reading,
    Source,
    VatLine,
)
from functions.document_reading.reading.print.layout import is_receipt_layout, origin_of
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.print.places import place_of_name, place_of_number, place_of_text
from functions.document_reading.reading.print.wrapped import without_wraps
from functions.document_reading.reading.several_documents import (
    after_cover,
    parts_of,
    sheets_of,
)
from shared.domain.readings import MOST_PARTS

Value = TypeVar("Value")

_MOST_LINES = 600
_TITLE_LINES = 25
_LONG_NUMBER = 5
"""Characters of a number that does not come up again by chance."""
_PLACEHOLDER = re.compile(
    r"if this message is not eventually replaced|upgrade to the latest version of adobe"
    r"|for the best experience, open this pdf portfolio"
)


def read_pages(pages: Sequence[PageWords], *, country: str | None) -> Reading:
    """Everything that can be read; `country` is the company's, asked where the document leaves doubt."""

    def read(lines: Sequence[Line]) -> Reading:
        return read_lines(lines, country=country)

    lines = lines_of(pages)
    sheets = sheets_of(pages, lines[:_MOST_LINES], read)
    if sheets:
        are_all_read = len(lines) <= _MOST_LINES and not any(page.is_unread for page in pages)
        return _of_several(parts_of(sheets, read), are_all_read=are_all_read)
    by_page = [list(page) for _number, page in groupby(lines, key=lambda line: line.page)]
    return read([line for page in after_cover(by_page, read) for line in page])


def _of_several(parts: Sequence[Part], *, are_all_read: bool) -> Reading:
    """What the first of several documents says, for a person to look at: nothing of it is mixed.

    The file is taken apart only if no page of it is left over.
    """
    reading = parts[0].reading
    return Reading(
        merchant=_doubted(reading.merchant),
        date=_doubted(reading.date),
        total=_doubted(reading.total),
        currency=_doubted(reading.currency),
        document_number=_doubted(reading.document_number),
        category=reading.category,
        vat=reading.vat,
        contradictions=(Contradiction.DOCUMENTS,),
        is_credit_note=reading.is_credit_note,
        parts=tuple(parts) if are_all_read and 1 < len(parts) <= MOST_PARTS else (),
    )


def _doubted(field: Field[Value] | None) -> Field[Value] | None:
    return None if field is None else replace(field, is_confirmed=False)


def read_lines(all_lines: Sequence[Line], *, country: str | None) -> Reading:
    """Read lines of print as `read_pages` does words."""
    lines = without_wraps(all_lines[:_MOST_LINES])
    if not lines or _is_placeholder(lines):
        return Reading()
    source = lines[0].source
    origin = origin_of(lines)
    place = origin.country or country
    numbers, amounts = money_on(lines, place)
    percents = [number for number in numbers if number.is_percent]
    rates = [percent.value for percent in percents]
    total = total_of(amounts, rates, is_paid_in_coins=_has_coins_of_five(place))
    day = issue_date_of(lines, place, clues=origin.clues)
    merchant = merchant_of(lines)
    currency = currency_of(amounts, total, lines, place, clues=origin.clues)
    at_total = _place_of_total(total, numbers, lines)
    is_credit_note = _is_credit_note(lines)
    vat = vat_lines_of(amounts, percents, total.value if total else None)
    vat = tuple(replace(one, place=_place_of_tax(one, numbers, lines)) for one in vat)
    if is_credit_note and total is not None and total.value > 0 and not is_receipt_layout(lines):
        total, vat = _given_back(total, vat)
    return Reading(
        merchant=_merchant(merchant, lines),
        date=_date(day, lines),
        total=Field(total.value, total.is_confirmed, source, at_total) if total else None,
        currency=Field(currency.code, currency.is_confirmed, source, at_total) if currency else None,
        document_number=_number(lines, source),
        category=_unconfirmed(category_of(lines), source),
        vat=vat,
        is_credit_note=is_credit_note,
    )


def money_on(lines: list[Line], country: str | None) -> tuple[list[Amount], list[LabelledAmount]]:
    """All figures on the lines, and what the amounts among them are called."""
    numbers = amounts_of(lines, country)
    amounts = labelled(numbers, lines)
    return numbers, without_misread_signs(amounts) if lines[0].source is Source.OCR else amounts


def _merchant(merchant: Merchant | None, lines: Sequence[Line]) -> Field[str] | None:
    if merchant is None:
        return None
    line = lines[merchant.line]
    return Field(merchant.name, merchant.is_confirmed, lines[0].source, place_of_name(line, merchant.name))


def _date(day: IssueDate | None, lines: Sequence[Line]) -> Field[date] | None:
    if day is None:
        return None
    place = place_of_text(lines[day.mention.line], day.mention.start, day.mention.end)
    return Field(day.day, day.is_confirmed, lines[0].source, place)


def _place_of_total(total: Total | None, numbers: Sequence[Amount], lines: Sequence[Line]) -> Place | None:
    """Where the amount stands; None where it was made up of others."""
    found = (
        one for one in numbers if total and one.line == total.line and abs(one.value) == abs(total.value)
    )
    return next((place_of_text(lines[one.line], one.start, one.end) for one in found), None)


def _place_of_tax(tax: VatLine, numbers: Sequence[Amount], lines: Sequence[Line]) -> Place | None:
    """Where a tax stands: beside what it was taken of, where that is stated."""
    bases = {one.line for one in numbers if tax.base is not None and abs(one.value) == abs(tax.base)}
    found = [one for one in numbers if abs(one.value) == abs(tax.amount) and not one.is_percent]
    best = next((one for one in found if one.line in bases), next(iter(found), None))
    return place_of_text(lines[best.line], best.start, best.end) if best else None


def _is_placeholder(lines: Sequence[Line]) -> bool:
    """Whether a viewer that cannot show the document is told so in its place."""
    return _PLACEHOLDER.search(" ".join(fold(line.text) for line in lines[:_TITLE_LINES])) is not None


def _given_back(total: Total, vat: Sequence[VatLine]) -> tuple[Total, tuple[VatLine, ...]]:
    """The amounts of a credit note whose sheet prints them as positive ones; tills print the minus.

    That they are given back is said by the title alone, so they are not confirmed.
    """
    lines = (replace(one, amount=-one.amount, base=None if one.base is None else -one.base) for one in vat)
    return replace(total, value=-total.value, is_confirmed=False), tuple(lines)


def _number(lines: Sequence[Line], source: Source) -> Field[str] | None:
    """The document's number, confirmed where the page has it twice: in its head and for the payment."""
    number = document_number_of(lines)
    if number is None:
        return None
    letters = squashed(number)
    words = [squashed(word.text) for line in lines for word in line.words]
    times = sum(word == letters for word in words)
    is_part = any(letters in word and word != letters for word in words)
    is_confirmed = times > 1 and not is_part and len(letters) >= _LONG_NUMBER
    return Field(number, is_confirmed, source, place_of_number(lines, number))


def _unconfirmed(value: Value | None, source: Source) -> Field[Value] | None:
    return None if value is None else Field(value, is_confirmed=False, source=source)


def _is_credit_note(lines: Sequence[Line]) -> bool:
    """Whether a line near the top is titled as one; running text may well mention them.

    A `Gutschrift` that the buyer writes for the seller is an invoice.
    """
    cells = (fold(cell.text) for line in lines[:_TITLE_LINES] for cell in line.cells)
    return any(CREDIT_NOTE.match(text) is not None and SELF_BILLED.search(text) is None for text in cells)


def _has_coins_of_five(country: str | None) -> bool:
    return country in COUNTRIES and COUNTRIES[country].has_coins_of_five
