"""What the words beside an amount say it is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache

from functions.document_reading.reading.amounts.fuzzy_words import corrected_words
from functions.document_reading.reading.lexicon.folding import tokens
from functions.document_reading.reading.lexicon.label_words import LONGEST_PHRASE, PHRASES, Role


class Label(Enum):
    """What an amount is, as far as its label tells."""

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


@lru_cache(maxsize=4096)
def label_of(text: str, *, is_ocr: bool) -> Label:
    """What the words before an amount call it; those of OCR may be misread in a letter."""
    words = tokens(text)
    return _meaning(frozenset(_roles(corrected_words(words) if is_ocr else words)))


def _roles(words: tuple[str, ...]) -> Iterator[Role]:
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            if role := PHRASES.get(words[position : position + length]):
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
    if Role.COUNT in roles:
        return Label.TOTAL_COUNT if Role.TOTAL in roles else Label.COUNT
    if (step := _step_to_the_total(roles)) is not None:
        return step
    return _meaning_with_tax(roles) if Role.TAX in roles else _meaning_of_sum(roles)


def _step_to_the_total(roles: frozenset[Role]) -> Label | None:
    """What is added to a sum or taken off it, unless the label is that of the sum afterwards."""
    if Role.AFTER in roles:
        return None
    if roles & {Role.ROUNDING, Role.DISCOUNT}:
        return Label.ROUNDING if Role.ROUNDING in roles else Label.DISCOUNT
    if Role.SERVICE in roles and not roles & {Role.WITH, Role.PAYABLE}:
        return Label.SERVICE
    return None


def _meaning_with_tax(roles: frozenset[Role]) -> Label:
    if Role.WITHOUT in roles:
        return Label.NET
    if Role.WITH in roles:
        return Label.TAX_OR_GROSS
    if Role.SUB in roles:
        return Label.SUBTOTAL
    return Label.TAX


def _meaning_of_sum(roles: frozenset[Role]) -> Label:
    if Role.SUB in roles:
        return Label.NET if Role.WITHOUT in roles else Label.SUBTOTAL
    for role, label in _ALONE:
        if role in roles:
            return label
    return _QUALIFIED_TOTALS.get(next(iter(roles & _QUALIFIERS), None), _plain(roles))


_ALONE = (
    (Role.PREPAID, Label.PREPAID),
    (Role.LEFT, Label.LEFT),
    (Role.PAYABLE, Label.PAYABLE),
    (Role.PAID, Label.PAID),
)
_QUALIFIERS = {Role.WITHOUT, Role.WITH, Role.NET}
_QUALIFIED_TOTALS: dict[Role | None, Label] = {
    Role.WITHOUT: Label.NET,
    Role.WITH: Label.GROSS,
    Role.NET: Label.NET_OR_TOTAL,
}


def _plain(roles: frozenset[Role]) -> Label:
    if Role.TOTAL in roles:
        return Label.TOTAL
    return Label.AMOUNT if Role.AMOUNT in roles else Label.NONE
