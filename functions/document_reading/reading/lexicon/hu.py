"""Hungarian."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januar jan",
        "februar febr feb",
        "marcius marc",
        "aprilis apr",
        "majus maj",
        "junius jun",
        "julius jul",
        "augusztus aug",
        "szeptember szept",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    dates={
        DateLabel.ISSUE: "szamla kelte|kiallitas datuma|kiallitas kelte|kelt|szamla datuma",
        DateLabel.DATE: "datum|kelte",
        DateLabel.TITLE: "szamla|nyugta|egyszerusitett szamla|szamla sorszama|bizonylat",
        DateLabel.DUE: """
            fizetesi hatarido|esedekesseg|fizetesi hatarideje|fizetendo hatarideje
        """,
        DateLabel.ORDER: "megrendeles|rendeles|megrendeles datuma",
        DateLabel.SERVICE: """
            teljesites|teljesites datuma|teljesites kelte|idoszak|erkezes|tavozas|szallitas
        """,
        DateLabel.PRINT: "nyomtatva|nyomtatas",
        DateLabel.OTHER: "ervenyes|ervenyesseg|szuletett",
    },
    amounts={
        Role.TOTAL: """
            osszesen|osszeg|vegosszeg|mindosszesen|brutto osszesen|szamla osszege|osszesen ft
        """,
        Role.PAYABLE: """
            fizetendo|fizetendo osszeg|fizetendo osszesen|fizetendo vegosszeg|fizetendo brutto
        """,
        Role.SUB: "reszosszeg|reszosszesen|kozbenso osszeg",
        Role.GROSS: "brutto|brutto ertek",
        Role.WITH: "tartalmaz|ebbol",
        Role.WITHOUT: "netto|netto ertek|netto osszesen|adoalap",
        Role.TAX: "afa|afa osszege|afa ertek|ado|afa osszesen|afaertek",
        Role.ROUNDING: "kerekites",
        Role.DISCOUNT: "kedvezmeny|engedmeny",
        Role.SERVICE: "szervizdij|szallitasi dij|felszolgalasi dij",
        Role.TIP: "borravalo",
        Role.PAID: """
            keszpenz|bankkartya|kartya|fizetve|fizetett|atutalas|bankkartyas fizetes|kapott
        """,
        Role.CHANGE: "visszajaro|vissza",
        Role.PREPAID: "eloleg",
        Role.LEFT: "hatralek|egyenleg",
        Role.COUNT: "mennyiseg|db|darab",
        Role.AMOUNT: "ar|dij",
        Role.OTHER: "egysegar|pont|pontok|betetdij",
    },
    invoices="szamla",
    receipts="nyugta|bizonylat|blokk",
    credit_notes="jovairo szamla|helyesbito szamla|sztorno szamla",
    titles="osszesen",
    document_words="szamla nyugta bizonylat",
    headings="""
        szamla nyugta datum oldal vevo elado sorszam szam mennyiseg ar ertek netto brutto afa
        osszesen adoszam megnevezes koszonjuk
    """,
    sellers="elado|szallito|kibocsato|szolgaltato",
    buyers="vevo|vasarlo|megrendelo|szallitasi cim|szamlazasi cim",
    name_labels="nev|cegnev",
    section_headings="""
        megnevezes|tetelek|fizetes|fizetesi mod|megjegyzes|afa osszesito|bankszamla
    """,
    registers="adoszam|cegjegyzekszam|bankszamlaszam|kozossegi adoszam",
    tax_numbers="adoszam|kozossegi adoszam",
    not_names="koszonjuk|udvozoljuk|oldal #|telefon|nyitvatartas",
    legal_forms="kft|bt|zrt|nyrt|rt|kkt|e v",
    has_compounds=True,
    trades="""
        etterem kavezo gyogyszertar pekseg szalloda konyvesbolt bolt vendeglo cukraszda panzio
    """,
    name_joiners="es",
    open_ends="es",
    welcomes="udvozoljuk",
    places="utca korut emelet fszt hrsz",
    categories={
        Category.FUEL: "benzin|uzemanyag|gazolaj|benzinkut",
        Category.HOTEL: "szoba|ejszaka|szallas|vendegej|idegenforgalmi ado",
        Category.MEAL: "etterem|ebed|vacsora|kavezo|kave|bufe",
        Category.TRAIN: "mav|vonat|vonatjegy|mav start",
        Category.FLIGHT: "repulojegy|repuloter|jarat",
        Category.TAXI: "taxi budapest|fuvar|viteldij",
        Category.PUBLIC_TRANSPORT: "bkk|bkv|villamos|vonaljegy",
        Category.CAR_RENTAL: "autokolcsonzo|autoberles",
        Category.PARKING: "parkolas|parkolohaz|parkolojegy",
        Category.TOLL: "autopalya matrica|utdij|matrica",
        Category.TELECOM: "mobiltelefon|telefonszamla|szelessav",
        Category.SOFTWARE: "szoftver|licenc|tarhely|domain dij",
        Category.OFFICE_SUPPLIES: "irodaszer|papir|papirbolt",
        Category.GROCERIES: "elelmiszer|szupermarket|tej|kenyer",
        Category.POSTAGE: "magyar posta|belyeg|csomag|postakoltseg",
    },
)
