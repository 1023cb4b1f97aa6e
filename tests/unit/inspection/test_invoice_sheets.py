"""The sheet that is made of an e-invoice of XML alone, for people to look at."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest

from functions.auto_import.invoice_sheets.pdf_pages import cut, width_of, wrapped
from functions.auto_import.invoice_sheets.sheet import sheet_of
from functions.auto_import.invoice_sheets.xml_tree import parse
from tests.unit.document_reading.papers.e_invoices import DIALECTS, Said, cross_industry, ubl

PARTIES = """
<cac:AccountingCustomerParty><cac:Party>
 <cac:PostalAddress><cbc:StreetName>Rua Nova 7</cbc:StreetName><cbc:CityName>Porto</cbc:CityName>
  <cbc:PostalZone>4050-262</cbc:PostalZone></cac:PostalAddress>
 <cac:PartyLegalEntity><cbc:RegistrationName>Café Ribeira, Lda</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID></cac:PayeeFinancialAccount>
</cac:PaymentMeans>
"""


@pytest.fixture
def sheet(tmp_path: Path):
    def made(xml: bytes) -> bytes:
        path = tmp_path / "invoice.xml"
        path.write_bytes(xml)
        return sheet_of(path)

    return made


def pages_of(sheet: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(sheet)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def ink_of(sheet: bytes) -> int:
    document = pypdfium2.PdfDocument(sheet)
    page = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    return sum((255 - level) * count for level, count in enumerate(page.histogram()))


def with_more(xml: bytes, more: str) -> bytes:
    return xml.replace(b"</Invoice>", f"{more}</Invoice>".encode())


def items(count: int, name: str = "Toner") -> str:
    return "".join(
        f"<cac:InvoiceLine><cbc:InvoicedQuantity>2</cbc:InvoicedQuantity>"
        f"<cbc:LineExtensionAmount>19.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>{name} {number}</cbc:Name>"
        f"</cac:Item><cac:Price><cbc:PriceAmount>9.50</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
        for number in range(count)
    )


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_of_cii_is_shown(sheet, dialect):
    [page] = pages_of(sheet(cross_industry(Said(), dialect)))

    for said in ("Invoice RE-2023-118", "2023-03-05", "Kronberg Technik GmbH", "Kunden AG", "19.00 %"):
        assert said in page
    for said in ("Net 473.00 EUR", "Tax 56.87 EUR", "Total 529.87 EUR", "To be paid 529.87 EUR"):
        assert said in " ".join(page.split())


def test_ubl_is_shown_with_its_parties_lines_and_account(sheet):
    [page] = pages_of(sheet(with_more(ubl(Said()), PARTIES + items(3))))

    text = " ".join(page.split())
    for said in (
        "Kronberg Technik GmbH",
        "Café Ribeira, Lda",
        "Rua Nova 7",
        "4050-262 Porto",
        "19 % 473.00 56.87",
    ):
        assert said in text
    assert "Toner 2 2 9.50 19.00" in text
    assert "IBAN DE02120300000000202051" in text


def test_a_credit_note_is_called_one(sheet):
    [by_root] = pages_of(sheet(ubl(Said(), root="CreditNote")))
    [by_code] = pages_of(sheet(cross_industry(Said(type_code="381"))))

    assert by_root.startswith("Credit note RE-2023-118")
    assert by_code.startswith("Credit note RE-2023-118")


def test_it_says_that_it_is_not_the_invoice(sheet):
    assert all("The XML file beside it is the invoice" in page for page in pages_of(sheet(ubl(Said()))))


@pytest.mark.parametrize(
    "name", ["Wiśniewska Łódź", "Příbram Čáslav", "Őrség Fűtő", "Şişli Muğla", "Țara Brașov", "Ηλιος"]
)
def test_names_of_every_script_can_be_copied(sheet, name):
    [page] = pages_of(sheet(ubl(Said(seller=name))))

    assert name in page


def test_letters_that_the_font_lacks_have_their_accents(sheet):
    plain, accented = (
        ink_of(sheet(ubl(Said(seller=name)))) for name in ("Z", "\N{LATIN CAPITAL LETTER Z WITH CARON}")
    )
    composed = ink_of(sheet(ubl(Said(seller="\N{LATIN CAPITAL LETTER Z WITH DOT ABOVE}"))))

    assert plain < composed < 2 * accented


def test_long_invoices_go_on_over_pages_but_not_for_ever(sheet):
    two = pages_of(sheet(with_more(ubl(Said()), items(60))))
    most = pages_of(sheet(with_more(ubl(Said()), items(5000))))

    assert len(two) == 2
    assert "Toner 59" in two[1]
    assert 20 <= len(most) <= 21
    assert "There are more lines in the XML file." in most[-1] + most[-2]


@pytest.mark.parametrize(
    "xml",
    [
        b"<Invoice",
        b'<!DOCTYPE x [<!ENTITY a "b">]><Invoice><ID>&a;</ID></Invoice>',
        b"<Invoice><LegalMonetaryTotal/></Invoice>",
    ],
    ids=["cut off", "entities", "nothing stated"],
)
def test_there_is_none_of_what_states_nothing(sheet, xml):
    assert sheet(xml) == b""


def test_endless_texts_cost_no_more_than_their_room(sheet):
    endless = "word " * 100_000
    xml = ubl(Said(seller="x" * 100_000)).replace(
        b"</Invoice>", f"<cbc:Note>{endless}</cbc:Note></Invoice>".encode()
    )

    assert len(sheet(xml)) < 20_000


HOSTILE = {
    "names of short words": "i " * 1000,
    "names of one long word": "W" * 2000,
    "letters with accents": "\u1ea5" * 600,
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_long_names_of_many_items_cost_no_more_than_their_room(sheet, name):
    xml = ubl(Said()).replace(b"</Invoice>", f"{items(2_000, name)}</Invoice>".encode())
    began_at = time.process_time()

    assert sheet(xml)

    assert time.process_time() - began_at < 6


def test_elements_without_end_are_not_collected(tmp_path):
    path = tmp_path / "invoice.xml"
    path.write_bytes(b"<Invoice><ID>7</ID>" + b"<a/>" * 70_000 + b"<b/></Invoice>")

    root = parse(path)

    assert root.said("ID") == "7"
    assert len(root.children) < 70_000
    assert root.first("b") is None


def test_lines_beyond_the_room_are_not_made():
    assert wrapped("one two three four five", 9, 30, most=2) == ["one", "two"]


def test_what_is_too_wide_is_cut_off_with_a_sign():
    shown = cut("a rather long description", 9, 60)

    assert shown.startswith("a rather")
    assert shown.endswith("…")
    assert width_of(shown, 9) <= 60
    assert cut("short", 9, 60) == "short"


def test_words_are_wrapped_where_the_line_ends():
    lines = wrapped("one two three four five", 9, 60, most=9)

    assert " ".join(lines) == "one two three four five"
    assert all(width_of(line, 9) <= 60 for line in lines)
    assert len(lines) == 2
