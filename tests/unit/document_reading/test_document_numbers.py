"""Numbers that documents are known by: in titles, behind labels, under them, and what is none."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.document_number import document_number_of
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed


def number_on(text: str) -> str | None:
    return document_number_of(lines_of([typed(text)]))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Handelsrechnung (380) Nr. R18-31 vom 03.10.2018", "R18-31"),
        ("Mietrechnung (387) Nr. 93141109/00/M/00/N vom 01.10.2018", "93141109/00/M/00/N"),
        ("Gutschrift (Selbst ausgestellte Rechnung) Nr. 47110818", "47110818"),
        ("VERSICHERUNGSRECHNUNG (575) Nr. 00.123.456.7-2018-1 vom", "00.123.456.7-2018-1"),
        ("Rechnung Nr. 2024-118", "2024-118"),
        ("Facture n° F-2291", "F-2291"),
        ("Invoice Number: E0400DXYZ1", "E0400DXYZ1"),
        ("Invoice no 441", "441"),
        ("Invoice 103767", "103767"),
        ("Numéro de facture : 20240011", "20240011"),
        ("Nr.: 4711", "4711"),
        ("Receipt #2291-0081", "2291-0081"),
    ],
)
def test_reads_the_number_behind_its_label(line, number):
    assert number_on(f"{line}\nTotal 12.50") == number


@pytest.mark.parametrize(
    "text",
    [
        "Rechnung Nr. 12.03.2024",
        "Invoice 12.50",
        "Invoice 1,250",
        "Rechnung Nr. AB",
        "Rechnung Nr. A1",
        "Total 12.50",
        "Verkäufer:\nKronberg GmbH\nNummer: 549910\nKäufer:\nNummer: 16259",
    ],
)
def test_takes_nothing_else_for_a_number(text):
    assert number_on(text) is None


def test_reads_the_number_under_its_label():
    assert number_on("Date        Invoice number\n03/05/2024  F-2291") == "F-2291"


def test_a_date_under_the_label_is_no_number():
    assert number_on("Invoice number\n03/05/2024") is None


def test_the_number_of_an_invoice_goes_before_that_of_a_receipt():
    assert number_on("Receipt no 77123\nInvoice no 88123") == "88123"


def test_a_title_goes_before_a_party_s_number():
    text = "Handelsrechnung (380) Nr. 123 vom 03.06.2025\nVerkäufer:\nKronberg GmbH\nNummer: 549910"

    assert number_on(text) == "123"


def test_a_number_beside_a_party_s_block_is_the_document_s():
    text = (
        "FACTURA               Cliente:\nNúmero: 2021/0458     Hostal Miramar\nFecha: 05-10-2021     Paseo 8"
    )

    assert number_on(text) == "2021/0458"


@pytest.mark.parametrize(
    "label",
    [
        "Numer faktury:", "Faktura VAT nr", "Faktura numer", "Číslo faktury", "Faktura č.", "Faktura číslo:",
        "Számlaszám:", "Számla sorszáma:", "Sorszám:", "Laskun numero", "Laskunumero", "Fakturanummer",
        "Fakturanr.", "Fatura No:", "FATURA NUMARASI", "Factura nr.", "Număr factură", "N.º da fatura",
        "Número da fatura:", "Fatura n.º",
    ],
)  # fmt: skip
def test_every_language_has_its_words_for_a_number(label):
    lines = lines_of([typed(f"{label}   20481/A7\n")])

    assert document_number_of(lines) == "20481/A7"
