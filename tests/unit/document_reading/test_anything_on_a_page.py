"""Whatever is on a page, reading it ends soon and without an error."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.document_reading.reading.model import PageWords, Reading, Source, Word
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import read_pages

pytestmark = pytest.mark.exhaustive

PIECES = [
    "TOTAL",
    "GST 6%",
    "9.00",
    "RM",
    "$8.20",
    "CASH",
    "CHANGE",
    "25/12/2018",
    "Date:",
    "SDN BHD",
    "GmbH",
    "http://a.fr",
]
TEXTS = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
PLACES = st.floats(-1e4, 1e4, allow_nan=False)
WORDS = st.builds(Word, TEXTS, PLACES, PLACES, PLACES, PLACES, st.floats(0, 1))
PAGES = st.builds(
    PageWords,
    st.lists(WORDS, max_size=40).map(tuple),
    st.just(600.0),
    st.just(800.0),
    st.sampled_from(Source),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PAGES, max_size=3), st.sampled_from([None, "FR", "US", "no such"]))
def test_reads_something_or_nothing(pages, country):
    assert isinstance(read_pages(pages, country=country), Reading)


def test_an_empty_document_says_nothing():
    assert read_pages([], country="FR").is_empty
    assert read_pages([PageWords((), 600, 800, Source.OCR)], country="FR").is_empty


@pytest.mark.parametrize(
    "text", ["1 ", "1,", "(", "a.", "1/", "x@", "9", "1 000 ", "GmbH ", "total ", "www.", "- "]
)
def test_endless_text_is_cut(text):
    long = text * 20_000

    in_one_word = lines_of([PageWords((Word(long, 0, 0, 500, 10),), 600, 800, Source.TEXT)])
    in_many = lines_of(
        [PageWords(tuple(Word(text, x, 0, x + 1, 10) for x in range(20_000)), 600, 800, Source.TEXT)]
    )

    assert all(len(line.text) <= 400 for line in [*in_one_word, *in_many])


def test_a_sign_misread_as_a_figure_is_known_by_the_amount_beside_it():
    texts = ["Total Amount: $8.20", "GST @6%: $0.46", "Nett Total: 58.20", "CASH 58.20", "Change $0.00"]
    words = tuple(
        Word(word, 60 * place, 20 * row, 60 * place + 40, 20 * row + 12)
        for row, text in enumerate(texts)
        for place, word in enumerate(text.split())
    )

    total = read_pages([PageWords(words, 400, 400, Source.OCR)], country=None).total

    assert total.value == Decimal("8.20")
