"""The e-invoices among the files attached to a PDF."""

from __future__ import annotations

from collections.abc import Iterable

from functions.document_reading.reading.e_invoice.cross_industry import cross_industry_invoice
from functions.document_reading.reading.e_invoice.model import EInvoice, best_named_first
from functions.document_reading.reading.e_invoice.ubl import ubl_invoice
from functions.document_reading.reading.e_invoice.xml_tree import child, name, parse, seems_xml


def attached_invoices(attachments: Iterable[tuple[str, bytes]]) -> list[EInvoice]:
    """Each invoice once, the likeliest first: there may be orders, delivery notes and copies as well."""
    found = (invoice_of(content) for content in best_named_first(attachments) if seems_xml(content))
    return list(dict.fromkeys(invoice for invoice in found if invoice is not None))


def invoice_of(content: bytes) -> EInvoice | None:
    """The invoice an XML file states, or None where it states none."""
    root = parse(content)
    if root is None:
        return None
    if name(root) in {"Invoice", "CreditNote"} and child(root, "LegalMonetaryTotal") is not None:
        return ubl_invoice(root)
    return cross_industry_invoice(root)
