"""UN/CEFACT's Cross Industry Invoice, of ZUGFeRD 1.0 and its pre-releases to Factur-X and XRechnung."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
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
    is_invoice_type,
    signed,
)
from functions.document_reading.reading.e_invoice.xml_tree import child, children, name, outside, text
from functions.document_reading.reading.model import VatLine

_LINE = "IncludedSupplyChainTradeLineItem"


def cross_industry_invoice(root: Element) -> EInvoice | None:
    """The invoice, or None where it is an order or something else altogether."""
    header = list(outside(root, _LINE))
    document = _first(header, "ExchangedDocument", "HeaderExchangedDocument")
    type_code = text(child(document, "TypeCode"))
    sums = next((part for part in header if name(part).endswith("MonetarySummation")), None)
    if document is None or sums is None or not is_invoice_type(type_code):
        return None
    currency = text(_first(header, "InvoiceCurrencyCode")) or None
    net, tax, grand = (_sum(sums, key, currency) for key in _SUMS)
    total, vat = signed(_total(net, tax, grand), _vat(header), type_code)
    return EInvoice(
        merchant_names=_names(_first(header, "SellerTradeParty")),
        date=date_of(text(child(document, "IssueDateTime"))),
        total=total,
        currency=currency or _currency_of(sums),
        document_number=text(child(document, "ID")) or None,
        vat=vat,
        adds_up=adds_up(net, tax, grand),
        is_credit_note=type_code in CREDIT_NOTES or (total is not None and total < 0),
    )


_SUMS = ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")


def _first(header: list[Element], *names: str) -> Element | None:
    return next((part for part in header if name(part) in names), None)


def _sum(sums: Element, key: str, currency: str | None) -> Decimal | None:
    return amount_of(text(in_currency(children(sums, key), currency)))


def _total(net: Decimal | None, tax: Decimal | None, grand: Decimal | None) -> Decimal | None:
    """What the invoice comes to, including what has been paid already (`DuePayableAmount`)."""
    if grand is None and net is not None:
        return net + (tax or 0)
    return grand


def _currency_of(sums: Element) -> str | None:
    """That of the total; taxes may be stated in the tax office's as well."""
    totals = children(sums, "GrandTotalAmount")
    return next((code for amount in totals if (code := amount.get("currencyID"))), None)


def _names(seller: Element | None) -> tuple[str, ...]:
    stated = (child(seller, "Name"), child(seller, "SpecifiedLegalOrganization", "TradingBusinessName"))
    return tuple(name for name in map(text, stated) if name)


def _vat(header: list[Element]) -> Iterator[VatLine]:
    taxes = islice((part for part in header if name(part) == "ApplicableTradeTax"), MOST_TAXES)
    for tax in taxes:
        amount = amount_of(text(child(tax, "CalculatedAmount")))
        if amount is None:
            continue
        rate = child(tax, "RateApplicablePercent")
        rate = child(tax, "ApplicablePercent") if rate is None else rate
        yield VatLine(amount_of(text(rate)), amount, amount_of(text(child(tax, "BasisAmount"))))
