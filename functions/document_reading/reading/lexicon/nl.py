"""Dutch."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januari jan",
        "februari feb",
        "maart mrt",
        "april apr",
        "mei",
        "juni jun",
        "juli jul",
        "augustus aug",
        "september sep sept",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    range_words="tot",
    dates={
        DateLabel.ISSUE: "factuurdatum|factuur datum|notadatum|datum factuur|bondatum",
        DateLabel.DATE: "datum|uitrit|uitrijden",
        DateLabel.TITLE: "bon|factuur|nota|kassabon",
        DateLabel.DUE: """
            term|vervaldatum|uiterste betaaldatum|betaaldatum|vervaldag|uiterlijk|te betalen voor
            betalen voor|vervalt|incasso|voor|betaling
        """,
        DateLabel.ORDER: "bestelling|besteldatum|orderdatum|bestel|contract",
        DateLabel.SERVICE: """
            leverdatum|leveringsdatum|periode|geldig|aankomst|vertrek|tot|leverings datum|reisdatum
            inrit|inrijden
        """,
        DateLabel.PRINT: "afgedrukt",
        DateLabel.OTHER: "vorige|geldig tot|vervaldatum kaart",
    },
    amounts={
        Role.TOTAL: """
            totaal|totaalbedrag|factuurbedrag|totaalprijs|eindtotaal|eindbedrag
        """,
        Role.PAYABLE: "te betalen|te voldoen|verschuldigd|te betalen bedrag",
        Role.SUB: "subtotaal|tussentotaal",
        Role.WITH: "inclusief|waarvan|inbegrepen",
        Role.WITHOUT: "exclusief|zonder|nettobedrag|grondslag|maatstaf",
        Role.TAX: "btw|btwbedrag|btw bedrag|omzetbelasting",
        Role.GROSS: "bruto",
        Role.TIP: "fooi",
        Role.ROUNDING: "afronding",
        Role.DISCOUNT: "korting|kortingen|voordeel|bespaard",
        Role.AFTER: "na",
        Role.SERVICE: "verzendkosten|toeslag",
        Role.PAID: "contant|pin|betaald|pinnen|bankpas|ontvangen|ideal|rembours",
        Role.CHANGE: "wisselgeld|terug",
        Role.PREPAID: "vooruitbetaald|aanbetaling|voorschot",
        Role.LEFT: "openstaand|resterend",
        Role.COUNT: "aantal|stuks|stk",
        Role.AMOUNT: "bedrag|prijs",
        Role.OTHER: "stukprijs|per stuk|statiegeld",
    },
    invoices="factuur",
    receipts="bon|nota",
    credit_notes="creditnota|creditfactuur",
    titles="nota",
    document_words="factuur kassabon datum nummer",
    headings="factuur kassabon nota datum klant pagina nummer adres",
    sellers="verkoper|leverancier|rekeninghouder|ten name van|t.n.v.",
    buyers="klant|koper|afnemer|afleveradres|factuuradres|bezorgadres|t.a.v.",
    name_labels="naam|bedrijf|bedrijfsnaam",
    section_headings="""
        omschrijving|artikel|betaling|betaalgegevens|betalingsvoorwaarden|opmerkingen|gegevens|contact
        bankgegevens|specificatie
    """,
    registers="kvk|btw",
    tax_numbers="btw",
    former_names="voorheen",
    not_names="pagina #|bedankt",
    legal_forms="bv|b v|nv|n v|vof|v o f|cv|bvba|cvba|vzw",
    operating_companies="exploitatie beheer beheermaatschappij",
    has_compounds=True,
    trades="bakkerij slagerij apotheek supermarkt winkel eetcafe",
    name_joiners="en von van der den",
    welcomes="welkom bij",
    order_kinds="afhalen|meenemen|hier opeten|klantkopie",
    thanks="bedankt voor uw bezoek aan|bedankt voor uw aankoop bij|dank voor uw bezoek aan",
    places="straat laan plein gracht kade postbus singel dijk",
    street_endings="straat laan gracht plein weg",
    categories={
        Category.FUEL: "brandstof",
        Category.HOTEL: "overnachting|kamer|toeristenbelasting",
        Category.MEAL: "eetcafe",
        Category.TRAIN: "ns reizigers|trein",
        Category.FLIGHT: "vlucht",
        Category.TAXI: "taxirit",
        Category.PUBLIC_TRANSPORT: "gvb|ovchipkaart|ov-chipkaart",
        Category.CAR_RENTAL: "autoverhuur",
        Category.PARKING: "parkeren|parkeergarage",
        Category.TOLL: "tol",
        Category.TELECOM: "telefoon",
        Category.SOFTWARE: "softwarelicentie",
        Category.OFFICE_SUPPLIES: "kantoorartikelen",
        Category.GROCERIES: "supermarkt",
        Category.POSTAGE: "postnl|postzegel",
    },
)
