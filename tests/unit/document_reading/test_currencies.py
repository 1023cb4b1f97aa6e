"""Which currency a document is in, how sure that is, and how many decimals its amounts have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.parse import amounts_of
from functions.document_reading.reading.print.layout import Origin, origin_of
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import typed


def read(text, country=None):
    return read_pages([typed(text)], country=country)


@pytest.mark.parametrize(
    ("place", "sign", "code"),
    [
        ("Calgary AB T2P 1B3\nGST 5%   1.10", "$", "CAD"),
        ("Ciudad de Mexico\nRFC TEF901231AB1", "$", "MXN"),
        ("Singapore 098585", "$", "SGD"),
        ("Austin, TX 78701", "$", "USD"),
        ("0184 Oslo\nOrg.nr. NO 912 345 678 MVA", "kr ", "NOK"),
        ("111 51 Stockholm\nMoms 12%", "kr ", "SEK"),
        ("2100 København\nCVR 12345678", "kr ", "DKK"),
        ("Nanjing West Road, Shanghai", "¥", "CNY"),
        ("Tokyo 100-0001 Japan", "¥", "JPY"),
    ],
)
def test_a_sign_of_several_currencies_is_the_countrys(place, sign, code):
    reading = read(f"CORNER HOUSE\n{place}\nCoffee      {sign}24.50\nTotal       {sign}24.50\n")

    assert reading.currency.value == code
    assert reading.currency.is_confirmed


def test_a_bare_dollar_without_a_country_is_not_confirmed():
    reading = read("CORNER HOUSE\nCoffee      $24.50\nTotal       $24.50\n", country="US")

    assert reading.currency.value == "USD"
    assert not reading.currency.is_confirmed


@pytest.mark.parametrize(
    ("place", "is_confirmed"),
    [
        ("Springfield, IL 62701\n(217) 555-0142", True),
        ("Springfield IL. 62701\n217-555-0142", True),
        ("Springfield, IL 62701-1234\n217.555.0142", True),
        ("Springfield, IL 62701\n08/24/2024", True),
        ("Springfield, IL 62701\n08/12/2024", False),
        ("Springfield, IL 62701", False),
        ("Springfield, IL 92701\n(217) 555-0142", False),
        ("(217) 555-0142\n08/24/2024", False),
    ],
)
def test_without_any_sign_an_american_town_and_one_thing_more_confirm_the_dollar(place, is_confirmed):
    reading = read(f"CORNER HOUSE\n{place}\nCoffee      24.50\nTotal       24.50\n")

    assert (reading.currency.value, reading.currency.is_confirmed) == ("USD", is_confirmed)


@pytest.mark.parametrize(
    ("print_", "country"),
    [
        ("(217) 555-0142", "US"),
        ("(416) 555-0142", "CA"),
        ("416-555-0142", "CA"),
        ("(876) 555-0142", None),
        ("(116) 555-0142", None),
        ("(800) 555-0142", "US"),
        ("(800) 555-0142\nHST 13%", "CA"),
        ("08/24/2024", None),
        ("Invoice IN46226", None),
        ("Lawrence, IN 46226", "US"),
        ("Lawrence, IN,46226", "US"),
    ],
)
def test_a_telephones_area_or_a_states_postcode_say_which_american_country(print_, country):
    assert origin_of(lines_of([typed(f"CORNER HOUSE\n{print_}\nTotal   24.50\n")])).country == country


def test_each_different_thing_counts_once_towards_an_american_origin():
    lines = lines_of([typed("Springfield, IL 62701\nSpringfield, IL 62701\n(217) 555-0142\n08/24/2024\n")])

    assert origin_of(lines) == Origin("US", clues=4)


@pytest.mark.parametrize("item", ["PHP hosting, one year", "CAD software", "try our pies", "Item KR600"])
def test_a_code_that_is_a_word_or_a_number_of_an_item_is_no_currency(item):
    reading = read(f"Webhaus Ltd\n12 High Street, London\n{item}      £96.00\nTotal      £96.00\n")

    assert reading.currency.value == "GBP"


@pytest.mark.parametrize("number", ["DT-2024/0088", "A-DT", "RM/2024/7"])
def test_a_sign_joined_to_figures_is_part_of_a_number(number):
    reading = read(
        f"Webhaus Ltd\n12 High Street, London\nNumber      {number}\nTotal      96.00\n", country="GB"
    )

    assert reading.currency.value == "GBP"


def test_a_country_that_is_named_often_confirms_its_currency():
    reading = read("KEDAI TAMAN\nJalan Besar, Johor\nJumlah      12.50\nTunai      12.50\n")

    assert reading.currency.value == "MYR"
    assert reading.currency.is_confirmed


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("Gesamtbetrag   1.250 €", "1250"),
        ("Total   Rp 57.000", "57000"),
        ("Total   120.000 VND", "120000"),
        ("Total   1.540 ISK", "1540"),
        ("Total   8.250 KWD", "8.250"),
        ("Total TTC   63,000 DT", "63.000"),
        ("TOTAL   *510,00 EUR", "510.00"),
        ("TOTAL   **5,00 EUR", "5.00"),
    ],
)
def test_decimals_are_those_of_the_currency(line, total):
    assert read(f"CORNER HOUSE\n{line}\n").total.value == Decimal(total)


def test_the_figures_of_a_card_are_no_amount():
    amounts = amounts_of(lines_of([typed("VISA ****1234\nVISA **** 5,00\n")]))

    assert [amount.value for amount in amounts if amount.is_money] == [Decimal("5.00")]


@pytest.mark.parametrize(
    ("text", "code", "is_confirmed"),
    [
        ("Total 12.50 EUR", "EUR", True),
        ("Total EUR  12.50", "EUR", True),
        ("Total 12.50 euro", "EUR", True),
        ("Total 12.50\nEUR", "EUR", False),
        ("Total 12.50 EUR\nCoffee 1.00 USD", "EUR", True),
        ("Total 12.50 EUR\nCoffee 1.00 USD\nTea 2.00 USD", "EUR", False),
        ("Amount (RM)  12.50\nTotal 12.50", "MYR", False),
        ("$ 12.50 Total\nCAD", "CAD", True),
    ],
)
def test_a_sign_at_the_total_confirms_where_no_other_speaks_as_loud(text, code, is_confirmed):
    currency = read(text).currency

    assert (currency.value, currency.is_confirmed) == (code, is_confirmed)


@pytest.mark.parametrize("text", ["Total 12.50", "Total S 12.50", "all prices in euro\nTotal 12.50"])
def test_without_a_sign_the_companys_country_is_a_guess(text):
    assert read(text).currency is None
    assert not read(text, country="MY").currency.is_confirmed
