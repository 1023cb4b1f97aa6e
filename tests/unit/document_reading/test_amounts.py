"""Amounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.parse import amounts_of, parse
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed


def amounts(text: str, source: Source = Source.TEXT):
    return amounts_of(lines_of([typed(text, source)]))


def values(text: str, source: Source = Source.TEXT) -> list[str]:
    return [str(amount.value) for amount in amounts(text, source)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Total 9.00", "9.00"),
        ("Total 1,234.56", "1234.56"),
        ("Total 1.234,56", "1234.56"),
        ("Total 1 234,56", "1234.56"),
        ("Total 1\N{NARROW NO-BREAK SPACE}234,56 €", "1234.56"),
        ("Total 1'234.50", "1234.50"),
        ("Total 1\N{RIGHT SINGLE QUOTATION MARK}234.50 CHF", "1234.50"),
        ("Total 1,93,900.00", "193900.00"),
        ("Total 12€50", "12.50"),
        ("Total €29,99", "29.99"),
        ("Total RM42.15", "42.15"),
        ("Total 10,00EUR", "10.00"),
        ("Total -4,10", "-4.10"),
        ("Total \N{MINUS SIGN}4,10", "-4.10"),
        ("Total 4,10-", "-4.10"),
        ("Total (4.10)", "-4.10"),
        ("Total -RM 0.02", "-0.02"),
        ("Total .14", "0.14"),
        ("Total 75.00SR", "75.00"),
    ],
)
def test_reads_every_way_of_writing(written, value):
    assert values(written) == [value]


@pytest.mark.parametrize(
    "written",
    [
        "05.03.2018",
        "12/01/19",
        "2018-03-05",
        "14:22:05",
        "03-8734112",
        "KPB12.50X",
        "192.168.10.20",
        "A-4.50",
    ],
)
def test_takes_no_date_time_or_number_for_money(written):
    assert not any(amount.is_money for amount in amounts(written))


def test_knows_thousands_from_decimals_by_the_other_amounts():
    assert values("Prix 1.200\nTotal 1.464,00") == ["1200", "1464.00"]
    assert values("Price 1.200\nTotal 1464.00") == ["1.200", "1464.00"]


def test_knows_the_currency_beside_an_amount():
    found = amounts("RM 9.00\n$ 5.50\n12,00 €\nCHF 45.-\n£3")

    assert [amount.currency for amount in found] == ["MYR", "$", "EUR", "CHF", "GBP"]
    assert all(amount.is_money for amount in found)


def test_a_percentage_is_no_money():
    assert [amount.is_percent for amount in amounts("TVA 20,00 % 4,10")] == [True, False]


@pytest.mark.parametrize(
    ("misread", "value"), [("50.0c", "50.00"), ("1O.00", "10.00"), ("2.1C", "2.10"), ("80 91", "80.91")]
)
def test_guesses_misread_digits_and_says_so(misread, value):
    (amount,) = amounts(f"CASH {misread}", Source.OCR)

    assert amount.value == Decimal(value)
    assert amount.is_repaired


def test_guesses_nothing_in_a_text_layer():
    assert not any(amount.is_money for amount in amounts("CASH 50.0c"))


@pytest.mark.parametrize(
    ("mark", "decimals", "value"),
    [(None, 3, "1.250"), (None, 2, "1250"), (".", 2, "1.250"), (",", 3, "1250")],
)
def test_three_figures_behind_a_point_are_decimals_where_amounts_have_as_many(mark, decimals, value):
    assert parse("1.250", mark, decimals)[0] == Decimal(value)
