"""Pages that are documents of their own, and pages that belong together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.model import Contradiction, Reading
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import typed


def receipt(shop: str, day: str, net: str, tax: str, total: str, number: str = "") -> str:
    head = f"{shop}\n12 rue des Lilas\n75019 Paris\n"
    numbered = f"Ticket n° {number}\n" if number else ""
    return f"{head}{numbered}Date : {day}\nTotal HT   {net}\nTVA 20 %   {tax}\nTotal TTC  {total} EUR\n"


BAKER = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00")
GARAGE = receipt("Garage Moreau SARL", "15/11/2026", "50,00", "10,00", "60,00")


def read(*pages: str) -> Reading:
    return read_pages([typed(page) for page in pages], country=None)


def test_two_receipts_in_a_file_are_not_mixed():
    reading = read(BAKER, GARAGE)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)
    assert (reading.merchant.value, reading.total.value) == ("Boulangerie Duval", Decimal("12.00"))
    assert reading.currency.value == "EUR"
    fields = (reading.merchant, reading.date, reading.total, reading.currency)
    assert not any(field.is_confirmed for field in fields)


def test_a_page_without_a_total_between_two_receipts_changes_nothing():
    reading = read(BAKER, "Merci de votre visite", GARAGE)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)


def test_two_receipts_of_one_shop_differ_in_their_numbers():
    one = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00", "10233")
    other = receipt("Boulangerie Duval", "14/11/2026", "50,00", "10,00", "60,00", "10234")

    assert read(one, other).contradictions == (Contradiction.DOCUMENTS,)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(BAKER, id="a copy"),
        pytest.param(
            receipt("Boulangerie Duval", "15/11/2026", "50,00", "10,00", "60,00"), id="the same shop"
        ),
        pytest.param(receipt("Garage Moreau", "14/11/2026", "50,00", "10,00", "60,00"), id="the same day"),
        pytest.param(receipt("Garage Moreau", "15/11/2026", "10,00", "2,00", "12,00"), id="the same total"),
        pytest.param("Garage Moreau\nDate : 15/11/2026\nTotal TTC  60,00 EUR", id="a total nothing proves"),
        pytest.param("Conditions générales de vente", id="no total"),
    ],
)
def test_pages_that_may_belong_together_are_one_document(other):
    assert read(BAKER, other).contradictions == ()


def test_pages_with_one_number_are_one_document():
    one = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00", "10233")
    other = receipt("Garage Moreau", "15/11/2026", "50,00", "10,00", "60,00", "10233")

    assert read(one, other).contradictions == ()
