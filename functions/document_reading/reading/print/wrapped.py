"""Amounts that a narrow till parts over two lines: `Total  450.` and below it `00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from functions.document_reading.reading.print.lines import Cell, Line

_CUT = re.compile(r"\d[.,]\d?$")
_REST = re.compile(r"\d{1,2}")
_DECIMALS = re.compile(r"\d[.,]\d\d$")


def without_wraps(lines: Iterable[Line]) -> list[Line]:
    """The lines, the decimals that stand alone on one put back to the amount that the one above ends with."""
    joined: list[Line] = []
    for line in lines:
        whole = _joined(joined[-1], line) if joined else None
        if whole is None:
            joined.append(line)
        else:
            joined[-1] = whole
    return joined


def _joined(above: Line, line: Line) -> Line | None:
    last = above.words[-1]
    text = last.text + line.text
    is_rest = above.page == line.page and _CUT.search(last.text) and _REST.fullmatch(line.text)
    if not (is_rest and _DECIMALS.search(text)):
        return None
    word = replace(last, text=text, confidence=min(last.confidence, line.words[0].confidence))
    cell = above.cells[-1]
    return replace(above, cells=(*above.cells[:-1], Cell((*cell.words[:-1], word))))
