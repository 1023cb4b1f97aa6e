"""How six countries write: labels, dates, amounts, names and addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random


@dataclass(frozen=True)
class Language:
    """The words of one country's documents; of each label there are several to choose from."""

    code: str
    titles: tuple[str, ...]
    number: tuple[str, ...]
    issued: tuple[str, ...]
    due: tuple[str, ...]
    ordered: tuple[str, ...]
    net: tuple[str, ...]
    tax: tuple[str, ...]
    gross: tuple[str, ...]
    to_pay: tuple[str, ...]
    table: tuple[str, str, str, str]
    billed_to: tuple[str, ...]
    rates: tuple[str, ...]
    sellers: tuple[str, ...]
    buyers: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    registration: tuple[str, ...]
    items: tuple[str, ...]
    cash: str
    change: str
    card: str
    dates: tuple[Callable[[date], str], ...]
    amount: Callable[[Decimal], str]
    currency: str = "EUR"
    signs: tuple[str, ...] = ("{} €", "€ {}", "{} EUR", "{}€", "EUR {}")


def grouped(amount: Decimal, thousands: str, mark: str) -> str:
    """`1234.5` with the given marks."""
    return f"{amount:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", thousands)


def _named(months: str) -> Callable[[date], str]:
    names = months.split()
    return lambda day: f"{day.day} {names[day.month - 1]} {day.year}"


def _comma(amount: Decimal) -> str:
    return grouped(amount, ".", ",")


FRENCH = Language(
    "FR",
    ("Facture", "FACTURE", "Facture d'achat"),
    ("Facture n°", "N° de facture :", "Numéro de facture", "Facture N°:"),
    ("Date de facture", "Date :", "Date d'émission :", "Date facture", "Facture du"),
    ("Date d'échéance", "Échéance :", "À régler avant le"),
    ("Date de commande", "Commande du"),
    ("Total HT", "Montant HT", "Sous-total HT", "Total hors taxes"),
    ("TVA {rate} %", "TVA ({rate}%)", "Montant TVA {rate}%", "T.V.A. {rate} %"),
    ("Total TTC", "Montant TTC", "TOTAL TTC"),
    ("Net à payer", "Total à payer", "Somme à payer", "Montant à payer"),
    ("Désignation", "Quantité", "Prix unitaire HT", "Montant HT"),
    ("Facturé à", "Adresse de facturation", "Client"),
    ("20", "5,5", "10"),
    ("Dubreuil Bureautique SARL", "Menuiserie Caradec SAS", "Hébergia SAS", "Imprimerie Lestang", "Nuages Numériques SA"),
    ("Atelier Bellerive", "Cabinet Fontanel", "Société Morvan SAS"),
    ("12 rue des Tanneurs", "4 avenue Jean Moulin", "27 chemin du Lavoir"),
    ("69003 Lyon", "44000 Nantes", "75011 Paris", "31000 Toulouse"),
    ("SIRET : 812 345 678 00021 - TVA FR32812345678", "RCS Lyon B 812 345 678 - N° TVA : FR 32 812345678"),
    ("Ramette papier A4", "Prestation de conseil", "Hébergement annuel", "Cartouche d'encre", "Chaise de bureau"),
    "Espèces", "Rendu", "Carte bancaire",
    (
        lambda day: f"{day:%d/%m/%Y}",
        _named("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        lambda day: f"{day:%d/%m/%y}",
    ),
    lambda amount: grouped(amount, " ", ","),
)  # fmt: skip
GERMAN = Language(
    "DE",
    ("Rechnung", "RECHNUNG"),
    ("Rechnungsnummer", "Rechnungs-Nr.:", "Rechnung Nr.", "Rechnungsnr."),
    ("Rechnungsdatum", "Datum:", "Rechnungsdatum:", "Datum"),
    ("Fällig am", "Fälligkeitsdatum:", "Zahlbar bis"),
    ("Bestelldatum", "Auftragsdatum:"),
    ("Nettobetrag", "Summe netto", "Zwischensumme", "Gesamt netto", "Netto"),
    ("zzgl. {rate} % MwSt.", "MwSt. {rate}%", "USt. ({rate} %)", "Umsatzsteuer {rate} %"),
    ("Gesamtbetrag", "Rechnungsbetrag", "Bruttobetrag", "Gesamtsumme", "Endbetrag", "Gesamt brutto", "Summe"),
    ("Zu zahlender Betrag", "Zahlbetrag", "Rechnungsbetrag"),
    ("Beschreibung", "Menge", "Einzelpreis", "Gesamtpreis"),
    ("Rechnungsempfänger", "Rechnungsadresse"),
    ("19", "7"),
    ("Kronberg Technik GmbH", "Wiesental Hosting AG", "Bürohaus Lenz GmbH & Co. KG", "Elektro Stammer e.K."),
    ("Muster & Söhne OHG", "Lisa Brandt", "Nordlicht Verlag GmbH"),
    ("Gartenstraße 14", "Am Alten Hafen 3", "Lindenallee 88"),
    ("80333 München", "20457 Hamburg", "D-10115 Berlin", "50667 Köln"),
    ("USt-IdNr.: DE234567891 - Amtsgericht Köln HRB 12345", "Steuernummer 143/265/12345, USt-ID DE234567891"),
    ("Webhosting Paket M", "Druckerpapier A4", "Beratung", "USB-Kabel 2 m", "Bürostuhl"),
    "Bar", "Rückgeld", "EC-Karte",
    (lambda day: f"{day:%d.%m.%Y}", lambda day: f"{day.day}.{day.month}.{day.year}", lambda day: f"{day:%d.%m.%y}",
     _named("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")),
    _comma,
)  # fmt: skip
DUTCH = Language(
    "NL",
    ("Factuur", "FACTUUR"),
    ("Factuurnummer", "Factuurnummer:", "Factuurnr."),
    ("Factuurdatum", "Factuurdatum:", "Datum"),
    ("Vervaldatum", "Vervaldatum:", "Te betalen voor"),
    ("Orderdatum", "Besteldatum:"),
    ("Totaal excl. BTW", "Subtotaal", "Exclusief BTW", "Bedrag excl. btw"),
    ("BTW {rate}%", "{rate}% BTW", "Btw {rate} %"),
    ("Totaal incl. BTW", "Totaal", "Totaalbedrag", "Totaal inclusief btw"),
    ("Te betalen", "Totaal te betalen", "Te voldoen"),
    ("Omschrijving", "Aantal", "Prijs", "Bedrag"),
    ("Factuuradres", "Klant"),
    ("21", "9"),
    ("Van Houten Kantoor B.V.", "Fietsenmakerij De Ketting V.O.F.", "Datahaven Noord B.V."),
    ("Jansen Advies", "Pieter de Boer", "Studio Amstel B.V."),
    ("Keizersgracht 221", "Stationsweg 8", "Dorpsstraat 14"),
    ("1016 DV Amsterdam", "3511 CE Utrecht", "2312 AA Leiden"),
    ("KvK 34567890 - BTW NL812345678B01", "BTW-nummer: NL812345678B01  KvK: 34567890"),
    ("Printpapier A4", "Licentie per maand", "Onderhoudsbeurt", "Bureaustoel"),
    "Contant", "Wisselgeld", "Pin",
    (lambda day: f"{day:%d-%m-%Y}", lambda day: f"{day:%d/%m/%Y}",
     _named("januari februari maart april mei juni juli augustus september oktober november december")),
    _comma,
)  # fmt: skip
SPANISH = Language(
    "ES",
    ("Factura", "FACTURA"),
    ("Factura nº", "Nº de factura:", "Número de factura"),
    ("Fecha de factura", "Fecha:", "Fecha de emisión"),
    ("Fecha de vencimiento", "Vencimiento:"),
    ("Fecha de pedido",),
    ("Base imponible", "Subtotal"),
    ("IVA {rate}%", "IVA ({rate} %)", "Cuota IVA {rate}%"),
    ("Total factura", "Importe total", "TOTAL"),
    ("Total a pagar", "Importe a pagar"),
    ("Descripción", "Cantidad", "Precio", "Importe"),
    ("Facturar a", "Cliente"),
    ("21", "10"),
    ("Papelería Torres S.L.", "Talleres Ibáñez S.A.", "Nubenet Servicios S.L.U."),
    ("Estudio Marín", "Comercial Vega S.L."),
    ("Calle Mayor 12", "Avda. de la Constitución 45"),
    ("28013 Madrid", "41001 Sevilla"),
    ("CIF: B12345678", "NIF B-12345678"),
    ("Resma de papel", "Servicio mensual", "Silla de oficina"),
    "Efectivo", "Cambio", "Tarjeta",
    (lambda day: f"{day:%d/%m/%Y}",
     lambda day: f"{day.day} de {_SPANISH_MONTHS[day.month - 1]} de {day.year}"),
    _comma,
)  # fmt: skip
_SPANISH_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
ITALIAN = Language(
    "IT",
    ("Fattura", "FATTURA"),
    ("Fattura n.", "Numero fattura:", "N. documento"),
    ("Data fattura", "Data:", "Data documento"),
    ("Scadenza", "Data scadenza:"),
    ("Data ordine",),
    ("Imponibile", "Totale imponibile"),
    ("IVA {rate}%", "Imposta {rate}%"),
    ("Totale fattura", "Totale documento", "TOTALE"),
    ("Totale da pagare", "Netto a pagare"),
    ("Descrizione", "Quantità", "Prezzo", "Importo"),
    ("Destinatario", "Cliente", "Spett.le"),
    ("22", "10"),
    ("Cartoleria Bianchi S.r.l.", "Officine Ferraro S.p.A.", "Webnuvola S.r.l."),
    ("Studio Conti", "Rossi Maria"),
    ("Via Garibaldi 7", "Corso Italia 120"),
    ("20121 Milano", "00184 Roma"),
    ("P.IVA 01234567890", "Partita IVA IT01234567890 - REA MI-123456"),
    ("Risma di carta", "Canone mensile", "Sedia da ufficio"),
    "Contanti", "Resto", "Carta di credito",
    (lambda day: f"{day:%d/%m/%Y}", lambda day: f"{day:%d-%m-%Y}",
     _named("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")),
    _comma,
)  # fmt: skip
_ENGLISH_MONTHS = "January February March April May June July August September October November December"
BRITISH = Language(
    "GB",
    ("Invoice", "INVOICE", "Tax Invoice"),
    ("Invoice number", "Invoice No:", "Invoice #", "Invoice no."),
    ("Invoice date", "Date:", "Date of issue", "Invoice Date:", "Issued on"),
    ("Due date", "Payment due:", "Date due"),
    ("Order date", "Order placed:"),
    ("Subtotal", "Net total", "Total excl. VAT", "Net amount"),
    ("VAT {rate}%", "VAT ({rate}%)", "VAT @ {rate}%"),
    ("Total", "Total incl. VAT", "Invoice total", "Grand Total", "Total (GBP)"),
    ("Amount due", "Total due", "Balance due", "Amount payable"),
    ("Description", "Quantity", "Unit price", "Amount"),
    ("Bill to", "Invoice to", "Customer"),
    ("20", "5"),
    ("Harrowgate Supplies Ltd", "Bluefinch Hosting Limited", "Thornbury & Sons", "Quillstone Software Ltd"),
    ("Meridian Partners LLP", "John Whitfield"),
    ("14 Station Road", "Unit 3, Mill Lane"),
    ("Leeds LS1 4DY", "London EC1A 1BB"),
    ("VAT Reg No: GB123456789  Company No: 01234567", "Registered in England 01234567. VAT GB123456789"),
    ("A4 paper ream", "Monthly subscription", "Consulting", "Office chair"),
    "Cash", "Change", "Visa",
    (lambda day: f"{day:%d/%m/%Y}", _named(_ENGLISH_MONTHS), lambda day: f"{day:%d-%b-%Y}",
     lambda day: f"{day:%d %b %Y}"),
    lambda amount: grouped(amount, ",", "."),
    "GBP",
    ("£{}", "GBP {}", "{} GBP", "£ {}"),
)  # fmt: skip
AMERICAN = Language(
    "US",
    ("Invoice", "INVOICE", "Receipt"),
    ("Invoice number", "Invoice #", "Invoice No."),
    ("Date of issue", "Invoice Date:", "Date paid", "Date:"),
    ("Date due", "Due Date:"),
    ("Order date",),
    ("Subtotal",),
    ("Tax ({rate}%)", "Sales tax {rate}%", "Tax"),
    ("Total", "Invoice Total"),
    ("Amount due", "Total due", "Balance Due"),
    ("Description", "Qty", "Unit price", "Amount"),
    ("Bill to", "Billed To", "Ship to"),
    ("8", "6.25"),
    ("Brightloop Inc.", "Cedar Ridge Systems LLC", "Fernwood Analytics, Inc."),
    ("Paula Greene", "Hudson Labs LLC"),
    ("500 Harbor Blvd", "2211 Oak Street"),
    ("San Francisco, CA 94107", "Austin, TX 78701"),
    ("EIN 12-3456789", "support@example.com"),
    ("Team plan", "API usage", "Support plan"),
    "Cash", "Change", "Visa",
    (lambda day: f"{_ENGLISH_MONTHS.split()[day.month - 1]} {day.day}, {day.year}", lambda day: f"{day:%m/%d/%Y}",
     lambda day: f"{day:%b} {day.day}, {day.year}"),
    lambda amount: grouped(amount, ",", "."),
    "USD",
    ("${}", "USD {}", "${} USD"),
)  # fmt: skip

LANGUAGES = (FRENCH, GERMAN, DUTCH, SPANISH, ITALIAN, BRITISH, AMERICAN)


def money(language: Language, amount: Decimal, random: Random) -> str:
    """An amount as the country writes it, with or without the currency."""
    sign = random.choice((*language.signs, "{}"))
    return sign.format(language.amount(amount))
