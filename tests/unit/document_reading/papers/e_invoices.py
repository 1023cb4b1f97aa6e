"""Invented e-invoices: their XML in the dialects there have been, and the PDF that carries it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.reading.model import PageWords
from functions.document_reading.reading.print.lines import lines_of


@dataclass(frozen=True)
class Said:
    """What an XML states; the defaults are those of `PAGE`."""

    seller: str = "Kronberg Technik GmbH"
    number: str = "RE-2023-118"
    day: str = "20230305"
    type_code: str = "380"
    net: str = "473.00"
    tax: str = "56.87"
    total: str = "529.87"
    due: str = "529.87"
    currency: str = "EUR"


PAGE = """
Kronberg Technik GmbH
Lindenallee 88, 50667 Köln

Rechnung RE-2023-118
Rechnungsdatum: 05.03.2023

Summe netto          473,00 EUR
MwSt.                 56,87 EUR
Rechnungsbetrag      529,87 EUR
"""

_ZUGFERD_1 = (
    "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "CrossIndustryDocument",
    "HeaderExchangedDocument",
    "SpecifiedSupplyChainTradeTransaction",
    "ApplicableSupplyChainTradeAgreement",
    "ApplicableSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementMonetarySummation",
    "ApplicablePercent",
)
_ZUGFERD_1_PRERELEASE = ("urn:un:unece:uncefact:data:standard:CBFBUY:5", "Invoice", *_ZUGFERD_1[2:])
_FACTUR_X = (
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "CrossIndustryInvoice",
    "ExchangedDocument",
    "SupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement",
    "ApplicableHeaderTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "RateApplicablePercent",
)
_FACTUR_X_PRERELEASE = ("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:13", *_FACTUR_X[1:])
_ORDER_X = (
    "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100",
    "SCRDMCCBDACIOMessageStructure",
    *_FACTUR_X[2:],
)
DIALECTS = {
    "ZUGFeRD 1.0": _ZUGFERD_1,
    "ZUGFeRD 1.0, pre-release": _ZUGFERD_1_PRERELEASE,
    "Factur-X": _FACTUR_X,
    "Factur-X, pre-release": _FACTUR_X_PRERELEASE,
}


def cross_industry(said: Said, dialect: tuple[str, ...] = _FACTUR_X, prefix: str = "rsm") -> bytes:
    """The XML in one of the dialects."""
    namespace, root, document, transaction, agreement, settlement, sums, percent = dialect
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- <TypeCode>381</TypeCode> in a comment -->
<{prefix}:{root} xmlns:{prefix}="{namespace}" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
 <{prefix}:{document}>
  <ram:ID>{said.number}</ram:ID><ram:TypeCode>{said.type_code}</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">{said.day}</udt:DateTimeString></ram:IssueDateTime>
 </{prefix}:{document}>
 <{prefix}:{transaction}>
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:SpecifiedTradeSettlementMonetarySummation><ram:GrandTotalAmount>1.00</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementMonetarySummation>
  </ram:IncludedSupplyChainTradeLineItem>
  <ram:{agreement}>
   <ram:SellerTradeParty><ram:Name>{said.seller}</ram:Name></ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Kunden AG</ram:Name></ram:BuyerTradeParty>
  </ram:{agreement}>
  <ram:{settlement}>
   <ram:InvoiceCurrencyCode>{said.currency}</ram:InvoiceCurrencyCode>
   <ram:ApplicableTradeTax>
    <ram:CalculatedAmount>{said.tax}</ram:CalculatedAmount><ram:BasisAmount>{said.net}</ram:BasisAmount>
    <ram:{percent}>19.00</ram:{percent}>
   </ram:ApplicableTradeTax>
   <ram:{sums}>
    <ram:TaxBasisTotalAmount>{said.net}</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="XXX">999.99</ram:TaxTotalAmount>
    <ram:TaxTotalAmount currencyID="{said.currency}">{said.tax}</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{said.total}</ram:GrandTotalAmount>
    <ram:DuePayableAmount>{said.due}</ram:DuePayableAmount>
   </ram:{sums}>
  </ram:{settlement}>
 </{prefix}:{transaction}>
</{prefix}:{root}>""".encode()


def order(said: Said) -> bytes:
    """An order (Order-X), whose structure is that of an invoice."""
    return cross_industry(Said(**{**_fields(said), "type_code": "220"}), _ORDER_X)


def ubl(said: Said, root: str = "Invoice") -> bytes:
    """The same in UBL."""
    day = f"{said.day[:4]}-{said.day[4:6]}-{said.day[6:]}"
    return f"""<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
  xmlns:cac="urn:oasis:cac" xmlns:cbc="urn:oasis:cbc">
 <cbc:ID>{said.number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>
 <cbc:{root}TypeCode>{said.type_code}</cbc:{root}TypeCode>
 <cbc:DocumentCurrencyCode>{said.currency}</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PartyName><cbc:Name>Kronberg</cbc:Name></cac:PartyName>
  <cac:PartyLegalEntity><cbc:RegistrationName>{said.seller}</cbc:RegistrationName></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:TaxTotal><cbc:TaxAmount currencyID="{said.currency}">{said.tax}</cbc:TaxAmount>
  <cac:TaxSubtotal><cbc:TaxableAmount>{said.net}</cbc:TaxableAmount><cbc:TaxAmount>{said.tax}</cbc:TaxAmount>
   <cac:TaxCategory><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:TaxExclusiveAmount>{said.net}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount>{said.total}</cbc:TaxInclusiveAmount><cbc:PayableAmount>{said.due}</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
</{root}>""".encode()


def pdf(path: Path, page: PageWords, attachments: dict[str, bytes], *, copies: int = 1) -> Path:
    """A PDF that shows the page and carries the files."""
    shown = io.BytesIO()
    canvas = Canvas(shown, pagesize=(page.width, page.height))
    for _copy in range(copies):
        for cell in (cell for line in lines_of([page]) for cell in line.cells):
            canvas.setFont("Helvetica", cell.height / 1.15)
            canvas.drawString(cell.left, page.height - cell.bottom + 0.2 * cell.height, cell.text)
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(shown.getvalue())
    for name, content in attachments.items():
        document.new_attachment(name).set_data(content)
    document.save(path)
    document.close()
    return path


def _fields(said: Said) -> dict[str, str]:
    return {name: getattr(said, name) for name in Said.__dataclass_fields__}
