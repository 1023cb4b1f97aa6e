"""The regions of a page that white gaps part: two receipts laid side by side, or one above the other.

A gap may lean, as it does in a photo that was taken at a tilt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from functions.document_reading.reading.model import Box, PageWords, Word

MOST_REGIONS = 8
_MOST_WORDS = 1_000
"""Of a page that is cut: no photo of receipts has as many, and made-up ones are to take no time."""
_LEANINGS = (0.0, 0.04, -0.04, 0.08, -0.08)
"""How far a gap moves aside on its way across the page."""
_LEAST_GAP = 1.5
"""Times the print's height: no wider is a gap between the lines of one paper, or its columns."""
_MOST_GAPS = 3
"""So many are tried in each direction, the widest first."""
_PRECISION = 4

IsPaper = Callable[[PageWords], bool]
"""Whether a region may be a document of its own."""


@dataclass(frozen=True, slots=True)
class Region:
    """The words of a part of a page, with their places on the page, and the box around them."""

    words: PageWords
    box: Box


def regions_of(page: PageWords, is_paper: IsPaper) -> list[Region]:
    """Cut a page along its gaps, as long as there is a paper on either side; empty where it shows one."""
    if len(page.words) > _MOST_WORDS:
        return []
    pieces = _pieces(page, is_paper, MOST_REGIONS)
    return [Region(piece, _box_of(piece)) for piece in pieces] if len(pieces) > 1 else []


def _pieces(page: PageWords, is_paper: IsPaper, most: int) -> list[PageWords]:
    """In the order in which they are read: from the left, then from the top."""
    for first, second in _cuts(page) if most > 1 else ():
        if is_paper(first) and is_paper(second):
            begin = _pieces(first, is_paper, most - 1)
            return [*begin, *_pieces(second, is_paper, most - len(begin))]
    return [page]


def _cuts(page: PageWords) -> Iterator[tuple[PageWords, PageWords]]:
    """The two sides of each gap that is wide enough, the widest gap first."""
    if not page.words:
        return
    height = median(word.height for word in page.words)
    gaps = [*_gaps(page, _across, height), *_gaps(page, _down, height)]
    for _width, edges, limit in sorted(gaps, key=lambda gap: -gap[0]):
        sides = (
            [word for word in page.words if edges(word)[0] < limit],
            [word for word in page.words if edges(word)[0] >= limit],
        )
        yield replace(page, words=tuple(sides[0])), replace(page, words=tuple(sides[1]))


Edges = Callable[[Word], tuple[float, float]]
_Gap = tuple[float, Edges, float]


def _gaps(page: PageWords, direction: Callable[[float], Edges], height: float) -> list[_Gap]:
    """Width, direction and middle of the widest gaps; of those that only lean differently the widest."""
    found = [gap for leaning in _LEANINGS for gap in _gaps_along(page.words, direction(leaning))]
    wide = [gap for gap in found if gap[0] > _LEAST_GAP * height]
    return sorted(wide, key=lambda gap: -gap[0])[:_MOST_GAPS]


def _gaps_along(words: Sequence[Word], edges: Edges) -> Iterator[_Gap]:
    spans = sorted(map(edges, words))
    end = spans[0][1]
    for begin, next_end in spans[1:]:
        if begin > end:
            yield begin - end, edges, (begin + end) / 2
        end = max(end, next_end)


def _across(leaning: float) -> Edges:
    """Where a word begins and ends from left to right, on a page that is leant back."""
    return lambda word: (word.left + leaning * word.middle, word.right + leaning * word.middle)


def _down(leaning: float) -> Edges:
    def edges(word: Word) -> tuple[float, float]:
        aside = leaning * (word.left + word.right) / 2
        return word.top + aside, word.bottom + aside

    return edges


def _box_of(page: PageWords) -> Box:
    width, height = max(page.width, 1e-6), max(page.height, 1e-6)
    return (
        _part(min(word.left for word in page.words) / width),
        _part(min(word.top for word in page.words) / height),
        _part(max(word.right for word in page.words) / width),
        _part(max(word.bottom for word in page.words) / height),
    )


def _part(share: float) -> float:
    return round(min(max(share, 0.0), 1.0), _PRECISION)
