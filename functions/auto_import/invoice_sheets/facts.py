"""What an e-invoice states, for people: parties, lines, taxes and sums, as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.auto_import.invoice_sheets.xml_tree import Element

_CREDIT_NOTES = {"81", "83", "261", "381", "396", "532"}
"""Codes of UNTDID 1001."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys: a name, and lines of address and registers."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the sheet shows. Amounts are as they were written; what is not stated is empty."""

    is_credit_note: bool
    number: str
    currency: str
    days: tuple[tuple[str, str], ...]
    seller: Party
    buyer: Party
    notes: tuple[str, ...]
    items: tuple[tuple[str, str, str, str], ...]
    """What, how much, at what price, and together."""
    taxes: tuple[tuple[str, str, str], ...]
    """The rate, of what, and the tax."""
    sums: tuple[tuple[str, str], ...]
    payment: tuple[str, ...]


def facts_of(root: Element) -> Facts:
    """Of an invoice of either syntax."""
    return _of_ubl(root) if root.first("LegalMonetaryTotal") else _of_cii(root)


def _stated(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in pairs if text)


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _joined(texts: Iterable[str], between: str = " ") -> str:
    return between.join(text for text in texts if text)


def _named(name: str, text: str) -> str:
    return f"{name} {text}" if text else ""


# --- OASIS UBL


def _of_ubl(root: Element) -> Facts:
    sums = root.first("LegalMonetaryTotal") or Element("", {})
    is_credit_note = root.name == "CreditNote" or root.said("InvoiceTypeCode") in _CREDIT_NOTES
    return Facts(
        is_credit_note,
        root.said("ID"),
        root.said("DocumentCurrencyCode"),
        _stated(
            ("Issued", root.said("IssueDate")),
            ("Due", root.said("DueDate") or root.said("PaymentMeans", "PaymentDueDate")),
            ("Delivered", root.said("Delivery", "ActualDeliveryDate")),
            ("Period", _joined((each.text for each in _period(root)), " to ")),
            ("Order", root.said("OrderReference", "ID")),
        ),
        _ubl_party(root.first("AccountingSupplierParty", "Party")),
        _ubl_party(root.first("AccountingCustomerParty", "Party")),
        tuple(each.text for each in root.all("Note") if each.text),
        tuple(_ubl_items(root)),
        tuple(_ubl_taxes(root)),
        _stated(
            ("Net", sums.said("TaxExclusiveAmount")),
            ("Tax", root.said("TaxTotal", "TaxAmount")),
            ("Total", sums.said("TaxInclusiveAmount")),
            ("Paid already", sums.said("PrepaidAmount")),
            ("Rounding", sums.said("PayableRoundingAmount")),
            ("To be paid", sums.said("PayableAmount")),
        ),
        _lines(
            _named("IBAN", root.said("PaymentMeans", "PayeeFinancialAccount", "ID")),
            _named("Reference", root.said("PaymentMeans", "PaymentID")),
            root.said("PaymentTerms", "Note"),
        ),
    )


def _period(root: Element) -> list[Element]:
    period = root.first("InvoicePeriod")
    return period.children if period else []


def _ubl_party(party: Element | None) -> Party:
    if party is None:
        return Party("", ())
    address = party.first("PostalAddress") or Element("", {})
    name = party.said("PartyLegalEntity", "RegistrationName") or party.said("PartyName", "Name")
    return Party(
        name,
        _lines(
            address.said("StreetName"),
            address.said("AdditionalStreetName"),
            _joined((address.said("PostalZone"), address.said("CityName"))),
            address.said("Country", "IdentificationCode"),
            _named("VAT", party.said("PartyTaxScheme", "CompanyID")),
            _named("Register", party.said("PartyLegalEntity", "CompanyID")),
        ),
    )


def _ubl_items(root: Element) -> Iterator[tuple[str, str, str, str]]:
    for line in [*root.all("InvoiceLine"), *root.all("CreditNoteLine")]:
        quantity = line.said("InvoicedQuantity") or line.said("CreditedQuantity")
        name = line.said("Item", "Name") or line.said("Item", "Description")
        yield name, quantity, line.said("Price", "PriceAmount"), line.said("LineExtensionAmount")


def _ubl_taxes(root: Element) -> Iterator[tuple[str, str, str]]:
    for tax in root.all("TaxTotal", "TaxSubtotal"):
        rate = tax.said("TaxCategory", "Percent")
        yield f"{rate} %" if rate else "", tax.said("TaxableAmount"), tax.said("TaxAmount")


# --- UN/CEFACT CII, whose sections had other names in ZUGFeRD 1


def _of_cii(root: Element) -> Facts:
    document = _part(root, "ExchangedDocument")
    trade = _part(root, "SupplyChainTradeTransaction")
    agreement, delivery = _part(trade, "TradeAgreement"), _part(trade, "TradeDelivery")
    settlement = _part(trade, "TradeSettlement")
    sums = _part(settlement, "MonetarySummation")
    currency = settlement.said("InvoiceCurrencyCode")
    period = settlement.first("BillingSpecifiedPeriod") or Element("", {})
    days = (period.said("StartDateTime", "DateTimeString"), period.said("EndDateTime", "DateTimeString"))
    due = settlement.said("SpecifiedTradePaymentTerms", "DueDateDateTime", "DateTimeString")
    return Facts(
        document.said("TypeCode") in _CREDIT_NOTES,
        document.said("ID"),
        currency,
        _stated(
            ("Issued", _day(document.said("IssueDateTime", "DateTimeString"))),
            ("Due", _day(due)),
            (
                "Delivered",
                _day(_part(delivery, "SupplyChainEvent").said("OccurrenceDateTime", "DateTimeString")),
            ),
            ("Period", _joined(map(_day, days), " to ")),
            ("Order", agreement.said("BuyerOrderReferencedDocument", "IssuerAssignedID")),
        ),
        _cii_party(agreement.first("SellerTradeParty")),
        _cii_party(agreement.first("BuyerTradeParty")),
        tuple(each.text for each in document.all("IncludedNote", "Content") if each.text),
        tuple(_cii_items(trade)),
        tuple(_cii_taxes(settlement)),
        _stated(
            ("Net", sums.said("TaxBasisTotalAmount")),
            ("Tax", _in_currency(sums, currency)),
            ("Total", sums.said("GrandTotalAmount")),
            ("Paid already", sums.said("TotalPrepaidAmount")),
            ("Rounding", sums.said("RoundingAmount")),
            ("To be paid", sums.said("DuePayableAmount")),
        ),
        _lines(
            _named("IBAN", _part(settlement, "TradeSettlementPaymentMeans").said(*_IBAN)),
            _named("Reference", settlement.said("PaymentReference")),
            settlement.said("SpecifiedTradePaymentTerms", "Description"),
        ),
    )


_IBAN = ("PayeePartyCreditorFinancialAccount", "IBANID")


def _part(parent: Element, ending: str) -> Element:
    """The first child whose name ends so: `ApplicableHeaderTradeAgreement`, `ApplicableSupplyChainTrade…`."""
    return next((child for child in parent.children if child.name.endswith(ending)), Element("", {}))


def _day(text: str) -> str:
    """`20230305` as `2023-03-05`."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _in_currency(sums: Element, currency: str) -> str:
    """Taxes may be stated once more in the currency of the tax office."""
    taxes = list(sums.all("TaxTotalAmount"))
    meant = (tax.text for tax in taxes if tax.attributes.get("currencyID", currency) == currency)
    return next(meant, taxes[0].text if taxes else "")


def _cii_party(party: Element | None) -> Party:
    if party is None:
        return Party("", ())
    address = party.first("PostalTradeAddress") or Element("", {})
    return Party(
        party.said("Name"),
        _lines(
            address.said("LineOne"),
            address.said("LineTwo"),
            _joined((address.said("PostcodeCode"), address.said("CityName"))),
            address.said("CountryID"),
            *(_named("VAT" if _is_vat(each) else "Tax", each.text) for each in _tax_numbers(party)),
            _named("Register", party.said("SpecifiedLegalOrganization", "ID")),
        ),
    )


def _tax_numbers(party: Element) -> Iterator[Element]:
    return party.all("SpecifiedTaxRegistration", "ID")


def _is_vat(number: Element) -> bool:
    return number.attributes.get("schemeID", "VA") == "VA"


def _cii_items(trade: Element) -> Iterator[tuple[str, str, str, str]]:
    for line in trade.all("IncludedSupplyChainTradeLineItem"):
        price = _part(_part(line, "TradeAgreement"), "NetPriceProductTradePrice")
        settlement = _part(line, "TradeSettlement")
        yield (
            line.said("SpecifiedTradeProduct", "Name"),
            _part(line, "TradeDelivery").said("BilledQuantity"),
            price.said("ChargeAmount"),
            _part(settlement, "MonetarySummation").said("LineTotalAmount"),
        )


def _cii_taxes(settlement: Element) -> Iterator[tuple[str, str, str]]:
    for tax in settlement.all("ApplicableTradeTax"):
        rate = tax.said("RateApplicablePercent") or tax.said("ApplicablePercent")
        yield f"{rate} %" if rate else "", tax.said("BasisAmount"), tax.said("CalculatedAmount")
