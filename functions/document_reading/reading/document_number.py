"""The number a document is known by at its issuer's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.document_reading.reading.dates.parse import dates_of
from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.lexicon.tables import (
    DOCUMENTS,
    INVOICES,
    NUMBER_JOINERS,
    TITLE_ENDINGS,
)
from functions.document_reading.reading.print.lines import Line
from functions.document_reading.reading.print.sections import blocks_of

_NUMBER = (
    r"(?:number|numero|nummer|numer|numarasi|numar|cislo|sorszama|sorszam|szama|szam|num"
    r"|n\.?o|nro|nr|n|c|id|#)"
)
_LABEL = re.compile(
    rf"(?<!original )\b(?:(?P<kind>{DOCUMENTS})[ -]?(?:{_NUMBER}\b|#)"
    rf"|(?:{_NUMBER}) (?:(?:{NUMBER_JOINERS}) )?(?P<other>{DOCUMENTS})\b"
    rf"|(?P<title>{DOCUMENTS})\b(?=[ :#]{{1,3}}[a-z]{{0,6}}[-/ ]?\d)"
    r"|^ ?(?P<bare>numero|number|nummer|numer|sorszam|num|no|nr|n)\b(?=[.:°º]))[ .:#°º]{0,6}"
)
_TITLE = re.compile(
    rf"^[^a-z0-9]{{0,4}}(?:[a-z-]{{0,30}}(?:{'|'.join(TITLE_ENDINGS)})|(?P<kind>{DOCUMENTS}))\b"
    rf"[^0-9:]{{0,30}}(?:\([^)]{{1,40}}\))?[^0-9:(]{{0,12}}\b{_NUMBER}\b[ .:#°º]{{1,6}}"
)
"""`Mietrechnung (387) Nr. …`: a title in its own line that goes on with the number."""
_VALUE = re.compile(r"[a-z0-9][a-z0-9/_.-]{1,28}[a-z0-9]")


def document_number_of(lines: Sequence[Line]) -> str | None:
    """The number, or None where none is labelled."""
    dated = {(mention.line, mention.start) for mention in dates_of(lines)}
    found = sorted(_labelled(lines, dated), key=lambda one: one[0])
    return found[0][1] if found else None


def _labelled(lines: Sequence[Line], dated: set[tuple[int, int]]) -> Iterator[tuple[tuple[bool, int], str]]:
    """Every labelled number with its rank: those of an invoice before those of receipts and the like."""
    cells = [cell for block in blocks_of(lines) for cell in block.cells]
    of_parties = {index for index, cell in cells if cell is lines[index].cells[0]}
    for index, line in enumerate(lines):
        text = _folded(line.text)
        if (titled := _titled(line, text)) is not None:
            kind, number = titled
            yield (kind is not None and kind not in INVOICES, index), number
        for label in _LABEL.finditer(text):
            if label["bare"] and index in of_parties:
                continue  # a customer's or a supplier's
            kind = label["kind"] or label["other"] or label["title"] or label["bare"]
            rank = (kind not in INVOICES, index)
            value = _VALUE.match(text, label.end())
            if value is not None and (index, value.start()) not in dated and _may_be_number(value[0]):
                yield rank, line.text[value.start() : value.end()]
            elif (below := _below(lines, index, label.start())) is not None:
                yield rank, below


def _titled(line: Line, text: str) -> tuple[str | None, str] | None:
    """What a title calls the document, unless it is a compound, and the number it goes on with."""
    title = _TITLE.match(text)
    value = _VALUE.match(text, title.end()) if title else None
    if title is None or value is None or not _may_be_number(value[0]) or _is_date(value[0]):
        return None
    return title["kind"], line.text[value.start() : value.end()]


def _below(lines: Sequence[Line], index: int, start: int) -> str | None:
    """The number in the cell under the label's, in layouts that set labels over their values."""
    line = lines[index]
    offset = 0
    for cell in line.cells:
        if offset <= start < offset + len(cell.text):
            under = (other for other in lines[index + 1 : index + 3] if other.page == line.page)
            cells = [
                one
                for other in under
                for one in other.cells
                if one.left < cell.right and one.right > cell.left
            ]
            value = _VALUE.fullmatch(_folded(cells[0].text)) if cells else None
            return cells[0].text if value and _may_be_number(value[0]) and not _is_date(value[0]) else None
        offset += len(cell.text) + 1
    return None


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", text) is not None


def _folded(text: str) -> str:
    """Folded where that keeps every character's place."""
    folded = fold(text)
    return folded if len(folded) == len(text) else text.lower()


def _may_be_number(value: str) -> bool:
    digits = sum(map(str.isdigit, value))
    is_amount = re.fullmatch(r"\d{1,6}[.,]\d\d|\d{1,3}(?:[.,]\d{3})+", value) is not None
    return digits >= 2 and not is_amount
