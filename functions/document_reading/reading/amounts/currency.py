"""What currency a document is in: by the signs at its amounts, by its words, by where it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.document_reading.reading.amounts.labels import LabelledAmount
from functions.document_reading.reading.amounts.total import Total
from functions.document_reading.reading.lexicon.countries import (
    COUNTRIES,
    CURRENCY_NAMES,
    SHARED_SIGNS,
    SIGNS,
)
from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.lexicon.tables import HEADINGS
from functions.document_reading.reading.print.lines import Line

_WORD = re.compile(r"[^\W\d_]+\$?|[€£$¥₩₹฿₺₪₫₴円元]")
_JOINED_BEFORE, _JOINED = re.compile(r"\w[-/_]$"), re.compile(r"[-/_]\d")
"""`DT-2024/0088` is the number of an invoice, not a matter of dinars."""
_AT_TOTAL, _AT_AMOUNT, _IN_TEXT = 10, 2, 1
_MOST_AMOUNTS = 10
_MANY_CLUES = 3


@dataclass(frozen=True, slots=True)
class Currency:
    """The currency read."""

    code: str
    is_confirmed: bool


def currency_of(
    amounts: Sequence[LabelledAmount],
    total: Total | None,
    lines: Sequence[Line],
    country: str | None,
    *,
    clues: int = 0,
) -> Currency | None:
    """The currency, or None where neither the document nor its country says.

    `clues` is how many say on the document itself that it is from the country. A sign of several currencies
    is confirmed only with one; without any sign the country's currency is, if there are several.
    """
    local = COUNTRIES[country].currency if country in COUNTRIES else None
    votes = _votes(amounts, total, lines)
    shared = [sign for sign in SHARED_SIGNS if sign in votes]
    meant = {sign: _whose(sign, votes, local, country) for sign in shared}
    for sign, code in meant.items():
        votes[code] += votes.pop(sign)
    if not votes:
        return Currency(local, is_confirmed=clues >= _MANY_CLUES) if local else None
    (code, most), *others = votes.most_common(2)
    is_certain = code not in meant.values() or (code == local and clues > 0)
    agrees = not others or code == local or most > 3 * others[0][1]
    is_borne_out = most >= _AT_AMOUNT or (code == local and clues >= _MANY_CLUES)
    return Currency(code, is_confirmed=is_borne_out and agrees and is_certain)


def _votes(amounts: Sequence[LabelledAmount], total: Total | None, lines: Sequence[Line]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for one in amounts:
        if one.currency and votes[one.currency] < _MOST_AMOUNTS:
            is_total = total is not None and one.value == total.value
            votes[one.currency] += _AT_TOTAL if is_total else _AT_AMOUNT
    for code in dict.fromkeys(code for line in lines for cell in line.cells for code in _codes_in(cell.text)):
        votes[code] += _IN_TEXT
    text = " \n ".join(fold(line.text) for line in lines)
    for words, code in CURRENCY_NAMES.items():
        votes[code] += _AT_AMOUNT * (words in text)
    return +votes


def _codes_in(text: str) -> Iterator[str]:
    """The currencies named in a cell that says nothing else, or what an amount is: `Total EUR`, `(RM)`."""
    found = list(_WORD.finditer(text))
    signs = [word[0] for word in found if _is_sign(word)]
    others = [word[0] for word in found if not _is_sign(word)]
    if len(set(signs)) == 1 and all(fold(word) in HEADINGS or len(word) == 1 for word in others):
        yield from (SIGNS[sign.lower()] for sign in signs)


def _is_sign(word: re.Match[str]) -> bool:
    is_in_number = _JOINED_BEFORE.search(word.string, 0, word.start()) or _JOINED.match(
        word.string, word.end()
    )
    return not is_in_number and word[0].lower() in SIGNS and _is_written_as_code(word[0])


def _is_written_as_code(word: str) -> bool:
    return word.isupper() or not word.isalpha() or word.lower().startswith("euro")


def _whose(sign: str, votes: Counter[str], local: str | None, country: str | None) -> str:
    """What the document names in full, or its country's; a Malaysian till's dollar means the ringgit."""
    candidates = SHARED_SIGNS[sign]
    named = [code for code, _votes in votes.most_common() if code in candidates]
    if named:
        return named[0]
    return local if local and (local in candidates or (sign == "$" and country == "MY")) else candidates[0]
