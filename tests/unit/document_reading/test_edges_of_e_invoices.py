"""E-invoices at the limits of what is stated, found and parsed, one case on each side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from functions.document_reading.reading.e_invoice.against_page import read_e_invoice
from functions.document_reading.reading.e_invoice.attached_invoices import attached_invoices, invoice_of
from functions.document_reading.reading.e_invoice.embedded_streams import embedded_streams
from functions.document_reading.reading.e_invoice.model import (
    EInvoice,
    adds_up,
    amount_of,
    best_named_first,
    date_of,
    is_invoice_type,
)
from functions.document_reading.reading.e_invoice.xml_tree import MOST_TAGS, parse, seems_xml, text
from functions.document_reading.reading.model import VatLine
from tests.unit.document_reading.papers.e_invoice import INVOICE as STATED
from tests.unit.document_reading.papers.e_invoices import Said, cross_industry, ubl
from tests.unit.document_reading.papers.typewriter import typed

SYNTAXES = pytest.mark.parametrize("written", [cross_industry, ubl], ids=["UN/CEFACT", "UBL"])


def without(xml: bytes, *names: str) -> bytes:
    """The XML with other names in place of these, so that what they name is not stated."""
    for name in names:
        xml = xml.replace(name.encode(), b"Other")
    return xml


@SYNTAXES
@pytest.mark.parametrize(
    ("type_code", "total", "is_credit_note", "given"),
    [
        ("380", "529.87", False, "529.87"),
        ("380", "-529.87", True, "-529.87"),
        ("380", "0.00", False, "0.00"),
        ("381", "529.87", True, "-529.87"),
        ("381", "0.00", True, "0.00"),
    ],
)
def test_an_invoice_of_less_than_nothing_is_a_credit_note(written, type_code, total, is_credit_note, given):
    invoice = invoice_of(written(Said(type_code=type_code, total=total)))

    assert (invoice.is_credit_note, invoice.total) == (is_credit_note, Decimal(given))


@SYNTAXES
def test_what_an_invoice_states_is_given_as_stated(written):
    invoice = invoice_of(written(Said()))

    assert (invoice.document_number, invoice.currency) == ("RE-2023-118", "EUR")
    assert (invoice.date, invoice.total) == (date(2023, 3, 5), Decimal("529.87"))
    assert invoice.vat == (VatLine(Decimal(19), Decimal("56.87"), Decimal("473.00")),)
    assert (invoice.adds_up, invoice.is_credit_note) == (True, False)


@SYNTAXES
def test_what_an_invoice_does_not_state_is_none(written):
    names = ("InvoiceCurrencyCode", "DocumentCurrencyCode", "IssueDate", "TaxBasisTotalAmount")
    xml = without(written(Said(currency="")), *names, "TaxExclusiveAmount", "currencyID")

    invoice = invoice_of(xml.replace(b"RE-2023-118", b""))

    assert (invoice.document_number, invoice.currency, invoice.date) == (None, None, None)
    assert invoice.adds_up is None


def test_a_total_that_is_not_stated_is_net_and_tax():
    xml = without(cross_industry(Said()), "GrandTotalAmount")

    assert invoice_of(xml).total == Decimal("529.87")
    assert invoice_of(without(xml, "TaxTotalAmount")).total == Decimal("473.00")
    assert invoice_of(without(xml, "TaxTotalAmount", "TaxBasisTotalAmount")).total is None


def test_a_credit_note_without_a_total_is_one_all_the_same():
    xml = without(cross_industry(Said(type_code="381")), "GrandTotalAmount", "TaxBasisTotalAmount")

    assert (invoice_of(xml).is_credit_note, invoice_of(xml).total) == (True, None)
    assert not invoice_of(xml.replace(b"381<", b"380<")).is_credit_note
    assert not invoice_of(without(ubl(Said()), "TaxInclusiveAmount", "PayableAmount")).is_credit_note


def test_a_ubl_total_that_is_not_stated_is_what_is_to_be_paid():
    assert invoice_of(without(ubl(Said(due="12.00")), "TaxInclusiveAmount")).total == Decimal("12.00")
    assert invoice_of(ubl(Said(due="12.00"))).total == Decimal("529.87")


def test_the_currency_of_the_total_is_the_invoices_where_none_is_stated():
    xml = without(cross_industry(Said()), "InvoiceCurrencyCode")
    in_francs = xml.replace(b"GrandTotalAmount>529", b'GrandTotalAmount currencyID="CHF">529')

    assert (invoice_of(xml).currency, invoice_of(in_francs).currency) == (None, "CHF")


def test_taxes_are_those_in_the_invoices_own_currency():
    own = b'<cbc:TaxAmount currencyID="EUR">56.87</cbc:TaxAmount>'
    other = b'<cbc:TaxAmount currencyID="CHF">99.00</cbc:TaxAmount>'

    assert (
        invoice_of(ubl(Said()).replace(own, other + b"</cac:TaxTotal><cac:TaxTotal>" + own)).adds_up is True
    )
    assert invoice_of(ubl(Said()).replace(own, other)).adds_up is False


@pytest.mark.parametrize("root", ["Invoice", "CreditNote"])
def test_ubl_is_known_by_its_root_and_its_sums(root):
    assert invoice_of(ubl(Said(), root)) is not None
    assert invoice_of(ubl(Said(), "Order")) is None
    assert invoice_of(without(ubl(Said(), root), "LegalMonetaryTotal")) is None


def test_what_is_neither_an_invoice_nor_has_sums_is_none():
    assert invoice_of(without(cross_industry(Said()), "ExchangedDocument")) is None
    assert invoice_of(without(cross_industry(Said()), "MonetarySummation")) is None
    assert invoice_of(cross_industry(Said(type_code="351"))) is None
    assert not is_invoice_type("220")
    assert is_invoice_type("")


def test_a_trading_name_is_the_sellers_second_one():
    xml = cross_industry(Said()).replace(
        b"<ram:Name>Kronberg Technik GmbH</ram:Name>",
        b"<ram:Name>Kronberg Technik GmbH</ram:Name><ram:SpecifiedLegalOrganization>"
        b"<ram:TradingBusinessName>Kronberg</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>",
    )

    assert invoice_of(xml).merchant_names == ("Kronberg Technik GmbH", "Kronberg")
    assert invoice_of(ubl(Said())).merchant_names == ("Kronberg Technik GmbH", "Kronberg")


def test_a_tax_without_an_amount_is_none():
    assert invoice_of(without(cross_industry(Said()), "CalculatedAmount")).vat == ()
    assert invoice_of(ubl(Said(tax=""))).vat == ()


@pytest.mark.parametrize(("taxes", "told"), [(20, 20), (21, 20)])
def test_of_many_taxes_the_first_twenty_are_told(taxes, told):
    xml, ubl_xml = cross_industry(Said()), ubl(Said())
    begin, end = xml.index(b"<ram:ApplicableTradeTax>"), xml.index(b"</ram:ApplicableTradeTax>")
    one = xml[begin : end + len(b"</ram:ApplicableTradeTax>")]
    first, last = ubl_xml.index(b"<cac:TaxSubtotal>"), ubl_xml.index(b"</cac:TaxSubtotal>")
    subtotal = ubl_xml[first : last + len(b"</cac:TaxSubtotal>")]

    assert len(invoice_of(xml.replace(one, one * taxes)).vat) == told
    assert len(invoice_of(ubl_xml.replace(subtotal, subtotal * taxes)).vat) == told


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.50", "12.50"),
        ("9e15", "9e15"),
        ("9e16", None),
        ("9e-15", "9e-15"),
        ("9e-16", None),
        ("NaN", None),
        ("Infinity", None),
        ("12,50", None),
        ("", None),
    ],
)
def test_an_amount_has_fifteen_digits_at_most(written, amount):
    assert amount_of(written) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20180305", date(2018, 3, 5)),
        ("2018-03-05", date(2018, 3, 5)),
        ("2018-03-05T10:00:00", date(2018, 3, 5)),
        ("20181305", None),
        ("5.3.2018", None),
        ("", None),
    ],
)
def test_a_day_is_written_in_one_of_two_ways(written, day):
    assert date_of(written) == day


def test_whether_sums_agree_is_unknown_where_one_is_missing():
    net, tax, total = Decimal(100), Decimal(19), Decimal(119)

    assert adds_up(net, tax, total) is True
    assert adds_up(net, tax, total + 1) is False
    assert adds_up(None, tax, total) is adds_up(net, None, total) is adds_up(net, tax, None) is None


def test_files_with_a_name_that_a_standard_prescribes_come_first():
    files = [("a.xml", b"a"), ("Factur-X.xml", b"b"), ("my factur-x.xml", b"c"), ("xrechnung.xml", b"d")]

    assert list(best_named_first(files)) == [b"b", b"d", b"a", b"c"]


@pytest.mark.parametrize(("spare", "found"), [(0, 1), (-1, 0)])
def test_files_are_parsed_until_they_have_too_many_tags_together(monkeypatch, spare, found):
    padding, invoice = b"<a/>" + b"<" * 10, ubl(Said())
    tags = padding.count(b"<") + invoice.count(b"<")
    module = "functions.document_reading.reading.e_invoice.attached_invoices.MOST_TAGS"
    monkeypatch.setattr(module, tags + spare)

    assert len(attached_invoices([("a.xml", padding), ("b.xml", invoice)])) == found
    assert MOST_TAGS == 400_000


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"<a/>", True),
        (b"\xef\xbb\xbf <a/>", True),
        (b"\xff\xfe<\x00", True),
        (b"\xfe\xff\x00<", True),
        (b"a", False),
        (b"", False),
    ],
)
def test_xml_is_known_by_its_first_bytes(content, seems):
    assert seems_xml(content) is seems


def test_an_invoice_in_two_bytes_a_character_is_read():
    xml = ubl(Said()).decode().encode("utf-16")

    assert [invoice.total for invoice in attached_invoices([("a.xml", xml)])] == [Decimal("529.87")]


@pytest.mark.parametrize(("parts", "is_value"), [(0, True), (63, True), (64, False)])
def test_a_value_has_few_elements_within(parts, is_value):
    element = parse(b"<a> one\n two " + b"<b>!</b>" * parts + b"</a>")

    assert text(element) == (f"one two {'!' * parts}".strip() if is_value else "")
    assert text(None) == ""


def embedded(tmp_path: Path, before: bytes, between: bytes, stream: bytes = b"stream\n<a/>") -> list[bytes]:
    """What is found in a file that has an embedded file's type between two pieces."""
    path = tmp_path / "some.pdf"
    path.write_bytes(before + b"/Type /EmbeddedFile" + between + stream + b"\nendstream")
    return list(embedded_streams(path))


@pytest.mark.parametrize(("between", "found"), [(505, [b"<a/>"]), (506, [])])
def test_the_stream_begins_near_its_type(tmp_path, between, found):
    assert embedded(tmp_path, b"1 0 obj <<", b" " * between) == found


@pytest.mark.parametrize(("between", "found"), [(492, []), (493, [b"<a/>"])])
def test_the_dictionary_begins_near_its_type(tmp_path, between, found):
    assert embedded(tmp_path, b"1 0 obj << /Filter /LZW" + b" " * between, b" >> ") == found


def test_a_dictionary_may_be_the_first_thing_in_the_file(tmp_path):
    assert embedded(tmp_path, b" obj /Filter /LZW", b" >> ") == []
    assert embedded(tmp_path, b"/Filter /LZW", b" >> ") == [b"<a/>"]


@pytest.mark.parametrize(("files", "found"), [(8, 8), (9, 8)])
def test_the_first_eight_embedded_files_are_looked_at(tmp_path, files, found):
    path = tmp_path / "some.pdf"
    path.write_bytes(b" obj /Type /EmbeddedFile stream\n<a/>\nendstream\n" * files)

    assert len(list(embedded_streams(path))) == found


@pytest.mark.parametrize("over", [0, 1])
def test_a_large_embedded_file_is_read_in_part(tmp_path, over):
    size = 2 * 1024 * 1024

    (content,) = embedded(tmp_path, b" obj", b" ", b"stream\n" + b"a" * (size + over))

    assert len(content) == size


def test_an_empty_file_embeds_nothing(tmp_path):
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")

    assert list(embedded_streams(path)) == []


INVOICE = replace(STATED, merchant_names=("Kronberg Technik GmbH", "Kronberg"))


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("Datum 05.03.2023", "118"),
        ("Datum 06.03.2023", "119"),
        ("Total 119,00", "118"),
        ("Total 5,00", "119"),
        ("Nr. RE-2023-118", "118"),
        ("Nr. RE-2023-119", "119"),
    ],
)
def test_of_two_invoices_that_is_given_which_the_page_agrees_with_more(page, number):
    other = replace(INVOICE, document_number="RE-2023-119", total=Decimal("5.00"), date=date(2023, 3, 6))

    given = [
        read_e_invoice(both, [typed(page)], country=None) for both in ([other, INVOICE], [INVOICE, other])
    ]

    assert [one.document_number.value[-3:] for one in given] == [number, number]


@pytest.mark.parametrize(
    ("page", "merchant", "is_confirmed"),
    [
        ("Kronberg Technik GmbH", "Kronberg Technik GmbH", True),
        ("Kronberg", "Kronberg", True),
        ("Wolke", "Kronberg Technik GmbH", False),
    ],
)
def test_the_name_that_the_page_has_is_given(page, merchant, is_confirmed):
    found = read_e_invoice([INVOICE], [typed(page)], country=None).merchant

    assert (found.value, found.is_confirmed) == (merchant, is_confirmed)


def test_what_neither_states_nor_shows_is_none():
    nothing = EInvoice((), None, None, None, None, (), None, is_credit_note=False)

    reading = read_e_invoice([nothing], [typed("x")], country=None)

    assert (reading.merchant, reading.date, reading.total) == (None, None, None)
    assert (reading.currency, reading.document_number, reading.contradictions) == (None, None, ())


def test_two_copies_that_differ_in_their_names_alone_contradict_nothing():
    other = replace(INVOICE, merchant_names=("Kronberg",))

    assert read_e_invoice([INVOICE, other], [typed("x")], country=None).contradictions == ()
    other = replace(INVOICE, total=Decimal(5))
    assert len(read_e_invoice([INVOICE, other], [typed("x")], country=None).contradictions) == 1


def test_a_value_that_the_page_has_as_well_says_where_it_stands():
    page = "Kronberg Technik GmbH\nRechnung Nr. RE-2023-118\nRechnungsdatum 05.03.2023\nTotal 119,00 EUR"
    shown = read_e_invoice([INVOICE], [typed(page)], country=None)
    other = read_e_invoice(
        [INVOICE], [typed(page.replace("05.03", "06.04").replace("119,00", "7,00"))], country=None
    )

    assert all(one.place for one in (shown.date, shown.total, shown.currency, shown.document_number))
    assert other.total.place is None


@pytest.mark.parametrize(
    ("page", "is_confirmed"),
    [
        ("Tea 119,00", True),
        ("Tea 119,00\nTotal 7,00", False),
        ("Total 119,00", True),
        ("Total -119,00", True),
    ],
)
def test_a_total_is_confirmed_by_the_page_unless_that_names_another(page, is_confirmed):
    assert read_e_invoice([INVOICE], [typed(page)], country=None).total.is_confirmed is is_confirmed
