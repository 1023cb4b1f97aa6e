"""What labels, times and places make of dates, one case on each side of a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.document_reading.reading.dates.issue_date import issue_date_of, weighed_dates
from functions.document_reading.reading.dates.parse import dates_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed

SHEET = (
    "\nKronberg Technik GmbH, one line of a sheet of paper that is far wider than any till's strip would be"
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Invoice date 05.03.2024", "ISSUE"),
        ("Rechnungsdatum\n05.03.2024", "ISSUE"),
        ("Beleg-Datum 05.03.2024", "ISSUE"),
        ("Date\n05.03.2024", "DATE"),
        ("Date\n\n\n05.03.2024", "DATE"),
        ("Date\n\n\n\n05.03.2024", "NONE"),
        ("Date\nx\ny\n05.03.2024", "NONE"),
        ("Mietrechnung 05.03.2024", "TITLE"),
        ("Mietrechnung Nr 7 vom 05.03.2024", "TITLE"),
        ("Due date 05.03.2024", "DUE"),
        ("Date of birth 05.03.2024", "OTHER"),
        ("Order date 05.03.2024", "ORDER"),
        ("Printed 05.03.2024", "PRINT"),
        ("Lieferdatum 05.03.2024 Rechnungsdatum 06.03.2024", "SERVICE ISSUE"),
        ("01.03.2024 - 05.03.2024", "SERVICE SERVICE"),
        ("01.03.2024 bis 05.03.2024", "SERVICE SERVICE"),
        ("01.03.2024 und 05.03.2024", "NONE NONE"),
        ("Order date     Invoice date\n05.03.2024     06.03.2024", "ORDER ISSUE"),
        ("Order date     Invoice date\n05.03.2024     at 06.03.2024", "ORDER NONE"),
        ("Order      Invoice date\nxy         abc 05.03.2024", "NONE"),
        ("Order      Invoice date\nxy         ab 05.03.2024", "ISSUE"),
        ("xxxxx  yyyyy  Invoice date\nab     cd     05.03.2024", "ISSUE"),
        ("xxxxx  Invoice date  yyyyy\nab     cd            05.03.2024", "NONE"),
        ("xxxxx  yyyyy  Invoice date\n05.03.2024  06.03.2024", "NONE NONE"),
        ("- 05.03.2024", "NONE"),
        ("05.03.2024 -", "NONE"),
        ("05.03.2024 x 06.03.2024", "NONE NONE"),
        ("Mietrechnung fällig 05.03.2024", "DUE"),
        ("Invoice date  Due  05.03.2024", "DUE"),
        ("Due  Invoice date  05.03.2024", "ISSUE"),
        ("Due  x  y  05.03.2024", "DUE"),
        ("Invoice date 05.03.2024  06.03.2024", "ISSUE NONE"),
        ("Due date Invoice date 05.03.2024", "DUE"),
        ("Date of order date 05.03.2024", "ORDER"),
    ],
)
def test_a_label_stands_before_a_date_or_above_it(text, labels):
    _days, found, _evidence = weighed_dates(lines_of([typed(text)]), None)

    assert [label.name for label in found] == labels.split()


@pytest.mark.parametrize(("times", "repeated"), [(1, 0), (2, 1), (3, 2), (4, 2)])
def test_a_day_that_stands_again_gains_twice_at_most(times, repeated):
    lines = lines_of([typed("Datum 05.03.2024\n" * times)])

    assert weighed_dates(lines, None)[2][0]["repeated"] == repeated


@pytest.mark.parametrize("label", ["Lieferdatum", "Fällig", "Date of birth"])
def test_a_day_of_something_else_gains_nothing_by_standing_again(label):
    lines = lines_of([typed(f"{label} 05.03.2024\nDatum 05.03.2024")])

    assert [one["repeated"] for one in weighed_dates(lines, None)[2]] == [0, 1]


def label_of_date_below(*put: tuple[float, float, str]) -> str:
    """What the last date set on a sheet is called."""
    sheet = Sheet()
    for left, top, text in put:
        sheet.put(left, top, text)
    return weighed_dates(lines_of([sheet.as_page()]), None)[1][-1].name


@pytest.mark.parametrize(
    ("left", "top", "label"),
    [
        (60, 46, "DATE"),
        (60, 46.1, "NONE"),
        (80, 20, "DATE"),
        (80.1, 20, "NONE"),
        (37, 20, "DATE"),
        (36.9, 20, "NONE"),
    ],
)
def test_a_date_stands_under_its_label_within_three_lines(left, top, label):
    assert label_of_date_below((60, 0, "Date"), (left, top, "05.03.2024")) == label


@pytest.mark.parametrize(("lines_between", "label"), [(2, "DATE"), (3, "NONE")])
def test_a_label_stands_at_most_three_lines_above_a_date_even_in_small_print(lines_between, label):
    sheet = Sheet()
    sheet.put(60, 0, "Date", 2)
    for row in range(lines_between):
        sheet.put(300, 5 * (row + 1), "x", 2)
    sheet.put(60, 20, "05.03.2024")

    assert weighed_dates(lines_of([sheet.as_page()]), None)[1][0].name == label


def test_a_label_at_the_end_of_a_page_is_none_for_the_next():
    lines = lines_of([typed("Date"), typed("05.03.2024")])

    assert weighed_dates(lines, None)[1][0].name == "NONE"


@pytest.mark.parametrize(
    ("doubted", "is_confirmed"), [("Till", True), ("Kasse", True), ("05.03.2024", False)]
)
def test_only_the_words_of_a_date_are_asked_how_sure_ocr_is(doubted, is_confirmed):
    page = typed("Shop\nTill 05.03.2024 Kasse 12:30\nTotal 2.50", Source.OCR)
    words = [replace(one, confidence=0.5) if one.text == doubted else one for one in page.words]

    found = issue_date_of(lines_of([replace(page, words=tuple(words))]), None)

    assert found.is_confirmed is is_confirmed


def test_below_headings_of_columns_each_date_has_its_own():
    text = "Order date     Invoice date\n05.03.2024     06.03.2024" + SHEET

    assert str(issue_date_of(lines_of([typed(text)]), None).day) == "2024-03-06"


def test_a_date_gains_by_its_time_by_standing_again_and_high_on_the_page():
    lines = lines_of([typed("Datum 05.03.2024 12:30\nDatum 05.03.2024\nDatum 05.03.2024\nDatum 05.03.2024")])

    _days, _labels, evidence = weighed_dates(lines, None)

    assert [one["time on receipt"] for one in evidence] == [True, False, False, False]
    assert [one["repeated"] for one in evidence] == [2, 2, 2, 2]
    assert [one["label: date"] for one in evidence] == [1, 1, 1, 1]
    assert [one["high on the page"] for one in evidence] == [1, 0.75, 0.5, 0.25]


@pytest.mark.parametrize(
    ("text", "day", "is_confirmed", "is_certain", "is_labelled"),
    [
        ("Invoice date 05.03.2024", "2024-03-05", True, True, True),
        ("05.03.2024", "2024-03-05", False, True, False),
        ("05.03.2024\n05.03.2024", "2024-03-05", True, True, False),
        ("Lieferung 05.03.2024\nLieferung 05.03.2024", "2024-03-05", False, True, False),
        ("Nr 240305123\n05.03.2024", "2024-03-05", True, True, False),
        ("Nr 240306123\n05.03.2024", "2024-03-05", False, True, False),
        ("Nr 240305123\nLieferung 05.03.2024", "2024-03-05", False, True, False),
        ("Invoice date 05.03.2024\nInvoice date 06.03.2024", "2024-03-05", False, True, True),
        ("05/03/2024", "2024-03-05", False, False, False),
        ("05/03/2024\n05/03/2024", "2024-03-05", False, False, False),
        ("05/03/2024\nLieferung 13/03/2024", "2024-03-05", False, True, False),
        ("05/03/2024\nLieferung 03/13/2024", "2024-05-03", False, True, False),
        ("05/03/2024\nLieferung 03/13/2024\nLieferung 13/03/2024", "2024-03-05", False, False, False),
    ],
)
def test_a_day_is_confirmed_by_what_speaks_of_the_document_itself(
    text, day, is_confirmed, is_certain, is_labelled
):
    found = issue_date_of(lines_of([typed(text + SHEET)]), None)

    assert str(found.day) == day
    assert (found.is_confirmed, found.is_certain, found.is_labelled) == (
        is_confirmed,
        is_certain,
        is_labelled,
    )


@pytest.mark.parametrize(
    ("stamp", "confidence", "is_confirmed"),
    [
        ("05.03.2024 12:30", 1.0, True),
        ("05.03.2024 12:30", 0.99, True),
        ("05.03.2024 12:30", 0.98, False),
        ("05.03.2024", 1.0, False),
        ("05.03.2024 12:30\n06.03.2024", 1.0, False),
        ("Due 05.03.2024 12:30", 1.0, False),
    ],
)
def test_of_a_till_ocr_confirms_one_day_with_its_time_that_it_does_not_doubt(stamp, confidence, is_confirmed):
    receipt = typed(f"Shop\n{stamp}\nTotal 2.50", Source.OCR, confidence)

    assert issue_date_of(lines_of([receipt]), None).is_confirmed is is_confirmed


@pytest.mark.parametrize(
    ("written", "days", "is_day_first"),
    [
        ("31/12/1994", [], None),
        ("01/01/1995", ["1995-01-01"], None),
        ("31/12/2069", ["2069-12-31"], True),
        ("01/01/2070", [], None),
        ("31/12/2537", [], None),
        ("01/01/2538", ["1995-01-01"], None),
        ("31/12/2612", ["2069-12-31"], True),
        ("01/01/2613", [], None),
        ("05/05/2024", ["2024-05-05"], None),
        ("05/03/2024", ["2024-03-05", "2024-05-03"], None),
        ("13/05/2024", ["2024-05-13"], True),
        ("05/13/2024", ["2024-05-13"], False),
        ("05.13.2024", [], None),
        ("13/13/2024", [], None),
        ("123/05/2024", [], None),
        ("30/02/2024", [], None),
        ("2024-03-05", ["2024-03-05"], None),
        ("24-03-05", ["2005-03-24"], True),
        ("5 Mar 24", ["2024-03-05"], None),
        ("Mar 5, 2024", ["2024-03-05"], None),
        ("5. März 2024", ["2024-03-05"], None),
        ("5 Mai. 2024", ["2024-05-05"], None),
        ("2024年3月5日", ["2024-03-05"], None),
    ],
)
def test_what_days_figures_may_mean(written, days, is_day_first):
    found = dates_of(lines_of([typed(written)]))

    assert [str(day) for mention in found for day in mention.readings] == days
    assert [mention.is_day_first for mention in found] == ([is_day_first] if days else [])


@pytest.mark.parametrize(
    ("place", "day", "is_confirmed"),
    [
        ("Springfield, IL 62701\n(217) 555-0142", "2024-03-05", True),
        ("Springfield, IL 62701", "2024-03-05", False),
        ("Jalan Besar, Johor\nSelangor RM5\nTunai", "2024-05-03", False),
    ],
)
def test_many_clues_to_america_say_that_the_month_is_first(place, day, is_confirmed):
    reading = read_pages([typed(f"Shop\n{place}\n03/05/2024 12:30\nTotal 2.50", Source.OCR)], country=None)

    assert (str(reading.date.value), reading.date.is_confirmed) == (day, is_confirmed)


@pytest.mark.parametrize(
    ("label", "confidence", "is_confirmed"),
    [
        ("Invoice date", 0.99, True),
        ("Invoice date", 0.98, False),
        ("Date", 0.99, False),
        ("Delivery date", 0.99, False),
    ],
)
def test_of_a_sheet_ocr_confirms_a_day_by_its_own_label_if_it_does_not_doubt_it(
    label, confidence, is_confirmed
):
    lines = lines_of([typed(f"{label} 15.03.2024{SHEET}", Source.OCR, confidence)])

    assert issue_date_of(lines, None).is_confirmed is is_confirmed


def test_a_day_that_ocr_is_sure_of_elsewhere_is_not_confirmed_by_a_label_it_doubts():
    page = typed(f"Invoice date 15.03.2024{SHEET}\nDelivery date 15.03.2024", Source.OCR, 0.99)
    first = next(word for word in page.words if word.text == "15.03.2024")
    words = [replace(word, confidence=0.5) if word is first else word for word in page.words]

    assert not issue_date_of(lines_of([replace(page, words=tuple(words))]), None).is_confirmed


def test_words_beside_a_day_may_be_in_doubt():
    page = typed(f"Invoice date 15.03.2024 Oslo{SHEET}", Source.OCR)
    words = [
        replace(word, confidence=0.5) if word.text in {"Invoice", "Oslo"} else word for word in page.words
    ]

    assert issue_date_of(lines_of([replace(page, words=tuple(words))]), None).is_confirmed


def test_clues_to_a_country_that_is_not_known_say_nothing():
    lines = lines_of([typed("Shop\n03/05/2024 12:30\nTotal 2.50", Source.OCR)])

    assert not issue_date_of(lines, "XX", clues=3).is_confirmed


def test_two_days_with_a_label_of_the_documents_own_leave_doubt():
    text = f"Invoice date 15.03.2024{SHEET}\nInvoice 12 of 16.03.2024"

    assert not issue_date_of(lines_of([typed(text, Source.OCR)]), None).is_confirmed
