"""The words that say what an amount is: one table, the languages side by side.

Each word or phrase, folded, has a role. What a label means follows from its roles together
(`labels.py`): `total` alone is a total, `total` with `tax` the sum of taxes, with `without` a net amount.
"""

from __future__ import annotations

from enum import Enum, auto

from functions.document_reading.reading.lexicon.folding import phrases


class Role(Enum):
    """What one word or phrase contributes to a label."""

    TOTAL = auto()
    PAYABLE = auto()
    """What is finally asked for: grand total, rounded total, to be paid."""
    SUB = auto()
    WITH = auto()
    """With taxes, or taxes included."""
    WITHOUT = auto()
    """Without taxes, or before them."""
    NET = auto()
    """In English either without taxes or after all deductions."""
    TAX = auto()
    ROUNDING = auto()
    DISCOUNT = auto()
    AFTER = auto()
    SERVICE = auto()
    PAID = auto()
    CHANGE = auto()
    PREPAID = auto()
    LEFT = auto()
    """What is left to be paid after a part was."""
    COUNT = auto()
    AMOUNT = auto()
    OTHER = auto()
    """Points, deposits, prices of a unit: money or not, never what the document comes to."""


_WORDS = {
    Role.TOTAL: """
        total|totals|totaux|toal|tot|totl|jumlah|sales amount|total sales|bill amount|invoice amount
        somme|montant total|total facture|total general|prix total|total commande
        summe|gesamt|gesamtbetrag|gesamtsumme|gesamtpreis|endbetrag|endsumme|rechnungsbetrag|rechnungssumme
        rechnungsendbetrag|fahrpreis|bruttosumme|bruttobetrag|gesamtbrutto|total brutto|endpreis
        auszahlungsbetrag
        totaal|totaalbedrag|factuurbedrag|totaalprijs|eindtotaal|eindbedrag
        totale|totale complessivo|totale documento|totale fattura|importo totale|totale generale
        importe total|total factura|total general|suma total|suma
    """,
    Role.PAYABLE: """
        grand total|total payable|amount due|total due|balance due|payable|to pay|you pay|amount payable
        please pay|total amount due|due payable|total to pay|rounded|total rounded|amount to pay|grand
        due|now due
        a payer|net a payer|reste a regler|montant du|total du|du ttc|a regler|montant preleve|a debiter
        somme a payer
        montant a payer|total a payer
        zu zahlen|zahlbetrag|zu zahlender betrag|zahlungsbetrag|noch zu zahlen|zu bezahlen|zu uberweisen
        forderungsbetrag|uberweisungsbetrag|abbuchungsbetrag|falliger betrag
        te betalen|te voldoen|verschuldigd|te betalen bedrag
        a pagar|total a pagar|importe a pagar|liquido a pagar
        da pagare|totale da pagare|netto a pagare|totale dovuto|totale a pagare|importo dovuto
    """,
    Role.SUB: """
        sub|subtotal|sub total|subtotals|sous total|sous|stotal|s total|zwischensumme|zwischentotal
        subtotaal|tussentotaal
        parziale|subtotale|teilsumme|positionssumme|summe positionen|item total|items total
        total items amount
    """,
    Role.WITH: """
        incl|inc|included|including|inclusive|includes|include|incld|gross|with|w
        ttc|tvac|inclus|dont|compris|comprise|comprenant|toutes taxes comprises
        inkl|inklusive|einschl|einschliesslich|brutto|enthalten|enthaltene|davon|darin
        inclusief|waarvan|inbegrepen|bruto
        incluido|incluida|incluidos|ivato|ivata|incluso|inclusa|compresa|compreso|lordo|di cui|con iva
    """,
    Role.WITHOUT: """
        excl|exc|exclude|excluded|excluding|exclusive|excl of|without|before|pretax|taxable|w o|wo
        base|ht|htva|hors|hors taxe|hors taxes|hors tva
        exkl|exklusive|ohne|netto|nettobetrag|nettosumme|gesamtnetto|total netto|nettowert|warenwert
        steuerpflichtig|steuerbasis|basisbetrag|nettoumsatz|bemessungsgrundlage
        exclusief|zonder|nettobedrag|grondslag|maatstaf
        sin|sin iva|base imponible|imponible|bruto sin|imponibile|esclusa|escluso|senza
    """,
    Role.NET: "net|nett|nette|neto",
    Role.TAX: """
        tax|taxes|gst|sst|vat|hst|pst|qst|svt|service tax|sales tax|tax amount|cess|cgst|sgst|igst
        tva|taxe|tps|tvq|t v a|tva collectee|montant tva
        mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|steuerbetrag|mwst betrag|ust betrag|vorsteuer
        umsatzsteuerbetrag|mehrwertsteuerbetrag|steuern|mw st|u st
        btw|btwbedrag|btw bedrag|omzetbelasting
        iva|igic|impuesto|impuestos|cuota|cuota iva|importe iva|imposta|importo iva
    """,
    Role.ROUNDING: """
        rounding|round|roundind|rounding adj|rounding adjustment|rnd|adj|adjustment|round off|pembundaran
        bill rounding
        arrondi|ecart arrondi|rundung|rundungsdifferenz|rundungsbetrag|afronding|redondeo|arrotondamento
    """,
    Role.DISCOUNT: """
        abschlage|zuzahlung|discount|disc|discounts|saving|savings|saved|save|less|rebate|voucher|coupon
        promo|promotion|off|member saving
        remise|remises|reduction|economie|economies|rabais|escompte|bon d achat|avantage
        rabatt|nachlass|skonto|ermassigung|gespart|ersparnis|gutschein
        korting|kortingen|voordeel|bespaard|descuento|dto|descuentos|ahorro|sconto|sconti|risparmio
    """,
    Role.AFTER: "after|apres|nach|abzgl|na|despues|dopo|net of",
    Role.SERVICE: """
        service|services charge|service charge|serv|serv charge|svc|svc chg|service chg|tip|tips|gratuity
        pourboire|trinkgeld
        fooi|propina|servizio|coperto|delivery fee|shipping|frais de port|livraison|versand|versandkosten
        verzendkosten
        gastos de envio|spese di spedizione|port|fracht|zuschlage|toeslag
    """,
    Role.PAID: """
        cash|cash tendered|tender|tendered|paid|payment|payments|card|credit card|debit card|visa|master
        mastercard|amex
        american express|debit|credit|e wallet|ewallet|tng|grabpay|boost|cheque|check|received
        cash received|amount paid
        mydebit|paypal|apple pay|contactless|tunai|bayaran|payment mode|eftpos|customer s payment
        cash amount
        especes|carte|carte bancaire|cb|carte bleue|regle|reglement|paiement|paye|payee|virement|recu
        ticket restaurant|titre restaurant
        bar|barzahlung|gegeben|bezahlt|ec karte|girocard|kreditkarte|kartenzahlung|ec cash|maestro
        erhalten|v pay|lastschrift
        contant|pin|betaald|pinnen|bankpas|ontvangen|ideal|rembours
        efectivo|tarjeta|pagado|entregado|cobrado|contanti|contante|pagato|carta|pagamento|bancomat
        ricevuto|pagamento contante
    """,
    Role.CHANGE: """
        change|change due|cash change|chg|balance change|rendu|a rendre|monnaie|rendu monnaie|ruckgeld
        zuruck|wechselgeld|rueckgeld
        wisselgeld|terug|cambio|vuelto|resto|vuelta|baki|kembali|devolucion
    """,
    Role.PREPAID: """
        deposit|prepaid|advance|down payment|acompte|acomptes|arrhes|deja regle|deja paye|avance|prepaye
        anzahlung
        anzahlungen|erhaltene anzahlungen|vorauszahlung|abschlag|abschlagszahlung|vooruitbetaald
        aanbetaling|voorschot
        anticipo|anticipos|senal|acconto|acconti|caparra
    """,
    Role.LEFT: """
        balance|outstanding|residual|remaining|solde|reste|restant du|solde a payer|reste a payer
        restbetrag|saldo|offener betrag
        restschuld|openstaand|resterend|pendiente|resta
    """,
    Role.COUNT: """
        qty|qtys|quantity|items|item|item s|count|qty s|pcs|pieces|nos|no of|units
        item count|pax|cover
        articles|article|nbre|nombre|nb|quantite|qte|anzahl|menge|stuck|posten|artikel|stk|aantal|stuks
        cantidad|uds|articulos
        quantita|pezzi|articoli|unidades|volume|litre|litres|liter|ltr|kg
    """,
    Role.AMOUNT: """
        amount|amt|sum|price|montant|prix|tarif|betrag|preis|bedrag|prijs|importe|precio|importo|prezzo
        sales|charge|charges|charge total|gebuhr
    """,
    Role.OTHER: """
        points|point|loyalty|bonus|card no|balance b f|brought forward|previous balance|unit price
        u price|s price|unit
        prix unitaire|p u|pu|einzelpreis|stuckpreis|e preis|stukprijs|per stuk|precio unitario
        prezzo unitario|p unit
        capital|kapital|penalite|indemnite|exchange rate|kurs|umrechnungskurs|tel|fax|iban|account|konto
        minimum|credit limit
        eco participation|dont eco|pfand|statiegeld|cagnotte|fidelite|puntos|points earned|expiry|exp
        approval|trace|batch|invoice no
        eco|wht|withholding|retenue
    """,
}


PHRASES: dict[tuple[str, ...], Role] = {
    phrase: role for role, text in _WORDS.items() for phrase in phrases(text)
}
"""Every phrase with its role; of phrases that begin alike the longest counts."""

LONGEST_PHRASE = max(map(len, PHRASES))
