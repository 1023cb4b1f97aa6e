"""Two documents of one purchase are told apart from two purchases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.job.similarity import look_alike
from functions.document_reading.reading.model import Field, Source
from shared.domain.expenses import ExpenseStatus
from shared.domain.reading_jobs import Likeness, folded_merchant
from tests.fakes.expenses_to_read import reading
from tests.fakes.failing import once
from tests.unit.document_reading.scan_world import ScanWorld


def read_field(value: Any) -> Field[Any]:
    return Field(value, is_confirmed=False, source=Source.OCR)


@pytest.fixture
def world() -> ScanWorld:
    """The receipt is read; the card slip is not yet."""
    world = ScanWorld()
    world.imported("receipt")
    world.answer("receipt")
    world.imported("slip")
    return world


def test_a_second_document_of_one_purchase_is_marked(world: ScanWorld) -> None:
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
def test_another_purchase_is_not_marked(world: ScanWorld, other: dict[str, Any]) -> None:
    world.reader.readings["slip"] = reading(**other)

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of is None


def test_a_purchase_whose_expense_was_deleted_is_no_duplicate(world: ScanWorld) -> None:
    world.expenses.expenses["receipt"] = replace(world.expense("receipt"), status=ExpenseStatus.DELETED)

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of is None


def test_of_two_read_at_the_same_time_at_least_one_is_marked(world: ScanWorld) -> None:
    world.imported("copy")
    world.reader.readings["slip"] = world.reader.readings["copy"] = reading(total=read_field(Decimal(9)))
    world.reader.before = once(lambda *_: world.answer("copy"))

    world.answer("slip")

    assert world.reading("slip").possible_duplicate_of == "copy"


LIKENESS = Likeness(date(2026, 11, 5), Decimal(46))


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
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
def test_names_are_compared_as_people_would(one: str, other: str, are_alike: bool) -> None:
    first = replace(LIKENESS, merchant=folded_merchant(one))
    second = replace(LIKENESS, merchant=folded_merchant(other))

    assert look_alike(first, second) is are_alike
    assert look_alike(second, first) is are_alike
