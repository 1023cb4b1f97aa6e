"""When the head of a scanned receipt proves whose it is, and when not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.document_reading.reading.merchant.merchant import Merchant, merchant_of
from functions.document_reading.reading.model import PageWords, Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed

WIDTH = 36
COMPANY = [
    "QUEK & LIM HARDWARE SDN BHD",
    "(301457-K)",
    "12, JALAN MERANTI 4,",
    "43200 CHERAS, SELANGOR.",
    "TEL: 03-9076 2211",
]
BELOW = ["TAX INVOICE", "Nail 2in        1  4.50", "TOTAL              4.50"]


def test_a_company_above_its_register_number_and_address_is_confirmed():
    receipt = centred([*COMPANY, *BELOW])

    merchant = read(receipt)

    assert (merchant.name, merchant.is_confirmed) == ("QUEK & LIM HARDWARE SDN BHD", True)


@pytest.mark.parametrize(
    "register",
    [
        "(301457-K)",
        "301457-K",
        "JM0301457-K",
        "(LLP0030145-LGN)",
        "GST ID : 000301457920",
        "Company Reg. No.: 30X",
    ],
)
def test_any_register_or_tax_number_bears_a_name_out(register):
    receipt = centred([COMPANY[0], "12, JALAN MERANTI 4,", "CHERAS, SELANGOR", register, *BELOW])

    assert read(receipt).is_confirmed


@pytest.mark.parametrize("number", ["NO 30", "301457", "30-K"])
def test_any_other_number_does_not(number):
    receipt = centred([COMPANY[0], "12, JALAN MERANTI 4,", "CHERAS, SELANGOR", number, *BELOW])

    assert not read(receipt).is_confirmed


@pytest.mark.parametrize(
    ("town", "telephone", "is_confirmed"),
    [
        ("PORTLAND, OR 97205", "(503) 555-0142", True),
        ("PORTLAND, OR 97205", "HAVE A NICE DAY", False),
        ("PORTLAND, OREGON", "(503) 555-0142", False),
    ],
)
def test_a_town_with_its_postcode_and_a_telephone_bear_a_name_out_together(town, telephone, is_confirmed):
    receipt = centred(["HARBOR NOODLE HOUSE RESTAURANT", "412 ALDER STREET", town, telephone, *BELOW])

    assert read(receipt).is_confirmed is is_confirmed


@pytest.mark.parametrize("confidence", [0.5, 0.969])
def test_a_name_with_a_character_that_ocr_doubts_is_not_confirmed(confidence):
    page = centred([*COMPANY, *BELOW])
    doubted = [replace(one, confidence=confidence) if one.text == "LIM" else one for one in page.words]

    assert not read(replace(page, words=tuple(doubted))).is_confirmed


def test_a_doubted_address_says_nothing_against_the_name():
    page = centred([*COMPANY, *BELOW])
    doubted = [replace(one, confidence=0.4) if one.text == "JALAN" else one for one in page.words]

    assert read(replace(page, words=tuple(doubted))).is_confirmed


def test_a_name_that_has_lost_a_word_to_a_fold_is_not_confirmed():
    page = centred(["QUEK QUEK & LIM HARDWARE SDN BHD", *COMPANY[1:], *BELOW])
    first = min(page.words, key=lambda word: (word.top, word.left))

    merchant = read(replace(page, words=tuple(word for word in page.words if word is not first)))

    assert (merchant.name, merchant.is_confirmed) == ("QUEK & LIM HARDWARE SDN BHD", False)


def test_a_name_may_begin_where_the_lines_below_it_do():
    receipt = typed("\n".join([*COMPANY, *BELOW]), Source.OCR)

    assert read(receipt).is_confirmed


@pytest.mark.parametrize("above", ["31802044", "A04131", "TAX INVOICE", "Quek"])
def test_a_heading_a_copys_number_and_a_part_of_the_name_may_stand_above_it(above):
    receipt = centred([above, *COMPANY, *BELOW])

    merchant = read(receipt)

    assert (merchant.name, merchant.is_confirmed) == ("QUEK & LIM HARDWARE SDN BHD", True)


def test_a_brand_above_a_company_leaves_doubt_whose_name_people_know():
    receipt = centred(["ToolBarn", *COMPANY, *BELOW])

    assert not read(receipt).is_confirmed


def test_a_shop_with_its_trade_is_confirmed_as_a_company_is():
    receipt = centred(["LIM KEE RESTAURANT", *COMPANY[1:], *BELOW])

    assert read(receipt).is_confirmed


@pytest.mark.parametrize("name", ["LIM KEE", "CAFE RESTAURANT"])
def test_a_name_that_says_no_trade_or_nothing_but_trades_is_not_confirmed(name):
    receipt = centred([name, *COMPANY[1:], *BELOW])

    assert not read(receipt).is_confirmed


def test_a_name_over_two_lines_without_a_legal_form_may_go_on():
    receipt = centred(["LIM KEE STATIONERY &", "BOOKS", *COMPANY[1:], *BELOW])

    assert not read(receipt).is_confirmed


def test_a_company_over_two_lines_ends_with_its_legal_form():
    receipt = centred(["QUEK & LIM HARDWARE", "ENTERPRISE (CHERAS) SDN BHD", *COMPANY[1:], *BELOW])

    merchant = read(receipt)

    assert (merchant.name, merchant.is_confirmed) == ("QUEK & LIM HARDWARE ENTERPRISE (CHERAS) SDN BHD", True)


def test_a_line_without_figures_below_may_belong_to_the_name():
    receipt = centred(["LIM KEE RESTAURANT", "Cheras Branch", *COMPANY[1:], *BELOW])

    assert not read(receipt).is_confirmed


def test_a_company_that_runs_a_brands_shop_is_not_confirmed():
    receipt = centred(["SEVEN HILLS HOLDINGS SDN BHD", *COMPANY[1:], *BELOW])

    assert not read(receipt).is_confirmed


def test_of_two_companies_on_a_head_neither_is_confirmed():
    receipt = centred([*COMPANY[:2], "GOLDEN FERN TRADING SDN BHD", *COMPANY[2:], *BELOW])

    assert not read(receipt).is_confirmed


def test_the_tax_number_of_a_buyer_bears_nobody_out():
    buyer = ["Bill To: GST ID : 000301457920"]
    receipt = centred([COMPANY[0], "12, JALAN MERANTI 4,", "CHERAS, SELANGOR", *buyer, *BELOW])

    assert not read(receipt).is_confirmed


def centred(lines: list[str]) -> PageWords:
    """A till's strip, as OCR sees it."""
    return typed("\n".join(line.center(WIDTH) for line in lines), Source.OCR)


def read(page: PageWords) -> Merchant:
    merchant = merchant_of(lines_of([page]))
    assert merchant is not None
    return merchant
