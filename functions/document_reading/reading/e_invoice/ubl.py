"""OASIS's Universal Business Language, the other syntax of EN 16931 (XRechnung, Peppol)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from functions.document_reading.reading.e_invoice.model import (
    CREDIT_NOTES,
    MOST_TAXES,
    EInvoice,
    adds_up,
    amount_of,
    date_of,
    in_currency,
    signed,
)
from functions.document_reading.reading.e_invoice.xml_tree import child, children, name, text
from functions.document_reading.reading.model import VatLine


def ubl_invoice(root: Element) -> EInvoice | None:
    """The invoice, or None where the sums of one are missing."""
    sums = child(root, "LegalMonetaryTotal")
    if sums is None:
        return None
    currency = text(child(root, "DocumentCurrencyCode")) or None
    tax_total = _tax_total(root, currency)
    net, grand, payable = (amount_of(text(child(sums, key))) for key in _SUMS)
    tax = amount_of(text(child(tax_total, "TaxAmount")))
    type_code = _type_code(root)
    total, vat = signed(payable if grand is None else grand, _vat(tax_total), type_code)
    return EInvoice(
        merchant_names=_names(child(root, "AccountingSupplierParty", "Party")),
        date=date_of(text(child(root, "IssueDate"))),
        total=total,
        currency=currency,
        document_number=text(child(root, "ID")) or None,
        vat=vat,
        adds_up=adds_up(net, tax, grand),
        is_credit_note=type_code in CREDIT_NOTES or (total is not None and total < 0),
    )


_SUMS = ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")


def _type_code(root: Element) -> str:
    if name(root) == "CreditNote":
        return "381"
    return text(child(root, "InvoiceTypeCode"))


def _tax_total(root: Element, currency: str | None) -> Element | None:
    """Taxes may be stated once more in the currency of the tax office."""
    pairs = [
        (amount, total) for total in children(root, "TaxTotal") for amount in children(total, "TaxAmount")
    ]
    chosen = in_currency((amount for amount, _ in pairs), currency)
    return next((total for amount, total in pairs if amount is chosen), None)


def _names(seller: Element | None) -> tuple[str, ...]:
    stated = (child(seller, "PartyLegalEntity", "RegistrationName"), child(seller, "PartyName", "Name"))
    return tuple(dict.fromkeys(name for name in map(text, stated) if name))


def _vat(tax_total: Element | None) -> Iterator[VatLine]:
    for tax in islice(children(tax_total, "TaxSubtotal"), MOST_TAXES):
        amount = amount_of(text(child(tax, "TaxAmount")))
        if amount is not None:
            rate = amount_of(text(child(tax, "TaxCategory", "Percent")))
            yield VatLine(rate, amount, amount_of(text(child(tax, "TaxableAmount"))))
