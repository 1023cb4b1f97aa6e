"""Where names of businesses begin to be names, and what stands with them to count, one case on each side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from functions.document_reading.reading.lexicon.tables import BUYER
from functions.document_reading.reading.merchant.business_names import (
    NameCandidate,
    comparable,
    is_address,
    is_continuation,
    is_heading,
    legal_form_end,
    name_with_form,
    parts,
    starts_with_legal_form,
    tidied,
    trade_meant,
    trade_parted,
    without_label,
)
from functions.document_reading.reading.merchant.merchant import merchant_of, weighed_names
from functions.document_reading.reading.merchant.names_on_invoices import is_heading_of, names_on_invoices
from functions.document_reading.reading.merchant.names_on_receipts import names_on_receipts
from functions.document_reading.reading.merchant.receipt_heads import heads_receipt
from functions.document_reading.reading.merchant.web_names import agrees, is_named_like, web_names
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line, lines_of
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Kronberg AG x KG", 16),
        ("Kronberg AG x y KG", 11),
        ("Kronberg GmbH & Co. KG", 22),
        ("Kronberg gmbh", None),
        ("Kronberg s.a.", 13),
        ("Kronberg s.", None),
        ("Kronberg Co", 11),
        ("Kronberg Kg", None),
        ("AG Kronberg", None),
        ("Kronberg , AG", 13),
        ("", None),
    ],
)
def test_a_legal_form_follows_a_name_and_is_written_as_one(text, end):
    assert legal_form_end(text) == end


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Trading one two three four five", True),
        ("Trading one two three four five six", False),
        ("Bakery", True),
        ("  & Sons", True),
        ("AG Kronberg", False),
        ("GmbH Kronberg", True),
        ("Co Kronberg", False),
        ("& Co KG Kronberg", True),
        ("Kronberg", False),
        ("&", False),
        ("", False),
    ],
)
def test_a_name_goes_on_in_a_short_line_that_begins_with_a_trade_or_form(text, does):
    assert is_continuation(text) is does


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One Two Three Four Five Six AG", "One Two Three Four Five Six AG"),
        ("One Two Three Four Five Six Seven AG", "One Two Three Four Five Six Seven AG"),
        ("we Two Three Four Five Six Seven Eight AG", "Two Three Four Five Six Seven Eight AG"),
        ("Papier AG Bad Singen", "Papier AG Bad Singen"),
        ("Papier AG Bad Singen West", "Papier AG"),
        ("Papier AG singen", "Papier AG"),
        ("Papier AG Rechnung", "Papier AG"),
        ("Papier AG, Bad Singen West", "Papier AG"),
        ("Papier AG 78224 Singen", "Papier AG"),
        ("made to all of you here by the kronberg AG today", "kronberg AG"),
        ("made to all of you here by Papier kronberg AG today", "Papier kronberg AG"),
        ("made to all of you here by papier kronberg AG today", "kronberg AG"),
        ("made to all of you here with 3 Kronberg AG today", "3 Kronberg AG"),
        ("made to all of you here with & Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Papier & Kronberg AG today", "Papier & Kronberg AG"),
        ("made to all of you here Papier und Kronberg AG today", "Papier und Kronberg AG"),
        ("made to all of you here und Kronberg AG today", "Kronberg AG"),
        ("made to all of you here (Papier Kronberg AG today", "(Papier Kronberg AG"),
        ("made to all of you here Str. Kronberg AG today", "Str. Kronberg AG"),
        ("made to all of you here Haus. Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus: Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus; Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus Kronberg AG today", "Haus Kronberg AG"),
    ],
)
def test_of_a_sentence_the_capitalised_words_before_a_form_are_the_name(text, name):
    assert name_with_form(text, legal_form_end(text)) == name


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("SAS au capital de 10 000 euros", True),
        ("GmbH & Co. KG", True),
        ("Kronberg GmbH", False),
        ("rue GmbH", False),
        ("ag kronberg", False),
        ("Kronberg", False),
        ("", False),
    ],
)
def test_what_the_business_is_begins_with_its_form(text, does):
    assert starts_with_legal_form(text) is does


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sold by Kronberg", "Kronberg"),
        ("Lamps sold by Kronberg", "Lamps sold by Kronberg"),
        ("Lamps sold by Kronberg GmbH", "Kronberg GmbH"),
        ("Sold by", "Sold by"),
        ("Sold by GmbH", "Sold by GmbH"),
        ("Sold by Große", "Sold by Große"),
        ("Shop: Kronberg", "Kronberg"),
        ("Shop: by: Kronberg", "Kronberg"),
    ],
)
def test_a_label_is_taken_off_where_a_name_follows(text, name):
    assert without_label(text) == name


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("BAKARY", "BAKERY"),
        ("BAKERY", "BAKERY"),
        ("BAKEXX", "BAKEXX"),
        ("HOTOL", "HOTOL"),
        ("BAKER", "BAKER"),
        ("FASHIOM", "FASHION"),
    ],
)
def test_a_trade_of_six_letters_or_more_is_known_in_spite_of_one(word, meant):
    assert trade_meant(word) == meant


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("LIMBAKERY", "LIMBAKERY"),
        ("LIMFASHION", "LIM FASHION"),
        ("LIFASHION", "LIFASHION"),
        ("Limfashion", "Lim fashion"),
        ("FASHION", "FASHION"),
        ("FASHIONS", "FASHIONS"),
    ],
)
def test_a_trade_of_seven_letters_or_more_is_parted_from_a_name_of_three(word, parted):
    assert trade_parted(word) == parted


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Bergallee 4", True),
        ("Baallee 4", True),
        ("Allee", False),
        ("Allee,", True),
        ("Allee.", True),
        ("Xallee 4", False),
        ("Allee Platz", True),
        ("Avenue Allee", True),
        ("Kronberg 4", False),
        ("Kronberg", False),
        ("Kronberg,", False),
        ("12345 Kronberg", True),
        ("123 Kronberg", False),
        ("123456 Kronberg", False),
        ("Kronberg A1B 2C3", True),
        ("3-113, Kronberg", True),
        ("Kronberg 3-113,", False),
    ],
)
def test_an_address_is_a_place_with_a_number_or_two_places(text, is_one):
    words = tuple(text.lower().replace(",", "").replace(".", "").split())

    assert is_address(words, text) is is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wolke, 3 Bergallee", ["Wolke", "3 Bergallee"]),
        ("Wolke, Bergallee", ["Wolke, Bergallee"]),
        ("Wolke 2, 3 Bergallee", ["Wolke 2, 3 Bergallee"]),
        ("Wolke, 50667 Kronberg", ["Wolke, 50667 Kronberg"]),
        ("Wolke GmbH, 3 Bergallee", ["Wolke GmbH, 3 Bergallee"]),
        ("Wolke, 3 Bergallee - Kronberg", ["Wolke, 3 Bergallee", "Kronberg"]),
        ("Wolke|3 Bergallee", ["Wolke", "3 Bergallee"]),
        ("Wolke-Berg", ["Wolke-Berg"]),
        ("- Wolke", ["- Wolke"]),
    ],
)
def test_a_street_with_its_number_is_parted_from_a_name_without_a_form(text, found):
    assert parts(text) == found


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Kronberg GmbH", "kronberg"),
        ("GmbH", "gmbh"),
        ("Co KG", "co"),
        ("Kronberg", "kronberg"),
        ("", ""),
        ("Kronberg GmbH Technik", "kronberg gmbh technik"),
    ],
)
def test_a_name_is_compared_by_what_is_before_its_form(name, compared):
    assert comparable(name) == compared


def test_nothing_but_figures_and_words_of_headings_is_a_heading():
    assert is_heading(("invoice", "12"))
    assert is_heading(())
    assert not is_heading(("invoice", "kronberg"))


def test_a_bracket_that_was_left_open_is_no_part_of_a_name():
    assert tidied("Kronberg (") == "Kronberg"
    assert tidied("Kronberg (M)") == "Kronberg (M)"


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


def sheet_with(*put: tuple[float, float, str, float]) -> list[Line]:
    sheet = Sheet()
    for one in put:
        sheet.put(*one)
    for row in range(5):
        sheet.put(60, 400 + 20 * row, "one line of items 12.50", 10)
    return lines_of([sheet.as_page()])


def pieces_of(name: str, lines: list[Line]) -> set[str]:
    found = next(one for one in names_on_invoices(lines) if comparable(one.name) == comparable(name))
    return {piece.removeprefix("sheet: ") for piece, amount in found.evidence.items() if amount}


FIRST = (60, 0, "Wolke AG", 10)


@pytest.mark.parametrize(
    ("left", "top", "size", "pieces"),
    [
        (60, 210.4, 10, {"head"}),
        (60, 210.5, 10, set()),
        (60, 715.6, 10, set()),
        (60, 715.8, 10, {"foot"}),
        (297.5, 100, 10, {"head"}),
        (297.6, 100, 10, {"head", "right of head"}),
        (297.6, 300, 10, set()),
        (60, 300, 12.9, set()),
        (60, 300, 13.1, {"largest print"}),
    ],
)
def test_a_names_place_on_a_sheet(left, top, size, pieces):
    lines = sheet_with(FIRST, (left, top, "Kronberg GmbH", size))

    assert pieces_of("Kronberg GmbH", lines) == {"legal form", *pieces}


@pytest.mark.parametrize(("size", "is_largest"), [(19.1, True), (18.9, False)])
def test_what_is_nearly_as_large_as_the_largest_print_is_so_too(size, is_largest):
    lines = sheet_with((60, 300, "Wolke AG", 20), (60, 340, "Kronberg GmbH", size))

    assert ("largest print" in pieces_of("Kronberg GmbH", lines)) is is_largest


@pytest.mark.parametrize(
    ("left", "top", "piece"),
    [
        (60, 285, "register"),
        (60, 360, "register"),
        (60, 375, None),
        (90, 315, "register"),
        (17.3, 315, "register"),
        (17.1, 315, None),
        (122.7, 315, "register"),
        (122.8, 315, None),
    ],
)
def test_a_register_stands_in_a_names_column_near_it(left, top, piece):
    between = [(60.0, 315.0 + 15 * row, "x", 10.0) for row in range(5) if 315 + 15 * row != top]
    lines = sheet_with(FIRST, (60, 300, "Kronberg GmbH", 10), (left, top, "HRB 12345", 10), *between)

    assert ("register" in pieces_of("Kronberg GmbH", lines)) is (piece is not None)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Seller: Kronberg GmbH", "seller's label"),
        ("Bill to: Kronberg GmbH", "buyer"),
        ("Verkäufer\nKronberg GmbH", "seller's block"),
        ("Kronberg GmbH\nHRB 12345", "register"),
        ("Kronberg GmbH\nUSt-IdNr. DE811223344", "tax number"),
        ("Kronberg GmbH", "legal form"),
        ("Kronberg", "bare"),
    ],
)
def test_each_piece_of_evidence_counts_once(text, piece):
    found = [one for one in names_on_invoices(lines_of([typed(text)])) if not one.is_stated]

    assert [one.evidence[f"sheet: {piece}"] for one in found if one.name.startswith("Kronberg")] == [1]


@pytest.mark.parametrize(("text", "names"), [("Bill Kronberg", []), ("Kronberg Bill", ["Kronberg Bill"])])
def test_what_begins_with_a_title_is_no_name(text, names):
    assert [one.name for one in names_on_invoices(lines_of([typed(text)]))] == names


def test_a_register_two_lines_above_is_of_another_name():
    lines = sheet_with(FIRST, (60, 270, "HRB 12345", 10), (60, 285, "x", 10), (60, 300, "Kronberg GmbH", 10))

    assert "register" not in pieces_of("Kronberg GmbH", lines)


def test_a_register_on_the_next_page_is_of_another_name():
    wide = "x" * 100
    pages = [typed(f"Wolke AG\n{wide}\nKronberg GmbH"), typed("HRB 12345")]

    assert "register" not in pieces_of("Kronberg GmbH", lines_of(pages))


@pytest.mark.parametrize(
    ("left", "top", "is_buyers"),
    [
        (60, 285, True),
        (60, 275.9, True),
        (60, 275.8, False),
        (122.7, 285, True),
        (122.9, 285, False),
        (9.5, 285, True),
        (9.3, 285, False),
    ],
)
def test_a_heading_says_whose_name_stands_below_it_in_its_column(left, top, is_buyers):
    lines = sheet_with(FIRST, (left, top, "Bill to xyz", 10), (60, 300, "Kronberg GmbH", 10))

    assert ("buyer" in pieces_of("Kronberg GmbH", lines)) is is_buyers


@pytest.mark.parametrize(("lines_between", "is_buyers"), [(4, True), (5, False)])
def test_a_heading_stands_at_most_five_lines_above_a_name(lines_between, is_buyers):
    between = [(60.0, 285.0 - 15 * row, "x", 10.0) for row in range(lines_between)]
    heading = (60, 285 - 15 * lines_between, "Bill to xyz", 10)
    lines = sheet_with(FIRST, heading, *between, (60, 300, "Kronberg GmbH", 10))

    assert ("buyer" in pieces_of("Kronberg GmbH", lines)) is is_buyers


def test_a_heading_at_the_end_of_a_page_is_none_of_the_next():
    wide = "x" * 100
    pages = [typed(f"Wolke AG\n{wide}\nBill to xyz"), typed("Kronberg GmbH")]

    assert "buyer" not in pieces_of("Kronberg GmbH", lines_of(pages))


@pytest.mark.parametrize(("beside", "is_one"), [("x" * 12, True), ("x" * 13, False), ("1" * 20, True)])
def test_a_heading_has_few_letters_beside_its_label(beside, is_one):
    assert is_heading_of(BUYER, f"Bill to {beside}") is is_one
    assert not is_heading_of(BUYER, "xxxx")


def test_only_companies_are_registered_or_senders_on_a_sheet():
    lines = sheet_with((60, 300, "Kronberg", 10), (60, 315, "HRB 12345", 10), (60, 360, "Wolke AG", 10))

    found = {one.name: (one.is_registered, one.is_sender) for one in names_on_invoices(lines)}

    assert found["Kronberg"] == (False, False)
    assert found["Wolke AG"] == (True, False)


WIDE = "\n\n" + "x" * 100


def on_sheet(text: str, source: Source = Source.TEXT):
    return merchant_of(lines_of([typed(text + WIDE, source)]))


@pytest.mark.parametrize(("mentions", "counted"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_a_web_page_is_counted_three_times_at_most(mentions, counted):
    lines = lines_of([typed("www.kronberg.de\n" * mentions)])

    (name,) = weighed_names(lines)

    assert name.candidate.evidence["mention of web page"] == counted


@pytest.mark.parametrize(("domains", "counted"), [(20, 20), (21, 20)])
def test_of_very_many_domains_the_most_frequent_are_names(domains, counted):
    text = "".join(f"www.wolke{chr(97 + number)}.de\n" for number in range(domains))

    assert len(weighed_names(lines_of([typed(text)]))) == counted


@pytest.mark.parametrize(("names", "counted"), [(200, 200), (201, 200)])
def test_of_very_many_names_the_likeliest_are_weighed(names, counted):
    text = "\n".join(f"Wolke {chr(97 + n // 26).upper()}{chr(97 + n % 26)}xy" for n in range(names))

    assert len(weighed_names(lines_of([typed(text + WIDE)]))) == counted


def test_where_nothing_speaks_for_a_name_there_is_none():
    lines = sheet_with((60, 300, "Kronberg Bakery", 10), (500, 500, "12.50", 10))

    assert next(one.candidate.score for one in weighed_names(lines)) == 0.0
    assert merchant_of(lines) is None
    assert weighed_names([]) == []


ALONE = "Bergmann Consulting GmbH\nLindenallee 14\n50667 Köln\nHRB 1234\nwww.bergmann-consulting.de\n"


@pytest.mark.parametrize(
    ("others", "is_confirmed"),
    [
        ("", True),
        ("\n" * 5 + "Wolke GmbH", True),
        ("\n" * 5 + "Wolke", True),
        ("\n" * 5 + "Wolke GmbH\nwww.wolke.de", False),
        ("\n" * 5 + "Wolke\nwww.wolke.de", True),
        ("\n" * 5 + "Bergmann Beratung KG\nHRB 77", True),
        ("\n" * 5 + "Wolke KG\nHRB 77", False),
        ("\n" * 5 + "Consulting GmbH\nHRB 77", True),
    ],
)
def test_another_company_of_which_something_speaks_leaves_doubt(others, is_confirmed):
    found = on_sheet(ALONE + others)

    assert (found.name, found.is_confirmed) == ("Bergmann Consulting GmbH", is_confirmed)


@pytest.mark.parametrize(
    ("text", "is_confirmed"),
    [
        ("Bergmann Consulting GmbH\nwww.bergmann-consulting.de", True),
        ("Bergmann Consulting GmbH\nHRB 1234\nwww.bergmann.de", True),
        ("Bergmann Consulting GmbH\nHRB 1234\nwww.wolke.de", False),
        ("Bergmann Consulting GmbH\nx\nx\nx\nx\nx\nwww.bergmann.de", False),
        ("Bergmann Consulting GmbH\nHRB 1234\nPay to: Bergmann Consulting GmbH", True),
        ("Bergmann Consulting GmbH\nHRB 1234", False),
    ],
)
def test_a_company_is_confirmed_by_its_domain_or_a_register_and_more(text, is_confirmed):
    found = on_sheet(text)

    assert (found.name, found.is_confirmed) == ("Bergmann Consulting GmbH", is_confirmed)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("www.kronberg.de", ["kronberg"]),
        ("info@kronberg.de", ["kronberg"]),
        ("www.abc.de", ["abc"]),
        ("www.ab.de", []),
        ("www.shop.co.uk", ["shop"]),
        ("www.one.two.de", ["two"]),
        ("orange.fr", ["orange"]),
        ("jane@orange.fr", []),
    ],
)
def test_a_domains_own_part_is_a_name(text, names):
    assert list(web_names(lines_of([typed(text)]))) == names


@pytest.mark.parametrize(
    ("name", "domain", "does", "is_named"),
    [
        ("abc", "abc", True, False),
        ("abcd", "abcd", True, True),
        ("abcd", "xabcdx", True, True),
        ("abcd", "xabcdxx", True, False),
        ("abc", "xabc", False, False),
        ("xabcx", "abc", False, False),
        ("xabcdx", "abcd", True, False),
        ("abc def", "abcx", False, False),
        ("abcd efg", "abcx", False, False),
        ("abcd efg", "abcdx", True, False),
        ("ab cd ef", "ace", True, False),
        ("ab cd", "ac", False, False),
        ("abcdef xy", "abcdef", True, True),
        ("abcdef xyz", "abcdef", True, False),
        ("abcdef bakery", "abcdef", True, True),
        ("the abcd", "abcd", True, True),
    ],
)
def test_a_domain_of_four_letters_speaks_for_a_name(name, domain, does, is_named):
    assert agrees(name, Counter([domain])) is does
    assert is_named_like(name, Counter([domain])) is is_named


def test_no_name_is_read_where_the_words_of_a_receipt_are_all_in_small_letters():
    page = typed("lim kee" + SHOP, Source.OCR)

    assert merchant_of(lines_of([replace(page, source=Source.OCR)])) is None


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
