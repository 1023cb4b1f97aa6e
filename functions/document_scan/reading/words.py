"""Words of the glyphs of a text layer, by where they stand rather than by the blanks between them.

Producers place text by page, line, word or single glyph, with blanks or without: what the eye takes
for a word is glyphs on one line with less than a blank's width between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from functions.document_scan.reading.model import Word

_BLANK = 0.2
"""Part of the print's height: a narrower gap is within a word, since a blank is about a quarter of it."""
_OVERLAP = 0.5
"""Part of the lower box that must overlap for glyphs to stand on one line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(glyphs: Iterable[Glyph]) -> tuple[Word, ...]:
    """Join glyphs that follow each other into words."""
    words: list[Word] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if _is_blank(glyph):
            _flush(current, words)
            continue
        if current and not _continues(current, glyph):
            _flush(current, words)
        current.append(glyph)
    _flush(current, words)
    return tuple(words)


def _is_blank(glyph: Glyph) -> bool:
    return glyph.character.isspace() or not glyph.character.isprintable()


def _continues(current: list[Glyph], glyph: Glyph) -> bool:
    last = current[-1]
    height = max(_height(one) for one in (*current[-4:], glyph))
    gap = glyph.left - last.right
    overlap = min(glyph.bottom, _bottom(current)) - max(glyph.top, _top(current))
    return -height < gap < _BLANK * height and overlap > -_OVERLAP * height and glyph.left >= last.left - 1


def _flush(current: list[Glyph], words: list[Word]) -> None:
    if current:
        text = "".join(glyph.character for glyph in current)
        right = max(glyph.right for glyph in current)
        left = min(glyph.left for glyph in current)
        words.append(Word(text, left, _top(current), right, _bottom(current)))
        current.clear()


def _top(glyphs: list[Glyph]) -> float:
    return min(glyph.top for glyph in glyphs)


def _bottom(glyphs: list[Glyph]) -> float:
    return max(glyph.bottom for glyph in glyphs)


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top
