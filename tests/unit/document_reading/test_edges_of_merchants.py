"""Where names on sheets and on the web begin to count, and which of them is confirmed, one case on each side."""

from __future__ import annotations

from collections import Counter

import pytest

from functions.document_reading.reading.lexicon.tables import BUYER
from functions.document_reading.reading.merchant.business_names import (
    comparable,
)
from functions.document_reading.reading.merchant.merchant import merchant_of, weighed_names
from functions.document_reading.reading.merchant.names_on_invoices import is_heading_of, names_on_invoices
from functions.document_reading.reading.merchant.web_names import agrees, is_named_like, web_names
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line, lines_of
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed


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
