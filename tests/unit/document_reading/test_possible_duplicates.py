"""Two documents of one purchase are told apart from two purchases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.job.similarity import look_similar
from functions.document_reading.reading.model import Field, Source
from shared.domain.expenses import ExpenseStatus
from shared.domain.reading_jobs import Likeness, folded_merchant
from testing.fakes.expenses_to_read import reading
from testing.fakes.failing import once
from tests.unit.document_reading.reading_world import ReadingWorld


def read_field(value: Any) -> Field[Any]:
    return Field(value, is_confirmed=False, source=Source.OCR)


@pytest.fixture
def world() -> ReadingWorld:
    """The receipt is read; the card slip is not yet."""
    world = ReadingWorld()
    world.imported("receipt")
    world.answer("receipt")
    world.imported("slip")
    return world


def test_a_second_document_of_one_purchase_is_marked(world: ReadingWorld) -> None:
    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of == "receipt"
    assert world.reading("receipt").possible_duplicate_of is None
    assert world.expense("slip").values["amount"] == "46.00"


@pytest.mark.parametrize(
    "other",
    [
        {"date": read_field(date(2026, 11, 6))},
        {"total": read_field(Decimal("46.01"))},
        {"merchant": read_field("Rail Hexagone")},
        {"currency": read_field("CHF")},
        {"merchant": None},
        {"date": None},
        {"total": None},
    ],
    ids=["date", "amount", "merchant", "currency", "no merchant", "no date", "no amount"],
)
def test_another_purchase_is_not_marked(world: ReadingWorld, other: dict[str, Any]) -> None:
    world.reader.readings["slip"] = reading(**other)

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of is None


def test_a_purchase_whose_expense_was_deleted_is_no_duplicate(world: ReadingWorld) -> None:
    world.expenses.expenses["receipt"] = replace(world.expense("receipt"), status=ExpenseStatus.DELETED)

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of is None


def test_of_two_read_at_the_same_time_at_least_one_is_marked(world: ReadingWorld) -> None:
    world.imported("copy")
    world.reader.readings["slip"] = world.reader.readings["copy"] = reading(total=read_field(Decimal(9)))
    world.reader.before = once(lambda *_: world.answer("copy"))

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of == "copy"


LIKENESS = Likeness(date(2026, 11, 5), Decimal(46))


@pytest.mark.parametrize(
    ("one", "other", "are_similar"),
    [
        ("Café Lumière", "CAFE LUMIERE", True),
        ("Café Lumière", "Cafe Lumiere SARL, Paris", True),
        ("Café Lumière", "Cafe Lumlere", True),
        ("Café Lumière", "Café Central", False),
        ("SNCF", "SNCF Connect", True),
        ("SNCF", "RATP", False),
        ("東京タクシー", "東京タクシー", True),
        ("!!!", "!!!", False),
    ],
)
def test_names_are_compared_as_people_would(one: str, other: str, are_similar: bool) -> None:
    first = replace(LIKENESS, merchant=folded_merchant(one))
    second = replace(LIKENESS, merchant=folded_merchant(other))

    assert look_similar(first, second) is are_similar
    assert look_similar(second, first) is are_similar
