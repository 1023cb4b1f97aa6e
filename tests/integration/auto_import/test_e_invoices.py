"""Invoices that are nothing but XML: the file as it came, and a sheet beside it for people to look at."""

from __future__ import annotations

import hashlib

from tests.integration.auto_import.conftest import Importing
from tests.unit.document_reading.papers.e_invoices import Said, ubl


def test_a_sheet_lies_beside_the_invoice_and_never_in_its_place(importing: Importing) -> None:
    xml = ubl(Said())
    importing.drop("invoice.xml", xml)

    importing.ring()

    [expense] = importing.expenses()
    original, sheet = expense.documents
    assert (original.name, original.content_type) == ("invoice.xml", "application/xml")
    assert importing.stored(original.s3_key) == xml
    assert (sheet.name, sheet.content_type) == ("invoice.xml.pdf", "application/pdf")
    stored = importing.stored(sheet.s3_key)
    assert stored.startswith(b"%PDF-")
    assert (sheet.size, sheet.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert sheet.folder == original.folder


def test_two_files_of_one_invoice_are_duplicates_all_the_same(importing: Importing) -> None:
    importing.drop("a.xml", ubl(Said()))
    importing.ring()
    importing.drop("b.xml", ubl(Said()))

    importing.ring()

    assert importing.outcomes() == {"a.xml": "imported", "b.xml": "duplicate"}


def test_an_invoice_that_cannot_be_shown_is_imported_without_a_sheet(importing: Importing) -> None:
    importing.drop("empty.xml", b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')

    importing.ring()

    [expense] = importing.expenses()
    assert [document.name for document in expense.documents] == ["empty.xml"]
