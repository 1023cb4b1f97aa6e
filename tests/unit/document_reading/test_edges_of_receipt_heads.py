"""Where a name at the head of a receipt begins to be one, and to be proven, one case on each side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.document_reading.reading.merchant.business_names import (
    NameCandidate,
)
from functions.document_reading.reading.merchant.merchant import merchant_of
from functions.document_reading.reading.merchant.names_on_receipts import names_on_receipts
from functions.document_reading.reading.merchant.receipt_heads import heads_receipt
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed

SHOP = "\nTAX INVOICE\nTea  3.00\nTotal  3.00"


def on_receipt(head: str, confidence: float = 1.0) -> list[NameCandidate]:
    return list(names_on_receipts(lines_of([typed(head + SHOP, Source.OCR, confidence)])))


def evidence(head: str, confidence: float = 1.0) -> list[set[str]]:
    """What speaks for or against each name at the head of a receipt, without its place."""
    return [
        {
            piece.removeprefix("receipt: ")
            for piece, amount in one.evidence.items()
            if amount and "line" not in piece
        }
        for one in on_receipt(head, confidence)
    ]


@pytest.mark.parametrize(
    ("head", "pieces"),
    [
        ("Lim Kee", [set()]),
        ("Lim Kee Sdn Bhd", [{"legal form"}]),
        ("Lim Kee Restaurant", [{"trade"}]),
        ("Lim Kee\n12 Jalan Mawar", [{"above an address"}]),
        ("Restaurant\n12 Jalan Mawar", [{"trade"}]),
        ("Lim Kee 12\n12 Jalan Mawar", [set()]),
        ("formerly known as\nLim Kee\nQuek Two", [{"former name"}, set()]),
        ("formerly known as\n12 Jalan Mawar\nLim Kee", [set()]),
        ("Quek Two\nformerly known as\nLim Kee", [set(), {"former name"}]),
    ],
)
def test_what_stands_with_a_name_at_the_head_of_a_receipt(head, pieces):
    assert evidence(head) == pieces


@pytest.mark.parametrize(("confidence", "is_doubted"), [(0.9, False), (0.89, True)])
def test_a_name_is_in_doubt_where_ocr_is(confidence, is_doubted):
    assert ("in doubt" in evidence("Lim Kee", confidence)[0]) is is_doubted


@pytest.mark.parametrize(("size", "is_large"), [(12.5, False), (12.6, True)])
def test_large_print_is_a_quarter_larger_than_usual(size, is_large):
    sheet = Sheet(source=Source.OCR)
    sheet.put(60, 0, "Lim Kee", size)
    for row in range(1, 4):
        sheet.put(60, 20 * row, "Tea 3.00", 10)

    (name,) = names_on_receipts(lines_of([sheet.as_page()]))

    assert bool(name.evidence["receipt: large print"]) is is_large


@pytest.mark.parametrize(
    ("head", "places"),
    [("Lim Kee\nQuek Two\nSong Four\nTan Five\nGoh Six", ["1", "2", "3", "later", "later"])],
)
def test_names_count_less_the_later_they_come(head, places):
    found = [
        next(piece for piece in one.evidence if "line" in piece).removeprefix("receipt: ")
        for one in on_receipt(head)
    ]

    assert found == [f"line {place}" if place.isdigit() else f"{place} line" for place in places]


@pytest.mark.parametrize(
    ("head", "is_registered"),
    [
        ("Lim Kee Sdn Bhd\n(123456-A)", True),
        ("Lim Kee Sdn Bhd\nx\nx\n(123456-A)", True),
        ("Lim Kee Sdn Bhd\nx\nx\nx\n(123456-A)", False),
        ("Lim Kee Sdn Bhd", False),
        ("Lim Kee\n(123456-A)", False),
        ("formerly known as\nLim Kee Sdn Bhd\n(123456-A)", False),
    ],
)
def test_a_register_stands_with_a_company_within_three_lines(head, is_registered):
    assert on_receipt(head)[0].is_registered is is_registered


@pytest.mark.parametrize(("source", "is_stated"), [(Source.TEXT, True), (Source.OCR, False)])
def test_a_company_above_its_register_is_stated_where_it_is_not_read_by_ocr(source, is_stated):
    (name,) = names_on_receipts(lines_of([typed(f"Lim Kee Sdn Bhd\n(123456-A){SHOP}", source)]))

    assert name.is_stated is is_stated


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("France\nLim Kee", ["Lim Kee"]),
        ("Lim Kee\nInvoice Total\nQuek Two", ["Lim Kee"]),
        ("Lim Kee\n12 34\nQuek Two", ["Lim Kee", "Quek Two"]),
        ("Lim Kee\nInvoice\nQuek Two", ["Lim Kee", "Quek Two"]),
        ("Li4 567", []),
        ("Lim 456", ["Lim 456"]),
        ("Lim 45 6", ["Lim 45 6"]),
        ("Lim 45 67", []),
        ("Lim (Kee\nShop)", ["Lim (Kee Shop)"]),
        ("Cafe\nLim\nKee", ["Cafe Lim", "Kee"]),
        ("Lim &\nKee &\nQuek &\nSong", ["Lim & Kee & Quek &", "Song"]),
        ("Lim\nkee restaurant", ["Lim"]),
        ("Lim Kee, Berhad", ["Lim Kee, Berhad"]),
        ("Lim\nRestaurant Fashion Four", ["Lim Restaurant Fashion Four"]),
        ("Lim\nKee Family Restaurant", ["Lim Kee Family Restaurant"]),
        ("Lim\nKee Big Family Restaurant", ["Lim", "Kee Big Family Restaurant"]),
    ],
)
def test_names_at_the_head_of_a_receipt_end_where_another_begins(head, names):
    assert [one.name for one in on_receipt(head)] == names


STREET = "12, JALAN MERANTI 4,"
COMPANY = "QUEK HARDWARE SDN BHD"


def is_proven(
    *head: str, name: str = COMPANY, index: int = 0, used: int = 1, confidence: float = 1.0
) -> bool:
    """Whether the print around it proves a name at the head of a receipt, whose lines begin at one edge."""
    return heads_receipt(name, lines_of([typed("\n".join(head), Source.OCR, confidence)]), index, used)


@pytest.mark.parametrize(
    ("head", "does"),
    [
        ([STREET, "x", "(301457-K)"], True),
        ([STREET, *["x"] * 8, "(301457-K)"], True),
        ([STREET, *["x"] * 9, "(301457-K)"], False),
        ([STREET, "INVOICE", "(301457-K)"], True),
        ([STREET, "x", "TAX INVOICE", "(301457-K)"], False),
        ([STREET, "TAX INVOICE 12", "(301457-K)"], True),
        ([STREET, "x", "BILL TO", "(301457-K)"], False),
        (["(301457-K)", "x"], True),
        (["(301457-K)"], False),
        (["(301457-K)", "TAX INVOICE", "x"], False),
        (["(301457-K)", "TEA 3.00", "x"], False),
        (["NO 1", "(301457-K)"], False),
        (["NO 12", "(301457-K)"], True),
        (["x", "(301457-K)"], False),
        ([STREET, *["x"] * 4, "43200 CHERAS", "03-9076 2211"], True),
        ([STREET, *["x"] * 5, "43200 CHERAS", "03-9076 2211"], False),
        ([STREET, "x", "43200 CHERAS"], False),
        ([STREET, "x", "03-9076 2211"], False),
        ([STREET, "x", "x"], False),
    ],
)
def test_a_company_is_proven_by_what_stands_below_it(head, does):
    assert is_proven(COMPANY, *head) is does


@pytest.mark.parametrize(
    ("name", "does"),
    [
        ("QUEK HARDWARE SDN BHD", True),
        ("QUEK HARDWARE", True),
        ("QUEK", False),
        ("HARDWARE FASHION", False),
        ("QKS HARDWARE", True),
        ("QKST HARDWARE", False),
        ("A1 HARDWARE", True),
        ("AB1 HARDWARE", False),
        ("12 HARDWARE", True),
        ("QUEK HOLDINGS SDN BHD", False),
    ],
)
def test_a_name_that_is_whole_and_says_what_it_is_is_proven(name, does):
    assert is_proven(name, STREET, "x", "(301457-K)", name=name) is does


@pytest.mark.parametrize(
    ("name", "does"),
    [
        ("KORNBLUM", True),
        ("KORN", True),
        ("KOR", False),
        ("KORNBLUM ST", True),
        ("KORNBLUM STR", False),
        ("KORNBLUM ONE TWO ANA", True),
        ("KORNBLUM ONE TWO ANA ELI", False),
        ("KORNBLUM 12", False),
        ("CHERAS", False),
        ("CHERAS OM", False),
        ("CHERAS OMA", True),
        ("CHERAS JALAN", False),
    ],
)
def test_a_bare_name_above_all_of_its_address_is_proven(name, does):
    assert is_proven(name, STREET, "43200 CHERAS", "03-9076 2211", name=name) is does


@pytest.mark.parametrize(
    ("below", "does"),
    [
        ([STREET, "43200 CHERAS", "03-9076 2211"], True),
        (["12 BROADWAY", "43200 CHERAS", "03-9076 2211"], True),
        (["TABLE 12", "43200 CHERAS", "03-9076 2211"], False),
        (["43200 CHERAS", "03-9076 2211"], False),
        ([STREET, "43200 CHERAS", "x"], False),
        ([STREET, "x", "03-9076 2211"], False),
    ],
)
def test_a_bare_name_needs_street_town_and_telephone_below(below, does):
    assert is_proven("KORNBLUM", *below, name="KORNBLUM") is does


@pytest.mark.parametrize(("height", "does"), [(16.5, True), (16.6, False)])
def test_a_bare_name_in_large_print_is_a_logo(height, does):
    page = typed("\n".join(["KORNBLUM", STREET, "43200 CHERAS", "03-9076 2211"]), Source.OCR)
    words = [replace(one, top=one.bottom - height) if one.text == "KORNBLUM" else one for one in page.words]

    assert heads_receipt("KORNBLUM", lines_of([replace(page, words=tuple(words))]), 0, 1) is does


def test_a_name_of_a_text_layer_needs_no_such_proof():
    page = typed("\n".join([COMPANY, STREET, "x", "(301457-K)"]), Source.TEXT)

    assert not heads_receipt(COMPANY, lines_of([page]), 0, 1)


@pytest.mark.parametrize(
    ("above", "does"),
    [("AB", True), ("ABC", False), ("QUE", True), ("12345", True), ("A12345", True), ("INVOICE", True)],
)
def test_a_line_above_a_proven_name_is_no_other_name(above, does):
    assert is_proven(above, COMPANY, STREET, "x", "(301457-K)", index=1) is does


@pytest.mark.parametrize(("name", "does"), [("QUEK HARDWARE SDN BHD", True), ("QUEK HARDWARE", False)])
def test_a_proven_name_over_two_lines_ends_with_its_form(name, does):
    head = ["QUEK", name.removeprefix("QUEK "), STREET, "x", "(301457-K)"]

    assert is_proven(*head, name=name, used=2) is does


@pytest.mark.parametrize(("confidence", "does"), [(0.97, True), (0.969, False)])
def test_a_proven_name_is_read_surely(confidence, does):
    assert is_proven(COMPANY, STREET, "x", "(301457-K)", confidence=confidence) is does


@pytest.mark.parametrize(
    ("aside", "does"), [(0, True), (7.7, True), (7.9, False), (-7.7, True), (-7.9, False)]
)
def test_a_whole_name_begins_within_a_character_or_so_of_the_lines_below(aside, does):
    page = typed("\n".join([COMPANY, STREET, "x", "(301457-K)"]), Source.OCR)
    top = min(word.top for word in page.words)
    moved = [
        replace(word, left=word.left + aside, right=word.right + aside) if word.top == top else word
        for word in page.words
    ]

    assert heads_receipt(COMPANY, lines_of([replace(page, words=tuple(moved))]), 0, 1) is does


@pytest.mark.parametrize(
    ("below", "does"),
    [
        ([STREET, "(301457-K)", "  abc", "  abc", "  abcdefgh"], True),
        ([STREET, "  abc", "  abc", "  abcdefgh", "(301457-K)"], False),
    ],
)
def test_the_four_lines_below_a_name_say_where_lines_begin(below, does):
    assert is_proven(COMPANY, *below) is does


def test_no_name_is_read_where_the_words_of_a_receipt_are_all_in_small_letters():
    page = typed("lim kee" + SHOP, Source.OCR)

    assert merchant_of(lines_of([replace(page, source=Source.OCR)])) is None
