"""Amounts, currencies and text of strangers before they reach anybody's list."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.domain.money import CURRENCIES, is_bearable
from shared.domain.plain_text import one_line


@pytest.mark.parametrize(
    ("amount", "may_be"),
    [
        ("46.00", True),
        ("-9999999999999999.99", True),
        ("0", True),
        ("1" * 18, True),
        ("1" * 19, False),
        ("1E+17", True),
        ("1E+18", False),
        ("1E+999999999", False),
        ("0." + "0" * 17 + "1", True),
        ("0." + "0" * 18 + "1", False),
        ("NaN", False),
        ("sNaN", False),
        ("-Infinity", False),
    ],
)
def test_an_amount_has_eighteen_digits_at_most(amount: str, may_be: bool) -> None:
    assert is_bearable(Decimal(amount)) is may_be


def test_currencies_are_those_of_iso_4217() -> None:
    assert {"EUR", "JPY", "KWD", "XOF"} <= CURRENCIES
    assert CURRENCIES.isdisjoint({"XXX", "XTS", "XAU", "ZZZ", "eur", ""})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Café \t Lumière\r\n", "Café Lumière"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u2066b\u2069c\u200fd\u061ce", "abcde"),
        ("one\x00two\x1b[2Jthree", "one two [2Jthree"),
        ("half \ud800 a pair", "half a pair"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("private \ue000 use", "private use"),
        ("\x00\u202e\ufeff", ""),
        ("\u200d\u200c", ""),
        ("\u3164 \u2800\u115f\uffa0", ""),
        ("\ufe0f\u0301\u200d", ""),
        ("SNCF\u3164\u3164", "SNCF"),
        ("e\u0301t\u0301", "e\u0301t\u0301"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("x" * 50, "x" * 20),
        ("word " * 10, "word word word word"),
    ],
)
def test_text_becomes_one_visible_line(text: str, line: str) -> None:
    assert one_line(text, 20) == line
