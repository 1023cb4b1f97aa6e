"""A reading passes between the function and its confined process whole, whatever fields it has."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.reading.model import (
    Category,
    Contradiction,
    Field,
    Part,
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
    parts=(
        Part((0, 2), None, Reading(total=Field(Decimal(12), is_confirmed=True, source=Source.OCR))),
        Part((1,), (0.1, 0.2, 0.5, 1.0), Reading(is_credit_note=True)),
    ),
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


@pytest.mark.parametrize(
    "part",
    [
        pytest.param({"pages": []}, id="on no page"),
        pytest.param({"pages": [-1]}, id="before the first page"),
        pytest.param({"pages": [10**9]}, id="behind the last page"),
        pytest.param({"box": [0, 0, 1]}, id="three edges"),
        pytest.param({"box": [0, 0, 1, 1.5]}, id="off the page"),
    ],
)
def test_a_part_that_is_nowhere_is_refused(part: dict[str, Any]) -> None:
    answer = reading_to_json(FULL)
    answer["parts"][0] |= part

    with pytest.raises(ValueError, match=r"no p|unpack"):
        reading_from_json(answer)


def test_of_parts_and_their_pages_so_many_arrive() -> None:
    many = replace(FULL, parts=tuple(Part(tuple(range(500)), None, Reading()) for _ in range(30)))

    arrived = reading_from_json(reading_to_json(many))

    assert [len(part.pages) for part in arrived.parts] == [100] * 10


def test_a_part_has_no_parts_of_its_own() -> None:
    answer = reading_to_json(FULL)
    answer["parts"][0]["reading"] |= {"parts": [answer["parts"][1]]}

    assert reading_from_json(answer) == FULL


def test_an_earlier_releases_answer_has_none() -> None:
    answer = reading_to_json(FULL)
    del answer["parts"]

    assert reading_from_json(answer) == replace(FULL, parts=())
