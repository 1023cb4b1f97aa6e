"""One case on each side of rules that papers as a whole seldom come near."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.document_number import document_number_of
from functions.document_reading.reading.merchant.business_names import legal_form_end
from functions.document_reading.reading.merchant.merchant import merchant_of
from functions.document_reading.reading.merchant.web_names import web_names
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("www.shop.kronberg.de", {"kronberg": 1}),
        ("www.kronberg.co.uk", {"kronberg": 1}),
        ("www.billing.wolke.com", {"wolke": 1}),
        ("www.co.de", {}),
    ],
)
def test_a_domain_of_three_parts_is_the_countrys_or_a_part_of_the_companys(text, names):
    assert web_names(lines_of([typed(text)])) == names


@pytest.mark.parametrize(
    ("name", "has_form"),
    [
        ("Kronberg AG", True),
        ("Kronberg ag", False),
        ("Kronberg Ag", False),
        ("Kronberg A.G.", True),
        ("Kronberg e.K.", True),
        ("Mercer & Co", True),
        ("Wolke SE", True),
        ("Wolke se", False),
        ("Kronberg Gmbh", True),
        ("Kronberg gmbh", False),
    ],
)
def test_a_legal_form_is_told_from_a_word_by_its_case(name, has_form):
    assert bool(legal_form_end(name)) is has_form


def test_a_number_stands_under_its_label_and_not_under_the_next_one():
    sheet = "Customer     Invoice No     Order\nC-4711       RE-2024-17     B-99\n"

    assert document_number_of(lines_of([typed(sheet)])) == "RE-2024-17"


@pytest.mark.parametrize("is_seller_left", [True, False])
def test_a_heading_of_another_column_says_nothing_of_a_name(is_seller_left):
    buyer = ["Bill to", "Wolke Verlag GmbH", "Gartenstraße 14, 80333 München"]
    seller = ["From", "Kronberg Technik GmbH", "Lindenallee 88, 50667 Köln"]
    left, right = (seller, buyer) if is_seller_left else (buyer, seller)
    columns = "".join(f"{one:<40}{other}\n" for one, other in zip(left, right, strict=True))

    merchant = merchant_of(lines_of([typed(f"{columns}{INVOICE}")]))

    assert merchant.name == "Kronberg Technik GmbH"


REGISTERED = "Kronberg Technik GmbH\nLindenallee 88, 50667 Köln\nAmtsgericht Köln HRB 12345\n"
INVOICE = "\nRechnung RE-2024-17\nRechnungsdatum 05.03.2024\nGesamtbetrag   119,00 EUR\n"


@pytest.mark.parametrize(
    ("text", "is_confirmed"),
    [
        (REGISTERED + INVOICE, False),
        (REGISTERED + "www.kronberg-technik.de\n" + INVOICE, True),
        (REGISTERED + "www.kronberg-shop.de\n" + INVOICE, False),
        (REGISTERED + INVOICE + "\nKontoinhaber: Kronberg Technik GmbH\n", True),
        ("Kronberg Technik GmbH\nLindenallee 88, 50667 Köln\n" + INVOICE, False),
    ],
    ids=["registered alone", "and its domain", "and one of part of it", "and named again", "neither"],
)
def test_a_registered_company_that_ocr_doubts_is_confirmed_by_a_second_place(text, is_confirmed):
    merchant = merchant_of(lines_of([typed(text, Source.OCR, confidence=0.95)]))

    assert merchant.name == "Kronberg Technik GmbH"
    assert merchant.is_confirmed is is_confirmed
