"""Where words begin to be the name of a business, one case on each side."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.merchant.business_names import (
    comparable,
    is_address,
    is_continuation,
    is_heading,
    legal_form_end,
    name_with_form,
    parts,
    starts_with_legal_form,
    tidied,
    trade_meant,
    trade_parted,
    without_label,
)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Kronberg AG x KG", 16),
        ("Kronberg AG x y KG", 11),
        ("Kronberg GmbH & Co. KG", 22),
        ("Kronberg gmbh", None),
        ("Kronberg s.a.", 13),
        ("Kronberg s.", None),
        ("Kronberg Co", 11),
        ("Kronberg Kg", None),
        ("AG Kronberg", None),
        ("Kronberg , AG", 13),
        ("", None),
    ],
)
def test_a_legal_form_follows_a_name_and_is_written_as_one(text, end):
    assert legal_form_end(text) == end


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Trading one two three four five", True),
        ("Trading one two three four five six", False),
        ("Bakery", True),
        ("  & Sons", True),
        ("AG Kronberg", False),
        ("GmbH Kronberg", True),
        ("Co Kronberg", False),
        ("& Co KG Kronberg", True),
        ("Kronberg", False),
        ("&", False),
        ("", False),
    ],
)
def test_a_name_goes_on_in_a_short_line_that_begins_with_a_trade_or_form(text, does):
    assert is_continuation(text) is does


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One Two Three Four Five Six AG", "One Two Three Four Five Six AG"),
        ("One Two Three Four Five Six Seven AG", "One Two Three Four Five Six Seven AG"),
        ("we Two Three Four Five Six Seven Eight AG", "Two Three Four Five Six Seven Eight AG"),
        ("Papier AG Bad Singen", "Papier AG Bad Singen"),
        ("Papier AG Bad Singen West", "Papier AG"),
        ("Papier AG singen", "Papier AG"),
        ("Papier AG Rechnung", "Papier AG"),
        ("Papier AG, Bad Singen West", "Papier AG"),
        ("Papier AG 78224 Singen", "Papier AG"),
        ("made to all of you here by the kronberg AG today", "kronberg AG"),
        ("made to all of you here by Papier kronberg AG today", "Papier kronberg AG"),
        ("made to all of you here by papier kronberg AG today", "kronberg AG"),
        ("made to all of you here with 3 Kronberg AG today", "3 Kronberg AG"),
        ("made to all of you here with & Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Papier & Kronberg AG today", "Papier & Kronberg AG"),
        ("made to all of you here Papier und Kronberg AG today", "Papier und Kronberg AG"),
        ("made to all of you here und Kronberg AG today", "Kronberg AG"),
        ("made to all of you here (Papier Kronberg AG today", "(Papier Kronberg AG"),
        ("made to all of you here Str. Kronberg AG today", "Str. Kronberg AG"),
        ("made to all of you here Haus. Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus: Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus; Kronberg AG today", "Kronberg AG"),
        ("made to all of you here Haus Kronberg AG today", "Haus Kronberg AG"),
    ],
)
def test_of_a_sentence_the_capitalised_words_before_a_form_are_the_name(text, name):
    assert name_with_form(text, legal_form_end(text)) == name


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("SAS au capital de 10 000 euros", True),
        ("GmbH & Co. KG", True),
        ("Kronberg GmbH", False),
        ("rue GmbH", False),
        ("ag kronberg", False),
        ("Kronberg", False),
        ("", False),
    ],
)
def test_what_the_business_is_begins_with_its_form(text, does):
    assert starts_with_legal_form(text) is does


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sold by Kronberg", "Kronberg"),
        ("Lamps sold by Kronberg", "Lamps sold by Kronberg"),
        ("Lamps sold by Kronberg GmbH", "Kronberg GmbH"),
        ("Sold by", "Sold by"),
        ("Sold by GmbH", "Sold by GmbH"),
        ("Sold by Große", "Sold by Große"),
        ("Shop: Kronberg", "Kronberg"),
        ("Shop: by: Kronberg", "Kronberg"),
    ],
)
def test_a_label_is_taken_off_where_a_name_follows(text, name):
    assert without_label(text) == name


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("BAKARY", "BAKERY"),
        ("BAKERY", "BAKERY"),
        ("BAKEXX", "BAKEXX"),
        ("HOTOL", "HOTOL"),
        ("BAKER", "BAKER"),
        ("FASHIOM", "FASHION"),
    ],
)
def test_a_trade_of_six_letters_or_more_is_known_in_spite_of_one(word, meant):
    assert trade_meant(word) == meant


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("LIMBAKERY", "LIMBAKERY"),
        ("LIMFASHION", "LIM FASHION"),
        ("LIFASHION", "LIFASHION"),
        ("Limfashion", "Lim fashion"),
        ("FASHION", "FASHION"),
        ("FASHIONS", "FASHIONS"),
    ],
)
def test_a_trade_of_seven_letters_or_more_is_parted_from_a_name_of_three(word, parted):
    assert trade_parted(word) == parted


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Bergallee 4", True),
        ("Baallee 4", True),
        ("Allee", False),
        ("Allee,", True),
        ("Allee.", True),
        ("Xallee 4", False),
        ("Allee Platz", True),
        ("Avenue Allee", True),
        ("Kronberg 4", False),
        ("Kronberg", False),
        ("Kronberg,", False),
        ("12345 Kronberg", True),
        ("123 Kronberg", False),
        ("123456 Kronberg", False),
        ("Kronberg A1B 2C3", True),
        ("3-113, Kronberg", True),
        ("Kronberg 3-113,", False),
    ],
)
def test_an_address_is_a_place_with_a_number_or_two_places(text, is_one):
    words = tuple(text.lower().replace(",", "").replace(".", "").split())

    assert is_address(words, text) is is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wolke, 3 Bergallee", ["Wolke", "3 Bergallee"]),
        ("Wolke, Bergallee", ["Wolke, Bergallee"]),
        ("Wolke 2, 3 Bergallee", ["Wolke 2, 3 Bergallee"]),
        ("Wolke, 50667 Kronberg", ["Wolke, 50667 Kronberg"]),
        ("Wolke GmbH, 3 Bergallee", ["Wolke GmbH, 3 Bergallee"]),
        ("Wolke, 3 Bergallee - Kronberg", ["Wolke, 3 Bergallee", "Kronberg"]),
        ("Wolke|3 Bergallee", ["Wolke", "3 Bergallee"]),
        ("Wolke-Berg", ["Wolke-Berg"]),
        ("- Wolke", ["- Wolke"]),
    ],
)
def test_a_street_with_its_number_is_parted_from_a_name_without_a_form(text, found):
    assert parts(text) == found


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Kronberg GmbH", "kronberg"),
        ("GmbH", "gmbh"),
        ("Co KG", "co"),
        ("Kronberg", "kronberg"),
        ("", ""),
        ("Kronberg GmbH Technik", "kronberg gmbh technik"),
    ],
)
def test_a_name_is_compared_by_what_is_before_its_form(name, compared):
    assert comparable(name) == compared


def test_nothing_but_figures_and_words_of_headings_is_a_heading():
    assert is_heading(("invoice", "12"))
    assert is_heading(())
    assert not is_heading(("invoice", "kronberg"))


def test_a_bracket_that_was_left_open_is_no_part_of_a_name():
    assert tidied("Kronberg (") == "Kronberg"
    assert tidied("Kronberg (M)") == "Kronberg (M)"
