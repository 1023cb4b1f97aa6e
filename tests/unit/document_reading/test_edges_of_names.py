"""Where a name begins and ends on receipts and on sheets, one case on each side of a rule."""

from __future__ import annotations

from collections import Counter

import pytest

from functions.document_reading.reading.merchant.business_names import legal_form_end, name_with_form
from functions.document_reading.reading.merchant.merchant import weighed_names
from functions.document_reading.reading.merchant.names_on_invoices import names_on_invoices
from functions.document_reading.reading.merchant.names_on_receipts import names_on_receipts
from functions.document_reading.reading.merchant.web_names import (
    agrees,
    is_named_like,
    is_spelled_by,
    printed_name,
    web_names,
)
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed

RECEIPT = "\nTAX INVOICE\nBread  2.50\nTotal  2.50"


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Lim Kee\nMilk 2.50", ["Lim Kee"]),
        ("Lim Kee 5 November", ["Lim Kee"]),
        ("Lim Kee 5 Novembrum", ["Lim Kee 5 Novembrum"]),
        ("Lim Kee SDN BHD, 12 Jalan Mawar", ["Lim Kee SDN BHD"]),
        ("Lim Kee SDN BHD Cheras", ["Lim Kee SDN BHD Cheras"]),
        ("Lim Kee SDN BHD 12", ["Lim Kee SDN BHD"]),
        ("Lim Kee, Cheras", ["Lim Kee"]),
        ("Lim Kee, cheras", ["Lim Kee, cheras"]),
        ("Li, Cheras", ["Li, Cheras"]),
        ("Cafe\nLim Kee", ["Cafe Lim Kee"]),
        ("Lim Kee\nRestaurant", ["Lim Kee Restaurant"]),
        ("Lim Kee\nFamily Restaurant", ["Lim Kee Family Restaurant"]),
        ("Lim Kee Two\nFamily Restaurant", ["Lim Kee Two", "Family Restaurant"]),
        ("Lim Kee.\nFamily Restaurant", ["Lim Kee.", "Family Restaurant"]),
        ("Lim Kee\nLim Restaurant", ["Lim Kee", "Lim Restaurant"]),
        ("Lim\n(Cheras", ["Lim", "(Cheras"]),
        ("Lim (Cheras\nBranch) Two", ["Lim (Cheras Branch) Two"]),
        ("Lim (Cheras\nBranch Two", ["Lim (Cheras", "Branch Two"]),
        ("Lim &\nSons", ["Lim & Sons"]),
        ("Lim SDN BHD\nTrading", ["Lim SDN BHD", "Trading"]),
        ("House\nof Noodles", ["House of Noodles"]),
        ("formerly Lim Kee\nQuek Two", ["formerly Lim Kee", "Quek Two"]),
        ("Welcome to Lim Kee", ["Lim Kee"]),
        ("ABC", ["ABC"]),
        ("AB", []),
        ("A1234", []),
        ("lim kee", []),
        ("Lim: Kee", []),
        ("Merchant: Kee", ["Kee"]),
        ("lim@kee", []),
        ("SDN BHD", []),
        ("Lim 2.50", []),
        ("PARIS, FR", []),
        ("Thank you", []),
        ("Tel 12345", []),
        ("Invoice", []),
        ("No 12, Jalan Mawar", []),
        ("Bread 2.50\n" * 11 + "Lim Kee", ["Lim Kee"]),
        ("Bread 2.50\n" * 12 + "Lim Kee", []),
    ],
)
def test_finds_the_names_on_the_head_of_a_receipt(head, names):
    lines = lines_of([typed(head + RECEIPT, Source.OCR)])

    assert [one.name for one in names_on_receipts(lines)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kronberg Technik GmbH - Lindenallee 88 - 50667 Köln", ["Kronberg Technik GmbH"]),
        ("Kronberg", ["Kronberg"]),
        ("kronberg", []),
        ("Kronberg 12", []),
        ("Kr", []),
        ("Kro", ["Kro"]),
        ("(Kronberg)", []),
        ("One Two Three Four Five", ["One Two Three Four Five"]),
        ("One Two Three Four Five Six", []),
        ("One Two Three Four Five Six Seven GmbH", ["One Two Three Four Five Six Seven GmbH"]),
        ("One Two Three Four Five Six Seven Eight GmbH", []),
        ("info@kronberg.de", []),
        ("USt-IdNr Kronberg", []),
        ("HRB Kronberg", []),
        ("Rechnung Kronberg", []),
        ("Bill to Kronberg", []),
        ("Seller: Kronberg GmbH", ["Kronberg GmbH"]),
    ],
)
def test_finds_the_names_in_a_line_of_a_sheet(text, names):
    assert [one.name for one in names_on_invoices(lines_of([typed(text)]))] == names


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("Name: Kronberg\nTechnik", "Kronberg"),
        ("Kronberg\nTechnik GmbH", "Kronberg Technik GmbH"),
        ("Kronberg GmbH\nTechnik GmbH", "Kronberg GmbH"),
        ("Kronberg\nTechnik GmbH und mehr", "Kronberg Technik GmbH"),
        ("kontakt@kronberg.de\nKronberg Technik", "Kronberg Technik"),
        ("PARIS, FR\nKronberg Technik", "Kronberg Technik"),
        ("Invoice\nKronberg Technik", "Kronberg Technik"),
        ("Lindenallee 88\nKronberg Technik", "Kronberg Technik"),
        ("AB\nKronberg Technik", "Kronberg Technik"),
        ("- Xenia\nKronberg Technik", "Xenia"),
        ("A 123 BC 456\nKronberg Technik", "Kronberg Technik"),
    ],
)
def test_a_sellers_block_names_the_seller(block, name):
    lines = lines_of([typed(f"Verkäufer\n{block}\n\n\nTotal 2.50")])

    assert [one.name for one in names_on_invoices(lines) if one.is_stated] == [name]


@pytest.mark.parametrize(
    ("text", "is_first", "is_return_address"),
    [
        ("Kronberg GmbH - Lindenallee 88 - 50667 Köln", True, True),
        ("Kronberg GmbH - Technik", True, False),
        ("Technik - Kronberg GmbH - Lindenallee 88", False, False),
    ],
)
def test_a_name_with_its_address_behind_it_is_the_senders(text, is_first, is_return_address):
    found = next(one for one in names_on_invoices(lines_of([typed(text)])) if one.name == "Kronberg GmbH")

    assert bool(found.evidence.get("sheet: first")) is is_first
    assert bool(found.evidence.get("sheet: return address")) is is_return_address


@pytest.mark.parametrize(
    ("name", "domain", "does"),
    [
        ("abc", "abc", True),
        ("abcd", "xabcdx", True),
        ("abcde", "abc", False),
        ("abcdef", "bcde", True),
        ("abcd efg", "abcdxyz", True),
        ("abc efg", "abcxyz", False),
        ("big red bus", "brb", True),
        ("big red", "br", False),
    ],
)
def test_parts_of_a_domain_speak_for_a_name_if_they_are_long_enough(name, domain, does):
    assert agrees(name, Counter([domain])) is does


@pytest.mark.parametrize(
    ("name", "domain", "is_named", "is_spelled"),
    [
        ("lavender bakery", "lavender", True, True),
        ("lavender bakery", "lavenderbakery", True, True),
        ("lavender kronberg", "lavender", False, False),
        ("lavender kronberg", "kronberglavender", False, True),
        ("lavender", "lavenderxxxx", True, True),
        ("lavender", "lavenderxxxxxx", False, True),
        ("the lavender", "lavender", True, True),
        ("lavender de", "lavender", True, True),
        ("lav", "lav", False, True),
        ("lave", "lave", True, True),
        ("bakery", "bakery", True, False),
    ],
)
def test_a_domain_is_named_like_a_company_or_spells_it(name, domain, is_named, is_spelled):
    assert is_named_like(name, Counter([domain])) is is_named
    assert is_spelled_by(name, Counter([domain])) is is_spelled


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("info@gmail.com", {}),
        ("www.gmail.com", {"gmail": 1}),
        ("www.facebook.com/kronberg", {}),
        ("www.ab.de", {}),
        ("www.abc.de", {"abc": 1}),
        ("kronberg.xyz", {}),
        ("www.shop-paris.fr and info@shop-paris.fr", {"shopparis": 2}),
    ],
)
def test_only_domains_of_somebody_count(text, names):
    assert web_names(lines_of([typed(text)])) == names


def test_a_domains_name_is_written_as_the_page_writes_it():
    lines = lines_of([typed("kronberg is KronBerg")])

    assert printed_name("kronberg", lines) == "KronBerg"
    assert printed_name("wolke", lines) == "WOLKE"


@pytest.mark.parametrize(
    ("times", "repeated"),
    [(1, 0), (2, 1), (3, 2), (4, 2)],
)
def test_a_name_gains_by_standing_again_twice_at_most(times, repeated):
    lines = lines_of([typed("\n".join(["Kronberg Technik", *["at Kronberg Technik we care"] * (times - 1)]))])

    found = next(one for one in weighed_names(lines) if one.candidate.name == "Kronberg Technik")

    assert found.candidate.evidence["repeated"] == repeated


@pytest.mark.parametrize(("name", "repeated"), [("Wolke", 0), ("Wolken", 1)])
def test_a_short_name_that_stands_again_may_be_another_word(name, repeated):
    lines = lines_of([typed(f"{name}\nat {name} we care for you")])

    found = next(one for one in weighed_names(lines) if one.candidate.name == name)

    assert found.candidate.evidence["repeated"] == repeated


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("wir danken sehr herzlich für Ihren Auftrag an die St. Georg Handel GmbH", "St. Georg Handel GmbH"),
        ("wir danken sehr herzlich für Ihren schönen Auftrag. Georg Handel GmbH", "Georg Handel GmbH"),
    ],
)
def test_a_name_in_a_sentence_begins_after_the_one_before_and_may_be_a_saints(sentence, name):
    assert name_with_form(sentence, legal_form_end(sentence)) == name
