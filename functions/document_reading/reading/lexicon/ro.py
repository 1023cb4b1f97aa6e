"""Romanian."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "ianuarie ian",
        "februarie feb",
        "martie mar",
        "aprilie apr",
        "mai",
        "iunie iun",
        "iulie iul",
        "august aug",
        "septembrie sept sep",
        "octombrie oct",
        "noiembrie noi nov",
        "decembrie dec",
    ),
    dates={
        DateLabel.ISSUE: """
            data emiterii|data facturii|data emiterii facturii|emisa la|data documentului
        """,
        DateLabel.DATE: "data|din data",
        DateLabel.TITLE: "factura|bon fiscal|chitanta|factura fiscala|bon",
        DateLabel.DUE: "data scadentei|scadenta|termen de plata|scadent la",
        DateLabel.ORDER: "comanda|data comenzii|oferta",
        DateLabel.SERVICE: "data livrarii|livrare|perioada|sosire|plecare|data prestarii",
        DateLabel.PRINT: "tiparit|tiparit la",
        DateLabel.OTHER: "valabil pana la|valabilitate|nascut",
    },
    amounts={
        Role.TOTAL: """
            total|total lei|total general|valoare totala|suma totala|total factura|total ron
        """,
        Role.PAYABLE: "total de plata|de plata|suma de plata|rest de plata|total plata",
        Role.SUB: "subtotal",
        Role.GROSS: "cu tva|tva inclus",
        Role.WITH: "inclus|din care",
        Role.WITHOUT: "fara tva|baza|baza impozabila|valoare fara tva|total fara tva",
        Role.TAX: "tva|total tva|valoare tva|taxa pe valoarea adaugata|tva a",
        Role.ROUNDING: "rotunjire",
        Role.DISCOUNT: "reducere|discount|reduceri",
        Role.SERVICE: "transport|taxa de livrare|serviciu",
        Role.TIP: "bacsis",
        Role.PAID: """
            numerar|card bancar|platit|plata|plata card|ordin de plata|incasat|card credit
        """,
        Role.CHANGE: "rest lei",
        Role.PREPAID: "avans|acont",
        Role.LEFT: "sold|de incasat",
        Role.COUNT: "cantitate|cant|buc|bucati",
        Role.AMOUNT: "valoare|pret|suma",
        Role.OTHER: "pret unitar|puncte|garantie sgr|sgr",
    },
    invoices="factura|factura fiscala",
    receipts="bon fiscal|chitanta|bon|aviz",
    credit_notes="factura storno|storno|nota de credit",
    titles="total",
    document_words="factura chitanta ",
    headings="""
        factura bon fiscal data pagina client nr numar cantitate pret valoare tva total cui
        denumire buc um multumim casier
    """,
    sellers="furnizor|vanzator|emitent|prestator",
    buyers="cumparator|client|beneficiar|adresa de livrare|adresa de facturare",
    name_labels="denumire|nume|firma",
    section_headings="descriere|produse|plata|modalitate de plata|observatii|cont bancar",
    registers="""
        cui|cif|c.i.f.|c.u.i.|reg com|nr reg com|registrul comertului|capital social
    """,
    not_names="multumim|bine ati venit|pagina #|telefon|cod fiscal",
    legal_forms="srl|s r l|sa|s a|pfa|snc",
    trades="""
        restaurant cafenea farmacie brutarie hotel librarie magazin alimentara patiserie
        pensiune
    """,
    name_joiners="si de la",
    open_ends="si",
    welcomes="bine ati venit la",
    places="""
        strada str bulevardul bd calea soseaua sos piata judet jud sector scara
    """,
    categories={
        Category.FUEL: "benzina|motorina|carburant|carburanti",
        Category.HOTEL: "cazare|camera|noapte|nopti",
        Category.MEAL: "restaurant|pranz|cina|cafenea|cafea|pizzerie",
        Category.TRAIN: "cfr|tren|bilet tren",
        Category.FLIGHT: "zbor|aeroport|bilet avion",
        Category.TAXI: "cursa taxi|taximetru",
        Category.PUBLIC_TRANSPORT: "stb|metrorex|autobuz|tramvai",
        Category.CAR_RENTAL: "inchirieri auto|inchiriere masina",
        Category.PARKING: "parcare|taxa parcare",
        Category.TOLL: "rovinieta|taxa de pod|peaj",
        Category.TELECOM: "abonament telefon|telefonie|internet fix",
        Category.SOFTWARE: "licenta|gazduire web|domeniu",
        Category.OFFICE_SUPPLIES: "papetarie|hartie|birotica",
        Category.GROCERIES: "supermarket|alimente|paine|lapte",
        Category.POSTAGE: "posta romana|timbru|colet|curier",
    },
)
