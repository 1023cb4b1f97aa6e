"""What the amounts of one row are called once its arithmetic has had a look."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import money_on
from tests.unit.document_reading.papers.typewriter import typed


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        ("MwSt 7 %    177.57    12.43   190.00", "BASE TAX OTHER"),
        ("7 %  177.57  12.44", "BASE TAX"),
        ("7 %  177.57  12.45 190.02", "NONE NONE NONE"),
        ("30 %  100.00  30.00 130.00", "BASE TAX OTHER"),
        ("31 %  100.00  31.00 131.00", "NONE NONE NONE"),
        ("18 % Tip  14.94   Total  97.94", "OTHER OTHER"),
        ("Tip  14.94   Total  97.94", "TIP TOTAL"),
        ("Total   100.00   19.00   119.00", "NET TAX GROSS"),
        ("Total   100.00   19.00   118.00", "TOTAL TAX BASE"),
        ("Total   119.00   19.00", "GROSS TAX"),
        ("Total   100.00   19.00", "BASE TAX"),
        ("Total   100.00   30.00", "BASE TAX"),
        ("Total   100.00   31.00", "TOTAL TOTAL"),
        ("Total   0.00   0.00", "TOTAL TOTAL"),
        ("1.45  2 pcs  7 % VAT  2.90", "NONE NONE NONE"),
        ("Tee  1.45   7 % VAT  0.10", "BASE TAX"),
        ("Tax  100.00  19.00", "BASE TAX"),
        ("Tax  100.00  30.00", "BASE TAX"),
        ("Tax  100.00  31.00", "TAX TAX"),
        ("Tax  19.00  19.00", "TAX TAX"),
        ("Total   119.00", "TOTAL"),
    ],
)
def test_a_row_is_understood_by_its_arithmetic(row, labels):
    assert [label for _value, label in labelled(row)] == labels.split()


@pytest.mark.parametrize(
    ("rate", "amount", "label"),
    [
        ("19", "19.00", "TAX"),
        ("19", "19.01", "TAX"),
        ("19", "19.02", "TAX_OR_GROSS"),
        ("30", "27.46", "TAX"),
        ("31", "28.16", "TAX_OR_GROSS"),
        ("19", "-19.00", "TAX_OR_GROSS"),
    ],
)
def test_what_a_stated_rate_makes_of_the_total_is_the_tax_in_it(rate, amount, label):
    found = labelled(f"incl. {rate} % VAT  {amount}\nTotal 119.00")

    assert found == [(amount, label), ("119.00", "TOTAL")]


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["Tip 14.94  Total 97.94", "Tip 16.60 Total 99.60"], "OTHER"),
        (["Tip 14.94  Total 97.94"], "TOTAL"),
    ],
)
def test_of_several_tips_to_choose_from_none_makes_a_total(lines, label):
    found = dict(labelled("\n".join([*lines, "Total 83.00"])))

    assert found["97.94"] == label
    assert found["83.00"] == "TOTAL"


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (["Coffee $8.20", "Tea $1.00", "Total 58.20"], "8.20"),
        (["Coffee $8.20", "Tea $1.00", "Total 68.20"], "8.20"),
        (["Coffee $8.20", "Tea $1.00", "Total 88.20"], "8.20"),
        (["Coffee $8.20", "Tea $1.00", "Total 48.20"], "48.20"),
        (["Coffee $8.20", "Tea $1.00", "Total $58.20"], "58.20"),
        (["Coffee $8.30", "Tea $1.00", "Total 58.20"], "58.20"),
        (["Coffee $8.20", "Total 58.20"], "58.20"),
    ],
)
def test_a_sign_that_was_read_as_a_figure_is_no_part_of_the_amount(lines, total):
    assert labelled("\n".join(lines), Source.OCR)[-1] == (total, "TOTAL")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Total\n119.00", "TOTAL"),
        ("Total\n\n119.00", "TOTAL"),
        ("Total\n\n\n\n\n119.00", "NONE"),
        ("Net      VAT     Total\n100.00   19.00   119.00", "NET_OR_TOTAL TAX TOTAL"),
        ("Total Qty  9   106.10", "TOTAL_COUNT SUBTOTAL"),
        ("29.99 TTC", "GROSS"),
        ("Total 29.99 HT", "NET"),
        ("Cash 29.99 TTC", "PAID"),
        ("Coffee 4.50", "NONE"),
    ],
)
def test_a_label_stands_before_an_amount_above_it_or_behind(text, labels):
    assert [label for _value, label in labelled(text)] == labels.split()


def labelled(text: str, source: Source = Source.TEXT) -> list[tuple[str, str]]:
    """Each amount of a typed page, with its label."""
    return [(str(one.value), one.label.name) for one in money_on(lines_of([typed(text, source)]), None)[1]]
