"""What a document comes to, and when that is beyond doubt."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.labels import Label, label_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.print.wrapped import without_wraps
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import typed

SHOP = "KEDAI MELATI SDN BHD\nJALAN CEMPAKA 3\n"


def total(text: str):
    return read_pages([typed(SHOP + text, Source.OCR)], country=None).total


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("TOTAL", Label.TOTAL),
        ("Total Qty", Label.TOTAL_COUNT),
        ("No. of items", Label.COUNT),
        ("TOTAL SAVING", Label.DISCOUNT),
        ("Total GST", Label.TAX),
        ("Total (Excl. GST)", Label.NET),
        ("Total Sales (Inclusive of GST)", Label.TAX_OR_GROSS),
        ("Total TTC", Label.GROSS),
        ("Total HT", Label.NET),
        ("Rounding Adjustment", Label.ROUNDING),
        ("Total Rounded", Label.PAYABLE),
        ("Total After Rounding", Label.TOTAL),
        ("Net à payer", Label.PAYABLE),
        ("Solde à payer", Label.LEFT),
        ("Nett Total", Label.NET_OR_TOTAL),
        ("Rechnungssumme ohne USt.", Label.NET),
        ("Gesamtbetrag der Abschläge", Label.DISCOUNT),
        ("Totaal inclusief btw", Label.TAX_OR_GROSS),
        ("Exclusief BTW", Label.NET),
        ("Base imponible", Label.NET),
        ("Totale documento", Label.TOTAL),
        ("Rückgeld", Label.CHANGE),
        ("Espèces", Label.PAID),
        ("Unit price", Label.OTHER),
        ("Chicken rice", Label.NONE),
    ],
)
def test_labels_mean_what_their_words_mean_together(words, label):
    assert label_of(words, is_ocr=False) is label


@pytest.mark.parametrize(
    "words", ["TOTL", "Tatal", "T0TAL", "TOTA1", "Round d Total", "Rour ding", "Neti Totai"]
)
def test_labels_are_understood_though_a_letter_is_misread(words):
    assert label_of(words, is_ocr=True) is not Label.NONE


def test_words_of_a_text_layer_are_taken_as_they_are():
    assert label_of("Compte", is_ocr=False) is Label.NONE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("TOTAL 42.15\nCASH 50.00\nCHANGE 7.85", "42.15"),
        ("SUB TOTAL 40.00\nGST 6% 2.40\nTOTAL 42.40", "42.40"),
        ("TOTAL 60.31\nROUNDING ADJ -0.01\nROUNDED TOTAL 60.30", "60.30"),
        ("SUBTOTAL 50.00\nSERVICE CHARGE 10% 5.00\nGST 6% 3.30\nTOTAL 58.30", "58.30"),
        ("SUBTOTAL 80.00\nDISCOUNT -30.00\nTOTAL 50.00\nVISA 50.00", "50.00"),
        ("TOTAL 86.00\nVISA 86.00", "86.00"),
        ("TAX CODE  %  AMOUNT  TAX\nSR  6  25.00  1.50\nTOTAL 26.50", "26.50"),
        ("TOTAL 33.92\nROUNDING -0.02\nCASH 50.00\nCHANGE 16.10", "33.90"),
        ("TOTAL 33.92\nROUNDING -0.02\nVISA 33.90", "33.90"),
        ("TOTAL 33.92\nROUNDING -0.02\nTOTAL ROUNDED 33.90\nCASH 50.00\nCHANGE 16.10", "33.90"),
        (
            "TOTAL 112.46\nTOTAL GST 6.37\nSUB TOTAL 106.10\nROUNDING -0.02\nCASH 112.45\nSR  6  106.10  6.37",
            "112.45",
        ),
    ],
)
def test_sums_that_agree_confirm_a_total(text, value):
    found = total(text)

    assert found.value == Decimal(value)
    assert found.is_confirmed


@pytest.mark.parametrize(
    "text",
    [
        "TOTAL 42.15",
        "TOTAL 42.15\nCASH 50.00\nCHANGE 8.85",
        "SUB TOTAL 40.00\nGST 6% 2.40\nTOTAL 48.40",
        "TEA 3.00\nRICE 5.00\nSUB TOTAL 8.00\nSERVICE CHARGE 0.80\nTOTAL",
        "TEA 3.00\nRICE 5.00\nTOTAL 8.00\nGST 0.48",
        "TEA 30.01\nRICE 30.30\nTOTAL 60.31\nROUNDING ADJ -0.01",
        "TEA 30.01\nRICE 30.30\nTOTAL 60.31",
        "TOTAL 12.00\nTOTAL 2.00\nTEA 1.00\nCAKE 1.00",
    ],
)
def test_whatever_is_left_over_leaves_doubt(text):
    found = total(text)

    assert found is None or not found.is_confirmed


@pytest.mark.parametrize("text", ["", "THANK YOU", "TEL 03-1234 5678", "GST 0.48", "CHANGE 0.00"])
def test_there_is_no_total_where_none_is_named(text):
    assert total(text) is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Coffee  450.00\nSubtotal  428.\n58\nTotal tax  21.\n42\nTotal  450.\n00\nCard  450.\n00", "450.00"),
        ("Coffee  4,50\nSumme EUR  4,\n50\nBar  4,5\n0", "4.50"),
    ],
)
def test_decimals_that_a_narrow_till_puts_on_the_next_line_belong_to_the_amount(text, total):
    assert read_pages([typed(text, Source.OCR)], country=None).total.value == Decimal(total)


@pytest.mark.parametrize("below", ["000", "x", "1.50"])
def test_what_is_more_than_decimals_belongs_to_no_amount_above(below):
    lines = without_wraps(lines_of([typed(f"Total  450.\n{below}")]))

    assert [line.text for line in lines] == ["Total 450.", below]


@pytest.mark.parametrize("cut", ["450", "450.00", "Total"])
def test_an_amount_that_is_whole_takes_no_figures_from_below(cut):
    lines = without_wraps(lines_of([typed(f"Total  {cut}\n00")]))

    assert [line.text for line in lines] == [f"Total {cut}", "00"]


def test_amounts_that_have_fallen_below_their_labels_are_called_by_them():
    receipt = """
CORNER DINER
Coffee                      $1.75
Pancakes                   $19.75
Subtotal
Tax                        $21.50
                            $1.37
Total
                           $22.87
"""

    assert read_pages([typed(receipt, Source.OCR)], country=None).total.value == Decimal("22.87")


def test_the_sum_that_counts_its_items_is_a_sum():
    receipt = """
KEDAI TAMAN SDN BHD
Soap                        18.00
Brush                       23.43
SUBTOTAL (QTY 2)          RM41.43
ROUNDING                   RM0.02
SUBTOTAL (QTY 2)          RM41.45
CASH                      RM51.50
CHANGE                    RM10.05
"""

    total = read_pages([typed(receipt, Source.OCR)], country=None).total

    assert (total.value, total.is_confirmed) == (Decimal("41.45"), True)
