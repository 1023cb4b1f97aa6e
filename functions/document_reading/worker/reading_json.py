"""Readings and words as JSON, to pass between the function and the process that reads documents.

The worker has parsed a stranger's document, so its answer is untrusted: a malformed one raises
ValueError, KeyError or TypeError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from functions.document_reading.reading.model import (
    Box,
    Category,
    Contradiction,
    Field,
    PageWords,
    Part,
    Place,
    Reading,
    Source,
    VatLine,
    Word,
)
from shared.domain.expense_analysis import AnalysedField
from shared.domain.money import CURRENCIES, is_bearable
from shared.domain.plain_text import one_line
from shared.domain.readings import MOST_PARTS

Value = TypeVar("Value")

_LONGEST_NAME = 200
_MOST_VAT_LINES = 20
_MOST_PAGES = 1_000_000
_MOST_TURNS = 20
_MOST_PAGES_OF_PART = 100


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """What is missing is None, and so is what may not be: a document says what it likes."""
    readers = _readers().items()
    return {name: _field_to_json(getattr(reading, name), reader) for name, reader in readers} | {
        "vat": [
            [_text(line.rate), _text(line.amount), _text(line.base), _place_to_json(line.place)]
            for line in reading.vat[:_MOST_VAT_LINES]
            if all(amount is None or is_bearable(amount) for amount in (line.rate, line.amount, line.base))
        ],
        "contradictions": list(reading.contradictions),
        "is_credit_note": reading.is_credit_note,
        "parts": [_part_to_json(part) for part in reading.parts[:MOST_PARTS]],
        "turns": [list(turn) for turn in reading.turns[:_MOST_TURNS]],
    }


def reading_from_json(read: dict[str, Any]) -> Reading:
    """The inverse."""
    parts = read.get("parts", [])[:MOST_PARTS]
    return replace(_one_from_json(read), parts=tuple(_part_from_json(part) for part in parts))


def _part_to_json(part: Part) -> dict[str, Any]:
    return {
        "pages": list(part.pages[:_MOST_PAGES_OF_PART]),
        "box": None if part.box is None else list(part.box),
        "reading": reading_to_json(part.reading),
    }


def _part_from_json(part: dict[str, Any]) -> Part:
    """A part has none of its own."""
    pages = tuple(map(int, part["pages"][:_MOST_PAGES_OF_PART]))
    if not pages or not all(0 <= page <= _MOST_PAGES for page in pages):
        raise ValueError("no pages")
    return Part(pages, None if part["box"] is None else _box(part["box"]), _one_from_json(part["reading"]))


def _one_from_json(read: dict[str, Any]) -> Reading:
    values: dict[str, Any] = {
        name: _field_from_json(read[name], reader) for name, reader in _readers().items()
    }
    return Reading(
        **values,
        vat=tuple(_vat_line(*line) for line in read["vat"][:_MOST_VAT_LINES]),
        contradictions=tuple(Contradiction(each) for each in read["contradictions"]),
        is_credit_note=bool(read["is_credit_note"]),
        parts=(),
        turns=tuple(_turn(*turn) for turn in read.get("turns", [])[:_MOST_TURNS]),
    )


@cache
def _readers() -> dict[str, Callable[[str], Any]]:
    """What reads each field of one value, by the type that the model declares for it."""
    of_type: dict[type, Callable[[str], Any]] = {
        str: _name,
        date: date.fromisoformat,
        Decimal: _decimal,
        Category: Category,
    }
    declared = {name: get_args(hint) for name, hint in get_type_hints(Reading).items()}
    readers = {
        name: of_type[get_args(one)[0]]
        for name, alternatives in declared.items()
        for one in alternatives
        if get_origin(one) is Field
    }
    return readers | {"currency": _currency}


def pages_to_json(pages: Iterable[PageWords]) -> list[dict[str, Any]]:
    """Words page by page."""
    return [
        {
            "width": page.width,
            "height": page.height,
            "source": page.source.value,
            "number": page.number,
            "turn": page.turn,
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
            page.get("number", 0),
            page.get("turn", 0.0),
        )
        for page in pages
    ]


def fields_to_json(fields: Iterable[AnalysedField]) -> list[list[object]]:
    """What an analysis takes words for."""
    return [[field.kind, field.text, field.confidence, field.currency] for field in fields]


def fields_from_json(fields: list[list[Any]]) -> list[AnalysedField]:
    """The inverse."""
    return [AnalysedField(*field) for field in fields]


def _field_to_json(field: Field[Any] | None, read: Callable[[str], object]) -> list[object] | None:
    if field is None or not _may_be(str(field.value), read):
        return None
    return [str(field.value), field.is_confirmed, field.source.value, _place_to_json(field.place)]


def _place_to_json(place: Place | None) -> list[float] | None:
    return None if place is None else list(astuple(place))


def _may_be(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _field_from_json(field: list[Any] | None, read: Callable[[str], Value]) -> Field[Value] | None:
    if field is None:
        return None
    value, is_confirmed, source, *places = field
    place = next((_place(*box) for box in places if box is not None), None)
    return Field(read(value), bool(is_confirmed), Source(source), place)


def _place(page: int, *edges: float) -> Place:
    if not 0 <= int(page) <= _MOST_PAGES:
        raise ValueError("no place on a page")
    return Place(int(page), *_box(edges))


def _box(edges: Sequence[float]) -> Box:
    left, top, right, bottom = (float(edge) for edge in edges)
    if not all(0 <= edge <= 1 for edge in (left, top, right, bottom)):
        raise ValueError("no place on a page")
    return left, top, right, bottom


def _turn(page: int, angle: float) -> tuple[int, float]:
    if not 0 <= int(page) <= _MOST_PAGES or not abs(float(angle)) <= math.tau:
        raise ValueError("no turn of a page")
    return int(page), float(angle)


def _vat_line(rate: str | None, amount: str, base: str | None, place: list[Any] | None = None) -> VatLine:
    return VatLine(
        None if rate is None else _decimal(rate),
        _decimal(amount),
        None if base is None else _decimal(base),
        None if place is None else _place(*place),
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
    """Of so few digits that its notation is short, with any exponent."""
    if not isinstance(text, str):
        raise TypeError
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("no amount") from error
    if not is_bearable(amount):
        raise ValueError("no amount")
    return amount
