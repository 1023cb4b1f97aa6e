"""Where on the page what was read stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.reading.model import PageWords, Place, Source, Word
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.print.places import place_of_name, place_of_number, place_of_text
from functions.document_reading.reading.print.text_layer import open_pdf
from functions.document_reading.reading.read_document import PDF, read_document, text_pages
from functions.document_reading.reading.read_pages import read_pages
from functions.document_reading.worker.reading_json import (
    pages_from_json,
    pages_to_json,
    reading_from_json,
    reading_to_json,
)

LEFTS = {
    "Kronberg": 10,
    "Technik": 40,
    "GmbH": 70,
    "Nr.": 10,
    "4711": 40,
    "Total": 10,
    "EUR": 40,
    "12.50": 70,
}


def page(*rows: str, number: int = 0) -> PageWords:
    """Rows twenty apart on a page of 100 by 200, every word twenty wide and ten high."""
    words = [
        Word(text, LEFTS.get(text, 10), 20 * row, LEFTS.get(text, 10) + 20, 20 * row + 10)
        for row, line in enumerate(rows, start=1)
        for text in line.split()
    ]
    return PageWords(tuple(words), 100, 200, Source.TEXT, number)


def first_line(*rows: str):
    return lines_of([page(*rows)])[0]


def test_a_text_s_place_is_the_box_around_its_words():
    line = first_line("Kronberg Technik GmbH")

    assert place_of_text(line, 9, 21) == Place(0, 0.4, 0.1, 0.9, 0.15)
    assert place_of_text(line, 0, 8) == Place(0, 0.1, 0.1, 0.3, 0.15)
    assert place_of_text(line, 99, 100) is None


def test_a_name_s_place_leaves_out_what_is_not_of_it():
    assert place_of_name(first_line("Kronberg Technik GmbH"), "TECHNIK") == Place(0, 0.4, 0.1, 0.6, 0.15)
    assert place_of_name(first_line("Kronberg Technik GmbH"), "Wolke") is None


@pytest.mark.parametrize("number", ["4711", "47-11"])
def test_a_number_s_place_is_that_of_its_word(number):
    lines = lines_of([page("Nr.47112", "Nr. 4711")])

    assert place_of_number(lines, number) == Place(0, 0.4, 0.2, 0.6, 0.25)


def test_a_number_may_stand_in_one_word_with_its_label():
    assert place_of_number(lines_of([page("Nr.4711")]), "4711") == Place(0, 0.1, 0.1, 0.3, 0.15)
    assert place_of_number(lines_of([page("Nr.")]), "4711") is None


def test_everything_that_is_read_says_where_it_stands():
    reading = read_pages(
        [page("Kronberg Technik GmbH", "Nr. 4711", "05.03.2023", "Total EUR 12.50", number=2)], country=None
    )

    assert reading.merchant.place == Place(2, 0.1, 0.1, 0.9, 0.15)
    assert reading.date.place == Place(2, 0.1, 0.3, 0.3, 0.35)
    assert reading.total.place == reading.currency.place == Place(2, 0.4, 0.4, 0.9, 0.45)


def test_a_place_counts_the_pages_that_nothing_was_read_on(tmp_path: Path):
    path = tmp_path / "invoice.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.showPage()
    canvas.drawString(60, 700, "Total EUR 12.50")
    canvas.save()

    def words_of(path: Path, _content_type: str) -> list[PageWords]:
        with open_pdf(path) as pdf:
            return text_pages(pdf)

    reading = read_document(path, PDF, pages_of=words_of, country=None)

    assert reading.total.place.page == 1


def test_places_pass_from_the_process_that_reads():
    pages = pages_from_json(pages_to_json([page("Kronberg Technik GmbH", "Total EUR 12.50", number=3)]))
    reading = read_pages(pages, country=None)

    assert reading.total.place == Place(3, 0.4, 0.2, 0.9, 0.25)
    assert reading_from_json(reading_to_json(reading)) == reading


@pytest.mark.parametrize(
    "place", [[0, 0.1, 0.1, 1.2, 0.2], [-1, 0.1, 0.1, 0.2, 0.2], [0, -0.1, 0.1, 0.2, 0.2], [0]]
)
def test_a_place_that_is_on_no_page_is_not_believed(place):
    read = reading_to_json(read_pages([page("Total EUR 12.50")], country=None))
    read["total"][3] = place

    with pytest.raises((ValueError, TypeError)):
        reading_from_json(read)
