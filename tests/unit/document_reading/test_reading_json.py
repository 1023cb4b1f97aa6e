"""A reading passes between the function and its confined process whole, whatever fields it has."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from functions.document_reading.reading.model import (
    Category,
    Contradiction,
    Field,
    Reading,
    Source,
    VatLine,
)
from functions.document_reading.worker.reading_json import reading_from_json, reading_to_json

FULL = Reading(
    merchant=Field("Café Lumière", is_confirmed=False, source=Source.OCR),
    date=Field(date(2026, 11, 5), is_confirmed=True, source=Source.TEXT),
    total=Field(Decimal("46.00"), is_confirmed=True, source=Source.E_INVOICE),
    currency=Field("EUR", is_confirmed=True, source=Source.OCR),
    document_number=Field("T-14", is_confirmed=False, source=Source.OCR),
    category=Field(Category.MEAL, is_confirmed=False, source=Source.OCR),
    vat=(VatLine(Decimal(10), Decimal("4.18"), Decimal("41.82")), VatLine(None, Decimal("0.50"))),
    contradictions=(Contradiction.DATE,),
    is_credit_note=True,
    turns=((0, 1.5708),),
)


def test_every_field_arrives_as_it_was_read() -> None:
    assert reading_from_json(reading_to_json(FULL)) == FULL
    assert all(getattr(FULL, field.name) != field.default for field in fields(Reading))


def test_what_was_not_read_arrives_as_nothing() -> None:
    assert reading_from_json(reading_to_json(Reading())) == Reading()


@pytest.mark.parametrize("value", ["soon", "2026-02-30", ""])
def test_a_value_of_another_type_is_refused(value: str) -> None:
    answer = reading_to_json(FULL) | {"date": [value, True, "ocr"]}

    with pytest.raises(ValueError, match=r"isoformat|day"):
        reading_from_json(answer)
