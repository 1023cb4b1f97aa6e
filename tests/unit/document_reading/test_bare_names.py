"""When a shop's name that says neither a trade nor a legal form is proven, and by what else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.document_reading.reading.merchant.merchant import Merchant, merchant_of, weighed_names
from functions.document_reading.reading.model import PageWords, Source
from functions.document_reading.reading.print.lines import lines_of
from tests.unit.document_reading.papers.typewriter import typed

WIDTH = 36
ADDRESS = ["412 ALDER STREET", "PORTLAND, OR 97205", "(503) 555-0142"]
SALE = ["Table 7  12:05", "Noodles        14.50", "TOTAL          14.50"]


def test_a_name_right_above_its_street_town_and_telephone_is_confirmed():
    merchant = read(centred(["JUNO & WREN", *ADDRESS, *SALE]))

    assert (merchant.name, merchant.is_confirmed) == ("JUNO & WREN", True)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_it_needs_all_of_its_address(missing):
    address = [line for index, line in enumerate(ADDRESS) if index != missing]

    assert not read(centred(["JUNO & WREN", *address, *SALE])).is_confirmed


@pytest.mark.parametrize("street", ["412 Alder", "#412 Alder", "412B Alder", "ALDER STREET 412"])
def test_a_street_is_a_number_before_a_name_or_says_that_it_is_one(street):
    assert read(centred(["JUNO & WREN", street, *ADDRESS[1:], *SALE])).is_confirmed


@pytest.mark.parametrize("street", ["Alder 412", "412 Al"])
def test_anything_else_with_figures_is_no_street(street):
    assert not read(centred(["JUNO & WREN", street, *ADDRESS[1:], *SALE])).is_confirmed


@pytest.mark.parametrize(
    "telephone", ["Tel.: 0 52 51 / 68 90 80", "Phone 05251/689080", "TEL:503-555-0142", "5035550142"]
)
def test_a_telephone_is_grouped_as_usual_or_called_one(telephone):
    assert read(centred(["JUNO & WREN", *ADDRESS[:2], telephone, *SALE])).is_confirmed


@pytest.mark.parametrize("figures", ["0 52 51 / 68 90 80", "Tel. 0 52 51", "Hotel 0 52 51 / 68 90 80"])
def test_other_figures_are_no_telephone(figures):
    assert not read(centred(["JUNO & WREN", *ADDRESS[:2], figures, *SALE])).is_confirmed


@pytest.mark.parametrize(
    "name",
    [
        "JNWR",  # a logo that has lost its vowels
        "JUN",  # too short to be anything but a piece
        "JUNO 24",  # the figure may be a misread letter, or the number of a branch
        "PORTLAND",  # nothing but the town
        "ALDER STREET",
        "THE PORTLAND",
        "JUNO AND WREN OF THE HILLS",
        "JUNO OPERATIONS",
    ],
)
def test_what_may_be_a_logo_a_place_or_a_sentence_is_not_confirmed(name):
    merchant = merchant_of(lines_of([centred([name, *ADDRESS, *SALE])]))

    assert merchant is None or not merchant.is_confirmed


@pytest.mark.parametrize("name", ["JUNO", "JUNO WREN AND FINCH", "JUNO PORTLAND"])
def test_one_word_of_four_letters_or_four_words_are_a_name(name):
    assert read(centred([name, *ADDRESS, *SALE])).is_confirmed


@pytest.mark.parametrize(("times", "is_confirmed"), [(1.4, True), (1.6, False)])
def test_a_name_in_far_larger_print_may_be_a_logo_that_lost_letters(times, is_confirmed):
    page = centred(["JUNO & WREN", *ADDRESS, *SALE])
    top = min(word.top for word in page.words)
    words = [
        replace(word, top=word.bottom - times * (word.bottom - word.top)) if word.top == top else word
        for word in page.words
    ]

    assert read(replace(page, words=tuple(words))).is_confirmed is is_confirmed


@pytest.mark.parametrize("above", ["Dine In", "TO GO", "Guest Copy", "Zum Mitnehmen", "SUR PLACE"])
def test_how_it_was_ordered_may_stand_above_a_name_and_is_none(above):
    merchant = read(centred([above, "JUNO & WREN", *ADDRESS, *SALE]))

    assert (merchant.name, merchant.is_confirmed) == ("JUNO & WREN", True)


def test_a_name_that_ends_like_an_order_is_a_name():
    assert read(centred(["Noodles To Go", *ADDRESS, *SALE])).name == "Noodles To Go"


def test_a_trade_among_what_was_sold_is_no_second_business():
    sold = ["Kim  12:05", "DINING ROOM", "Noodles        14.50", "TOTAL          14.50"]

    assert read(centred(["JUNO & WREN", *ADDRESS, *sold])).is_confirmed


def test_a_trade_above_the_time_of_the_sale_is_one():
    assert not read(centred(["JUNO & WREN", *ADDRESS, "DINING ROOM", "Kim  12:05", *SALE])).is_confirmed


def test_a_company_below_the_time_of_the_sale_is_one():
    company = ["Kim  12:05", "Golden Fern Ltd", "Noodles        14.50", "TOTAL          14.50"]

    assert not read(centred(["JUNO & WREN", *ADDRESS, *company])).is_confirmed


def test_items_below_a_short_head_do_not_say_where_its_lines_stand():
    head = [line.center(WIDTH) for line in ["KORN GMBH", "33100 PADERBORN", "Tel.: 0 52 51 / 68 90 80"]]
    items = ["BROT 2,50", "MILCH 1,20", "SALAT 3,10", "SUMME EUR 6,80"]

    merchant = read(typed("\n".join([*head, *items]), Source.OCR))

    assert (merchant.name, merchant.is_confirmed) == ("KORN GMBH", True)


@pytest.mark.parametrize(
    "foot",
    [
        "@junowren",
        "Follow us @JunoWren!",
        "facebook.com/JunoWren",
        "Thank you for visiting Juno & Wren",
        "Thank you for dining at Juno Wren!",
        "Juno Wren Ltd, Company No. 30X",
    ],
)
def test_a_name_that_the_foot_says_too_is_confirmed(foot):
    merchant = read(centred(["JUNO WREN", *SALE, *FILLER, foot]))

    assert (merchant.name, merchant.is_confirmed) == ("JUNO WREN", True)


@pytest.mark.parametrize(
    "foot",
    [
        "@junipers",
        "juno@junowren",  # a mail address that was cut
        "@junowren.",  # cut before its ending
        "Thank you for visiting us",
        "Thank you Juno Wren",
        "Juno Wren",
        "Golden Fern Ltd",
    ],
)
def test_another_name_at_the_foot_says_nothing(foot):
    assert not read(centred(["JUNO WREN", *SALE, *FILLER, foot])).is_confirmed


@pytest.mark.parametrize(
    ("of_name", "of_domain", "is_confirmed"),
    [(0.9, 0.5, True), (0.5, 0.9, True), (0.89, 0.89, False)],
)
def test_what_ocr_doubts_in_both_places_it_may_misread_alike(of_name, of_domain, is_confirmed):
    page = centred(["JUNO WREN", *SALE, *FILLER, "www.junowren.com"])
    confidences = {"JUNO": of_name, "www.junowren.com": of_domain}
    words = [replace(word, confidence=confidences.get(word.text, 1.0)) for word in page.words]

    merchant = read(replace(page, words=tuple(words)))

    assert (merchant.name, merchant.is_confirmed) == ("JUNO WREN", is_confirmed)


@pytest.mark.parametrize(("domain", "is_confirmed"), [("junowrenofportland", True), ("junowern", False)])
def test_a_domain_that_spells_the_name_otherwise_leaves_doubt(domain, is_confirmed):
    receipt = centred(["JUNO WREN", *ADDRESS, f"www.{domain}.com", *SALE])

    assert read(receipt).is_confirmed is is_confirmed


@pytest.mark.parametrize(("foot", "times"), [("Danke Juno Wren 12", 1), ("Danke Juno 12", 0)])
def test_a_name_gains_by_standing_again_in_any_line(foot, times):
    weighed = weighed_names(lines_of([centred(["JUNO WREN", *ADDRESS, *SALE, *FILLER, foot])]))

    evidence = next(one.candidate.evidence for one in weighed if one.candidate.name == "JUNO WREN")
    assert evidence["repeated"] == times


def test_a_heading_of_one_word_does_not_end_the_head():
    register = ["412 ALDER STREET", "INVOICE", "GST ID : 000301457920"]

    assert read(centred(["JUNO WREN LTD", *register, *SALE])).is_confirmed


def test_a_handle_is_no_name_by_itself():
    assert merchant_of(lines_of([centred(["2 @each 7.25", *SALE])])) is None


def test_a_domain_does_not_bear_out_the_name_that_was_made_of_it():
    merchant = read(centred([*SALE, *FILLER, "www.tellusaboutit.com"]))

    assert (merchant.name, merchant.is_confirmed) == ("TELLUSABOUTIT", False)


@pytest.mark.parametrize("line", ["Table: Bar", "Server: Juno", "For staff: Juno", "Lim: Kee"])
def test_what_a_label_says_to_be_something_else_is_no_name(line):
    assert read(centred([line, "WREN FINCH", *ADDRESS, *SALE])).name == "WREN FINCH"


@pytest.mark.parametrize(
    ("line", "name"),
    [("Merchant: Juno", "Juno"), ("Name: Juno", "Juno"), ("Any: Juno Ltd", "Juno Ltd")],
)
def test_what_a_label_says_to_be_the_shops_name_is_one(line, name):
    assert read(centred([line, *ADDRESS, *SALE])).name == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The Coffee Company", "The Coffee Company"),
        ("Juno Wren & Co.", "Juno Wren & Co."),
        ("Juno Wren Company No. 301457", "Juno Wren"),
        ("Juno Wren (Company 301457)", "Juno Wren"),
        ("Juno Wren Co. Reg. No.", "Juno Wren"),
    ],
)
def test_a_name_may_end_with_company_unless_a_number_followed(line, name):
    assert read(centred([line, *ADDRESS, *SALE])).name == name


def test_a_line_of_trades_with_a_legal_form_goes_on_with_the_name_above():
    head = ["JUNO MARKT", "TV-Hifi-Elektro GmbH Paderborn", "Pohlweg 110", "33100 PADERBORN"]

    assert read(centred([*head, *SALE])).name == "JUNO MARKT TV-Hifi-Elektro GmbH Paderborn"


@pytest.mark.parametrize("line", ["81750 Masai, Johor", "LOT PTD 101051", "81750 MASAI"])
def test_a_town_or_a_lot_is_no_name_once_its_number_is_cut_off(line):
    assert read(centred([line, "WREN FINCH", *SALE])).name == "WREN FINCH"


@pytest.mark.parametrize(
    "line", ["99 SPEED MART", "81750 Wren Kopitiam Restaurant", "12345 Wren Ltd", "Wren Two"]
)
def test_a_business_may_have_a_number_as_towns_have(line):
    assert line.endswith(read(centred([line, "12, JALAN MERANTI 4,", *SALE])).name)


def test_a_legal_form_on_a_line_of_its_own_ends_the_name_above():
    assert read(centred(["WREN FINCH MALAYSIA", "SDN BHD", *SALE])).name == "WREN FINCH MALAYSIA SDN BHD"


@pytest.mark.parametrize(
    "buyer", [["Bill to", "JUNO HILL LTD"], ["Customer: JUNO HILL LTD"], ["Sold to:", "JUNO HILL LTD"]]
)
def test_the_buyer_on_a_receipts_head_is_no_seller(buyer):
    head = ["WREN FINCH", *buyer, "VAT GB 123456789"]

    merchant = merchant_of(lines_of([typed("\n".join([*head, *SALE]))]))

    assert (merchant.name, merchant.is_confirmed) == ("WREN FINCH", False)


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ("JUNO FOOD", "JUNO FOOD"),
        ("Juno Coffee House", "Juno Coffee House"),
        ("JUNO", "JUNO"),
        ("JUNO HILLTOP", "JUNO"),
    ],
)
def test_a_name_that_is_said_again_with_its_trade_is_that(second, name):
    assert read(centred(["JUNO", second, *ADDRESS, *SALE])).name == name


@pytest.mark.parametrize(
    ("company", "name"),
    [("Finch Management GmbH", "WREN STATION"), ("Finch GmbH", "Finch GmbH")],
)
def test_the_company_that_operates_a_shop_is_not_the_shop(company, name):
    head = ["WREN STATION", company, "Siegburger Str. 30", "51491 Overath"]

    assert read(centred([*head, *SALE])).name == name


def test_an_operating_company_that_alone_heads_a_receipt_is_its_name():
    assert read(centred(["Finch Management GmbH", *ADDRESS, *SALE])).name == "Finch Management GmbH"


@pytest.mark.parametrize(
    ("name", "is_confirmed"),
    [
        ("WREN TVRN RESTAURANT", False),
        ("WREN GR111 RESTAURANT", False),
        ("WREN BBQ RESTAURANT", True),
        ("WREN 24 RESTAURANT", True),
        ("WREN R2 RESTAURANT", True),
        ("WREN GMBH", True),
    ],
)
def test_a_word_without_a_vowel_or_with_figures_in_it_may_be_misread(name, is_confirmed):
    assert read(centred([name, *ADDRESS, *SALE])).is_confirmed is is_confirmed


FILLER = ["Coffee 2.50"] * 9


def centred(lines: list[str]) -> PageWords:
    """A till's strip, as OCR sees it."""
    return typed("\n".join(line.center(WIDTH) for line in lines), Source.OCR)


def read(page: PageWords) -> Merchant:
    merchant = merchant_of(lines_of([page]))
    assert merchant is not None
    return merchant
