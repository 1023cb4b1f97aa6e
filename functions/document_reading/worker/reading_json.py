"""Readings and words as JSON, to pass between the function and the process that reads documents.

Who reads has parsed what a stranger sent: whatever is not as it must be raises ValueError, KeyError or
TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from functions.document_reading.reading.model import (
    Category,
    Contradiction,
    Field,
    PageWords,
    Reading,
    Source,
    VatLine,
    Word,
)
from shared.domain.expense_analysis import AnalysedField
from shared.domain.money import CURRENCIES, is_bearable
from shared.domain.plain_text import one_line

Value = TypeVar("Value")

_LONGEST_NAME = 200
_MOST_VAT_LINES = 20


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """What is missing is None."""
    return {
        "merchant": _field_to_json(reading.merchant),
        "date": _field_to_json(reading.date),
        "total": _field_to_json(reading.total),
        "currency": _field_to_json(reading.currency),
        "document_number": _field_to_json(reading.document_number),
        "category": _field_to_json(reading.category),
        "vat": [[_text(line.rate), _text(line.amount), _text(line.base)] for line in reading.vat],
        "contradictions": list(reading.contradictions),
        "is_credit_note": reading.is_credit_note,
    }


def reading_from_json(read: dict[str, Any]) -> Reading:
    """The inverse."""
    return Reading(
        merchant=_field_from_json(read["merchant"], _name),
        date=_field_from_json(read["date"], date.fromisoformat),
        total=_field_from_json(read["total"], _decimal),
        currency=_field_from_json(read["currency"], _currency),
        document_number=_field_from_json(read["document_number"], _name),
        category=_field_from_json(read["category"], Category),
        vat=tuple(_vat_line(*line) for line in read["vat"][:_MOST_VAT_LINES]),
        contradictions=tuple(Contradiction(each) for each in read["contradictions"]),
        is_credit_note=bool(read["is_credit_note"]),
    )


def pages_to_json(pages: Iterable[PageWords]) -> list[dict[str, Any]]:
    """Words page by page."""
    return [
        {
            "width": page.width,
            "height": page.height,
            "source": page.source.value,
            "words": [
                [word.text, word.left, word.top, word.right, word.bottom, word.confidence]
                for word in page.words
            ],
        }
        for page in pages
    ]


def pages_from_json(pages: list[dict[str, Any]]) -> list[PageWords]:
    """The inverse."""
    return [
        PageWords(
            tuple(Word(*word) for word in page["words"]),
            page["width"],
            page["height"],
            Source(page["source"]),
        )
        for page in pages
    ]


def fields_to_json(fields: Iterable[AnalysedField]) -> list[list[object]]:
    """What an analysis takes words for."""
    return [[field.kind, field.text, field.confidence, field.currency] for field in fields]


def fields_from_json(fields: list[list[Any]]) -> list[AnalysedField]:
    """The inverse."""
    return [AnalysedField(*field) for field in fields]


def _field_to_json(field: Field[Any] | None) -> list[object] | None:
    return None if field is None else [_text(field.value), field.is_confirmed, field.source.value]


def _field_from_json(field: list[Any] | None, read: Callable[[str], Value]) -> Field[Value] | None:
    if field is None:
        return None
    value, is_confirmed, source = field
    return Field(read(value), bool(is_confirmed), Source(source))


def _vat_line(rate: str | None, amount: str, base: str | None) -> VatLine:
    return VatLine(
        None if rate is None else _decimal(rate), _decimal(amount), None if base is None else _decimal(base)
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _name(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError
    name = one_line(text, _LONGEST_NAME)
    if not name:
        raise ValueError("no name")
    return name


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError("no currency")
    return code


def _decimal(text: str) -> Decimal:
    """Of so few digits that its notation is short, whatever its exponent says."""
    if not isinstance(text, str):
        raise TypeError
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("no amount") from error
    if not is_bearable(amount):
        raise ValueError("no amount")
    return amount
