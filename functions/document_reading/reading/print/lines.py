"""Lines of print, and the cells that wide gaps part them into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from functions.document_reading.reading.model import PageWords, Source, Word

_OVERLAP = 0.5
"""Part of the lower of two boxes: those that overlap by as much stand on one line."""
_CELL_GAP = 1.0
"""Times the print's height: a wider gap parts columns, even where print is spaced out."""
# What is more than any document has is not looked at: the rules take time with the square of a line.
_MOST_WORDS = 5_000
_MOST_LINES = 500
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Cell:
    """Words that follow each other without a wide gap."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words, a blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def height(self) -> float:
        """The middle one of its words' heights: the size of the print."""
        heights = sorted(word.height for word in self.words)
        return heights[len(heights) // 2]


@dataclass(frozen=True)
class Line:
    """One line of print across a page."""

    cells: tuple[Cell, ...]
    page: int
    """Counted from 0 among those that were read."""
    page_width: float
    page_height: float
    source: Source
    page_number: int = 0
    """Of the document, of which there may be pages that nothing was read on."""

    @cached_property
    def text(self) -> str:
        """All its words, a blank between them."""
        return " ".join(cell.text for cell in self.cells)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its words, from left to right."""
        return tuple(word for cell in self.cells for word in cell.words)

    @cached_property
    def top(self) -> float:
        """The upper edge."""
        return min(cell.top for cell in self.cells)

    @cached_property
    def bottom(self) -> float:
        """The lower edge."""
        return max(cell.bottom for cell in self.cells)

    @cached_property
    def height(self) -> float:
        """The size of its largest print."""
        return max(cell.height for cell in self.cells)


def lines_of(pages: Iterable[PageWords]) -> list[Line]:
    """All lines of all pages, from the top of the first to the bottom of the last."""
    return [line for index, page in enumerate(pages) for line in _page_lines(page, index)]


def _page_lines(page: PageWords, index: int) -> list[Line]:
    rows: list[list[Word]] = []
    words = (word for word in page.words[:_MOST_WORDS] if word.text.strip())
    for word in sorted(words, key=lambda word: word.left):
        row = _row_of(word, rows)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: min(word.middle for word in row))
    return [
        Line(_cells(_bounded(row)), index, page.width, page.height, page.source, page.number)
        for row in rows[:_MOST_LINES]
    ]


def _bounded(row: list[Word]) -> list[Word]:
    """The words of a line as far as a line of a document goes."""
    left = _LONGEST_LINE
    kept: list[Word] = []
    for word in row:
        left -= len(word.text) + 1
        if left < 0:
            break
        kept.append(word)
    return kept or [replace(row[0], text=row[0].text[:_LONGEST_LINE])]


def _row_of(word: Word, rows: list[list[Word]]) -> list[Word] | None:
    """The row whose last word stands on one line with this one, if any does."""
    best, most = None, _OVERLAP
    for row in rows:
        last = row[-1]
        common = min(last.bottom, word.bottom) - max(last.top, word.top)
        if common > 0:
            share = common / min(last.height, word.height)
            if share >= most:
                best, most = row, share
    return best


def _cells(row: Sequence[Word]) -> tuple[Cell, ...]:
    cells = [[row[0]]]
    for word in row[1:]:
        gap = word.left - cells[-1][-1].right
        if gap > _CELL_GAP * min(word.height, cells[-1][-1].height):
            cells.append([word])
        else:
            cells[-1].append(word)
    return tuple(Cell(tuple(words)) for words in cells)
