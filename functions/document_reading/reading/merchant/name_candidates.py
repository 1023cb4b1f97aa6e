"""What may be a seller's name, and how likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line

_WIDEST_ROLL = 64
"""Characters across a till roll; a sheet of paper has eighty or more."""
_SHEET = (0.69, 0.79)
"""Width by height: A4 has 0.71, Letter 0.77."""
_SIDE_TO_SIDE = 0.55


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A name, what speaks for it and the line it begins in."""

    name: str
    score: float
    line: int


def is_till_roll(lines: Sequence[Line]) -> bool:
    """Whether the document is a till's strip of paper: few characters across, and one column of them."""
    widths = [
        (cell.right - cell.left) / len(cell.text)
        for line in lines
        for cell in line.cells
        if len(cell.text) >= 4 and cell.right > cell.left
    ]
    if not widths:
        return False
    right = max(cell.right for line in lines for cell in line.cells)
    print_width = right - min(cell.left for line in lines for cell in line.cells)
    return print_width / median(widths) <= _WIDEST_ROLL and not _is_sheet(lines[0], print_width)


def _is_sheet(line: Line, print_width: float) -> bool:
    """Whether a producer of PDF set an A4 or Letter page from side to side, be it in large print."""
    shape = line.page_width / line.page_height
    is_set = line.source is Source.TEXT and _SHEET[0] < shape < _SHEET[1]
    return is_set and print_width > _SIDE_TO_SIDE * line.page_width
