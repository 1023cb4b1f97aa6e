"""Months, weekdays, and the words that say what a date is of."""

from __future__ import annotations

from enum import Enum, auto

from functions.document_reading.reading.lexicon.folding import phrases

_MONTHS = (
    "january jan janvier janv januar jan jaen janner januari enero ene gennaio genn gen januari",
    "february feb fevrier fevr fev februar feb februari febrero febbraio febb febr",
    "march mar mars mars marz maerz mrz maart mrt marzo mac",
    "april apr avril avr april abril abr aprile",
    "may mai mei mayo maggio magg mag",
    "june jun juin juni junio giugno giu giug jun",
    "july jul juillet juil juli julio luglio lug lugl",
    "august aug aout aou augustus agosto ago ogos",
    "september sep sept septembre septiembre settembre set sett",
    "october oct octobre oktober okt octubre ottobre ott",
    "november nov novembre noviembre",
    "december dec decembre dezember dez diciembre dic dicembre disember dis",
)
MONTHS = {name: index for index, names in enumerate(_MONTHS, start=1) for name in names.split()}
"""Number of every month's name or abbreviation, folded, in seven languages."""

_WEEKDAYS = (
    "monday mon lundi lun montag mo maandag ma lunes lunedi",
    "tuesday tue tues mardi dienstag di dinsdag martes martedi",
    "wednesday wed mercredi mittwoch mi woensdag wo miercoles mercoledi",
    "thursday thu thur thurs jeudi donnerstag do donderdag jueves giovedi",
    "friday fri vendredi freitag fr vrijdag vr viernes venerdi",
    "saturday sat samedi samstag sa zaterdag za sabado sabato",
    "sunday sun dimanche sonntag so zondag zo domingo domenica",
)
WEEKDAYS = {name: index for index, names in enumerate(_WEEKDAYS) for name in names.split() if len(name) > 2}
"""Number of every weekday's name, Monday being 0."""


class DateLabel(Enum):
    """What a date is of."""

    ISSUE = auto()
    """The document's own date, said in so many words."""
    DATE = auto()
    """`Date` and no more."""
    TITLE = auto()
    """It follows the document's title or number: `Facture n° 7 du 2 juillet`."""
    DUE = auto()
    ORDER = auto()
    SERVICE = auto()
    PRINT = auto()
    OTHER = auto()
    NONE = auto()


_LABELS = {
    DateLabel.ISSUE: """
        invoice date|date of invoice|bill date|billing date|date of issue|issue date|issued|issued at
        issued on|tax date
        receipt date|transaction date|trans date|txn date|date issued|date of purchase|purchase date
        document date|doc date|sale date|sales date|statement date
        date de facture|date facture|date de la facture|date d emission|emise le|emis le|date facturation
        date de facturation|date d achat|date du document|facture le|date avoir|date de l avoir
        date piece|edite le|date d edition
        rechnungsdatum|datum der rechnung|belegdatum|ausstellungsdatum|re datum|ausgestellt am
        rechnungs datum
        gutschriftsdatum|kaufdatum|rechnung vom|rg datum|druckdatum
        factuurdatum|factuur datum|notadatum|datum factuur|bondatum
        fecha de factura|fecha factura|fecha de emision|fecha emision|fecha de expedicion|fecha expedicion
        data fattura|data documento|data emissione|data di emissione|data doc|data del documento|emessa il
    """,
    DateLabel.DATE: "date|dated|date paid|paid on|date payment|datum|fecha|data|tarikh|dt|dato",
    DateLabel.TITLE: """
        invoice|receipt|bill|statement|credit note|tax invoice|facture|avoir|ticket|recu|note de credit
        quittance
        rechnung|handelsrechnung|quittung|beleg|bon|gutschrift|kassenbon|factuur|nota|kassabon|factura
        recibo
        fattura|ricevuta|scontrino|nota di credito|rechnungsnummer|invoice no|facture n|rechnungskorrektur
    """,
    DateLabel.DUE: """
        due|due date|payment due|pay by|payable by|before|until|no later than|remit until|deadline|term
        echeance|date d echeance|date limite|limite|a payer avant|payable le|avant le|prelevement
        preleve le|au plus tard|exigible
        fallig|falligkeit|falligkeitsdatum|zahlbar bis|zahlungsziel|zahlbar|bis|skonto|bis zum|abbuchung
        spatestens|zahldatum
        vervaldatum|uiterste betaaldatum|betaaldatum|vervaldag|uiterlijk|te betalen voor|betalen voor
        vervalt|incasso|voor
        vencimiento|fecha de vencimiento|vence|antes del|scadenza|data scadenza|entro il|entro
        payment|paid|payment date|paiement|regle le|paye le|reglement|zahlung|betaling|pago|pagamento
        virement|debited
    """,
    DateLabel.ORDER: """
        order|order date|ordered|purchase order|po date|your order|quote|quotation|proposal|booking date
        booked on|booked|purchased on|ordered on|date of booking
        commande|date de commande|date commande|devis|reservation|bestellung|bestelldatum|auftrag
        auftragsdatum|angebot
        bestelling|besteldatum|orderdatum|bestel|pedido|fecha de pedido|ordine|data ordine|contract
        contrat|vertrag
        original invoice|related invoice|facture liee|facture d origine|ursprungliche rechnung
        zu rechnung|zur rechnung
        bestellung vom|auftrag vom|gemass|laut|selon|according to|conformement|secondo|segun
    """,
    DateLabel.SERVICE: """
        delivery|delivery date|shipped|ship date|service date|period|service period|from|to|check in
        check out|checkin|checkout|arrival|departure|departs|arrives|outbound|inbound|return|valid
        valid from
        start|end|begin|ending|ended|stay|travel date|billing period|usage|between|through|for the period
        livraison|date de livraison|periode|arrivee|depart|sejour|valable|prestation|date de prestation
        voyage|aller|retour
        lieferdatum|leistungsdatum|lieferung|leistung|leistungszeitraum|lieferzeitraum|zeitraum|anreise
        abreise|gultig|von|abrechnungszeitraum
        leverdatum|leveringsdatum|periode|geldig|aankomst|vertrek|tot|leverings datum|reisdatum
        entrega|periodo|llegada|salida|desde|hasta|consegna|periodo|arrivo|partenza|dal|al
        liefer und leistungsdatum
    """,
    DateLabel.PRINT: """
        print|printed|printed date|prn|prn on|print date|print time|imprime|imprime le|gedruckt|afgedrukt
        impreso|stampato|closed|end time
    """,
    DateLabel.OTHER: """
        birth|born|date of birth|expiry|expires|exp|expiry date|act|since|established|law|gesetz|loi
        version|rev|stand
        standard|norm|member since|promotion|offer|contest|return by|exchange by|best before|mfg|revised
        copyright|ust satz|wef
        membership|registered|gegrundet|next visit|last visit|previous|precedente|vorherige|vorige
        last payment|mandat|mandate
    """,
}

DATE_PHRASES = {phrase: label for label, text in _LABELS.items() for phrase in phrases(text)}
"""Every word or phrase before a date with what it makes of it; the longest counts."""

LONGEST_DATE_PHRASE = max(map(len, DATE_PHRASES))
