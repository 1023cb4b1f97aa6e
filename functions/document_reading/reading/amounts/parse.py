"""Amounts of money in lines of print, in the ways of writing them that Europe, America and Asia have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from functions.document_reading.reading.lexicon.countries import SIGNS, currency_of_sign
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
    (?![\w/:%]|[.,-]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# What OCR took for letters: `50.0c`, `2.1C`, `1O.00`, `l2.50`: the shape of money, most of it digits.
_LETTERS_IN_MONEY = re.compile(r"(?<![\w.,])[\dOoIl|SBD]{1,6}[.,][\dOoCcIl|SBD]{2}(?![\w.,])")
_DIGITS = str.maketrans("OoCcDIl|SB", "0000011158")
# `0 00`, `80 91`: a point lost at the end of a cell, where amounts end.
_LOST_POINT = re.compile(r"(?<![\d.,] )(?<![\w.,/:-])(\d{1,4}) (\d\d)$")
# `9. 00` and `9 .00`: a blank beside it.
_BLANK_AT_POINT = re.compile(r"(?<=\d)(?: ?\. | \. ?)(?=\d\d(?!\d))")
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

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is."""
        return not self.is_percent and (self.decimals == 2 or self.currency is not None)


def decimal_mark(lines: Iterable[Line]) -> str:
    """The character before the decimals in this document: a point or a comma, the more frequent."""
    counted = Counter(mark for line in lines for mark in _DECIMALS.findall(line.text))
    return "," if counted[","] > counted["."] else "."


def amounts_of(lines: list[Line]) -> list[Amount]:
    """All numbers that may be amounts, in reading order."""
    mark = decimal_mark(lines)
    return [amount for index, line in enumerate(lines) for amount in _line_amounts(line, index, mark)]


def parse(digits: str, mark: str) -> tuple[Decimal, int] | None:
    """The value of `1.234,56` and the number of its decimals, given the document's decimal mark."""
    whole, decimals = _parted(digits.strip().replace("€", "."), mark)
    plain = "".join(character for character in whole if character.isdigit())
    if len(plain) > _MOST_DIGITS:
        return None
    return Decimal(f"{plain or '0'}.{decimals}"), len(decimals)


def _parted(digits: str, mark: str) -> tuple[str, str]:
    position = max(digits.rfind("."), digits.rfind(","))
    if position < 0:
        return digits, ""
    decimals = digits[position + 1 :]
    is_thousands = len(decimals) == 3 and digits[position] != mark and digits[:position].lstrip("0") != ""
    has_several = digits.count(digits[position]) > 1
    return (digits, "") if is_thousands or has_several else (digits[:position], decimals)


def _line_amounts(line: Line, index: int, mark: str) -> Iterator[Amount]:
    offset = 0
    for cell in line.cells:
        text, is_repaired = _repaired(cell.text) if line.source is Source.OCR else (cell.text, frozenset())
        for found in _NUMBER.finditer(text):
            parsed = parse(found["digits"], mark)
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
            )
        offset += len(cell.text) + 1


def _is_negative(found: re.Match[str]) -> bool:
    before = found["before"] + found["minus"] + (found["after"] or "")
    return any(minus in before for minus in _MINUS) or ("(" in before and ")" in before)


def _currency(found: re.Match[str]) -> str | None:
    sign = found["sign"] or found["unit"] or ("€" if "€" in found["digits"] else None)
    return currency_of_sign(sign) if sign else None


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
