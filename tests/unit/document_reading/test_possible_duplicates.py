"""Two documents of one purchase are told apart from two purchases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.job.similarity import look_similar
from functions.document_reading.reading.model import Contradiction, Field, Part, Source
from shared.domain.expenses import ExpenseStatus, part_expense_id
from shared.domain.reading_jobs import Likeness, folded_merchant
from testing.fakes.expenses_to_read import expense_to_read, reading
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


def read_of_two(world: ReadingWorld, expense_id: str) -> None:
    """A file of a hotel's invoice, and of the lunch that has been read already."""
    hotel = reading(merchant=read_field("Hotel Kleber"), total=read_field(Decimal("145.00")))
    world.reader.readings[expense_id] = replace(
        hotel,
        contradictions=(Contradiction.DOCUMENTS,),
        parts=(Part((0,), None, hotel), Part((1,), None, reading())),
    )
    world.imported(expense_id)
    world.answer(expense_id)


def test_each_of_several_documents_is_compared_by_itself(world: ReadingWorld) -> None:
    read_of_two(world, "two")

    hotel, lunch = world.reading("two").parts
    assert (hotel.reading.possible_duplicate_of, lunch.reading.possible_duplicate_of) == (None, "receipt")
    assert world.reading("two").possible_duplicate_of is None
    assert (hotel.pages, hotel.reading.values["amount"]) == ((0,), "145.00")
    assert (lunch.pages, lunch.reading.values["amount"]) == ((1,), "46.00")


def test_one_of_several_is_found_by_others_once_it_is_an_expense(world: ReadingWorld) -> None:
    world.expenses.expenses["receipt"] = replace(world.expense("receipt"), status=ExpenseStatus.DELETED)
    read_of_two(world, "two")
    split_off = part_expense_id("two", 2)
    world.imported("slip before")
    world.answer("slip before")

    world.expenses.expenses[split_off] = expense_to_read(split_off)
    world.answer("slip")

    assert world.reading("slip before").possible_duplicate_of is None
    assert world.reading("slip").possible_duplicate_of == min(split_off, "slip before")


def test_what_its_user_has_typed_is_no_part_of_what_the_documents_say(world: ReadingWorld) -> None:
    world.imported("two", values={"merchant": "Mine"}, edited_fields=frozenset({"merchant"}))
    hotel = reading(merchant=read_field("Hotel Kleber"), total=read_field(Decimal("145.00")))
    world.reader.readings["two"] = replace(
        hotel, parts=(Part((0,), None, hotel), Part((1,), None, reading()))
    )

    world.answer("two")

    assert "merchant" not in world.reading("two").values
    assert world.reading("two").parts[0].reading.values["merchant"] == "Hotel Kleber"
