"""Decides what of a reading goes onto an expense: only where its user has said nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from functions.document_reading.reading.model import Field, Place, Reading, VatLine
from shared.domain.host_expenses import HostExpense
from shared.domain.previews import Preview
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import Box, ExpenseReading, Mark, ReadPart, ReadValue, VatOfRate


def filling_of(
    expense: HostExpense,
    reading: Reading,
    *,
    duplicates: Sequence[str | None],
    now: datetime,
    preview: Preview | None = None,
) -> ExpenseReading:
    """What to put on this expense, as it was read last.

    `duplicates` are the expenses that its document may be the same as, or each of its several documents.
    """
    return replace(
        _filling(expense, reading, next(iter(duplicates), None), now),
        parts=[
            ReadPart(part.pages, part.box, _filling(_blank(expense), part.reading, duplicate_of, now))
            for part, duplicate_of in zip(reading.parts, duplicates, strict=False)
        ],
        preview=preview,
    )


def _blank(expense: HostExpense) -> HostExpense:
    """One that nobody has touched, as a document of several would become."""
    return replace(expense, values={}, edited_fields=frozenset())


def _filling(
    expense: HostExpense, reading: Reading, duplicate_of: str | None, now: datetime
) -> ExpenseReading:
    read = _read_fields(reading)
    values = {name: _text(field.value) for name, field in read.items()}
    filled = [name for name in values if _is_free(expense, name) and _goes_with(expense, name, values)]
    return ExpenseReading(
        state=ReadingJobStatus.DONE,
        read_at=now,
        values={name: values[name] for name in filled},
        marks={name: _mark(read[name]) for name in filled},
        kept=_kept(expense, filled),
        beside={name: read_value for name, read_value in _read_values(reading).items() if name not in filled},
        document_number=reading.document_number.value if reading.document_number else None,
        category=reading.category.value.value if reading.category else None,
        vat=[_vat(each) for each in reading.vat],
        contradictions=[each.value for each in reading.contradictions],
        is_credit_note=reading.is_credit_note,
        possible_duplicate_of=duplicate_of,
    )


def unreadable(now: datetime, preview: Preview | None = None) -> ExpenseReading:
    """That nothing could be read."""
    return ExpenseReading(state=ReadingJobStatus.UNREADABLE, read_at=now, preview=preview)


def held_back(until: date, now: datetime, preview: Preview | None = None) -> ExpenseReading:
    """That it is read on that day, and to be filled in by hand until then."""
    return ExpenseReading(state=ReadingJobStatus.WAITING, read_at=now, by_hand_until=until, preview=preview)


def _read_fields(reading: Reading) -> dict[str, Field[Any]]:
    """By the host's names."""
    fields = {
        "merchant": reading.merchant,
        "date": reading.date,
        "amount": reading.total,
        "currency": reading.currency,
    }
    return {name: field for name, field in fields.items() if field is not None}


def _read_values(reading: Reading) -> dict[str, ReadValue]:
    """What the host has fields for, and the document's number, as it was read."""
    read = _read_fields(reading)
    if reading.document_number:
        read["document_number"] = reading.document_number
    return {name: ReadValue(_text(field.value), _mark(field)) for name, field in read.items()}


def _mark(field: Field[Any]) -> Mark:
    return Mark(field.is_confirmed, field.source.value, _box(field.place))


def _vat(line: VatLine) -> VatOfRate:
    return VatOfRate(_text(line.amount), _or_none(line.rate), _or_none(line.base), _box(line.place))


def _box(place: Place | None) -> Box | None:
    return None if place is None else (place.page, place.left, place.top, place.right, place.bottom)


def _is_free(expense: HostExpense, name: str) -> bool:
    return name not in expense.values and name not in expense.edited_fields


_COMPANION = {"amount": "currency", "currency": "amount"}


def _goes_with(expense: HostExpense, name: str, values: Mapping[str, str]) -> bool:
    """An amount means nothing without its currency: neither is put beside another one of the user's."""
    companion = _COMPANION.get(name)
    if companion is None or companion not in expense.values:
        return True
    return _same(expense.values[companion], values.get(companion))


def _kept(expense: HostExpense, filled: list[str]) -> dict[str, str]:
    """What the user has said that the filled fields go with."""
    companions = {_COMPANION[name] for name in filled if name in _COMPANION} - set(filled)
    return {name: expense.values[name] for name in companions if name in expense.values}


def _same(said: str, read: str | None) -> bool:
    """`46` and `46.00` are the same amount."""
    if read is None:
        return False
    try:
        return Decimal(said) == Decimal(read)
    except ArithmeticError:
        return said.casefold() == read.casefold()


def _text(value: object) -> str:
    """As the host keeps it: `2026-11-05`, `46.00`, `Café Lumière`."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _or_none(value: Decimal | None) -> str | None:
    return None if value is None else _text(value)
