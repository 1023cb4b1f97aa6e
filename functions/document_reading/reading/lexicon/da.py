"""Danish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januar jan",
        "februar feb",
        "marts mar",
        "april apr",
        "maj",
        "juni jun",
        "juli jul",
        "august aug",
        "september sep sept",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    dates={
        DateLabel.ISSUE: "fakturadato|bondato|udstedt|udstedelsesdato|kobsdato",
        DateLabel.DATE: "dato",
        DateLabel.TITLE: "faktura|kvittering|bon|kassebon|regning",
        DateLabel.DUE: """
            forfaldsdato|forfalder|betalingsfrist|sidste rettidige betalingsdag|betales senest
        """,
        DateLabel.ORDER: "ordredato|ordre|bestilling|bestillingsdato|tilbud",
        DateLabel.SERVICE: "leveringsdato|periode|levering|ankomst|afrejse",
        DateLabel.PRINT: "udskrevet|udskrevet den",
        DateLabel.OTHER: "gyldig til|fodselsdato|udlobsdato",
    },
    amounts={
        Role.TOTAL: """
            total|i alt|ialt|samlet|totalbelob|samlet belob|total dkk|i alt dkk|i alt inkl moms
        """,
        Role.PAYABLE: "at betale|til betaling|belob til betaling|at betale dkk",
        Role.SUB: "subtotal|delsum",
        Role.GROSS: "inkl moms|inkl moms i alt|brutto",
        Role.WITH: "heraf|inkl|inklusive",
        Role.WITHOUT: """
            ekskl moms|excl moms|netto|momsgrundlag|uden moms|momspligtigt belob|momspligtig
        """,
        Role.TAX: "moms|heraf moms|momsbelob|moms udgor",
        Role.ROUNDING: "afrunding|oreafrunding",
        Role.DISCOUNT: "rabat|nedslag",
        Role.SERVICE: "fragt|forsendelse|gebyr|levering",
        Role.TIP: "drikkepenge",
        Role.PAID: """
            kontant|kort|dankort|betalt|mobilepay|betaling|visa dankort|betalingskort|modtaget
        """,
        Role.CHANGE: "byttepenge|retur|tilbage",
        Role.PREPAID: "forudbetaling|depositum|aconto",
        Role.LEFT: "restbelob|saldo",
        Role.COUNT: "antal|stk",
        Role.AMOUNT: "belob|pris",
        Role.OTHER: "stk pris|enhedspris|a pris|point|pant",
    },
    invoices="faktura",
    receipts="kvittering|bon|kassebon|regning",
    credit_notes="kreditnota",
    titles="total",
    document_words="faktura kvittering dato",
    headings="""
        faktura kvittering dato side kunde kundenr nummer nr cvr antal pris belob beskrivelse
        moms tak varenr total
    """,
    sellers="saelger|leverandor",
    buyers="""
        kober|kunde|modtager|leveringsadresse|faktureringsadresse|deres reference
    """,
    name_labels="navn|firma|virksomhed",
    section_headings="""
        beskrivelse|betaling|betalingsbetingelser|bemaerkninger|bankoplysninger
        momsspecifikation
    """,
    registers="cvr|cvr nr|cvr-nr|se nr|reg nr|kontonr|iban",
    tax_numbers="cvr|cvr nr|cvr-nr|se nr",
    not_names="tak for|velkommen|side #|telefon|abningstider",
    legal_forms="aps|a s|i s|k s|ivs|p s",
    operating_companies="drift",
    has_compounds=True,
    trades="""
        restaurant cafe apotek bageri hotel boghandel kiosk kobmand kro bryggeri supermarked
    """,
    name_joiners="og i af",
    open_ends="og",
    welcomes="velkommen til",
    thanks="tak for dit kob hos|tak for besoget hos|tak for dit besog hos",
    places="gade vej plads torv postboks",
    street_endings="gade vej stræde straede plads",
    categories={
        Category.FUEL: "benzin|braendstof|tankstation|diesel",
        Category.HOTEL: "vaerelse|overnatning|naetter",
        Category.MEAL: "restaurant|frokost|middag|cafe|smorrebrod",
        Category.TRAIN: "dsb|tog|togbillet",
        Category.FLIGHT: "lufthavn|flybillet",
        Category.TAXI: "taxa|taxakorsel|vogn",
        Category.PUBLIC_TRANSPORT: "rejsekort|bus og tog|movia",
        Category.CAR_RENTAL: "biludlejning|lejebil",
        Category.PARKING: "parkering|p-hus|parkeringsafgift",
        Category.TOLL: "broafgift|storebaelt|bropas",
        Category.TELECOM: "mobilabonnement|bredband|telefoni",
        Category.SOFTWARE: "software|licens|webhotel|domaene",
        Category.OFFICE_SUPPLIES: "kontorartikler|papir|kontorforsyning",
        Category.GROCERIES: "dagligvarer|supermarked|brod|maelk",
        Category.POSTAGE: "postnord|frimaerke|porto|pakke",
    },
)
