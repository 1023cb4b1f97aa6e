"""Names of sellers: on till rolls, on sheets, and what is no name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from functions.document_reading.reading.lexicon.tables import COMPANY_REGISTER
from functions.document_reading.reading.merchant.business_names import (
    comparable,
    legal_form_end,
    letters_meant,
    tidied,
)
from functions.document_reading.reading.merchant.merchant import merchant_of
from functions.document_reading.reading.merchant.web_names import is_named_like
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
        ("Hotel Seeblick GmbH Rechnung 5512", "Hotel Seeblick GmbH"),
        ("Papier AG Singen", "Papier AG Singen"),
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


def read_with(confidence: float, head: str) -> str:
    """The name that is read off a till where OCR is so sure of every word."""
    page = typed(f"{head}\n{ROLL}", Source.OCR)
    words = tuple(replace(word, confidence=confidence) for word in page.words)
    return merchant_of(lines_of([replace(page, words=words)])).name


@pytest.mark.parametrize(
    ("head", "confidence", "name"),
    [
        ("VERBENA CONFECTIUNERY SDN BHD", 0.999, "VERBENA CONFECTIONERY SDN BHD"),
        ("HOCK SENG HARDWAKE", 0.97, "HOCK SENG HARDWARE"),
        ("SENG FASHIOM", 0.97, "SENG FASHIOM"),
        ("SENG FASHIOM", 0.96, "SENG FASHION"),
        ("NEW 1DEA SDN BHD", 0.96, "NEW IDEA SDN BHD"),
        ("NEW 1DEA SDN BHD", 0.97, "NEW 1DEA SDN BHD"),
    ],
)
def test_letters_that_ocr_misread_in_a_name_are_put_right(head, confidence, name):
    assert read_with(confidence, head) == name


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("1DEA", "IDEA"),
        ("F00D", "F00D"),
        ("FO0D", "FO0D"),
        ("5ENG", "SENG"),
        ("F0OD", "FOOD"),
        ("8OOKS", "BOOKS"),
        ("7ELEVEN", "7ELEVEN"),
        ("B12", "B12"),
        ("1D", "1D"),
        ("1st", "1st"),
        ("Pub1ic", "Public"),
        ("f0od", "food"),
        ("Hou5e", "House"),
        ("ab12", "ab12"),
    ],
)
def test_a_figure_within_a_word_is_a_letter(read, meant):
    assert letters_meant(read) == meant


@pytest.mark.parametrize(
    ("web_page", "is_confirmed"),
    [("www.lavendel-kronberg.com", True), ("www.lavendel.com", False), ("www.kronberg.com", False)],
)
def test_a_domain_confirms_what_ocr_read_only_if_it_spells_the_name(web_page, is_confirmed):
    head = f"LAVENDEL KRONBERG BAKERY SDN BHD\n(742333-W)\n{web_page}"

    found = merchant_of(lines_of([typed(f"{head}\n{ROLL}", Source.OCR)]))

    assert found.is_confirmed is is_confirmed


def test_a_place_at_the_head_is_no_name():
    assert on_roll("Sek U9, Shah Alam\nKEDAI MAJU") == "KEDAI MAJU"


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
        ("Calgary AB T2P 1B3", None),
        ("Nordlys AB", 10),
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


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("SIN DU HARDWARE SUN BHD", "SIN DU HARDWARE SDN BHD"),
        ("SIN DU HARDWARE SDN BHU", "SIN DU HARDWARE SDN BHD"),
        ("SIN DU HARDWARE SDN DHD", "SIN DU HARDWARE SDN BHD"),
        ("K3-113, JL IBRAHIM\nKEDAI SIN DU", "KEDAI SIN DU"),
        ("Calgary AB T2P 1B3\nEarls Kitchen", "Earls Kitchen"),
        ("Leeds LS1 6AA\nEarls Kitchen", "Earls Kitchen"),
        ("Fahrpreis EUR 24,50\nEarls Kitchen", "Earls Kitchen"),
        ("For a Chance to WIN\nEarls Kitchen", "Earls Kitchen"),
        ("von Flughafen nach Messe\nEarls Kitchen", "Earls Kitchen"),
        ("Primo\nFamily Restaurant", "Primo Family Restaurant"),
        ("NEW DELHI\nINDIAN\nRESTAURANT", "NEW DELHI INDIAN RESTAURANT"),
        ("IKEA\nIKEA FOOD", "IKEA FOOD"),
        ("One Two Three\nFamily Restaurant", "Family Restaurant"),
        ("Taxi Yilmaz, Frankfurt", "Taxi Yilmaz"),
    ],
)
def test_reads_the_shop_among_what_else_stands_at_the_head(head, name):
    assert comparable(on_roll(head)) == comparable(name)


SHEET = (
    "Pos  Beschreibung                    Menge  Preis   Gesamt\n1    Visitenkarten      500    0,10    50,00"
)


def on_sheet(text: str):
    wide = "x" * 100
    return merchant_of(lines_of([typed(f"{text}\n\n{SHEET}\n{wide}")]))


BUYER_WITH_ALL_EVIDENCE = """
Bergmann Consulting GmbH
Lindenallee 14
50667 Köln
USt-IdNr. DE811223344 HRB 1234
www.bergmann-consulting.de
"""


def test_a_company_with_register_and_domain_is_confirmed_where_it_is_alone():
    found = on_sheet(BUYER_WITH_ALL_EVIDENCE)

    assert (found.name, found.is_confirmed) == ("Bergmann Consulting GmbH", True)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Nordlicht Druck KG · Hafenweg 3 · 24103 Kiel", id="a return address"),
        pytest.param("Nordlicht Druck KG\n24103 Kiel\nHRA 77", id="another company first"),
    ],
)
def test_nobody_is_confirmed_where_something_speaks_for_two_companies(other):
    found = on_sheet(f"{other}\n\n{BUYER_WITH_ALL_EVIDENCE}")

    assert not found.is_confirmed


def test_a_known_buyer_does_not_stand_against_the_seller():
    buyer = "Bill to:\nBergmann Consulting GmbH\nLindenallee 14\nHRB 1234"
    seller = "Nordlicht Druck KG\n24103 Kiel\nHRA 77\nwww.nordlicht-druck.de"

    found = on_sheet(f"{seller}\n\n\n{buyer}")

    assert (found.name, found.is_confirmed) == ("Nordlicht Druck KG", True)


def test_a_buyer_is_not_the_seller_where_it_stands_again():
    seller = "Nordlicht Druck KG · Hafenweg 3 · 24103 Kiel"
    again = "Lieferanschrift: Bergmann Consulting GmbH, Lindenallee 14"

    found = on_sheet(f"{seller}\n\n{BUYER_WITH_ALL_EVIDENCE}\n{again}")

    assert found.name == "Nordlicht Druck KG"


@pytest.mark.parametrize(
    ("line", "is_register"),
    [
        ("siret 812 345 678 00021", True),
        ("hrb 1234", True),
        ("capital de 10 000 euros", True),
        ("tva fr 12 345678901", False),
        ("ust-idnr. de811223344", False),
        ("p.iva 01234567890", False),
    ],
)
def test_a_company_s_register_is_no_tax_number(line, is_register):
    assert (COMPANY_REGISTER.search(line) is not None) is is_register


@pytest.mark.parametrize(
    ("name", "domain", "is_named"),
    [
        ("dominos pizza", "dominos", True),
        ("cronus de", "cronus", True),
        ("kronberg technik", "kronbergtechnik", True),
        ("kronberg technik", "kronberg", False),
        ("place", "place2bect", False),
        ("abc", "abc", False),
        ("pizza", "pizzaonline", False),
    ],
)
def test_a_domain_is_a_name_s_only_where_it_is_the_whole_of_it(name, domain, is_named):
    assert is_named_like(name, Counter([domain])) is is_named
