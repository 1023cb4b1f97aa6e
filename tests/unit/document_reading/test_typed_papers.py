"""Receipts, tickets and invoices in the languages of the lexicon, typed by hand after what such papers look like."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.lexicon.folding import squashed
from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import Category
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import FOLDER, TypedPaper, typed_paper

PAPERS = {path.stem: typed_paper(path) for path in sorted(FOLDER.glob("*.txt"))}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_reads_what_the_paper_says(paper: TypedPaper):
    reading = read_pages([paper.page], country=paper.country)

    assert comparable(reading.merchant.value) == comparable(paper.merchant)
    assert reading.date.value == paper.day
    assert reading.total.value == paper.total
    assert reading.currency.value == paper.currency
    if paper.number:
        assert squashed(reading.document_number.value) == squashed(paper.number)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("till-fr-bistrot", Category.MEAL),
        ("till-fr-supermarket", Category.GROCERIES),
        ("page-fr-hotel", Category.HOTEL),
        ("page-de-bahn", Category.TRAIN),
        ("page-fr-telecom", Category.TELECOM),
        ("page-fr-integer-total", Category.PARKING),
        ("page-en-hosting-credit", Category.SOFTWARE),
    ],
)
def test_suggests_a_category(name, category):
    reading = read_pages([PAPERS[name].page], country=None)

    assert reading.category.value is category


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("till-fr-bistrot", {"10": "3.64", "20": "1.30"}),
        ("till-de-supermarket", {"19.0": "1.22", "7.0": "0.71"}),
        ("page-de-hotel", {"7": "12.43", "19": "3.83"}),
        ("page-nl-energy", {"21": "24.76"}),
        ("till-my-rounded", {"6": "2.39"}),
        ("page-fr-hotel", {"10": "19.73"}),
    ],
)
def test_reads_the_taxes_by_rate(name, rates):
    reading = read_pages([PAPERS[name].page], country=None)

    assert {float(vat.rate): str(vat.amount) for vat in reading.vat} == {
        float(rate): amount for rate, amount in rates.items()
    }


def test_a_credit_note_is_seen_as_one():
    assert read_pages([PAPERS["page-en-credit-note"].page], country=None).is_credit_note
