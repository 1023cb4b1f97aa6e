"""Swedish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januari jan",
        "februari feb",
        "mars mar",
        "april apr",
        "maj",
        "juni jun",
        "juli jul",
        "augusti aug",
        "september sep sept",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    dates={
        DateLabel.ISSUE: "fakturadatum|kvittodatum|utfardad|datum for faktura|kopdatum",
        DateLabel.DATE: "datum",
        DateLabel.TITLE: "faktura|kvitto|kassakvitto|kvitto nr|nota",
        DateLabel.DUE: "forfallodatum|forfaller|betalas senast|forfallodag|oss tillhanda",
        DateLabel.ORDER: "orderdatum|bestallning|bestallningsdatum|order",
        DateLabel.SERVICE: "leveransdatum|period|leverans|ankomst|avresa|incheckning|utcheckning",
        DateLabel.PRINT: "utskriven|utskriftsdatum",
        DateLabel.OTHER: "giltig till|fodd|giltigt tom",
    },
    amounts={
        Role.TOTAL: """
            summa|totalt|totalsumma|att betala totalt|totalbelopp|slutsumma|summa sek
        """,
        Role.PAYABLE: "att betala|summa att betala|belopp att betala|att betala sek",
        Role.SUB: "delsumma|delbelopp",
        Role.GROSS: "inkl moms|brutto",
        Role.WITH: "varav|inkl|inklusive",
        Role.WITHOUT: "exkl moms|netto|exklusive moms|nettobelopp|underlag",
        Role.TAX: "moms|mervardesskatt|varav moms|momsbelopp|moms kr",
        Role.ROUNDING: "oresavrundning|avrundning|oresutjamning",
        Role.DISCOUNT: "rabatt|avdrag",
        Role.SERVICE: "frakt|fraktavgift|serveringsavgift|porto",
        Role.TIP: "dricks",
        Role.PAID: """
            kontant|kort|betalkort|kortbetalning|betalt|swish|kontokort|erhallet|mottaget
            mottaget belopp
        """,
        Role.CHANGE: "vaxel|tillbaka|ater",
        Role.PREPAID: "forskott|handpenning|deposition",
        Role.LEFT: "kvarstar|saldo",
        Role.COUNT: "antal|artiklar",
        Role.AMOUNT: "belopp|pris|avgift",
        Role.OTHER: "a pris|styckpris|jamforpris|poang|pant",
    },
    invoices="faktura",
    receipts="kvitto|kassakvitto|nota",
    credit_notes="kreditfaktura|kreditnota",
    titles="summa",
    document_words="faktura kvitto datum nummer",
    headings="""
        faktura kvitto datum sida kund kundnr nummer nr org summa belopp antal pris artikel
        benamning moms tack butik kassa
    """,
    sellers="saljare|leverantor|saljande foretag",
    buyers="""
        kopare|kund|mottagare|leveransadress|fakturaadress|bestallare|er referens
    """,
    name_labels="namn|foretag|foretagsnamn",
    section_headings="""
        beskrivning|specifikation|betalning|betalningsvillkor|ovrigt|momsspecifikation|bankgiro
        plusgiro
    """,
    registers="""
        org nr|orgnr|organisationsnummer|bankgiro|plusgiro|momsreg|f-skatt|godkand for f-skatt
        vat nr|styrelsens sate
    """,
    tax_numbers="momsreg|vat nr",
    not_names="tack for|valkommen|sida #|telefon|oppettider",
    legal_forms="ab|aktiebolag|hb|handelsbolag|kb|ek for",
    operating_companies="drift forvaltning",
    has_compounds=True,
    trades="""
        restaurang kafe konditori apotek bageri hotell bokhandel livs handel butik krog bryggeri
    """,
    name_joiners="och i av",
    open_ends="och",
    welcomes="valkommen till|välkommen till",
    thanks="tack for ditt kop hos|tack for ert besok hos",
    places="gatan vagen torget",
    street_endings="gatan vagen gata torg grand",
    categories={
        Category.FUEL: "bensin|drivmedel|bensinstation|diesel liter",
        Category.HOTEL: "rum|natt|natter|overnattning|logi",
        Category.MEAL: "restaurang|lunch|middag|fika|konditori|kaffe",
        Category.TRAIN: "sj ab|tagresa|tagbiljett",
        Category.FLIGHT: "flyg|flygplats|flygbiljett|flygresa",
        Category.TAXI: "taxiresa|taxi stockholm|korning",
        Category.PUBLIC_TRANSPORT: "lokaltrafik|busskort|tunnelbana|resekort",
        Category.CAR_RENTAL: "hyrbil|biluthyrning",
        Category.PARKING: "parkering|p-hus|parkeringsavgift",
        Category.TOLL: "trangselskatt|vagtull|broavgift",
        Category.TELECOM: "mobilabonnemang|bredband|telefoni",
        Category.SOFTWARE: "programvara|licens|webbhotell|doman",
        Category.OFFICE_SUPPLIES: "kontorsmaterial|papper|kontorsvaror",
        Category.GROCERIES: "livsmedel|matvaror|mjolk|brod",
        Category.POSTAGE: "frimarke|postnord|porto|paket",
    },
)
