"""Where an e-invoice and its page differ: what is given, what is confirmed, what is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from functions.document_reading.reading.e_invoice.against_page import read_e_invoice
from functions.document_reading.reading.e_invoice.model import EInvoice
from functions.document_reading.reading.model import Contradiction, Reading
from tests.unit.document_reading.papers.e_invoice import INVOICE
from tests.unit.document_reading.papers.typewriter import typed

SHEET = """
Kronberg Technik GmbH, Lindenallee 88, 50667 Köln, ein Blatt, das breiter ist als jeder Kassenstreifen
Rechnung RE-2023-118
Rechnungsdatum: 05.03.2023
Summe netto          100,00 EUR
MwSt. 19 %            19,00 EUR
Rechnungsbetrag      119,00 EUR
"""


def test_what_both_say_is_confirmed_and_nothing_reported():
    reading = read()

    fields = (reading.merchant, reading.date, reading.total, reading.currency, reading.document_number)
    assert all(field.is_confirmed for field in fields)
    assert reading.contradictions == ()


@pytest.mark.parametrize(
    ("shown", "total", "codes"),
    [
        (SHEET.replace("119,00", "120,00").replace("19,00", "20,00"), "120.00", (Contradiction.TOTAL,)),
        (SHEET.replace("119,00", "120,00"), "119.00", ()),
        (SHEET.replace("119,00", "120,00").replace("19,00", "20,00") + "Artikel 119,00\n", "119.00", ()),
    ],
    ids=["another one is proven", "another one is not proven", "it stands there, too"],
)
def test_another_total_is_reported_where_the_page_proves_it_alone(shown, total, codes):
    reading = read(page=shown)

    assert (reading.total.value, reading.total.is_confirmed) == (Decimal(total), False)
    assert reading.contradictions == codes


@pytest.mark.parametrize(
    ("shown", "day", "codes"),
    [
        (SHEET.replace("05.03", "06.03"), date(2023, 3, 6), (Contradiction.DATE,)),
        (SHEET.replace("05.03", "06.03") + "Lieferung 05.03.2023\n", date(2023, 3, 5), ()),
        (SHEET.replace("Rechnungsdatum: 05.03", "Seite 06.03"), date(2023, 3, 5), ()),
    ],
    ids=["another one is confirmed", "it stands there, too", "another one is not confirmed"],
)
def test_another_day_is_reported_where_the_page_confirms_it_alone(shown, day, codes):
    reading = read(page=shown)

    assert (reading.date.value, reading.date.is_confirmed) == (day, False)
    assert reading.contradictions == codes


@pytest.mark.parametrize(
    ("shown", "codes"),
    [
        (SHEET.replace("EUR", "CHF"), (Contradiction.CURRENCY,)),
        (SHEET.replace("EUR", ""), ()),
        (SHEET.replace("EUR", "$"), ()),
    ],
    ids=["confirmed", "none", "in doubt"],
)
def test_another_currency_is_reported_where_the_page_confirms_it(shown, codes):
    assert read(page=shown).contradictions == codes


@pytest.mark.parametrize(
    ("shown", "codes"),
    [
        (SHEET.replace("RE-2023-118", "RE-2023-999") + "Zahlung: RE-2023-999\n", (Contradiction.NUMBER,)),
        (SHEET.replace("RE-2023-118", "RE-2023-999"), ()),
        (SHEET.replace("RE-2023-118", "RE-2023-999") + "Zahlung: RE-2023-999 RE-2023-118\n", ()),
    ],
    ids=["printed twice", "printed once", "it stands there, too"],
)
def test_another_number_is_reported_where_the_page_has_it_twice(shown, codes):
    assert read(page=shown).contradictions == codes


@pytest.mark.parametrize("name", ["date", "total", "currency", "document_number"])
def test_what_the_xml_leaves_out_is_read_off_the_page(name):
    reading = read(replace(INVOICE, **{name: None}))

    assert getattr(reading, name) is not None
    assert reading.contradictions == ()


@pytest.mark.parametrize("adds_up", [True, False, None])
def test_without_a_page_a_total_is_confirmed_by_its_sums_alone(adds_up):
    reading = read_e_invoice([replace(INVOICE, adds_up=adds_up)], None, country=None)

    assert reading.total.is_confirmed is (adds_up is True)
    assert (Contradiction.SUM in reading.contradictions) is (adds_up is False)
    assert not reading.date.is_confirmed


def test_of_several_invoices_the_one_that_the_page_shows_is_given():
    other = replace(INVOICE, document_number="RE-2023-119", total=Decimal("5.00"), date=date(2023, 3, 6))

    reading = read_e_invoice([other, INVOICE], [typed(SHEET)], country=None)

    assert reading.document_number.value == "RE-2023-118"
    assert reading.contradictions == (Contradiction.INVOICES,)


def read(invoice: EInvoice = INVOICE, page: str = SHEET) -> Reading:
    return read_e_invoice([invoice], [typed(page)], country=None)
