"""What of a reading goes onto an expense: nothing where its user has said something."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.job.prefill_expense import filling_of
from functions.document_reading.reading.model import (
    Contradiction,
    Field,
    Place,
    Reading,
    Source,
    VatLine,
)
from shared.domain.readings import ExpenseReading, Mark, VatOfRate
from testing.fakes.expenses_to_read import expense_to_read, reading

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def fill(read: Reading, **expense: Any) -> ExpenseReading:
    return filling_of(expense_to_read(**expense), read, duplicates=[None], now=NOW)


def test_a_value_of_the_users_stays_and_is_not_marked() -> None:
    filling = fill(reading(), values={"merchant": "Chez moi"}, edited_fields=frozenset({"merchant"}))

    assert set(filling.values) == set(filling.marks) == {"date", "amount", "currency"}


def test_a_value_that_was_there_before_stays_though_nobody_edited_it() -> None:
    filling = fill(reading(), values={"merchant": "Chez moi"})

    assert "merchant" not in filling.values


def test_a_field_that_its_user_has_emptied_stays_empty() -> None:
    filling = fill(reading(), edited_fields=frozenset({"merchant", "date"}))

    assert set(filling.values) == {"amount", "currency"}


@pytest.mark.parametrize(
    ("said", "filled", "kept"),
    [
        ({"currency": "EUR"}, {"amount": "46.00"}, {"currency": "EUR"}),
        ({"currency": "CHF"}, {}, {}),
        ({"amount": "46"}, {"currency": "EUR"}, {"amount": "46"}),
        ({"amount": "12.00"}, {}, {}),
        ({"amount": "about forty"}, {}, {}),
        ({"amount": ""}, {}, {}),
    ],
    ids=[
        "same currency",
        "another currency",
        "same amount",
        "another amount",
        "no amount",
        "of another form",
    ],
)
def test_an_amount_is_never_put_beside_another_currency(
    said: dict[str, str], filled: dict[str, str], kept: dict[str, str]
) -> None:
    filling = fill(reading(merchant=None, date=None), values=said)

    assert filling.values == filled
    assert filling.kept == kept


def test_an_amount_without_a_currency_is_filled_in_alone() -> None:
    filling = fill(reading(currency=None))

    assert filling.values["amount"] == "46.00"
    assert "currency" not in filling.values


def test_amounts_are_decimal_strings_and_credit_notes_negative() -> None:
    total = Field(Decimal("-1.2E+2"), is_confirmed=False, source=Source.E_INVOICE)

    filling = fill(
        Reading(
            total=total,
            vat=(VatLine(None, Decimal("-20.00")),),
            contradictions=(Contradiction.TOTAL,),
            is_credit_note=True,
        )
    )

    assert filling.values == {"amount": "-120"}
    assert filling.vat == [VatOfRate("-20.00")]
    assert filling.contradictions == ["total-differs-from-page"]
    assert filling.is_credit_note


def test_a_mark_says_where_the_value_stands() -> None:
    total = Field(
        Decimal("46.00"), is_confirmed=True, source=Source.OCR, place=Place(1, 0.5, 0.25, 0.75, 0.3)
    )

    filling = fill(replace(reading(), total=total))

    assert filling.marks["amount"] == Mark(True, "ocr", (1, 0.5, 0.25, 0.75, 0.3))
    assert filling.marks["date"].place is None
