"""Words of the glyphs of a text layer, by where they stand rather than by the blanks between them.

Producers place text by page, line, word or single glyph, with blanks or without: what the eye takes
for a word is glyphs on one line with less than a blank's width between them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from functions.document_reading.reading.model import Word

_BLANK = 0.2
"""Part of the print's height: a narrower gap is within a word, since a blank is about a quarter of it."""
_GUESSED_BLANK = 0.13
"""Where pdfium guesses that there is one: it takes kerning for blanks (`ser vice`)."""
_ASKED = 1_000
"""Glyphs that say which way the text runs."""
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


def upright(glyphs: Sequence[Glyph], width: float, height: float) -> tuple[list[Glyph], float, float, float]:
    """The glyphs turned so that most text runs to the right, the page's size then, and its turn.

    A page may be shown upright while its text was drawn sideways or upside down.
    """
    steps = Counter(
        _direction(one, other) for one, other in islice(pairwise(glyphs), _ASKED) if _follow(one, other)
    )
    direction = steps.most_common(1)[0][0] if steps else "right"
    turn = _TURNS.get(direction)
    if turn is None:
        return list(glyphs), width, height, 0.0
    turned = [Glyph(one.character, *turn(one, width, height)) for one in glyphs]
    size = (width, height) if direction == "left" else (height, width)
    return turned, *size, _ANGLES[direction]


_TURNS: dict[str, Callable[[Glyph, float, float], tuple[float, float, float, float]]] = {
    "left": lambda one, width, height: (
        width - one.right, height - one.bottom, width - one.left, height - one.top,
    ),
    "down": lambda one, width, _height: (one.top, width - one.right, one.bottom, width - one.left),
    "up": lambda one, _width, height: (height - one.bottom, one.left, height - one.top, one.right),
}  # fmt: skip


_ANGLES = {"left": math.pi, "down": -math.pi / 2, "up": math.pi / 2}


def _follow(one: Glyph, other: Glyph) -> bool:
    return not one.character.isspace() and not other.character.isspace()


def _direction(one: Glyph, other: Glyph) -> str:
    """Where the next glyph stands from a glyph."""
    across = (other.left + other.right - one.left - one.right) / 2
    down = (other.top + other.bottom - one.top - one.bottom) / 2
    if abs(across) >= abs(down):
        return "right" if across >= 0 else "left"
    return "down" if down > 0 else "up"


def words_of(glyphs: Iterable[Glyph]) -> tuple[Word, ...]:
    """Join glyphs that follow each other into words."""
    words: list[Word] = []
    current: _Started | None = None
    narrowest = _BLANK
    for glyph in glyphs:
        if _is_guessed_blank(glyph):
            narrowest = _GUESSED_BLANK
            continue
        is_blank = glyph.character.isspace() or not glyph.character.isprintable()
        if current is not None and (is_blank or not current.goes_on_with(glyph, narrowest)):
            words.append(current.as_word())
            current = None
        if not is_blank:
            current = current.with_(glyph) if current else _Started(glyph)
        narrowest = _BLANK
    return tuple([*words, current.as_word()] if current else words)


def _is_guessed_blank(glyph: Glyph) -> bool:
    """Whether pdfium put a blank where the document has none: such a one takes no place."""
    return glyph.character == " " and glyph.left == glyph.right and glyph.top == glyph.bottom


class _Started:
    """A word that may go on."""

    __slots__ = ("bottom", "last", "left", "right", "text", "top")

    def __init__(self, glyph: Glyph) -> None:
        self.text = glyph.character
        self.left, self.top, self.right, self.bottom = glyph.left, glyph.top, glyph.right, glyph.bottom
        self.last = glyph

    def with_(self, glyph: Glyph) -> _Started:
        """The word, one glyph longer."""
        self.text += glyph.character
        self.left, self.right = min(self.left, glyph.left), max(self.right, glyph.right)
        self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)
        self.last = glyph
        return self

    def goes_on_with(self, glyph: Glyph, blank: float) -> bool:
        """Whether the glyph stands on the same line, less than a blank away."""
        height = max(self.bottom - self.top, glyph.bottom - glyph.top)
        gap = glyph.left - self.last.right
        overlap = min(glyph.bottom, self.bottom) - max(glyph.top, self.top)
        follows = glyph.left >= self.last.left - 1
        return follows and -height < gap < blank * height and overlap > -_OVERLAP * height

    def as_word(self) -> Word:
        """What has come together."""
        return Word(self.text, self.left, self.top, self.right, self.bottom)
