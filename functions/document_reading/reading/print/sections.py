"""Whose block of print a line belongs to: the parts of a sheet that a heading gives to a party.

`Verkäufer`, `Bill to` and the like own what stands below them in their column, until the next heading,
the table of items or a wide gap. Names in a buyer's block are not the seller's, wherever they stand again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import (
    HEADINGS,
    NAME_JOINERS,
    OTHER_HEADINGS,
    PARTY_HEADINGS,
)
from functions.document_reading.reading.print.lines import Cell, Line

_MOST_LINES = 14
"""Of an address block with registers and telephones."""
_GAP, _GAP_BELOW_HEADING = 1.2, 3.0
"""Heights of print that part a block from what is not of it."""
_COLUMNS_OF_A_TABLE = 5
_LONGEST_HEADING = 40
_PARTED = re.compile(r"[/&,()]|\b(?:and|und|et|en|y|e|or|oder|ou)\b")

_FILLERS = HEADINGS | NAME_JOINERS


class Party(Enum):
    """Who a block is about."""

    SELLER = auto()
    BUYER = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """The cells below the heading of a party, from top to bottom, each with the index of its line."""

    party: Party
    cells: tuple[tuple[int, Cell], ...]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Every block that a heading gives to a party, in reading order."""
    return [
        Block(party, tuple(_below(lines, index, position)))
        for index, line in enumerate(lines)
        for position, cell in enumerate(line.cells)
        if not _is_value(line, position) and (party := party_of_heading(cell.text)) is not None
    ]


def _is_value(line: Line, position: int) -> bool:
    """Whether the cell is what a label before it asks for, rather than a heading."""
    return position > 0 and line.cells[position - 1].text.endswith(":")


def party_of_heading(text: str) -> Party | None:
    """Whose heading a text is, None where it is more than a heading, or another one."""
    if len(text) > _LONGEST_HEADING:
        return None
    parts = [_bare(part) for part in _PARTED.split(fold(text))]
    kinds = {PARTY_HEADINGS.get(part) for part in parts if part}
    kind = PARTY_HEADINGS.get(_bare(text)) or (kinds.pop() if len(kinds) == 1 else None)
    return {"seller": Party.SELLER, "buyer": Party.BUYER}.get(kind or "")


def _bare(text: str) -> str:
    """The text without what headings are filled up with: `Adresse du client` is `client`."""
    whole = squashed(text)
    if whole in PARTY_HEADINGS:
        return whole
    return "".join(word for word in tokens(text) if word in PARTY_HEADINGS or word not in _FILLERS)


def _below(lines: Sequence[Line], index: int, position: int) -> list[tuple[int, Cell]]:
    """The cells of the heading's column down to where the block ends."""
    heading = lines[index]
    left = heading.cells[position].left - heading.height
    right = _right_of_column(heading, position)
    bottom = heading.bottom
    found: list[tuple[int, Cell]] = []
    for at in range(index + 1, min(index + 1 + _MOST_LINES, len(lines))):
        line = lines[at]
        inside = [cell for cell in line.cells if left <= cell.left < right]
        if line.page != heading.page or len(line.cells) >= _COLUMNS_OF_A_TABLE:
            break
        if not inside:
            continue
        gap = _GAP if found else _GAP_BELOW_HEADING
        if line.top - bottom > gap * line.height or any(map(_is_heading, inside)):
            break
        bottom = line.bottom
        found.extend((at, cell) for cell in inside)
    return found


def _right_of_column(line: Line, position: int) -> float:
    """Where the next heading on the line begins; a heading alone owns the page to its right."""
    following = line.cells[position + 1 :]
    return following[0].left - line.height / 2 if following else line.page_width


def _is_heading(cell: Cell) -> bool:
    return squashed(cell.text) in OTHER_HEADINGS or party_of_heading(cell.text) is not None
