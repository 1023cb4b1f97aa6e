"""Italian."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "gennaio genn gen",
        "febbraio febb febr",
        "marzo",
        "aprile",
        "maggio magg mag",
        "giugno giu giug",
        "luglio lug lugl",
        "agosto ago",
        "settembre set sett",
        "ottobre ott",
        "novembre",
        "dicembre dic",
    ),
    range_words="a|al",
    dates={
        DateLabel.ISSUE: """
            data fattura|data documento|data emissione|data di emissione|data doc|data del documento
            emessa il
        """,
        DateLabel.OTHER: "valido fino al|scade",
        DateLabel.DATE: "data|uscita",
        DateLabel.TITLE: "fattura|ricevuta|scontrino|nota di credito",
        DateLabel.DUE: "scadenza|data scadenza|entro il|entro|pagamento",
        DateLabel.ORDER: "ordine|data ordine|secondo|fattura collegata",
        DateLabel.SERVICE: "consegna|periodo|arrivo|partenza|dal|al|ingresso|entrata",
        DateLabel.PRINT: "stampato",
    },
    amounts={
        Role.TOTAL: """
            totale|totale complessivo|totale documento|totale fattura|importo totale|totale generale
        """,
        Role.PAYABLE: """
            da pagare|totale da pagare|netto a pagare|totale dovuto|totale a pagare|importo dovuto
        """,
        Role.SUB: "parziale|subtotale",
        Role.WITH: "incluso|inclusa|compresa|compreso|di cui",
        Role.WITHOUT: "imponibile|esclusa|escluso|senza",
        Role.TAX: "iva|imposta|importo iva",
        Role.GROSS: "ivato|ivata|lordo|con iva|iva inclusa",
        Role.TIP: "mancia",
        Role.ROUNDING: "arrotondamento",
        Role.DISCOUNT: "sconto|sconti|risparmio",
        Role.AFTER: "dopo",
        Role.SERVICE: "servizio|coperto|spese di spedizione",
        Role.PAID: "contanti|contante|pagato|carta|pagamento|bancomat|ricevuto|pagamento contante",
        Role.CHANGE: "resto",
        Role.PREPAID: "acconto|acconti|caparra",
        Role.LEFT: "resta|saldo",
        Role.COUNT: "quantita|pezzi|articoli",
        Role.AMOUNT: "importo|prezzo",
        Role.OTHER: "prezzo unitario",
    },
    invoices="fattura",
    receipts="ricevuta|documento|nota",
    credit_notes="nota di credito",
    titles="nota data",
    document_words="fattura ricevuta scontrino",
    headings="fattura ricevuta scontrino data cliente documento commerciale pagina",
    sellers="venditore|fornitore|cedente|cedente/prestatore|emittente|intestatario",
    buyers="""
        cliente|destinatario|cessionario|committente|spett|spett.le|spettabile|acquirente
    """,
    name_labels="nome|denominazione|ragione sociale|ditta",
    section_headings="""
        descrizione|dettaglio|pagamento|modalita di pagamento|condizioni di pagamento|note|contatti
        riepilogo|riepilogo iva|coordinate bancarie
    """,
    registers="p.iva|p. iva|p iva|piva|partita iva|c.f.|codice fiscale|rea",
    tax_numbers="p.iva|p. iva|p iva|piva|partita iva|c.f.|codice fiscale",
    not_names="pagina #|grazie",
    legal_forms="srl|s r l|srls|spa|s p a|sapa|sc|scarl|snc",
    operating_companies="gestione gestioni",
    trades="""
        panificio farmacia ristorante trattoria pizzeria osteria albergo tabacchi supermercato enoteca
    """,
    name_joiners="di da e",
    open_ends="e",
    welcomes="benvenuti da|benvenuti a|benvenuti al",
    order_kinds="da asporto|asporto|copia cliente",
    thanks="grazie per aver scelto|grazie per aver acquistato da",
    places="via viale piazza piazzale corso largo vicolo strada",
    categories={
        Category.FUEL: "carburante|benzina",
        Category.HOTEL: "camera|notte|notti",
        Category.MEAL: "ristorante|trattoria|pizzeria|coperto",
        Category.TRAIN: "trenitalia|italo|treno",
        Category.FLIGHT: "volo",
        Category.PUBLIC_TRANSPORT: "atac|atm",
        Category.CAR_RENTAL: "autonoleggio",
        Category.PARKING: "parcheggio",
        Category.TOLL: "pedaggio|autostrada|telepass",
        Category.OFFICE_SUPPLIES: "cancelleria",
        Category.GROCERIES: "supermercato|alimentari",
        Category.POSTAGE: "poste italiane|francobollo",
    },
)
