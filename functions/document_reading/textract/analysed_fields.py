"""Fills gaps that our own rules have left with the fields that Textract found.

It is a guess like any other, however sure it says it is: only arithmetic on the document confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from functions.document_reading.reading.amounts.parse import amounts_of
from functions.document_reading.reading.dates.issue_date import issue_date_of
from functions.document_reading.reading.model import Contradiction, Field, PageWords, Reading, Source, Word
from functions.document_reading.reading.print.lines import Line, lines_of
from shared.domain.expense_analysis import AnalysedField

Value = TypeVar("Value")

_SURE_ENOUGH = 0.7
_LONGEST_TEXT = 200
_TOTALS = ("TOTAL", "AMOUNT_PAID", "AMOUNT_DUE")


def completed(reading: Reading, fields: Sequence[AnalysedField], *, country: str | None) -> Reading:
    """What the rules have confirmed stands. Of two guesses at a name or a total the analysis' is better.

    Of several documents nobody knows which of them a field is of.
    """
    if Contradiction.DOCUMENTS in reading.contradictions:
        return reading
    reading = _with_total(reading, fields)
    merchant = _best(fields, "VENDOR_NAME")
    if merchant and not _is_confirmed(reading.merchant):
        reading = replace(reading, merchant=_guess(merchant.text))
    number = _best(fields, "INVOICE_RECEIPT_ID")
    if number and reading.document_number is None:
        reading = replace(reading, document_number=_guess(number.text))
    day = _best(fields, "INVOICE_RECEIPT_DATE")
    if day and reading.date is None and (read := _date(day.text, country)):
        reading = replace(reading, date=_guess(read))
    return reading


def _with_total(reading: Reading, fields: Sequence[AnalysedField]) -> Reading:
    total = next((found for kind in _TOTALS if (found := _best(fields, kind))), None)
    amount = _amount(total.text) if total else None
    if total is None or amount is None:
        return reading
    if not _is_confirmed(reading.total) and (reading.total is None or reading.total.value != amount):
        reading = replace(reading, total=_guess(amount))
    if total.currency and reading.currency is None:
        reading = replace(reading, currency=_guess(total.currency))
    return reading


def _best(fields: Sequence[AnalysedField], kind: str) -> AnalysedField | None:
    """The surest of a kind, if it is sure enough."""
    of_kind = [field for field in fields if field.kind == kind and field.confidence >= _SURE_ENOUGH]
    return max(of_kind, key=lambda field: field.confidence, default=None)


def _is_confirmed(field: Field[Value] | None) -> bool:
    return field is not None and field.is_confirmed


def _guess(value: Value) -> Field[Value]:
    return Field(value, is_confirmed=False, source=Source.OCR)


def _amount(text: str) -> Decimal | None:
    """That of `EUR 1.234,56`; None where there is none, or more than one."""
    amounts = {amount.value for amount in amounts_of(_lines(text)) if not amount.is_percent}
    return amounts.pop() if len(amounts) == 1 else None


def _date(text: str, country: str | None) -> date | None:
    read = issue_date_of(_lines(text), country)
    return read.day if read else None


def _lines(text: str) -> list[Line]:
    """The text as the one line of a page."""
    word = Word(text[:_LONGEST_TEXT], left=0, top=0, right=100, bottom=10)
    return lines_of([PageWords((word,), 100, 100, Source.OCR)])
