"""A recognised line of text, and the words in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from functions.document_reading.ocr.text_boxes import TextBox, Turn
from functions.document_reading.reading.model import Word

_WIDE_GAP = 2.5  # times the usual distance of two characters: a column ends, though no space was seen
_LONE_CHARACTER = 0.6  # its width, as a share of the line's thickness


@dataclass(frozen=True, slots=True)
class Character:
    """One character, a space included: its middle along the line, 0 to 1, and how sure it is."""

    text: str
    place: float
    confidence: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """What stands in one box."""

    box: TextBox
    characters: tuple[Character, ...]

    @property
    def confidence(self) -> float:
        """How sure its characters are on average."""
        return fmean(character.confidence for character in self.characters) if self.characters else 0.0

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(character.text for character in self.characters)


def words_of(line: TextLine, turn: Turn) -> Iterator[Word]:
    """The line's words, with boxes estimated from where the characters were seen, turned upright."""
    pitch = _usual_distance(line)
    widest_gap = max(_WIDE_GAP * pitch, line.box.thickness / max(line.box.length, 1.0))
    for characters in _split(line.characters, widest_gap):
        start, end = characters[0].place - pitch / 2, characters[-1].place + pitch / 2
        box = turn.apply_to_box(line.box.part(max(start, 0.0), min(end, 1.0)))
        yield Word(
            _plain("".join(character.text for character in characters)),
            left=(box.upper_left.x + box.lower_left.x) / 2,
            top=(box.upper_left.y + box.upper_right.y) / 2,
            right=(box.upper_right.x + box.lower_right.x) / 2,
            bottom=(box.lower_left.y + box.lower_right.y) / 2,
            # One wrong digit makes a wrong amount: a word is as sure as its worst character.
            confidence=min(character.confidence for character in characters),
        )


def _split(characters: Sequence[Character], widest_gap: float) -> Iterator[list[Character]]:
    word: list[Character] = []
    for character in characters:
        if word and (character.text.isspace() or character.place - word[-1].place > widest_gap):
            yield word
            word = []
        if not character.text.isspace():
            word.append(character)
    if word:
        yield word


def _usual_distance(line: TextLine) -> float:
    """How far the middles of neighbours are apart, as a share of the line."""
    neighbours = [
        after.place - before.place
        for before, after in pairwise(line.characters)
        if not before.text.isspace() and not after.text.isspace()
    ]
    if neighbours:
        return median(neighbours)
    return min(_LONE_CHARACTER * line.box.thickness / max(line.box.length, 1.0), 1.0)


def _plain(text: str) -> str:
    """Full-width forms, which the models like to see in bold print, as ordinary characters."""
    return unicodedata.normalize("NFKC", text)
