"""Invoices that carry their own XML: every dialect, several files in one PDF, XML and page that disagree."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from functions.document_reading.reading.e_invoice.attached_invoices import attached_invoices, invoice_of
from functions.document_reading.reading.e_invoice.embedded_streams import embedded_streams
from functions.document_reading.reading.model import Contradiction, PageWords, Reading, Source, VatLine
from functions.document_reading.reading.read_document import PDF, read_document
from tests.unit.document_reading.papers.e_invoices import (
    DIALECTS,
    PAGE,
    Said,
    cross_industry,
    order,
    pdf,
    ubl,
)
from tests.unit.document_reading.papers.typewriter import typed


def no_ocr(_path: Path, _content_type: str) -> Sequence[PageWords]:
    raise AssertionError("an e-invoice needs no OCR")


@pytest.fixture
def read(tmp_path: Path):
    def read(attachments: dict[str, bytes], page: str = PAGE) -> Reading:
        path = pdf(tmp_path / "invoice.pdf", typed(page), attachments)
        return read_document(path, PDF, pages_of=no_ocr, country="FR")

    return read


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_reads_every_dialect_exactly(read, dialect):
    reading = read({"factur-x.xml": cross_industry(Said(), dialect)})

    assert reading.merchant.value == "Kronberg Technik GmbH"
    assert reading.date.value == date(2023, 3, 5)
    assert reading.total.value == Decimal("529.87")
    assert reading.currency.value == "EUR"
    assert reading.document_number.value == "RE-2023-118"
    assert reading.vat == (VatLine(Decimal("19.00"), Decimal("56.87"), Decimal("473.00")),)
    assert reading.contradictions == ()


def test_reads_ubl(read):
    reading = read({"xrechnung.xml": ubl(Said())})

    assert (reading.merchant.value, reading.total.value) == ("Kronberg Technik GmbH", Decimal("529.87"))
    assert reading.vat == (VatLine(Decimal(19), Decimal("56.87"), Decimal("473.00")),)


def test_confirms_what_the_page_says_too(read):
    reading = read({"factur-x.xml": cross_industry(Said())})

    fields = (reading.merchant, reading.date, reading.total, reading.currency, reading.document_number)
    assert all(field.is_confirmed and field.source is Source.E_INVOICE for field in fields)


def test_an_amount_somewhere_on_the_page_does_not_confirm_another_total(read):
    page = "Kronberg Technik GmbH\nArticle 529.87 points\nTotal EUR 10.00\n"

    reading = read({"xrechnung.xml": ubl(Said())}, page)

    assert not reading.total.is_confirmed


def test_a_page_that_shows_nothing_bears_no_total_out(read):
    reading = read({"xrechnung.xml": ubl(Said())}, "Kronberg Technik GmbH\n")

    assert (reading.total.value, reading.total.is_confirmed) == (Decimal("529.87"), False)


def test_gives_the_total_rather_than_what_a_prepayment_left_of_it(read):
    page = PAGE + "\nAnzahlung 500,00 EUR\nZahlbetrag 29,87 EUR"

    reading = read({"factur-x.xml": cross_industry(Said(due="29.87"))}, page)

    assert reading.total.value == Decimal("529.87")


@pytest.mark.parametrize("total", ["529.87", "-529.87"])
def test_a_credit_note_is_negative_however_the_xml_states_it(read, total):
    net, tax = ("473.00", "56.87") if total[0] != "-" else ("-473.00", "-56.87")
    credit_note = cross_industry(Said(type_code="381", net=net, tax=tax, total=total))

    reading = read({"factur-x.xml": credit_note}, PAGE.replace("529,87", "-529,87"))

    assert reading.is_credit_note
    assert reading.total.value == Decimal("-529.87")
    assert reading.vat[0].amount == Decimal("-56.87")


def test_a_ubl_credit_note_is_negative():
    invoice = invoice_of(ubl(Said(), "CreditNote"))

    assert invoice.is_credit_note
    assert invoice.total == Decimal("-529.87")


def test_an_order_beside_the_invoice_is_no_invoice(read):
    attachments = {
        "order-x.xml": order(Said(number="PO-1", total="1.00")),
        "invoice.xml": cross_industry(Said()),
    }

    reading = read(attachments)

    assert reading.document_number.value == "RE-2023-118"
    assert reading.contradictions == ()


def test_of_several_invoices_the_one_on_the_page_counts_and_they_are_reported(read):
    other = cross_industry(Said(number="RE-2023-119", net="10.00", tax="1.90", total="11.90"))

    reading = read({"factur-x.xml": other, "other.xml": cross_industry(Said())})

    assert reading.total.value == Decimal("529.87")
    assert Contradiction.INVOICES in reading.contradictions


def test_two_copies_of_one_invoice_are_one():
    files = [
        ("factur-x.xml", cross_industry(Said())),
        ("ZUGFeRD-invoice.xml", cross_industry(Said(), prefix="a")),
    ]

    assert len(attached_invoices(files)) == 1


def test_reports_a_date_that_the_page_contradicts_and_gives_the_one_that_is_seen(read):
    reading = read({"factur-x.xml": cross_industry(Said(day="20230401"))})

    assert Contradiction.DATE in reading.contradictions
    assert reading.date.value == date(2023, 3, 5)
    assert not reading.date.is_confirmed


def test_reports_a_total_that_the_page_contradicts_and_confirms_neither(read):
    reading = read({"factur-x.xml": cross_industry(Said(net="500.00", tax="95.00", total="595.00"))})

    assert Contradiction.TOTAL in reading.contradictions
    assert not reading.total.is_confirmed


def test_reports_sums_of_the_xml_that_do_not_add_up(read):
    reading = read({"factur-x.xml": cross_industry(Said(net="400.00"))})

    assert reading.contradictions == (Contradiction.SUM,)


def test_reads_the_pages_of_a_pdf_whose_attachments_are_no_invoices(tmp_path):
    path = pdf(tmp_path / "invoice.pdf", typed(PAGE), {"terms.txt": b"<p>", "other.xml": b"<a><b/></a>"})

    reading = read_document(path, PDF, pages_of=lambda *_: [typed(PAGE)], country=None)

    assert reading.total.value == Decimal("529.87")
    assert reading.total.source is Source.TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"<rsm:CrossIndustryInvoice>",
        b"\xff\xfe<\x00a\x00/\x00>\x00",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a>" * 100_000,
        cross_industry(Said()).replace(b"<!--", b"<!DOCTYPE a [<!ENTITY b 'c'>]><!--", 1),
        cross_industry(Said(total="1e999999999", net="NaN", tax="sNaN")),
        cross_industry(Said(day="20231399", total="")),
    ],
)
def test_survives_xml_that_is_none_or_means_harm(content):
    found = attached_invoices([("factur-x.xml", content)])

    assert all(invoice.total is None or invoice.total.is_finite() for invoice in found)


def test_refuses_entities():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'

    assert invoice_of(bomb) is None


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\r\n\r\n ", b""])
def test_reads_xml_after_marks_and_blank_lines(mark):
    assert invoice_of(mark + cross_industry(Said())).total == Decimal("529.87")


def test_what_a_minimal_xml_leaves_out_is_read_off_the_page(read):
    without_tax = re.sub(
        rb"<ram:ApplicableTradeTax>.*?</ram:ApplicableTradeTax>", b"", cross_industry(Said()), flags=re.DOTALL
    )
    minimal = without_tax.replace(b"<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>", b"")

    reading = read({"factur-x.xml": minimal}, PAGE.replace("MwSt.     ", "MwSt. 19% "))

    assert reading.total.value == Decimal("529.87")
    assert reading.currency.value == "EUR"
    assert [vat.amount for vat in reading.vat] == [Decimal("56.87")]


def unlisted(path: Path, stream: bytes, dictionary: bytes) -> Path:
    """A PDF of one page whose embedded file no list of attachments names."""
    pdf(path, typed(PAGE), {})
    whole = path.read_bytes()
    embedded = b"\n90 0 obj\n<< /Type /EmbeddedFile " + dictionary + b" >>\nstream\n" + stream
    path.write_bytes(whole + embedded + b"\nendstream\nendobj\n")
    return path


@pytest.mark.parametrize("is_compressed", [True, False])
def test_an_e_invoice_that_no_list_of_attachments_names_is_found(tmp_path, is_compressed):
    xml = cross_industry(Said())
    stream, filters = (zlib.compress(xml), b"/Filter /FlateDecode") if is_compressed else (xml, b"")
    path = unlisted(tmp_path / "invoice.pdf", stream, filters)

    reading = read_document(path, PDF, pages_of=no_ocr, country=None)

    assert (reading.total.value, reading.total.source) == (Decimal("529.87"), Source.E_INVOICE)


@pytest.mark.parametrize(
    ("stream", "filters"),
    [(b"no deflated data", b"/Filter /FlateDecode"), (b"<a/>", b"/Filter /LZWDecode"), (b"", b"")],
)
def test_an_embedded_file_that_cannot_be_had_is_none(tmp_path, stream, filters):
    path = unlisted(tmp_path / "invoice.pdf", stream, filters)

    assert list(embedded_streams(path)) == []


def test_an_embedded_bomb_is_inflated_to_a_bearable_size_only(tmp_path):
    path = unlisted(tmp_path / "invoice.pdf", zlib.compress(b" " * 200_000_000), b"/Filter /FlateDecode")

    (content,) = embedded_streams(path)

    assert len(content) <= 8 * 1024 * 1024


@pytest.mark.parametrize("content_type", ["application/xml", "text/xml"])
def test_an_invoice_that_is_but_data_is_read_without_a_page(tmp_path, content_type):
    path = tmp_path / "xrechnung.xml"
    path.write_bytes(ubl(Said()))

    reading = read_document(path, content_type, pages_of=no_ocr, country=None)

    assert (reading.merchant.value, reading.total.value) == ("Kronberg Technik GmbH", Decimal("529.87"))
    assert (reading.total.is_confirmed, reading.merchant.is_confirmed) == (True, False)


@pytest.mark.parametrize("content", [b"<html/>", b"", b"<Invoice>"])
def test_of_other_xml_nothing_is_read(tmp_path, content):
    path = tmp_path / "other.xml"
    path.write_bytes(content)

    assert read_document(path, "text/xml", pages_of=no_ocr, country=None).is_empty
