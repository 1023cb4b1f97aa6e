"""Whether the pages of a file are documents of their own: three receipts scanned into one PDF.

Pages of one document agree about its number and total, or only one of them has a total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, groupby

from functions.document_reading.reading.lexicon.folding import squashed, tokens
from functions.document_reading.reading.lexicon.language import Role
from functions.document_reading.reading.lexicon.tables import AMOUNT_PHRASES
from functions.document_reading.reading.model import Reading
from functions.document_reading.reading.print.lines import Line

_TOTAL_WORDS = frozenset(
    phrase[0] for phrase, role in AMOUNT_PHRASES.items() if role in {Role.TOTAL, Role.PAYABLE, Role.GROSS}
)
_MONEY = re.compile(r"\d[.,]\d\d(?!\d)")


def pages_with_totals(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each page that may state a total; empty where fewer than two do."""
    pages = [list(page) for _number, page in groupby(lines, key=lambda line: line.page)]
    stating = [page for page in pages if any(map(_may_state_total, page))]
    return stating if len(stating) > 1 else []


def _may_state_total(line: Line) -> bool:
    return _MONEY.search(line.text) is not None and not _TOTAL_WORDS.isdisjoint(tokens(line.text))


def are_several(readings: Sequence[Reading]) -> bool:
    """Whether two of the pages, read each by itself, are certainly not of one document."""
    return any(_are_two(one, other) for one, other in combinations(readings, 2))


def _are_two(one: Reading, other: Reading) -> bool:
    """Both totals must be proven, and differ, and so must what says which document it is."""
    if not one.total or not other.total or one.total.value == other.total.value:
        return False
    if not (one.total.is_confirmed and other.total.is_confirmed):
        return False
    if one.document_number and other.document_number:
        return one.document_number.value != other.document_number.value
    return _differ_in_merchant(one, other) and _differ_in_date(one, other)


def _differ_in_merchant(one: Reading, other: Reading) -> bool:
    if not one.merchant or not other.merchant:
        return False
    names = squashed(one.merchant.value), squashed(other.merchant.value)
    return names[0] not in names[1] and names[1] not in names[0]


def _differ_in_date(one: Reading, other: Reading) -> bool:
    return one.date is not None and other.date is not None and one.date.value != other.date.value
