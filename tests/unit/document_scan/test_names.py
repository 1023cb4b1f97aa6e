"""Names of sellers: on till rolls, on sheets, and what is no name."""

from __future__ import annotations

import pytest

from functions.document_scan.reading.business_names import comparable, legal_form_end, tidied
from functions.document_scan.reading.lines import lines_of
from functions.document_scan.reading.merchant import merchant_of
from functions.document_scan.reading.model import Source
from tests.unit.document_scan.papers.typewriter import typed

ROLL = "NO 12, JALAN CEMPAKA 3\n43000 KAJANG, SELANGOR\nTEL: 03-8734 1122\nTAX INVOICE\nTEA  3.00"


def on_roll(head: str) -> str:
    return merchant_of(lines_of([typed(f"{head}\n{ROLL}", Source.OCR)])).name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("SAM SAM TRADING CO\n(742016-W)", "SAM SAM TRADING CO"),
        ("lim mei ling\nSYL ROASTED DELIGHTS SDN. BHD.", "SYL ROASTED DELIGHTS SDN. BHD."),
        ("A03041\nPERNIAGAAN ZHENG HUI\nJM0325955-V", "PERNIAGAAN ZHENG HUI"),
        ("BREWERY TAP\nOwner by Castle Blue S/B", "Owner by Castle Blue S/B"),
        ("HOME MASTER HARDWARE &\nELECTRICAL", "HOME MASTER HARDWARE & ELECTRICAL"),
        (
            "AIK HUAT HARDWARE\nENTERPRISE(SETIA\nALAM) SDN BHD",
            "AIK HUAT HARDWARE ENTERPRISE (SETIA ALAM) SDN BHD",
        ),
        ("KEDAI RUNCIT\nSERI MAJU", "KEDAI RUNCIT SERI MAJU"),
        ("AEON CO. (M) BHD (126926-H)", "AEON CO. (M) BHD"),
        (
            "GARDENIA RESTAURANTS SDN BHD\nformerly known as\nGOLDEN RESTAURANTS SDN BHD",
            "GARDENIA RESTAURANTS SDN BHD",
        ),
        ("WELCOME TO\nLUCKY MINI MARKET", "LUCKY MINI MARKET"),
        ("MR. D.I.Y. (M) SON BHD\n(CO. REG : 860671-D)", "MR. D.I.Y. (M) SDN BHD"),
    ],
)
def test_reads_the_shop_at_the_head_of_a_roll(head, name):
    assert comparable(on_roll(head)) == comparable(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hetzer Online GmbH Industriestr. 25 | 91710 Gunzen", "Hetzer Online GmbH"),
        ("Muster Services are sold by Cloudmill Services, Inc.", "Cloudmill Services, Inc."),
        (
            "Free Service Abonné 75371 Paris Cedex 08\nWolke SAS au capital de 3.441.812 Euros - RCS Paris",
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
        ("Titulaire du compte : NETPRINT\nIBAN : FR76 10107 00245", "NETPRINT"),
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
        ("Lieferant GmbH", 14),
        ("Metallbau Leipzig GmbH & Co. KG", 31),
        ("AEON CO. (M) BHD", 16),
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
            "S.H.H.MOTOR\N{FULLWIDTH LEFT PARENTHESIS}RENGIT\N{FULLWIDTH RIGHT PARENTHESIS}SDN.BHD.",
            "S.H.H. MOTOR (RENGIT) SDN.BHD.",
        ),
        ("99 SPEED MART 5/B S19537-X)", "99 SPEED MART S/B"),
        ("*** KOPITIAM ***", "KOPITIAM"),
        ("Sunrise RestaurantsSdn Bnd", "Sunrise Restaurants SDN BHD"),
    ],
)
def test_tidies_a_name(printed, name):
    assert comparable(tidied(printed)) == comparable(name)
