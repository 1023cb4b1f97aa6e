"""A sanitised name is one that Dropbox, Windows and macOS all store, whatever it was made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from local.dropbox_emulator.core import paths
from shared.domain.file_names import clean, folded, sanitise, shorten, utf16_length
from tests.unit.shared.odd_texts import (
    FAMILY,
    FRENCH_FLAG,
    HUGE_TEXTS,
    ODD_TEXTS,
    ascii_start,
    odd_texts,
    why_illegal,
)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(odd_texts)
def test_any_text_makes_a_legal_name(text: str) -> None:
    assert why_illegal(sanitise(text)) is None


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_texts_known_for_trouble_make_legal_names(text: str) -> None:
    assert why_illegal(sanitise(text)) is None


@pytest.mark.parametrize("text", HUGE_TEXTS, ids=ascii_start)
def test_no_text_is_so_long_that_it_takes_long(text: str) -> None:
    assert why_illegal(sanitise(f"x{text}x")) is None


@settings(max_examples=500, deadline=None, derandomize=True)
@given(odd_texts, st.integers(min_value=8, max_value=255))
@example("desktop.ini" + FAMILY, 20)
@example("NUL." + "x" * 300, 255)
@example("COM1 " * 9, 8)
def test_a_name_is_no_longer_than_asked_and_stays_as_it_is(text: str, max_length: int) -> None:
    name = sanitise(text, fallback="None", max_length=max_length)

    assert why_illegal(name) is None
    assert utf16_length(name) <= max_length
    assert sanitise(name, fallback="None", max_length=max_length) == name
    assert sanitise(name) == name


@settings(max_examples=500, deadline=None, derandomize=True)
@given(odd_texts)
@example("\U0001d15e\u200d👩")
def test_nothing_is_left_to_clean_in_a_clean_text(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(odd_texts, odd_texts)
@example("ΑΣ", "ας")
@example("Straße", "STRASSE")
@example("I\u0307", "\u0130")
def test_names_that_dropbox_takes_for_the_same_are_folded_alike(one: str, other: str) -> None:
    one, other = sanitise(one), sanitise(other)

    for variant in (one.upper(), one.lower(), unicodedata.normalize("NFD", one), other):
        if paths.fold(variant) == paths.fold(one):
            assert folded(variant) == folded(one)


def test_the_order_of_marks_makes_no_other_name() -> None:
    assert folded("\u03b1\u0345\u0301") == folded("\u03b1\u0301\u0345")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alice Martin", "Alice Martin"),
        ("José Nuñez", "José Nuñez"),
        ("Jose\u0301 Nun\u0303ez", "José Nuñez"),
        ("O'Brien & Söhne GmbH", "O'Brien & Söhne GmbH"),
        ("山田 太郎", "山田 太郎"),
        ("עברית", "עברית"),
        (
            f"{FAMILY} {FRENCH_FLAG} ❤\ufe0f 👍🏽 🤷🏽\u200d♀\ufe0f",
            f"{FAMILY} {FRENCH_FLAG} ❤\ufe0f 👍🏽 🤷🏽\u200d♀\ufe0f",
        ),
        ("AC/DC", "AC-DC"),
        ("Hotel: Paris / Nord", "Hotel - Paris - Nord"),
        ('The "Old" Pub?', "The Old Pub"),
        ("  many \t\n blanks\u00a0\u3000 ", "many blanks"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\Windows", "Windows"),
        ("/Jenji/2026", "Jenji-2026"),
        ("C:\\Users", "C-Users"),
        (".env", "env"),
        ("S.A.R.L.", "S.A.R.L"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth\u2060\ufeff\u00ad", "zerowidth"),
        ("e\u200b\u0301", "é"),
        ("a\u200db", "ab"),
        ("a\ufe0f", "a"),
        ("\u0301accent", "accent"),
        ("/\u0301 /x", "- x"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("Nul .txt", "_Nul .txt"),
        ("lpt¹", "_lpt¹"),
        ("Conrad", "Conrad"),
        ("COM10", "COM10"),
        ("Desktop.INI", "_Desktop.INI"),
        ("Thumbs.db", "_Thumbs.db"),
        (".DS_Store", "DS_Store"),
        ("Icon\r", "Icon"),
        (".dropbox.attr", "dropbox.attr"),
        ("~$budget", "$budget"),
        (".~lock", "lock"),
        ("", "Untitled"),
        (" . . ", "Untitled"),
        ("///", "Untitled"),
        ("\u3164\u2800\u200b", "Untitled"),
        ("\ud83d", "Untitled"),
        ("\ue000\U000f0000\U0003fffd", "Untitled"),
        ("x" * 300, "x" * 255),
        ("é" * 300, "é" * 127),
        (FAMILY * 100, FAMILY * 10),
        ("e" + "\u0323" * 300, "Untitled"),
    ],
)
def test_a_name_stays_as_close_to_the_text_as_it_can(text: str, name: str) -> None:
    assert sanitise(text) == name


@pytest.mark.parametrize(
    ("text", "max_length", "shortened"),
    [
        ("abc", 3, "abc"),
        ("abc", 0, ""),
        ("abc", -1, ""),
        ("ab😀", 3, "ab"),
        (f"a{FAMILY}", 11, "a"),
        (f"a{FAMILY}", 12, f"a{FAMILY}"),
        (f"{FRENCH_FLAG}{FRENCH_FLAG}", 7, FRENCH_FLAG),
        ("👍🏽", 3, ""),
        ("ax\u0323\u0330", 3, "a"),
    ],
)
def test_what_looks_like_one_character_is_cut_as_one(text: str, max_length: int, shortened: str) -> None:
    assert shorten(text, max_length) == shortened
