"""What an analysis elsewhere found: its words set upright, and its guesses put where the rules leave gaps."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from functions.document_reading.reading.model import Contradiction, Field, Reading, Source
from functions.document_reading.textract.analysed_fields import completed
from functions.document_reading.textract.analysed_pages import Shape, to_pages
from shared.domain.expense_analysis import AnalysedField, AnalysedWord

SHAPE = Shape(600, 800)


def word(text: str, left: float, top: float, width: float, *, tilt: float = 0.0) -> AnalysedWord:
    """On a page of that shape, turned about its middle by so many degrees, clockwise."""
    corners = [(left, top), (left + width, top), (left + width, top + 20), (left, top + 20)]
    return AnalysedWord(text, tuple(_turned(*corner, tilt) for corner in corners), 0.9)  # type: ignore[arg-type]


def _turned(x: float, y: float, tilt: float) -> tuple[float, float]:
    angle, dx, dy = math.radians(tilt), x - SHAPE.width / 2, y - SHAPE.height / 2
    turned_x = dx * math.cos(angle) - dy * math.sin(angle) + SHAPE.width / 2
    turned_y = dx * math.sin(angle) + dy * math.cos(angle) + SHAPE.height / 2
    return turned_x / SHAPE.width, turned_y / SHAPE.height


def found(kind: str, text: str, confidence: float = 0.95, currency: str = "") -> AnalysedField:
    return AnalysedField(kind, text, confidence, currency)


def sure(value: Any) -> Field[Any]:
    return Field(value, is_confirmed=True, source=Source.OCR)


def guess(value: Any) -> Field[Any]:
    return Field(value, is_confirmed=False, source=Source.OCR)


@pytest.mark.parametrize("tilt", [0, 4, -7])
def test_words_of_one_line_stand_at_one_height_however_the_paper_lies(tilt: float) -> None:
    words = [word("TOTAL", 100, 400, 90, tilt=tilt), word("46.00", 450, 400, 80, tilt=tilt)]

    [page] = to_pages([words], SHAPE)

    first, second = page.words
    assert (first.text, second.text) == ("TOTAL", "46.00")
    assert first.middle == pytest.approx(second.middle, abs=1)
    assert second.left - first.right == pytest.approx(260, abs=2)
    assert first.height == pytest.approx(20, abs=1)
    assert (page.source, first.confidence) == (Source.OCR, 0.9)


def test_a_page_without_words_is_no_page() -> None:
    assert to_pages([[]], SHAPE) == []


def test_pages_keep_their_numbers_where_one_between_them_has_no_words() -> None:
    pages = to_pages([[word("TOTAL", 100, 400, 90)], [], [word("46.00", 100, 400, 90)]], SHAPE)

    assert [page.number for page in pages] == [0, 2]


def test_nothing_is_filled_in_where_a_file_holds_several_documents() -> None:
    several = Reading(merchant=guess("Café Lumière"), contradictions=(Contradiction.DOCUMENTS,))

    assert (
        completed(several, [found("VENDOR_NAME", "Lumen"), found("TOTAL", "48.00")], country=None) == several
    )


def test_gaps_are_filled_with_guesses() -> None:
    fields = [
        found("VENDOR_NAME", "Café Lumière"),
        found("INVOICE_RECEIPT_DATE", "05/11/2026"),
        found("INVOICE_RECEIPT_ID", "T-14"),
        found("TOTAL", "46,00 €", currency="EUR"),
        found("TAX", "4,18"),
    ]

    reading = completed(Reading(), fields, country="FR")

    assert reading == Reading(
        merchant=guess("Café Lumière"),
        date=guess(date(2026, 11, 5)),
        total=guess(Decimal("46.00")),
        currency=guess("EUR"),
        document_number=guess("T-14"),
    )


def test_what_the_rules_have_confirmed_stands() -> None:
    confirmed = Reading(
        merchant=sure("Lumière SARL"), total=sure(Decimal("46.00")), date=sure(date(2026, 11, 5))
    )

    reading = completed(
        confirmed,
        [found("VENDOR_NAME", "Lumen"), found("TOTAL", "48.00"), found("INVOICE_RECEIPT_DATE", "2026-11-06")],
        country=None,
    )

    assert reading == confirmed


def test_of_two_guesses_at_name_and_total_that_of_the_analysis_is_taken() -> None:
    guessed = Reading(merchant=guess("12 rue de Rivoli"), total=guess(Decimal("41.50")))

    reading = completed(
        guessed, [found("VENDOR_NAME", "Café Lumière"), found("TOTAL", "46.00")], country=None
    )

    assert (reading.merchant, reading.total) == (guess("Café Lumière"), guess(Decimal("46.00")))


@pytest.mark.parametrize("text", ["", "none", "46.00 50.00", "10.00 %"])
def test_what_is_not_one_amount_is_no_total(text: str) -> None:
    assert completed(Reading(), [found("TOTAL", text)], country=None).total is None


def test_what_is_not_sure_enough_is_left_out_and_the_surest_is_taken() -> None:
    fields = [found("VENDOR_NAME", "Lumen", 0.4), found("VENDOR_NAME", "Lumiere", 0.8)]

    assert completed(Reading(), fields[:1], country=None).merchant is None
    assert completed(Reading(), [*fields, found("VENDOR_NAME", "Café", 0.9)], country=None).merchant == guess(
        "Café"
    )
