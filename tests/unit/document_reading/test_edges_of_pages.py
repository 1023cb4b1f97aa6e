"""What pages say together: their kind, number, parts and covers, one case on each side of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from functions.document_reading.reading.category import category_of
from functions.document_reading.reading.document_number import document_number_of
from functions.document_reading.reading.model import Category, Field, PageWords, Reading, Source, Word
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.read_pages import read_lines, read_pages
from functions.document_reading.reading.several_documents import (
    after_cover,
    may_state_total,
    parts_of,
    sheets_of,
)
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("x\nx\nhotel", Category.HOTEL),
        ("x\nx\nx\nhotel", None),
        ("x\nx\nx\nhotel\nlodging", Category.HOTEL),
        ("x\nx\nx\nhotel hotel", None),
        ("diesel\nx\nx\nhotel lodging resort", Category.FUEL),
        ("diesel\nx\nx\nhotel lodging resort inn", Category.HOTEL),
        ("x", None),
    ],
)
def test_a_kind_is_named_twice_or_in_the_head(text, category):
    assert category_of(lines_of([typed(text)])) is category


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Receipt no 77123\nMietrechnung Nr. 93141109", "93141109"),
        ("Receipt no 77123\nReceipt no 88123", "77123"),
        ("Rechnung Nr. A12", "A12"),
        ("Rechnung Nr. A1", None),
        ("Rechnung Nr. 1234.50", None),
        ("Rechnung Nr. 1.234.500", None),
        ("Rechnung Nr. 1.2345", "1.2345"),
        ("Invoice number\nF-2291", "F-2291"),
        ("Invoice number\nx\nF-2291", None),
        ("xxxxxx   Invoice number   y\nF-1100   F-2291           F-33", "F-2291"),
        ("xxxxxx   yyyy   Invoice number\nF-1100   F-22   F-3300", "F-3300"),
        ("Invoice number\n12.03.2024", None),
        ("Invoice number\n12-03-24", None),
        ("Invoice number\n123-456-789", "123-456-789"),
    ],
)
def test_a_number_is_behind_its_label_or_below_it(text, number):
    assert document_number_of(lines_of([typed(text)])) == number


@pytest.mark.parametrize(("rows", "number"), [(1, "F-2291"), (2, "F-2291"), (3, None)])
def test_a_number_stands_within_two_lines_of_its_label(rows, number):
    sheet = Sheet()
    sheet.put(60, 100, "Invoice number")
    for row in range(1, rows):
        sheet.put(300, 100 + 15 * row, "between")
    sheet.put(60, 100 + 15 * rows, "F-2291")

    assert document_number_of(lines_of([sheet.as_page()])) == number


@pytest.mark.parametrize(("left", "number"), [(132.7, "F-2291"), (132.8, None), (20.1, "F-2291"), (20, None)])
def test_a_number_stands_under_some_part_of_its_label(left, number):
    words = (
        Word("Invoice", 50, 0, 90, 10),
        Word("number", 92.8, 0, 132.8, 10),
        Word("F-2291", left, 12, left + 30, 22),
    )

    assert document_number_of(lines_of([PageWords(words, 500, 500, Source.TEXT)])) == number


def test_a_number_on_the_next_page_stands_under_no_label():
    assert document_number_of(lines_of([typed("Invoice number"), typed("F-2291")])) is None


@pytest.mark.parametrize(
    ("text", "is_confirmed"),
    [
        ("Invoice no 47110\nfor 47110", True),
        ("Invoice no 4711\nfor 4711", False),
        ("Invoice no 47110", False),
        ("Invoice no 47110\nfor 47-110", True),
        ("Invoice no 47110\nfor 47110\norder 4711099", False),
    ],
)
def test_a_number_of_five_characters_that_stands_twice_is_sure(text, is_confirmed):
    assert read_pages([typed(text)], country=None).document_number.is_confirmed is is_confirmed


WIDE = "\n" + "one line of a sheet of paper that is far wider than the strip of any till would be, as " * 2
CREDIT = "{title}\nNet 100.00\nVAT 19 %  19.00\nTotal 119.00"


@pytest.mark.parametrize(
    ("text", "total", "tax", "is_credit_note"),
    [
        (CREDIT.format(title="Credit note") + WIDE, "-119.00", "-19.00", True),
        (CREDIT.format(title="Credit note"), "119.00", "19.00", True),
        (CREDIT.format(title="Invoice") + WIDE, "119.00", "19.00", False),
        (CREDIT.format(title="x\n" * 24 + "Credit note") + WIDE, "-119.00", "-19.00", True),
        (CREDIT.format(title="x\n" * 25 + "Credit note") + WIDE, "119.00", "19.00", False),
        (CREDIT.format(title="Gutschrift (selbst ausgestellte Rechnung)") + WIDE, "119.00", "19.00", False),
        ("Credit note\nNet -100.00\nVAT 19 %  -19.00\nTotal -119.00" + WIDE, "-119.00", "-19.00", True),
    ],
)
def test_a_sheet_titled_a_credit_note_gives_its_amounts_back(text, total, tax, is_credit_note):
    reading = read_pages([typed(text)], country=None)

    assert (reading.is_credit_note, reading.total.value) == (is_credit_note, Decimal(total))
    assert [one.amount for one in reading.vat] == [Decimal(tax)]


def test_the_base_of_a_tax_is_given_back_with_it():
    reading = read_pages([typed("Credit note\nVAT 19 %  100.00  19.00\nTotal 119.00" + WIDE)], country=None)

    assert [(one.base, one.amount) for one in reading.vat] == [(-100, -19)]
    assert not reading.total.is_confirmed


@pytest.mark.parametrize(("rows", "is_read"), [(599, True), (600, False)])
def test_of_very_many_lines_the_first_six_hundred_are_read(rows, is_read):
    lines = lines_of([typed("x\n" * 300), typed("x\n" * (rows - 300)), typed("Total 5.00")])

    assert bool(read_lines(lines, country=None).total) is is_read


NOTICE = "For the best experience, open this PDF portfolio in a viewer\nTotal 5.00"


@pytest.mark.parametrize(("above", "is_read"), [(24, False), (25, True)])
def test_of_a_page_that_a_viewer_shows_in_place_of_another_nothing_is_read(above, is_read):
    assert bool(read_pages([typed("x\n" * above + NOTICE)], country=None).total) is is_read


def test_a_tax_stands_beside_what_it_was_taken_of():
    text = "Tea 19.00\nVAT 19 %  100.00  19.00\nTotal 119.00"
    without_base = "Tea 19.00\nVAT 19 %  19.00\nTotal 119.00"

    beside, first = (read_pages([typed(one)], country=None).vat[0].place for one in (text, without_base))

    assert beside.top > first.top


def test_a_percentage_is_not_where_a_tax_stands():
    reading = read_pages([typed("19.00 %\nVAT 19.00\nTotal 119.00")], country=None)

    assert (
        reading.vat[0].place.top
        == read_pages([typed("x\nVAT 19.00\nTotal 119.00")], country=None).vat[0].place.top
    )


def test_a_total_stands_on_its_own_line():
    one, two = (
        read_pages([typed(text)], country=None).total.place
        for text in ("Tea 5.00\nTotal 5.00", "x\nTotal 5.00")
    )

    assert one.top == two.top


@pytest.mark.parametrize(("country", "is_confirmed"), [("MY", False), ("DE", True)])
def test_where_totals_are_rounded_one_that_is_not_may_be_from_before(country, is_confirmed):
    text = "Net 100.01\nVAT 19.00\nTotal 119.01"

    assert read_pages([typed(text)], country=country).total.is_confirmed is is_confirmed


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Total 5.00", True),
        ("Total 5,00", True),
        ("Total 5", False),
        ("Total 5.000", False),
        ("Tea 5.00", False),
        ("Total\n5.00", False),
        ("", False),
    ],
)
def test_a_page_may_state_a_total_where_word_and_amount_stand_on_one_line(text, may):
    assert may_state_total(lines_of([typed(text or "x")])) is may


def said(total: int | None = None, day: int = 1, shop: str = "", number: str = "", sure: str = "") -> Reading:
    """What a page says; what is sure of it is named by its first letters."""
    return Reading(
        merchant=Field(shop, "s" in sure, Source.TEXT) if shop else None,
        date=Field(date(2026, 11, day), "d" in sure, Source.TEXT) if day else None,
        total=Field(Decimal(total), "t" in sure, Source.TEXT) if total else None,
        document_number=Field(number, is_confirmed=False, source=Source.TEXT) if number else None,
    )


class Reader:
    """A reader of pages that says of each what it was told, by the page's first line."""

    def __init__(self, **said_by: Reading) -> None:
        self._said = said_by

    def __call__(self, lines: Sequence[Line]) -> Reading:
        return self._said[lines[0].text]

    def sheets(self, *pages: str):
        """The sheets of a file of pages; a star says that one has no total."""
        typed_pages = [typed(page.strip("*") + ("" if "*" in page else "\nTotal 1.00")) for page in pages]
        numbered = [
            PageWords(page.words, page.width, page.height, page.source, number)
            for number, page in enumerate(typed_pages)
        ]
        return sheets_of(numbered, lines_of(numbered), self)

    def parts(self, *pages: str) -> list[tuple[int, ...]]:
        """The pages of each of a file's documents."""
        return [part.pages for part in parts_of(self.sheets(*pages), self)]


ONE = said(12, 1, "Duval", sure="t")


@pytest.mark.parametrize(
    ("other", "are_two"),
    [
        (said(60, 2, "Moreau", sure="t"), True),
        (said(None, 2, "Moreau"), False),
        (said(12, 2, "Moreau", sure="t"), False),
        (said(60, 2, "Moreau"), False),
        (said(60, 1, "Moreau", sure="t"), False),
        (said(60, 0, "Moreau", sure="t"), False),
        (said(60, 2, "Duval", sure="t"), False),
        (said(60, 2, "Boulangerie Duval", sure="t"), False),
        (said(60, 2, "", sure="t"), False),
        (said(60, 2, "Moreau", "77", sure="t"), True),
        (said(60, 1, "Moreau", "77", sure="t"), False),
    ],
)
def test_two_documents_are_certain_by_two_proven_totals_and_name_and_day(other, are_two):
    read = Reader(a=ONE, b=other)

    assert [bool(read.sheets(*pages)) for pages in (("a", "b"), ("b", "a"))] == [are_two, are_two]


@pytest.mark.parametrize(("number", "are_two"), [("77", False), ("78", True)])
def test_numbers_decide_where_both_have_one(number, are_two):
    read = Reader(a=said(12, 1, "Duval", "77", "t"), b=said(60, 1, "Duval", number, "t"))

    assert bool(read.sheets("a", "b")) is are_two


@pytest.mark.parametrize(
    ("third", "parts"),
    [
        (said(5, 3, "Lumen"), [(0,), (1,), (2,)]),
        (said(5, 1, "Lumen"), [(0,), (1,), (2,)]),
        (said(5, 3, "Duval"), [(0,), (1,), (2,)]),
        (said(5, 1, "Duval"), [(0, 2), (1,)]),
        (said(5, 0, "Duval"), [(0, 2), (1,)]),
        (said(5, 1, ""), [(0, 2), (1,)]),
        (said(12, 3, "Lumen"), [(0, 2), (1,)]),
        (said(60, 3, "Lumen"), [(0,), (1, 2)]),
        (said(None, 3, "Lumen"), [(0, 2), (1,)]),
        (said(5, 3, "Lumen", "77"), [(0,), (1,), (2,)]),
    ],
)
def test_once_two_are_certain_a_third_differs_by_name_or_day(third, parts):
    read = Reader(a=ONE, b=said(60, 2, "Moreau", sure="t"), c=third)

    assert read.parts("a", "b", "c") == parts


@pytest.mark.parametrize(("number", "parts"), [("77", [(0, 2), (1,)]), ("79", [(0,), (1,), (2,)])])
def test_of_a_third_too_numbers_decide(number, parts):
    one, two = said(12, 1, "Duval", "77", "t"), said(60, 1, "Duval", "78", "t")
    read = Reader(a=one, b=two, c=said(5, 1, "Duval", number))

    assert read.parts("a", "b", "c") == parts


@pytest.mark.parametrize(
    ("between", "parts"),
    [
        (said(None, 0), [(0, 1), (2,)]),
        (said(None, 0, "Moreau"), [(0,), (1, 2)]),
        (said(None, 0, "Duval"), [(0, 1), (2,)]),
        (said(None, 0, "Lumen"), [(0, 1), (2,)]),
        (said(None, 0, "", "78"), [(0,), (1, 2)]),
        (said(None, 0, "Moreau", "77"), [(0, 1), (2,)]),
        (said(None, 0, "Moreau", "79"), [(0, 1), (2,)]),
    ],
)
def test_a_page_between_goes_with_what_follows_if_it_has_its_number_or_name(between, parts):
    one, two = said(12, 1, "Duval", "77", "t"), said(60, 2, "Moreau", "78", "t")
    read = Reader(a=one, x=between, b=two)

    assert read.parts("a", "x*", "b") == parts


def test_of_two_pages_between_each_goes_its_own_way():
    read = Reader(
        a=said(12, 1, "Duval", "77", "t"),
        x=said(None, 0),
        y=said(None, 0, "Moreau"),
        b=said(60, 2, "Moreau", "78", "t"),
    )

    assert read.parts("a", "x*", "y*", "b") == [(0, 1), (2, 3)]
    assert read.parts("a", "y*", "x*", "b") == [(0,), (1, 2, 3)]
    assert read.parts("a", "b", "x*") == [(0,), (1, 2)]


@pytest.mark.parametrize(
    ("names", "parts"), [(("", "Moreau"), [(0, 1), (2,)]), (("Duval", ""), [(0, 1), (2,)])]
)
def test_a_page_between_two_of_which_one_has_no_name_ends_the_former(names, parts):
    one, two = said(12, 1, names[0], "77", "t"), said(60, 2, names[1], "78", "t")
    read = Reader(a=one, x=said(None, 0, "Moreau"), b=two)

    assert read.parts("a", "x*", "b") == parts


def test_a_page_between_two_of_one_shop_ends_the_former():
    one, two = said(12, 1, "Duval", "77", "t"), said(60, 2, "Duval", "78", "t")
    read = Reader(a=one, x=said(None, 0, "Duval"), b=two)

    assert read.parts("a", "x*", "b") == [(0, 1), (2,)]


COVERED = said(60, 2, "Moreau", "78", "t")


@pytest.mark.parametrize(
    ("cover", "invoice", "pages"),
    [
        (said(None, 1, "Perrin"), COVERED, 1),
        (said(None, 0), COVERED, 1),
        (said(None, 1, "Perrin"), said(60, 2, "Moreau", "78"), 2),
        (said(None, 1, "Perrin"), said(60, 2, "", "78", "t"), 2),
        (said(None, 1, "Perrin"), said(60, 0, "Moreau", "78", "t"), 2),
        (said(None, 1, "Perrin"), said(None, 2, "Moreau", "78"), 2),
        (said(None, 1, "Perrin", sure="s"), COVERED, 2),
        (said(None, 1, "Perrin", sure="d"), COVERED, 2),
        (said(None, 1, "Perrin", sure="sd"), said(60, 2, "Moreau", "78", "tsd"), 1),
        (said(None, 1, "Perrin", sure="s"), said(60, 2, "Moreau", "78", "td"), 2),
        (said(None, 1, "Moreau", "78"), COVERED, 2),
        (said(None, 1, "Perrin", "78", "sd"), COVERED, 1),
        (said(None, 1, "Moreau", "79"), COVERED, 1),
        (said(None, 1, "", "78"), COVERED, 1),
    ],
)
def test_a_page_before_is_a_cover_unless_it_knows_better(cover, invoice, pages):
    lines = [lines_of([typed(text)]) for text in ("x", "b\nTotal 1.00")]

    assert len(after_cover(lines, Reader(x=cover, b=invoice))) == pages


@pytest.mark.parametrize(("cover", "pages"), [("x\n1.00", 1), ("x\n€1.00;", 1), ("x\n2.00", 2), ("x\n2", 1)])
def test_a_cover_has_no_amount_of_its_own(cover, pages):
    lines = [lines_of([typed(text)]) for text in (cover, "b\nTotal 1.00")]

    assert len(after_cover(lines, Reader(x=said(None, 0), b=COVERED))) == pages


def test_covers_are_left_out_to_the_first_page_with_a_total():
    texts = ["x", "y", "b\nTotal 1.00", "z"]
    lines = [lines_of([typed(text)]) for text in texts]
    read = Reader(x=said(None, 0), y=said(None, 0), b=COVERED, z=said(None, 0))

    assert [page[0].text for page in after_cover(lines, read)] == ["b", "z"]
    assert len(after_cover(lines[:2], read)) == 2
    assert len(after_cover(lines[2:], read)) == 2


def test_a_cover_before_several_documents_is_none_of_their_pages():
    read = Reader(x=said(None, 0), a=said(12, 1, "Duval", "77", "tsd"), b=COVERED)

    assert read.parts("x*", "a", "b") == [(1,), (2,)]
    assert Reader(x=said(None, 0, "Duval", "77"), a=said(12, 1, "Duval", "77", "tsd"), b=COVERED).parts(
        "x*", "a", "b"
    ) == [(0, 1), (2,)]
