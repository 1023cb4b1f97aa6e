"""Hundreds of invented invoices; then receipts as a bad OCR would see them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import PageWords
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.invoices import invoice
from tests.unit.document_reading.papers.typewriter import FOLDER, typed_paper

pytestmark = pytest.mark.exhaustive

SEEDS = range(150)
LIKE = {
    "0": "O8",
    "1": "l7",
    "2": "Z",
    "3": "8",
    "5": "S6",
    "6": "8",
    "8": "3B",
    ".": " ,",
    "o": "0",
    "e": "c",
}


@pytest.mark.parametrize("seeds", [SEEDS[start : start + 50] for start in SEEDS[::50]])
def test_reads_invented_invoices(seeds):
    wrong = []
    for seed in seeds:
        paper = invoice(seed)

        reading = read_pages([paper.page], country=None)

        read = (
            comparable(reading.merchant.value),
            reading.date.value,
            reading.total.value,
            reading.currency.value,
        )
        if read != (comparable(paper.merchant), paper.day, paper.total, paper.currency):
            wrong.append((seed, paper.layout, read))

    assert wrong == []


@pytest.mark.parametrize("share", [0.02, 0.06])
def test_a_misread_receipt_is_not_confirmed(share):
    random = Random(11)
    papers = [typed_paper(path) for path in sorted(FOLDER.glob("till-*.txt"))]
    confirmed = wrong = 0

    for paper in papers * 10:
        total = read_pages([_misread(paper.page, share, random)], country=paper.country).total
        if total is not None and total.is_confirmed:
            confirmed += 1
            wrong += total.value != paper.total

    assert confirmed > len(papers) * 3
    assert wrong <= confirmed * 0.01


def _misread(page: PageWords, share: float, random: Random) -> PageWords:
    """The page with some words lost and some characters mistaken for others."""
    seen = [word for word in page.words if random.random() > share / 2]
    texts = ("".join(_mistaken(one, share, random) for one in word.text) for word in seen)
    words = tuple(replace(word, text=text) for word, text in zip(seen, texts, strict=True))
    return replace(page, words=words)


def _mistaken(character: str, share: float, random: Random) -> str:
    return random.choice(LIKE[character]) if character in LIKE and random.random() < share else character
