"""German."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januar jan jaen janner",
        "februar feb febr",
        "marz maerz mrz",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sep sept",
        "oktober okt",
        "november nov",
        "dezember dez",
    ),
    range_words="bis",
    dates={
        DateLabel.ISSUE: """
            rechnungsdatum|datum der rechnung|belegdatum|ausstellungsdatum|re datum|ausgestellt am
            rechnungs datum|gutschriftsdatum|kaufdatum|rechnung vom|rg datum|druckdatum
        """,
        DateLabel.DATE: "datum|ausfahrt|dat",
        DateLabel.TITLE: """
            rechnung|handelsrechnung|quittung|beleg|bon|gutschrift|kassenbon|rechnungsnummer
            rechnungskorrektur
        """,
        DateLabel.DUE: """
            fallig|falligkeit|falligkeitsdatum|zahlbar bis|zahlungsziel|zahlbar|bis|skonto|bis zum
            abbuchung|spatestens|zahldatum|zahlung
        """,
        DateLabel.ORDER: """
            bestellung|bestelldatum|auftrag|auftragsdatum|angebot|vertrag|ursprungliche rechnung
            zu rechnung|zur rechnung|bestellung vom|auftrag vom|gemass|laut|auftrag datum|auftragdatum
            ursprungsrechnung|bezugsrechnung
        """,
        DateLabel.SERVICE: """
            lieferdatum|leistungsdatum|lieferung|leistung|leistungszeitraum|lieferzeitraum|zeitraum
            anreise|abreise|gultig|von|abrechnungszeitraum|liefer und leistungsdatum|einfahrt
            lieferscheindatum|lieferschein|ubergabe|ruckgabe|mietbeginn|mietende|abholung
        """,
        DateLabel.PRINT: "gedruckt",
        DateLabel.OTHER: """
            gesetz|stand|ust satz|gegrundet|vorherige|mandat|gultig bis|ablaufdatum|verfallsdatum
        """,
    },
    title_endings="rechnung gutschrift rechnungskorrektur",
    amounts={
        Role.TOTAL: """
            summe|gesamt|gesamtbetrag|gesamtsumme|gesamtpreis|endbetrag|endsumme|rechnungsbetrag
            rechnungssumme|rechnungsendbetrag|fahrpreis|bruttosumme|bruttobetrag|gesamtbrutto|total brutto
            endpreis|auszahlungsbetrag
        """,
        Role.PAYABLE: """
            zu zahlen|zahlbetrag|zu zahlender betrag|zahlungsbetrag|noch zu zahlen|zu bezahlen
            zu uberweisen|forderungsbetrag|uberweisungsbetrag|abbuchungsbetrag|falliger betrag
        """,
        Role.SUB: "zwischensumme|zwischentotal|teilsumme|positionssumme|summe positionen",
        Role.WITH: "inkl|inklusive|einschl|einschliesslich|enthalten|enthaltene|davon|darin",
        Role.WITHOUT: """
            exkl|exklusive|ohne|netto|nettobetrag|nettosumme|gesamtnetto|total netto|nettowert|warenwert
            steuerpflichtig|steuerbasis|basisbetrag|nettoumsatz|bemessungsgrundlage
        """,
        Role.TAX: """
            mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|steuerbetrag|mwst betrag|ust betrag|vorsteuer
            umsatzsteuerbetrag|mehrwertsteuerbetrag|steuern|mw st|u st
        """,
        Role.GROSS: "brutto",
        Role.TIP: "trinkgeld|tip",
        Role.ROUNDING: "rundung|rundungsdifferenz|rundungsbetrag",
        Role.DISCOUNT: """
            abschlage|zuzahlung|rabatt|nachlass|skonto|ermassigung|gespart|ersparnis|gutschein
        """,
        Role.AFTER: "nach|abzgl",
        Role.SERVICE: "versand|versandkosten|fracht|zuschlage",
        Role.PAID: """
            bar|barzahlung|gegeben|bezahlt|ec karte|girocard|kreditkarte|kartenzahlung|ec cash|erhalten
            lastschrift|eingezahlt|eingeworfen
        """,
        Role.CHANGE: "ruckgeld|zuruck|wechselgeld|rueckgeld",
        Role.PREPAID: """
            anzahlung|anzahlungen|erhaltene anzahlungen|vorauszahlung|abschlag|abschlagszahlung
        """,
        Role.LEFT: "restbetrag|saldo|offener betrag|restschuld",
        Role.COUNT: "anzahl|menge|stuck|posten|artikel|stk",
        Role.AMOUNT: "betrag|preis|gebuhr",
        Role.OTHER: """
            einzelpreis|stuckpreis|e preis|kapital|kurs|umrechnungskurs|konto|pfand
        """,
    },
    invoices="rechnung|rechnungs",
    receipts="handelsrechnung|beleg|quittung|gutschrift|bon",
    number_joiners="der",
    credit_notes="gutschrift|rechnungskorrektur|stornorechnung",
    titles="seite",
    self_billed="selbst ausgestellt*|gutschriftverfahren|gutschriftsverfahren|(389)",
    document_words="rechnung quittung beleg gutschrift datum zahlung nummer",
    headings="""
        rechnung quittung beleg kassenbon bon gutschrift kunde datum seite handelsrechnung lieferschein
        name nummer anschrift adresse abweichender abweichende
    """,
    sellers="""
        verkaufer|lieferant|rechnungssteller|rechnungsersteller|rechnungsaussteller|leistungserbringer
        kontoinhaber|empfanger der zahlung|zahlungsempfanger|firma
    """,
    buyers="""
        kaufer|kunde|kundennr|kundennummer|rechnungsempfanger|empfanger|leistungsempfanger|lieferadresse
        lieferanschrift|rechnungsadresse|rechnungsanschrift|auftraggeber|besteller|warenempfanger|herr
        herrn|frau
    """,
    name_labels="name|firma|unternehmen|firmenname",
    section_headings="""
        bemerkungen|bemerkung|positionsdaten|positionen|beschreibung|artikel|zahlungsbedingungen
        zahlungsart|zahlung|belegsummen|summen|umsatzsteueraufschlusselung|steueraufschlusselung
        bankverbindung|hinweise|hinweis|ansprechpartner|kontakt|rechnungsdaten|rechnungsdetails|anlagen
        zu und abschlage|rechnungsbegleitende unterlagen
    """,
    registers="""
        ust|ust-id|ustid|steuer|hrb|hra|handelsregister|registergericht|amtsgericht|geschaftsfuhrer
        vorstand|mwst
    """,
    tax_numbers="ust|ust-id|ustid|steuer|mwst",
    former_names="vormals|fruher",
    not_names="von * nach|seite #|danke|visualisierung|lesbarmachung|erstellt mit",
    legal_forms="""
        gmbh|gmbh co|gmbh and co|gmbh co kg|gmbh and co kg|gmbh u co kg
        mbh|ag|ag co kg|kg|kgaa|ohg|ug|e k|ek|e kfm|eg|gbr|se
        se co kg|e v|ev|ggmbh|gesellschaft
    """,
    operating_companies="""
        betriebsgesellschaft betriebs verwaltungsgesellschaft verwaltungs beteiligungsgesellschaft
        besitzgesellschaft
    """,
    has_compounds=True,
    trades="""
        backerei baeckerei metzgerei apotheke gasthaus gasthof wirtshaus tankstelle buchhandlung markt
        drogerie elektro electro tv hifi handelsgesellschaft baumarkt gartencenter getraenkemarkt
        getrankemarkt blumen optik friseur imbiss eiscafe konditorei fleischerei hofladen parkhaus
    """,
    name_joiners="und von der den",
    open_ends="und",
    welcomes="willkommen bei",
    order_kinds="im haus|ausser haus|zum mitnehmen|vor ort|kundenbeleg|haendlerbeleg",
    thanks="""
        danke fur ihren einkauf bei|dank fur ihren einkauf bei|dank fur ihren besuch bei
        dank fur ihren besuch im
    """,
    places="strasse str platz weg allee gasse ring damm ufer postfach",
    street_endings="strasse straße str gasse allee platz weg",
    categories={
        Category.FUEL: "tankstelle|benzin|kraftstoff|tanken",
        Category.HOTEL: "ubernachtung|zimmer|kurtaxe",
        Category.MEAL: "gasthaus|speisen|getranke|bewirtung",
        Category.TRAIN: """
            deutsche bahn|ice|bahn|bahncard|fahrkarte|wagen|sitzplatz
        """,
        Category.FLIGHT: "flug|flughafen",
        Category.TAXI: "fahrpreis|taxifahrt",
        Category.PUBLIC_TRANSPORT: """
            bvg|mvg|hvv|verkehrsbetriebe|opnv|fahrtenkarte|fahrten-karte|einzelfahrt
        """,
        Category.CAR_RENTAL: "mietwagen|autovermietung",
        Category.PARKING: "parkhaus|parkplatz|parkschein",
        Category.TOLL: "maut",
        Category.TELECOM: "handy|mobilfunk",
        Category.SOFTWARE: "lizenz",
        Category.OFFICE_SUPPLIES: "burobedarf|schreibwaren|papier|trennblatter",
        Category.GROCERIES: "supermarkt|lebensmittel",
        Category.POSTAGE: "deutsche post|briefmarke|porto|paket",
    },
)
