"""Pages of invented print: text set at a place, kept as the words and boxes that readers are given."""

from __future__ import annotations

from dataclasses import dataclass, field

from functions.document_reading.reading.model import PageWords, Source, Word

_ADVANCE = 0.5
"""Width of a character and of a blank, as parts of the size of the print: those of a common typeface."""
_BLANK = 0.28


@dataclass
class Sheet:
    """One page to be set; places and sizes in points, from the upper left corner."""

    width: float = 595
    height: float = 842
    source: Source = Source.TEXT
    words: list[Word] = field(default_factory=list)

    def put(self, left: float, top: float, text: str, size: float = 10) -> None:
        """Set text that begins at a place."""
        for word in text.split():
            right = left + len(word) * _ADVANCE * size
            self.words.append(Word(word, left, top, right, top + 1.15 * size))
            left = right + _BLANK * size

    def put_right(self, right: float, top: float, text: str, size: float = 10) -> None:
        """Set text that ends at a place."""
        self.put(right - width_of(text, size), top, text, size)

    def put_centred(self, top: float, text: str, size: float = 10) -> None:
        """Set text in the middle of the page."""
        self.put((self.width - width_of(text, size)) / 2, top, text, size)

    def as_page(self) -> PageWords:
        """What a reader of its text layer, or a perfect OCR, would see."""
        return PageWords(tuple(self.words), self.width, self.height, self.source)


def width_of(text: str, size: float) -> float:
    """How wide text is set."""
    words = text.split()
    return size * (_ADVANCE * sum(map(len, words)) + _BLANK * max(len(words) - 1, 0))
