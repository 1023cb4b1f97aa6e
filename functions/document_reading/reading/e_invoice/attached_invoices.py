"""The e-invoices among the files attached to a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from functions.document_reading.reading.e_invoice.cross_industry import cross_industry_invoice
from functions.document_reading.reading.e_invoice.model import EInvoice, best_named_first
from functions.document_reading.reading.e_invoice.ubl import ubl_invoice
from functions.document_reading.reading.e_invoice.xml_tree import (
    MOST_TAGS,
    child,
    name,
    parse,
    seems_xml,
    tags_in,
)


def attached_invoices(attachments: Iterable[tuple[str, bytes]]) -> list[EInvoice]:
    """Each invoice once, the likeliest first: there may be orders, delivery notes and copies as well."""
    found = (invoice_of(content) for content in _affordable(best_named_first(attachments)))
    return list(dict.fromkeys(invoice for invoice in found if invoice is not None))


def _affordable(contents: Iterable[bytes]) -> Iterator[bytes]:
    """What is XML, until all of them together have more tags than are parsed for one document."""
    left = MOST_TAGS
    for content in contents:
        if seems_xml(content):
            left -= tags_in(content)
            if left < 0:
                return
            yield content


def invoice_of(content: bytes) -> EInvoice | None:
    """The invoice an XML file states, or None where it states none."""
    root = parse(content)
    if root is None:
        return None
    if name(root) in {"Invoice", "CreditNote"} and child(root, "LegalMonetaryTotal") is not None:
        return ubl_invoice(root)
    return cross_industry_invoice(root)
