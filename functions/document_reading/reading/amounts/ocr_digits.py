"""Digits that OCR took for letters, and points that it lost."""

from __future__ import annotations

import re

# `50.0c`, `2.1C`, `1O.00`, `l2.50`: the shape of money, most of it digits.
_LETTERS_IN_MONEY = re.compile(r"(?<![\w.,])[\dOoIl|SBD]{1,6}[.,][\dOoCcIl|SBD]{2}(?![\w.,])")
_DIGITS = str.maketrans("OoCcDIl|SB", "0000011158")
# `0 00`, `80 91`: a point lost at the end of a cell, where amounts end.
_LOST_POINT = re.compile(r"(?<![\d.,] )(?<![\w.,/:-])(\d{1,4}) (\d\d)$")
# `9. 00` and `9 .00`: a blank beside it.
_BLANK_AT_POINT = re.compile(r"(?<=\d)(?: ?\. | \. ?)(?=\d\d(?!\d))")


def repaired(text: str) -> tuple[str, frozenset[int]]:
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
