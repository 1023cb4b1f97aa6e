"""Dates: how they are written, whose order of day and month it is, and which of them counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from functions.document_reading.reading.dates.issue_date import issue_date_of
from functions.document_reading.reading.dates.parse import dates_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import typed


def lines(text: str, source: Source = Source.TEXT):
    return lines_of([typed(text, source)])


def day(text: str, country: str | None = None) -> str:
    return issue_date_of(lines(text), country).day.isoformat()


@pytest.mark.parametrize(
    "written",
    [
        "05.03.2018", "5.3.2018", "05. 03. 2018", "05.03.18", "5. März 2018", "05-MAR-2018", "5 Mar 18", "05Mar2018",
        "5 mars 2018", "5 maart 2018", "5 de marzo de 2018", "5 marzo 2018", "March 5, 2018", "Mar 5th, 2018",
        "5th of March 2018", "2018-03-05", "2018/03/05", "2018年3月5日", "05/Mar/2018", "Mon 05 Mar 2018 14:00",
    ],
)  # fmt: skip
def test_reads_every_way_of_writing(written):
    (mention,) = dates_of(lines(f"x {written}"))

    assert mention.readings == (date(2018, 3, 5),)


@pytest.mark.parametrize("written", ["05/03/2018", "05-03-2018", "05-03-18"])
def test_sees_where_day_and_month_may_be_either(written):
    (mention,) = dates_of(lines(written))

    assert mention.readings == (date(2018, 3, 5), date(2018, 5, 3))


@pytest.mark.parametrize(
    "written", ["31.02.2018", "99/99/2018", "1851-A", "03-8734 1122", "12.5.1", "set 21.90"]
)
def test_takes_nothing_else_for_a_date(written):
    assert dates_of(lines(written)) == []


def test_reads_a_date_glued_to_its_time():
    (mention,) = dates_of(lines("24/01/201810:43"))

    assert mention.readings == (date(2018, 1, 24),)


def test_reads_figures_that_ocr_took_for_letters():
    (mention,) = dates_of(lines("O5/l0/2018 x", Source.OCR))

    assert mention.readings[0] == date(2018, 10, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Invoice Date 11/03/2017\nPaid 11/17/2017", "2017-11-03"),
        ("Date 03/04/2018\nPrinted 20/04/2018", "2018-04-03"),
        ("Date 06/03/2018\nInvoice No 2018030610100080498", "2018-03-06"),
        ("Date 12/11/2018\nDated 11 Dec 2018", "2018-12-11"),
    ],
)
def test_other_dates_record_the_order_of_day_and_month(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    ("country", "expected"), [("US", "2018-03-04"), ("FR", "2018-04-03"), (None, "2018-04-03")]
)
def test_the_country_decides_where_the_document_does_not(country, expected):
    found = issue_date_of(lines("Date 03/04/2018\nDate 03/04/2018"), country)

    assert found.day.isoformat() == expected
    assert not found.is_confirmed


@pytest.mark.parametrize(
    "text",
    [
        "Date de facture : 02/07/2015\nDate d'échéance : 31/07/2015\nDate de commande : 30/06/2015",
        "Rechnungsdatum 02.07.2015\nLieferdatum 01.07.2015\nZahlbar bis 16.07.2015\nBestellung vom 28.06.2015",
        "Facture n° 562 du 2 juillet 2015\nPériode du 01/06/2015 au 30/06/2015",
        "Factuurdatum: 2 juli 2015\nVervaldatum: 16 juli 2015",
        "Invoice Number INV-1   Invoice Date\nFR-22                   2 July 2015\nDue Date: 30 July 2015",
        "Fecha de factura: 02/07/2015\nVencimiento: 13/08/2015",
        "FATTURA n. 12 del 02/07/2015\nScadenza: 31/08/2015",
        "USt. seit 24.03.2014\nDatum: 02.07.2015",
    ],
)
def test_the_day_of_issue_is_told_from_all_others(text):
    assert day(text) == "2015-07-02"


def test_a_date_said_twice_is_confirmed():
    assert issue_date_of(lines("Date 25/12/2018\nPrinted 25/12/2018"), None).is_confirmed
    assert not issue_date_of(lines("Date 25/12/2018"), None).is_confirmed


def confirmed(text, source=Source.TEXT, confidence=1.0):
    page = typed(text, source)
    words = tuple(replace(word, confidence=confidence) for word in page.words)
    date = read_pages([replace(page, words=words)], country=None).date
    return date is not None and date.is_confirmed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date: 2016-07-3113:48:37", date(2016, 7, 31)),
        ("2018/02/2213:34:14", date(2018, 2, 22)),
        ("001-2016-07-31 Till 3", date(2016, 7, 31)),
        ("Chk 7862  Jan21'17 08:56P", date(2017, 1, 21)),
        ("Jun 26, 15  Table 4", date(2015, 6, 26)),
        ("14/11 2026", date(2026, 11, 14)),
        ("14/11/2569 19:20", date(2026, 11, 14)),
        ("Phone (734)692-4300\n5/12/2017 7:48 PM", date(2017, 5, 12)),
        ("Entry 13/11/26 08:10\nExit 14/11/26 09:22", date(2026, 11, 14)),
        ("Leistungs-Datum : 05.08.2013\nBeleg-Datum : 06.08.2013", date(2013, 8, 6)),
        ("MIETRECHNUNG Nr. 93 vom\n01.10.2018\nÜbergabe am 29.09.2018", date(2018, 10, 1)),
        ("Date : 31/01/2022\nDATE DE FACTURE ASSOCIÉE : 01/01/2022", date(2022, 1, 31)),
        ("Date d'expiration: 31/05/18\n07-04-2017 18:49", date(2017, 4, 7)),
    ],
)
def test_reads_dates_however_they_are_set(text, day):
    assert read_pages([typed(text)], country=None).date.value == day


def test_a_tilde_between_figures_is_a_hyphen_to_ocr():
    assert read_pages([typed("2018~03~04 12:20", Source.OCR)], country=None).date.value == date(2018, 3, 4)


def test_a_day_printed_twice_as_that_of_a_delivery_is_not_confirmed():
    assert not confirmed("Delivery date 25/08/2024\nShipped 25/08/2024\n")


def test_a_day_is_confirmed_by_its_own_label_in_a_text_layer_but_not_where_two_days_have_it():
    assert confirmed("Invoice date 25/08/2024\n")
    assert not confirmed("Invoice date 25/08/2024\nBill date 26/08/2024\n")


def test_ocr_confirms_the_only_day_of_a_till_if_no_character_of_it_is_in_doubt():
    receipt = "CORNER SHOP\n25/08/2024 12:20\nTotal 5.00\n"

    assert confirmed(receipt, Source.OCR, confidence=1.0)
    assert not confirmed(receipt, Source.OCR, confidence=0.95)
    assert not confirmed(receipt.replace(" 12:20", ""), Source.OCR, confidence=1.0)
    assert not confirmed(f"{receipt}27/08/2024 Offer\n", Source.OCR, confidence=1.0)
