"""Dates: how they are written, whose order of day and month it is, and which of them counts."""

from __future__ import annotations

from datetime import date

import pytest

from functions.document_reading.reading.dates.issue_date import issue_date_of
from functions.document_reading.reading.dates.parse import dates_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
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
