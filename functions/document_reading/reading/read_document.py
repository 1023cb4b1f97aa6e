"""Reads a document: its e-invoice where it has one, the words of its pages otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from functions.document_reading.reading.e_invoice.against_page import read_e_invoice
from functions.document_reading.reading.e_invoice.attached_invoices import (
    attached_invoices,
    invoice_of,
)
from functions.document_reading.reading.e_invoice.embedded_streams import embedded_streams
from functions.document_reading.reading.e_invoice.model import EInvoice
from functions.document_reading.reading.e_invoice.xml_tree import MOST_TAGS, tags_in
from functions.document_reading.reading.model import PageWords, Reading, turns_of
from functions.document_reading.reading.print.text_layer import Pdf, UnreadablePdf, open_pdf
from functions.document_reading.reading.read_pages import read_pages

PDF = "application/pdf"
XML = frozenset({"application/xml", "text/xml"})
_MOST_BYTES_OF_XML = 20 * 1024 * 1024

PagesOf = Callable[[Path, str], Sequence[PageWords]]
"""The words of a document's pages by path and content type, found by OCR where it has no text."""


def read_document(path: Path, content_type: str, *, pages_of: PagesOf, country: str | None) -> Reading:
    """Ask the readers from the exact to the last resort; OCR only where nothing else answers.

    An e-invoice's pages are read too, from their text alone, to see that they say the same.
    """
    if content_type in XML:
        return _of_xml(path, country)
    if content_type == PDF:
        invoices, pages = _of_pdf(path)
        if invoices:
            return replace(read_e_invoice(invoices, pages, country=country), turns=turns_of(pages))
    found = pages_of(path, content_type)
    return replace(read_pages(found, country=country), turns=turns_of(found))


def _of_xml(path: Path, country: str | None) -> Reading:
    """An invoice that is nothing but data; there is no page to confirm it, but its sum does."""
    if path.stat().st_size > _MOST_BYTES_OF_XML:
        return Reading()
    content = path.read_bytes()
    invoice = invoice_of(content) if tags_in(content) <= MOST_TAGS else None
    return read_e_invoice([invoice], None, country=country) if invoice else Reading()


def _of_pdf(path: Path) -> tuple[list[EInvoice], list[PageWords]]:
    """The e-invoices in a PDF, and if there are any the words on its pages."""
    try:
        with open_pdf(path) as pdf:
            invoices = attached_invoices(pdf.attachments()) or attached_invoices(
                ("", content) for content in embedded_streams(path)
            )
            return invoices, text_pages(pdf) if invoices else []
    except UnreadablePdf:
        return [], []


def text_pages(pdf: Pdf) -> list[PageWords]:
    """The words of the text layer of the pages worth reading, where they have any."""
    pages = (pdf.page_words(index) for index in pdf.telling_pages())
    return [page for page in pages if page is not None and page.words]
