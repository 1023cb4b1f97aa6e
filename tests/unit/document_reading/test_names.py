"""Names of sellers: on till rolls, on sheets, and what is no name."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.merchant.business_names import comparable, legal_form_end, tidied
from functions.document_reading.reading.merchant.merchant import merchant_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed

ROLL = "NO 12, JALAN CEMPAKA 3\n43000 KAJANG, SELANGOR\nTEL: 03-8734 1122\nTAX INVOICE\nTEA  3.00"


def on_roll(head: str) -> str:
    return merchant_of(lines_of([typed(f"{head}\n{ROLL}", Source.OCR)])).name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("MEI MEI TRADING CO\n(742333-W)", "MEI MEI TRADING CO"),
        ("lim mei ling\nLMN BRAISED DELICACIES SDN. BHD.", "LMN BRAISED DELICACIES SDN. BHD."),
        ("A03041\nPERNIAGAAN KIM LEE\nJM0325111-V", "PERNIAGAAN KIM LEE"),
        ("HARBOUR TAP\nOwner by Blue Anchor S/B", "Owner by Blue Anchor S/B"),
        ("GOOD LIVING HARDWARE &\nELECTRICAL", "GOOD LIVING HARDWARE & ELECTRICAL"),
        (
            "HOCK SENG HARDWARE\nENTERPRISE(DESA\nMAJU) SDN BHD",
            "HOCK SENG HARDWARE ENTERPRISE (DESA MAJU) SDN BHD",
        ),
        ("KEDAI RUNCIT\nSERI MAJU", "KEDAI RUNCIT SERI MAJU"),
        ("KENANGA CO. (M) BHD (126111-H)", "KENANGA CO. (M) BHD"),
        (
            "BERLIAN RESTAURANTS SDN BHD\nformerly known as\nGOLDEN RESTAURANTS SDN BHD",
            "BERLIAN RESTAURANTS SDN BHD",
        ),
        ("WELCOME TO\nLUCKY MINI MARKET", "LUCKY MINI MARKET"),
        ("Fuchs & Igel 5 November 2026", "Fuchs & Igel"),
        ("Café du Port 14 août", "Café du Port"),
        ("Atelier 12 Maison", "Atelier 12 Maison"),
        ("MR. T.O.Y. (H) SON BHD\n(CO. REG : 860111-D)", "MR. T.O.Y. (M) SDN BHD"),
    ],
)
def test_reads_the_shop_at_the_head_of_a_roll(head, name):
    assert comparable(on_roll(head)) == comparable(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wolkenwerk Online GmbH Industriestr. 2 | 91710 Ansb", "Wolkenwerk Online GmbH"),
        ("Muster Services are sold by Cloudmill Services, Inc.", "Cloudmill Services, Inc."),
        (
            "Service Abonné 75371 Paris Cedex 08\nWolke SAS au capital de 3.441.812 Euros - RCS Paris",
            "Wolke SAS",
        ),
        ("Nuages - SAS au capital de 10 000 € - SIRET 812 345 678 00021", "Nuages"),
        (
            "Verkäufer:\nRohstoff AG Salzburg\nMarktstr. 153\nKäufer:\nMetallbau GmbH & Co. KG",
            "Rohstoff AG Salzburg",
        ),
        (
            "Bill to:\nHatch Studio Ltd\n\nLarkspur Print Ltd, Foundry Way, LS10 1AA\nVAT GB 112 2334 45",
            "Larkspur Print Ltd",
        ),
        ("Titulaire du compte : LEGALPRINT\nIBAN : FR76 10107 00245", "LEGALPRINT"),
    ],
)
def test_reads_the_seller_of_a_sheet(text, name):
    wide = "x" * 100  # makes the page a sheet, not a roll

    found = merchant_of(lines_of([typed(f"{text}\n\n\n{wide}")]))

    assert comparable(found.name) == comparable(name)


def test_a_name_that_the_web_page_bears_out_is_confirmed():
    text = (
        "Rechnung 4711                                       " * 2
        + "\nKronberg Technik GmbH\nwww.kronberg-technik.de"
    )

    assert merchant_of(lines_of([typed(text)])).is_confirmed


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Werkstatt GmbH", 14),
        ("Metallbau Leipzig GmbH & Co. KG", 31),
        ("KENANGA CO. (M) BHD", 19),
        ("Coolrood B.V.", 13),
        ("Elektro Stammer e.K.", 20),
        ("Officine Ferraro S.p.A.", 23),
        ("wie man sich so ag fühlt", None),
        ("As good as it gets", None),
        ("GmbH", None),
    ],
)
def test_finds_where_a_legal_form_ends(text, end):
    assert legal_form_end(text) == end


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (
            "K.L.M.MOTOR\N{FULLWIDTH LEFT PARENTHESIS}RENGIT\N{FULLWIDTH RIGHT PARENTHESIS}SDN.BHD.",
            "K.L.M. MOTOR (RENGIT) SDN.BHD.",
        ),
        ("88 QUICK MART 5/B S19000-X)", "88 QUICK MART S/B"),
        ("*** KOPITIAM ***", "KOPITIAM"),
        ("Sunrise RestaurantsSdn Bnd", "Sunrise Restaurants SDN BHD"),
    ],
)
def test_tidies_a_name(printed, name):
    assert comparable(tidied(printed)) == comparable(name)
