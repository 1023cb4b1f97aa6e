"""What the print as a whole gives away: what kind of paper it is on, and from which country.

The country decides on the order of day and month, and on the currency, where nothing else does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from functions.document_reading.reading.lexicon.countries import COUNTRIES, MONTH_FIRST, US_STATES, US_TOWN
from functions.document_reading.reading.lexicon.folding import Vocabulary, Words, fold
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line

_WIDEST_RECEIPT = 64
"""Characters across a till's strip; a sheet of paper has eighty or more."""
_SHEET = (0.69, 0.79)
"""Width by height: A4 has 0.71, Letter 0.77."""
_SIDE_TO_SIDE = 0.55
_CLUES = {code: re.compile(country.clues) for code, country in COUNTRIES.items() if country.clues}
_WORDS = {code: Vocabulary.of(country.words) for code, country in COUNTRIES.items()}
_MOST_CLUES = 5


def is_receipt_layout(lines: Sequence[Line]) -> bool:
    """Whether it is a till's strip of paper: few characters across, and one column of them."""
    widths = [
        (cell.right - cell.left) / len(cell.text)
        for line in lines
        for cell in line.cells
        if len(cell.text) >= 4 and cell.right > cell.left
    ]
    if not widths:
        return False
    right = max(cell.right for line in lines for cell in line.cells)
    print_width = right - min(cell.left for line in lines for cell in line.cells)
    return print_width / median(widths) <= _WIDEST_RECEIPT and not _is_sheet(lines[0], print_width)


def _is_sheet(line: Line, print_width: float) -> bool:
    """Whether a producer of PDF set an A4 or Letter page from side to side, be it in large print."""
    shape = line.page_width / line.page_height
    is_set = line.source is Source.TEXT and _SHEET[0] < shape < _SHEET[1]
    return is_set and print_width > _SIDE_TO_SIDE * line.page_width


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document is from, as far as it says."""

    country: str | None
    """ISO 3166 code."""
    clues: int
    """How many different ones there are."""


def origin_of(lines: Sequence[Line]) -> Origin:
    """The country most clues point to."""
    printed = " \n ".join(line.text for line in lines)
    text = fold(printed)
    words = Words.of(line.text for line in lines)
    found = Counter({country: min(_clues(country, text, words), _MOST_CLUES) for country in COUNTRIES})
    towns = {match[0]: match for match in US_TOWN.finditer(printed)}
    found["US"] += len(towns) + any(US_STATES[town[1]] == town[2] for town in towns.values())
    for one in ("US", "CA"):
        found[one] += bool(found[one] and MONTH_FIRST.search(text))
    country, clues = found.most_common(1)[0]
    return Origin(country if clues else None, clues)


def _clues(country: str, text: str, words: Words) -> int:
    """How many different clues there are to a country in a folded text, and in its words."""
    pattern = _CLUES.get(country)
    return _WORDS[country].count_in(words) + (len(set(pattern.findall(text))) if pattern else 0)


def country_of(lines: Sequence[Line]) -> str | None:
    """The country most clues point to, or None without any."""
    return origin_of(lines).country
