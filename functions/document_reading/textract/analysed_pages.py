"""Words that Textract found, as pages that stand upright."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import NamedTuple

from functions.document_reading.ocr.text_boxes import Point, TextBox, upright_turn
from functions.document_reading.reading.model import PageWords, Source, Word
from shared.domain.expense_analysis import AnalysedWord


class Shape(NamedTuple):
    """A page's width and height in any unit: what the analysis tells are shares of them."""

    width: float
    height: float


def to_pages(
    pages: Iterable[Sequence[AnalysedWord]], shape: Shape, numbers: Sequence[int] = ()
) -> list[PageWords]:
    """The words of pages of that shape, turned so that most of the text runs to the right.

    `numbers` are theirs in the document, if not all of it was sent.
    """
    numbered = zip(chain(numbers, count(len(numbers))), pages, strict=False)
    return [_to_page(words, shape, number) for number, words in numbered if words]


def _to_page(words: Sequence[AnalysedWord], shape: Shape, number: int) -> PageWords:
    boxes = [TextBox(*(Point(x * shape.width, y * shape.height) for x, y in word.corners)) for word in words]
    turn = upright_turn(boxes, shape.width, shape.height)
    placed = tuple(_to_word(word, turn.apply_to_box(box)) for word, box in zip(words, boxes, strict=True))
    return PageWords(placed, turn.turned_width, turn.turned_height, Source.OCR, number, turn=turn.angle)


def _to_word(word: AnalysedWord, box: TextBox) -> Word:
    return Word(
        word.text,
        left=(box.upper_left.x + box.lower_left.x) / 2,
        top=(box.upper_left.y + box.upper_right.y) / 2,
        right=(box.upper_right.x + box.lower_right.x) / 2,
        bottom=(box.lower_left.y + box.lower_right.y) / 2,
        confidence=word.confidence,
    )
