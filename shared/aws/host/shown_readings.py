"""What people are shown, beside a document, of the map `reading` of the host's expense.

It stands on a row that the host owns: what is not as it was written counts as missing and never raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from shared.aws.host.plain_forms import as_list, as_map, as_text
from shared.domain.previews import LONGEST_SIDE, MOST_PAGES, Preview, PreviewPage
from shared.domain.readings import (
    Box,
    Mark,
    ReadValue,
    VatOfRate,
    WhatWasRead,
)

_SHOWN = ("merchant", "date", "amount", "currency", "document_number")
_LONGEST_VALUE = 200
_MOST_VAT = 20
_MOST_CONTRADICTIONS = 20
_EDGES = 4
_MOST = 1_000_000_000


def what_was_read(reading: Mapping[str, Any]) -> WhatWasRead:
    """What such a map says, as far as it is as it was written."""
    category = _text(reading.get("category"))
    return WhatWasRead(
        fields=_read_values(reading.get("fields")),
        beside=_read_values(reading.get("beside")),
        category=category or None,
        vat=vat_lines(reading.get("vat")),
        contradictions=tuple(
            filter(None, map(_text, as_list(reading.get("contradictions"))[:_MOST_CONTRADICTIONS]))
        ),
        is_credit_note=reading.get("credit_note") is True,
        preview=_preview(as_map(reading.get("preview"))),
    )


def _read_values(value: object) -> dict[str, ReadValue]:
    marks = as_map(value)
    return {name: _read_value(as_map(marks[name])) for name in _SHOWN if isinstance(marks.get(name), Mapping)}


def _read_value(mark: Mapping[str, Any]) -> ReadValue:
    """Marks of an earlier release do not repeat the value."""
    confirmed = mark.get("confirmed") is True
    return ReadValue(
        _text(mark.get("value")), Mark(confirmed, _text(mark.get("source")), _box(mark.get("place")))
    )


def vat_lines(value: object) -> tuple[VatOfRate, ...]:
    """Lines of VAT, as we write them, or as the host does: with texts or numbers."""
    return tuple(_vat_lines(as_list(value)[:_MOST_VAT]))


def _vat_lines(lines: Iterable[object]) -> Iterator[VatOfRate]:
    for line in map(as_map, lines):
        if amount := _number(line.get("amount")):
            rate, base = _number(line.get("rate")) or None, _number(line.get("base")) or None
            yield VatOfRate(amount, rate, base, _box(line.get("place")))


def _number(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else _text(value)


def _box(value: object) -> Box | None:
    page, *edges = as_list(value) or [None]
    number = _whole(page)
    parts = [float(edge) for edge in edges if isinstance(edge, Decimal) and 0 <= edge <= 1]
    if number is None or len(parts) != _EDGES or len(edges) != _EDGES:
        return None
    left, top, right, bottom = parts
    return number, left, top, right, bottom


def _preview(value: Mapping[str, Any]) -> Preview | None:
    count = _whole(value.get("page_count"))
    pages = tuple(_pages(as_list(value.get("pages"))[:MOST_PAGES], count or 0))
    made_for = _text(value.get("expense_id"))
    return Preview(count, pages, made_for or None) if count and pages else None


def _pages(pages: Iterable[object], count: int) -> Iterator[PreviewPage]:
    for page in pages:
        number, width, height = [*map(_whole, as_list(page)), None, None, None][:3]
        if number is None or not width or not height:
            continue
        if number < count and max(width, height) <= LONGEST_SIDE:
            yield PreviewPage(number, width, height)


def _whole(value: object) -> int | None:
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value < _MOST:
        return None
    return int(value) if value == value.to_integral_value() else None


def _text(value: object) -> str:
    return as_text(value)[:_LONGEST_VALUE]
