"""Czech."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "leden ledna",
        "unor unora",
        "brezen brezna",
        "duben dubna",
        "kveten kvetna",
        "cerven cervna",
        "cervenec cervence",
        "srpen srpna",
        "zari",
        "rijen rijna",
        "listopad listopadu",
        "prosinec prosince",
    ),
    dates={
        DateLabel.ISSUE: """
            datum vystaveni|vystaveno|vystaveno dne|datum vystaveni dokladu|datum dokladu
        """,
        DateLabel.DATE: "datum|dne",
        DateLabel.TITLE: """
            faktura|danovy doklad|uctenka|paragon|prijmovy doklad|faktura danovy doklad
        """,
        DateLabel.DUE: "datum splatnosti|splatnost|splatno do|uhradit do|splatnost faktury",
        DateLabel.ORDER: "objednavka|datum objednavky|objednavka ze dne",
        DateLabel.SERVICE: """
            duzp|datum uskutecneni zdanitelneho plneni|datum zdanitelneho plneni
            datum uskutecneni plneni|obdobi|datum dodani
        """,
        DateLabel.PRINT: "vytisteno|tisk",
        DateLabel.OTHER: "platnost do|datum narozeni|platnost",
    },
    amounts={
        Role.TOTAL: """
            celkem|soucet|celkova castka|celkem s dph|cena celkem|celkem kc|castka celkem
            celkem czk
        """,
        Role.PAYABLE: "k uhrade|celkem k uhrade|k zaplaceni|zbyva uhradit|castka k uhrade",
        Role.SUB: "mezisoucet",
        Role.GROSS: "s dph|vcetne dph",
        Role.WITH: "vcetne|z toho",
        Role.WITHOUT: "bez dph|zaklad|zaklad dane|celkem bez dph|zaklad dph",
        Role.TAX: "dph|vyse dph|castka dph|celkem dph",
        Role.ROUNDING: "zaokrouhleni|haler vyrovnani|zaokr",
        Role.DISCOUNT: "sleva|slevy",
        Role.SERVICE: "doprava|postovne|balne",
        Role.TIP: "spropitne",
        Role.PAID: """
            hotove|hotovost|kartou|platba|platba kartou|zaplaceno|uhrazeno|prijato
            platebni karta
        """,
        Role.CHANGE: "vraceno|vratit|zpet",
        Role.PREPAID: "zaloha|zalohy|zaplacena zaloha",
        Role.LEFT: "zbyva|zustatek",
        Role.COUNT: "mnozstvi|pocet|kusu|ks",
        Role.AMOUNT: "castka|cena",
        Role.OTHER: "cena za mj|jednotkova cena|cena za ks|body",
    },
    invoices="faktura|faktury|danovy doklad",
    receipts="uctenka|paragon|doklad|prodejka",
    credit_notes="dobropis|opravny danovy doklad",
    titles="celkem",
    document_words="faktura doklad uctenka danovy",
    headings="""
        faktura danovy doklad datum strana cislo polozka popis mnozstvi cena celkem dph sazba
        zaklad ic dic original
    """,
    sellers="dodavatel|prodavajici|prodejce|vystavil",
    buyers="odberatel|kupujici|zakaznik|prijemce|dodaci adresa|fakturacni adresa",
    name_labels="nazev|firma|jmeno",
    section_headings="""
        popis|polozky|platba|zpusob platby|zpusob uhrady|poznamky|rekapitulace dph
        bankovni spojeni
    """,
    registers="dic|ico|ic|zapsana|obchodni rejstrik|spisova znacka|bankovni spojeni",
    tax_numbers="dic|ico|ic",
    not_names="dekujeme|strana #|telefon|vitejte",
    legal_forms="s r o|sro|a s|spol s r o|v o s|k s|z s",
    trades="""
        restaurace kavarna lekarna pekarna hotel potraviny knihkupectvi drogerie hospoda penzion
        cukrarna
    """,
    name_joiners="a v na",
    open_ends="a",
    welcomes="vitejte v",
    places="ulice namesti trida nabrezi sidliste psc",
    categories={
        Category.FUEL: "benzin|nafta|natural 95|cerpaci stanice|palivo",
        Category.HOTEL: "ubytovani|pokoj|noc|noci|nocleh",
        Category.MEAL: "restaurace|obed|vecere|kavarna|pivo|hospoda",
        Category.TRAIN: "ceske drahy|vlak|jizdenka|regiojet",
        Category.FLIGHT: "letenka|letiste",
        Category.TAXI: "taxisluzba|jizdne|jizda",
        Category.PUBLIC_TRANSPORT: "mhd|dpp|jizdenka mhd|tramvaj",
        Category.CAR_RENTAL: "pujcovna aut|pronajem vozidla|autopujcovna",
        Category.PARKING: "parkovani|parkovne",
        Category.TOLL: "dalnicni znamka|mytne",
        Category.TELECOM: "mobilni sluzby|tarif|telefonni",
        Category.SOFTWARE: "licence software|webhosting|domena",
        Category.OFFICE_SUPPLIES: "papirnictvi|kancelarske potreby|papir",
        Category.GROCERIES: "potraviny|samoobsluha|pecivo|mleko",
        Category.POSTAGE: "ceska posta|znamka|balik|zasilka",
    },
)
