"""What the words beside an amount say it is, though OCR got a letter of them wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from functions.document_reading.reading.amounts.parse import Amount
from functions.document_reading.reading.lexicon.folding import tokens
from functions.document_reading.reading.lexicon.language import Role
from functions.document_reading.reading.lexicon.tables import (
    AMOUNT_PHRASES,
    LONGEST_AMOUNT_PHRASE,
    LOOK_ALIKES,
)


class Label(Enum):
    """What an amount is, as far as its label says."""

    PAYABLE = auto()
    GROSS = auto()
    TOTAL = auto()
    SUBTOTAL = auto()
    NET_OR_TOTAL = auto()
    """`Net total`: before taxes to some, after all deductions to others."""
    NET = auto()
    TAX = auto()
    TAX_OR_GROSS = auto()
    """`Total includes 6% GST`: either of the two may follow."""
    ROUNDING = auto()
    DISCOUNT = auto()
    SERVICE = auto()
    TIP = auto()
    PAID = auto()
    CHANGE = auto()
    PREPAID = auto()
    LEFT = auto()
    COUNT = auto()
    TOTAL_COUNT = auto()
    """The number of all items, often with the sum of their prices beside it."""
    BASE = auto()
    """What a tax was taken of."""
    AMOUNT = auto()
    OTHER = auto()
    NONE = auto()

    @property
    def is_total(self) -> bool:
        """Whether what it names may be what the document comes to."""
        return self in _TOTALS


_TOTALS = {Label.PAYABLE, Label.GROSS, Label.TOTAL, Label.NET_OR_TOTAL, Label.TAX_OR_GROSS, Label.SUBTOTAL}


@dataclass(frozen=True, slots=True)
class LabelledAmount:
    """An amount and its label."""

    amount: Amount
    label: Label
    currency: str | None
    """ISO code of the sign beside it, in its own cell or the next."""
    is_column: bool = False
    """Whether another amount stands between the label and it, or the label above it."""
    is_from_above: bool = False
    is_derived: bool = False
    """Whether it is not printed but follows from others; those prove nothing of it any more."""

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is."""
        return self.amount.is_money or (self.currency is not None and not self.amount.is_percent)

    @property
    def value(self) -> Decimal:
        """The amount's value."""
        return self.amount.value


@lru_cache(maxsize=4096)
def label_of(text: str, *, is_ocr: bool) -> Label:
    """What the words before an amount call it; those of OCR may be misread in a letter."""
    words = tokens(text)
    return _meaning(frozenset(_roles(_corrected_words(words) if is_ocr else words)))


def _roles(words: tuple[str, ...]) -> Iterator[Role]:
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_AMOUNT_PHRASE, len(words) - position), 0, -1):
            if role := AMOUNT_PHRASES.get(words[position : position + length]):
                yield role
                position += length
                break
        else:
            position += 1


def _meaning(roles: frozenset[Role]) -> Label:
    """The roles that decide, the most telling first."""
    if Role.OTHER in roles and not roles & {Role.TOTAL, Role.PAYABLE}:
        return Label.OTHER
    if Role.CHANGE in roles:
        return Label.CHANGE
    if Role.PART in roles and Role.TOTAL in roles:
        return Label.OTHER
    if Role.COUNT in roles:
        return Label.TOTAL_COUNT if roles & {Role.TOTAL, Role.SUB} else Label.COUNT
    if (step := _step_to_the_total(roles)) is not None:
        return step
    return _meaning_with_tax(roles) if Role.TAX in roles else _meaning_of_sum(roles)


def _step_to_the_total(roles: frozenset[Role]) -> Label | None:
    """What is added to a sum or taken off it, unless the label is that of the sum afterwards."""
    if Role.AFTER in roles:
        return None
    if Role.PREPAID in roles and Role.DISCOUNT in roles:  # `less deposit`
        return Label.PREPAID
    if roles & {Role.ROUNDING, Role.DISCOUNT}:
        return Label.ROUNDING if Role.ROUNDING in roles else Label.DISCOUNT
    if Role.SERVICE in roles and not roles & {Role.WITH, Role.PAYABLE}:
        return Label.SERVICE
    if Role.TIP in roles and not roles & {Role.TOTAL, Role.PAYABLE}:
        return Label.TIP
    return None


def _meaning_with_tax(roles: frozenset[Role]) -> Label:
    if Role.WITHOUT in roles:
        return Label.NET
    if Role.SUB in roles:
        return Label.SUBTOTAL
    if roles & {Role.WITH, Role.GROSS}:
        return Label.TAX_OR_GROSS
    return Label.TAX


def _meaning_of_sum(roles: frozenset[Role]) -> Label:
    if Role.SUB in roles:
        return Label.NET if Role.WITHOUT in roles else Label.SUBTOTAL
    for role, label in _ALONE:
        if role in roles:
            return label
    if Role.WITH in roles and Role.TOTAL in roles:
        return Label.GROSS
    qualifier = next((label for role, label in _QUALIFIED_TOTALS if role in roles), None)
    return qualifier or _plain(roles)


_ALONE = (
    (Role.PREPAID, Label.PREPAID),
    (Role.LEFT, Label.LEFT),
    (Role.PAYABLE, Label.PAYABLE),
    (Role.PAID, Label.PAID),
)
_QUALIFIED_TOTALS = (
    (Role.WITHOUT, Label.NET),
    (Role.GROSS, Label.GROSS),
    (Role.NET, Label.NET_OR_TOTAL),
)


def _plain(roles: frozenset[Role]) -> Label:
    if Role.TOTAL in roles:
        return Label.TOTAL
    return Label.AMOUNT if Role.AMOUNT in roles else Label.NONE


_SHORTEST = 5
"""Letters a word must have to be found in spite of an error: `cash` is too near to `case`."""
_SHORTEST_PIECE = 2
_LOOK_ALIKE = str.maketrans("01358", "oiesb")
_ALIKE = (
    "ilt1jfr",
    "oeca0dq",
    "nmhru",
    "uvnw",
    "bhk6",
    "gqy9",
    "sz5",
    "vyw",
    "ftr",
    "dcl",
    "sea",
    "lie",
    "pr",
    "dob",
)
"""Letters that look alike, misprinted or out of focus."""


def _deletions(word: str) -> Iterator[str]:
    """The word and all it can become by losing a letter: two words one error apart share one of them."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _index(words: Iterable[str]) -> dict[str, str]:
    index: dict[str, str] = {}
    for word in words:
        for key in _deletions(word):
            index.setdefault(key, word)
    return index


_KNOWN = {phrase[0] for phrase in AMOUNT_PHRASES if len(phrase) == 1} | {
    word for phrase in AMOUNT_PHRASES for word in phrase if len(word) >= _SHORTEST
}
_PARTS = _KNOWN | {"w"}
_NEAR = _index(
    sorted((word for word in _KNOWN if len(word) >= _SHORTEST), key=lambda word: (len(word), word))
)


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """The label word meant, or the word itself where it is known or near none."""
    if word in _KNOWN or word in LOOK_ALIKES or len(word) < _SHORTEST - 1 or word.isdigit():
        return word
    plain = word.translate(_LOOK_ALIKE)
    if plain in _KNOWN:
        return plain
    return next(
        (_NEAR[key] for key in _deletions(plain) if key in _NEAR and _may_be(plain, _NEAR[key])), word
    )


def _may_be(read: str, meant: str) -> bool:
    """Whether OCR takes one word for the other: it mistakes like for like, and loses letters of long words.

    `grass`, `tuna` and `carne` are things that one buys.
    """
    if len(read) != len(meant):
        return min(len(read), len(meant)) >= _SHORTEST
    return all(
        one == other or any(one in letters and other in letters for letters in _ALIKE)
        for one, other in zip(read, meant, strict=True)
    )


def _corrected_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each word corrected; two pieces of one word (`rour ding`) joined."""
    result: list[str] = []
    for word in words:
        is_piece = result and word.isalpha() and (result[-1] not in _KNOWN or len(word) < _SHORTEST_PIECE)
        joined = _corrected(result[-1] + word) if is_piece else ""
        if word not in _PARTS and joined in _KNOWN:
            result[-1] = joined
        else:
            result.append(_corrected(word))
    return tuple(result)
