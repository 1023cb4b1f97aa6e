"""Amounts of money in lines of print, in the ways of writing them that Europe, America and Asia have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.document_reading.reading.lexicon.countries import (
    COUNTRIES,
    SIGNS,
    currency_of_sign,
    decimals_of,
)
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line

_MOST_DIGITS = 12
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_THOUSANDS = ".,' \N{RIGHT SINGLE QUOTATION MARK}"
_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
# Every repetition is bounded, and no two neighbours can take the same characters.
_NUMBER = re.compile(
    rf"""(?<![\w.,/:%#*-])
    (?P<before>[(]?[{_MINUS}]?[ ]?)
    (?:(?P<sign>{_SIGN})[ .:]?[ ]?)?
    (?P<minus>[{_MINUS}]?[ ]?)
    (?P<digits>\d{{1,3}}(?:[{_THOUSANDS}]\d{{3}}){{1,3}}(?:[.,]\d{{1,4}})?(?!\d)
        |\d{{1,2}}(?:,\d\d){{1,3}},\d{{3}}(?:\.\d\d)?(?!\d)
        |\d{{1,5}}€\d\d(?!\d)|\d{{1,9}}(?:[.,]\d{{1,4}})?|[.,]\d\d)
    (?P<after>[{_MINUS})])?
    (?P<percent>[ ]?%)?
    (?:[ ]?(?P<unit>{_SIGN})(?![a-z]))?
    (?P<code>[A-Z*]{{0,3}})
    (?:(?<=%)(?=:)|(?![\w/:%]|[.,-]\d))""",
    re.VERBOSE | re.IGNORECASE,
)
# What OCR took for letters: `50.0c`, `2.1C`, `1O.00`, `l2.50`: the shape of money, most of it digits.
_LETTERS_IN_MONEY = re.compile(r"(?<![\w.,])[\dOoIl|SBD]{1,6}[.,][\dOoCcIl|SBD]{2}(?![\w.,])")
_DIGITS = str.maketrans("OoCcDIl|SB", "0000011158")
# `0 00`, `80 91`: a point lost at the end of a cell, where amounts end.
_LOST_POINT = re.compile(r"(?<![\d.,] )(?<![\w.,/:-])(\d{1,4}) (\d\d)$")
_STARS = re.compile(r"(?<![\w*])\*{1,4}(?=\d[\d.,]{0,12}[.,]\d\d(?!\d))")
"""`*5,00`: what tills print before amounts, so that nobody adds figures."""
_HAS_THREE = re.compile(r"^\d{1,3}[.,]\d{3}$")
_WRITTEN_SMALL = frozenset({"eur", "chf"})
_GLUED_SIGNS = frozenset({"rm", "rp", "rs", "eur", "euro", "chf", "usd", "gbp", "myr"})
"""Letters that tills print next to whole amounts; others with figures are numbers of articles."""
_THREE_DECIMALS = re.compile(r"\d([.,])\d{3}(?!\d|[.,]\d)")
_OF_THREE_DECIMALS = re.compile(r"\b(?:KWD|OMR|JOD|TND|KD)\b|\d DT\b")
_WITHOUT_DECIMALS = re.compile(r"\b(?:Rp\.? ?\d|IDR|VND|JPY|KRW|ISK|CLP|HUF)\b|[₫₩円]|\bRp\.? ?\d")
_LEAST_WITHOUT_DECIMALS = 100
_DECIMALS = re.compile(r"\d([.,])\d\d(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that may be money, and where it stands."""

    value: Decimal
    decimals: int
    currency: str | None
    """ISO code of the sign that stands with it, if any."""
    line: int
    """Index of its line in the document."""
    start: int
    """Index of its first character in the line's text."""
    end: int
    left: float
    right: float
    is_percent: bool = False
    is_repaired: bool = False
    """Whether digits had to be guessed: it may support another amount, but not be the total."""
    decimals_of_money: int = 2
    """How many decimals the document prints its amounts with."""

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is."""
        is_written_so = self.decimals == self.decimals_of_money and (
            self.decimals > 0 or abs(self.value) >= _LEAST_WITHOUT_DECIMALS
        )
        return not self.is_percent and (is_written_so or self.currency is not None)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document writes amounts."""

    mark: str | None
    """The character before the decimals: a point or a comma; None where no amount has any."""
    decimals: int
    """0, 2 or 3, by its currency."""


def style_of(lines: Sequence[Line], country: str | None = None) -> Style:
    """How a document writes amounts: by its figures, and by the currencies it names or its country has."""
    counted = Counter(mark for line in lines for mark in _DECIMALS.findall(line.text))
    if counted:
        mark = "," if counted[","] > counted["."] else "."
        if not _has_three_decimals(lines, country):
            return Style(mark, 2)
    if _has_three_decimals(lines, country):
        counted = Counter(mark for line in lines for mark in _THREE_DECIMALS.findall(line.text))
        return Style("," if counted[","] > counted["."] else ".", 3)
    local = COUNTRIES[country].currency if country in COUNTRIES else None
    return Style(None, 0 if decimals_of(local) == 0 or _WITHOUT_DECIMALS.search(_text(lines)) else 2)


def _has_three_decimals(lines: Sequence[Line], country: str | None) -> bool:
    is_local = country in COUNTRIES and decimals_of(COUNTRIES[country].currency) == 3
    return is_local or _OF_THREE_DECIMALS.search(_text(lines)) is not None


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def amounts_of(lines: list[Line], country: str | None = None) -> list[Amount]:
    """All numbers that may be amounts, in reading order; `country` is where the document is from."""
    style = style_of(lines, country)
    return [amount for index, line in enumerate(lines) for amount in _line_amounts(line, index, style)]


def parse(digits: str, mark: str | None, decimals_of_money: int = 2) -> tuple[Decimal, int] | None:
    """The value of `1.234,56` and the number of its decimals, given the document's decimal mark.

    Without one, three figures behind a point or comma are thousands, as in `1.250 €`, unless amounts have
    three decimals.
    """
    whole, decimals = _parted(digits.strip().replace("€", "."), mark, decimals_of_money)
    plain = "".join(character for character in whole if character.isdigit())
    if len(plain) > _MOST_DIGITS:
        return None
    return Decimal(f"{plain or '0'}.{decimals}"), len(decimals)


def _parted(digits: str, mark: str | None, decimals_of_money: int) -> tuple[str, str]:
    position = max(digits.rfind("."), digits.rfind(","))
    if position < 0:
        return digits, ""
    decimals = digits[position + 1 :]
    is_mark = digits[position] == mark or (mark is None and decimals_of_money == 3)
    is_thousands = len(decimals) == 3 and not is_mark and digits[:position].lstrip("0") != ""
    has_several = digits.count(digits[position]) > 1
    return (digits, "") if is_thousands or has_several else (digits[:position], decimals)


def _line_amounts(line: Line, index: int, style: Style) -> Iterator[Amount]:
    offset = 0
    for cell in line.cells:
        text, is_repaired = _repaired(cell.text) if line.source is Source.OCR else (cell.text, frozenset())
        text = _STARS.sub(lambda stars: " " * len(stars[0]), text)
        for found in _NUMBER.finditer(text):
            parsed = parse(found["digits"], _mark(found, style), style.decimals)
            if parsed is None:
                continue
            start, end = found.start("digits"), found.end("digits")
            left, right = _edges(cell.text, cell.left, cell.right, start, end)
            yield Amount(
                -parsed[0] if _is_negative(found) else parsed[0],
                parsed[1],
                _currency(found),
                index,
                offset + found.start(),
                offset + found.end(),
                left,
                right,
                is_percent=found["percent"] is not None,
                is_repaired=any(start <= position < end for position in is_repaired),
                decimals_of_money=style.decimals,
            )
        offset += len(cell.text) + 1


def _is_negative(found: re.Match[str]) -> bool:
    before = found["before"] + found["minus"] + (found["after"] or "")
    return any(minus in before for minus in _MINUS) or ("(" in before and ")" in before)


def _mark(found: re.Match[str], style: Style) -> str | None:
    """The document's decimal mark; none where a sign's currency has two decimals at most."""
    is_whole = style.decimals != 3 and _HAS_THREE.search(found["digits"]) and _currency(found)
    return None if is_whole else style.mark


def _currency(found: re.Match[str]) -> str | None:
    """The currency of the sign at a number, unless it is a word or part of an item's number."""
    sign = found["sign"] or found["unit"] or ("€" if "€" in found["digits"] else None)
    if sign is None:
        return None
    is_code = len(sign) == 3 and sign.isalpha()
    is_glued = sign.isalpha() and found.group(0).strip(" -(").startswith(sign + found["digits"])
    if (is_code and sign.islower() and sign not in _WRITTEN_SMALL) or (
        is_glued and _is_item_number(sign, found)
    ):
        return None
    return currency_of_sign(sign)


def _is_item_number(sign: str, found: re.Match[str]) -> bool:
    return sign.lower() not in _GLUED_SIGNS and found["digits"].isdigit()


def _edges(text: str, left: float, right: float, start: int, end: int) -> tuple[float, float]:
    """Where part of a cell's text stands, as if all characters were equally wide."""
    width = (right - left) / max(len(text), 1)
    return left + start * width, left + end * width


def _repaired(text: str) -> tuple[str, frozenset[int]]:
    """The text with likely digits in place of letters, and the positions that were guessed.

    Its length does not change, so that positions still tell where on the line a character stands.
    """
    changed: set[int] = set()
    text = _LETTERS_IN_MONEY.sub(lambda found: _as_digits(found, changed), text)
    lost = _LOST_POINT.search(text)
    if lost:
        changed.add(lost.end(1))
        text = f"{text[: lost.end(1)]}.{text[lost.start(2) :]}"
    return text, frozenset(changed)


def _as_digits(found: re.Match[str], changed: set[int]) -> str:
    if sum(map(str.isdigit, found[0])) * 2 <= len(found[0]) - 1:
        return found[0]
    digits = found[0].translate(_DIGITS)
    changed.update(found.start() + index for index, one in enumerate(digits) if one != found[0][index])
    return digits
