"""Norwegian."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januar jan",
        "februar feb",
        "mars mar",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sep sept",
        "oktober okt",
        "november nov",
        "desember des",
    ),
    dates={
        DateLabel.ISSUE: "fakturadato|utstedt|bilagsdato|kjopsdato",
        DateLabel.DATE: "dato",
        DateLabel.TITLE: "faktura|kvittering|salgskvittering|bong|regning",
        DateLabel.DUE: "forfallsdato|forfall|betalingsfrist|betales innen",
        DateLabel.ORDER: "ordredato|ordre|bestilling|bestillingsdato|tilbud",
        DateLabel.SERVICE: "leveringsdato|periode|levering|ankomst|avreise",
        DateLabel.PRINT: "skrevet ut|utskriftsdato",
        DateLabel.OTHER: "gyldig til|fodselsdato|utlopsdato",
    },
    amounts={
        Role.TOTAL: """
            total|totalt|sum|totalsum|sum nok|totalbelop|sum inkl mva|totalt nok|total sum
        """,
        Role.PAYABLE: "a betale|til betaling|belop a betale|a betale nok",
        Role.SUB: "delsum|subtotal",
        Role.GROSS: "inkl mva|brutto",
        Role.WITH: "herav|inkl|inklusive",
        Role.WITHOUT: """
            ekskl mva|eks mva|netto|grunnlag|uten mva|mva grunnlag|avgiftsgrunnlag
        """,
        Role.TAX: "mva|herav mva|merverdiavgift|mva belop",
        Role.ROUNDING: "avrunding|oreavrunding",
        Role.DISCOUNT: "rabatt|avslag",
        Role.SERVICE: "frakt|gebyr|levering|porto",
        Role.TIP: "tips|driks",
        Role.PAID: """
            kontant|kort|bankkort|bankaxept|betalt|vipps|betaling|mottatt|kredittkort
        """,
        Role.CHANGE: "veksel|vekslepenger|tilbake",
        Role.PREPAID: "forskudd|depositum|a konto",
        Role.LEFT: "restbelop|saldo",
        Role.COUNT: "antall|stk",
        Role.AMOUNT: "belop|pris",
        Role.OTHER: "enhetspris|stk pris|a pris|poeng|pant",
    },
    invoices="faktura",
    receipts="kvittering|salgskvittering|bong|regning",
    credit_notes="kreditnota",
    titles="",
    document_words="faktura kvittering dato salgskvittering",
    headings="""
        faktura kvittering salgskvittering dato side kunde kundenr nummer nr org antall pris
        belop beskrivelse mva takk varenr sum
    """,
    sellers="selger|leverandor",
    buyers="kjoper|kunde|mottaker|leveringsadresse|fakturaadresse|deres referanse",
    name_labels="navn|firma",
    section_headings="""
        beskrivelse|betaling|betalingsbetingelser|merknader|bankopplysninger|mva spesifikasjon
    """,
    registers="""
        org nr|orgnr|org.nr|organisasjonsnummer|foretaksregisteret|kontonr|kontonummer
    """,
    tax_numbers="org nr|orgnr|org.nr|organisasjonsnummer",
    not_names="takk for|velkommen|side #|telefon|apningstider",
    legal_forms="as|asa|ans|da|enk|ba",
    operating_companies="drift",
    has_compounds=True,
    trades="""
        restaurant kafe apotek bakeri hotell bokhandel kiosk butikk kro bryggeri
    """,
    name_joiners="og i av",
    open_ends="og",
    welcomes="velkommen til",
    thanks="takk for handelen hos|takk for besoket hos",
    places="gata vei veien plass torg postboks",
    street_endings="gata gate veien vei plass",
    categories={
        Category.FUEL: "bensin|drivstoff|bensinstasjon|diesel",
        Category.HOTEL: "overnatting|natt|netter",
        Category.MEAL: "restaurant|lunsj|middag|kaffe|kafe|pizza",
        Category.TRAIN: "tog|togbillett|flytoget",
        Category.FLIGHT: "lufthavn|flybillett|flyreise",
        Category.TAXI: "drosje|taxitur|taxi",
        Category.PUBLIC_TRANSPORT: "ruter|kollektiv|buss|trikk",
        Category.CAR_RENTAL: "bilutleie|leiebil",
        Category.PARKING: "parkering|p-hus|parkeringsavgift",
        Category.TOLL: "bompenger|bomring|autopass",
        Category.TELECOM: "mobilabonnement|bredband|telefoni",
        Category.SOFTWARE: "programvare|lisens|webhotell|domene",
        Category.OFFICE_SUPPLIES: "kontorrekvisita|papir|kontormateriell",
        Category.GROCERIES: "dagligvarer|matvarer|brod|melk",
        Category.POSTAGE: "posten norge|frimerke|porto|pakke",
    },
)
