"""What currency a document is in: by the signs at its amounts, by its words, by where it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from functions.document_reading.reading.amounts.labels import LabelledAmount
from functions.document_reading.reading.amounts.total import Total
from functions.document_reading.reading.lexicon.countries import COUNTRIES, CURRENCY_NAMES, DOLLARS, SIGNS
from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.print.lines import Line

_CODE = re.compile(
    r"(?<![a-z])(" + "|".join(re.escape(sign) for sign in SIGNS if len(sign) > 1) + r")(?![a-z])"
)
_AT_TOTAL, _AT_AMOUNT, _IN_TEXT = 10, 2, 1
_MOST_AMOUNTS = 10
_SURE = 4


@dataclass(frozen=True, slots=True)
class Currency:
    """The currency read."""

    code: str
    is_confirmed: bool


def currency_of(
    amounts: Sequence[LabelledAmount], total: Total | None, lines: Sequence[Line], country: str | None
) -> Currency | None:
    """The currency, or None where neither the document nor its country says."""
    local = COUNTRIES[country].currency if country in COUNTRIES else None
    votes = _votes(amounts, total, lines)
    dollars = votes.pop("$", 0)
    if dollars:
        votes[_whose_dollar(votes, local, country)] += dollars
    if not votes:
        return Currency(local, is_confirmed=False) if local else None
    (code, most), *others = votes.most_common(2)
    agrees_with_country = code == local
    return Currency(
        code, is_confirmed=most >= 2 and (not others or agrees_with_country or most > 3 * others[0][1])
    )


def _votes(amounts: Sequence[LabelledAmount], total: Total | None, lines: Sequence[Line]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for one in amounts:
        if one.currency and votes[_sign(one)] < _MOST_AMOUNTS:
            is_total = total is not None and one.value == total.value
            votes[_sign(one)] += _AT_TOTAL if is_total else _AT_AMOUNT
    text = " \n ".join(fold(line.text) for line in lines)
    for code in set(_CODE.findall(text)):
        votes[SIGNS[code]] += _IN_TEXT
    for words, code in CURRENCY_NAMES.items():
        votes[code] += _AT_AMOUNT * (words in text)
    return +votes


def _sign(one: LabelledAmount) -> str:
    """A bare dollar sign stays one until it is known whose it is."""
    return "$" if one.currency == "USD" else one.currency or ""


def _whose_dollar(votes: Counter[str], local: str | None, country: str | None) -> str:
    """A dollar that the document names in words, or its country's; a Malaysian till means the ringgit."""
    named = [code for code, _votes in votes.most_common() if code in DOLLARS]
    if named:
        return named[0]
    return local if local and (local in DOLLARS or country == "MY") else "USD"
