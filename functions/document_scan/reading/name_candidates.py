"""What may be a seller's name, and how likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from functions.document_scan.reading.lines import Line

_WIDEST_ROLL = 64
"""Characters across a till roll; a sheet of paper has eighty or more."""


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
    print_width = max(cell.right for line in lines for cell in line.cells) - min(
        cell.left for line in lines for cell in line.cells
    )
    return print_width / median(widths) <= _WIDEST_ROLL
