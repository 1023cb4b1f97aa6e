"""What kind of expense a document seems to be, by the words in it: a suggestion for its user."""

from __future__ import annotations

from collections.abc import Sequence

from functions.document_reading.reading.lexicon.folding import Words
from functions.document_reading.reading.lexicon.tables import CATEGORIES
from functions.document_reading.reading.model import Category
from functions.document_reading.reading.print.lines import Line

_ORDER = (
    Category.FUEL, Category.HOTEL, Category.MEAL, Category.TRAIN, Category.FLIGHT, Category.TAXI,
    Category.PUBLIC_TRANSPORT, Category.CAR_RENTAL, Category.PARKING, Category.TOLL, Category.TELECOM,
    Category.SOFTWARE, Category.OFFICE_SUPPLIES, Category.GROCERIES, Category.POSTAGE,
)  # fmt: skip
"""Where as many words speak for two, the first: those with words of their own come first."""
_HEAD = 3
_HEAD_WEIGHT = 2
_LEAST = 2


def category_of(lines: Sequence[Line]) -> Category | None:
    """The kind of which the most different words occur, those of the head counting double."""
    texts = [line.text for line in lines]
    head, body = Words.of(texts[:_HEAD]), Words.of(texts)
    scores = {
        category: CATEGORIES[category].count_in(body) + _HEAD_WEIGHT * CATEGORIES[category].count_in(head)
        for category in _ORDER
    }
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] >= _LEAST else None
