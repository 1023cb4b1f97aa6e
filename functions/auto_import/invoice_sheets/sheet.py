"""The sheet: an e-invoice's facts on pages of A4, plainly said to be a rendering and not the invoice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from functions.auto_import.invoice_sheets.facts import Facts, Party, facts_of
from functions.auto_import.invoice_sheets.pdf_pages import HEIGHT, WIDTH, Text, cut, pdf_of, width_of, wrapped
from functions.auto_import.invoice_sheets.xml_tree import NotReadable, parse

_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, WIDTH - 56.0, HEIGHT - 64.0, 64.0
_MIDDLE = 310.0
_COLUMNS = (330.0, 430.0, _RIGHT)
"""Right edges of quantity, price and amount."""
_TAX_COLUMNS = (_COLUMNS[0], _RIGHT)
_SIZE, _SMALL, _LARGE = 9.0, 7.5, 16.0
_LEADING = 13.0
_ROOM_FOR_NAME = 205.0
_MOST_PAGES = 20
_MOST_LINES_OF_PARTY = 12
_MOST_TAXES = 20
_MOST_NOTES, _MOST_LINES_OF_NOTE = 10, 12
_FOOT = "Rendering of the data of an e-invoice, made to be looked at. The XML file beside it is the invoice."
_MORE = "There are more lines in the XML file."


def sheet_of(path: Path) -> bytes:
    """A PDF of what the XML of an invoice states; empty where it states neither number nor sums."""
    try:
        facts = facts_of(parse(path))
    except NotReadable:
        return b""
    if not facts.number and not facts.sums:
        return b""
    return pdf_of(_Sheet(facts).pages)


class _Sheet:
    """Goes down the pages, and begins a new one where there is no room."""

    def __init__(self, facts: Facts) -> None:
        self.pages: list[list[Text]] = []
        self._facts = facts
        self._at = 0.0
        self._begin_page()
        for part in (self._head, self._parties, self._items, self._taxes, self._sums, self._rest):
            part()
        self._number_pages()

    # --- parts

    def _head(self) -> None:
        facts = self._facts
        title = "Credit note" if facts.is_credit_note else "Invoice"
        words = cut(f"{title} {facts.number}".strip(), _LARGE, _RIGHT - _LEFT)
        self._add(Text(_LEFT, self._at, _LARGE, words, is_bold=True), 2 * _LEADING)
        for name, text in facts.days:
            self._row((_LEFT, name), (_LEFT + 70, text))
        self._gap()

    def _parties(self) -> None:
        seller, buyer = (_lines_of(each) for each in (self._facts.seller, self._facts.buyer))
        self._row((_LEFT, "Seller"), (_MIDDLE, "Buyer"), is_bold=True)
        for index in range(max(len(seller), len(buyer))):
            self._row((_LEFT, _at(seller, index)), (_MIDDLE, _at(buyer, index)), room=_MIDDLE - _LEFT - 10)
        self._gap()

    def _items(self) -> None:
        if not self._facts.items:
            return
        self._table(("Item", "Quantity", "Price", f"Amount {self._facts.currency}".strip()), is_bold=True)
        for number, item in enumerate(self._facts.items):
            if len(self.pages) >= _MOST_PAGES and number < len(self._facts.items) - 1:
                self._row((_LEFT, _MORE))
                break
            first, *others = wrapped(item[0], _SIZE, _ROOM_FOR_NAME, most=3) or [""]
            self._table((first, *item[1:]))
            for other in others:
                self._row((_LEFT, other))
        self._gap()

    def _taxes(self) -> None:
        if not self._facts.taxes:
            return
        self._table(("Tax", "Of", "Tax amount"), is_bold=True, edges=_TAX_COLUMNS)
        for tax in self._facts.taxes[:_MOST_TAXES]:
            self._table(tax, edges=_TAX_COLUMNS)
        self._gap()

    def _sums(self) -> None:
        for name, amount in self._facts.sums:
            is_total = name == "Total"
            self._keep_room()
            text = f"{amount} {self._facts.currency}".strip()
            self.pages[-1].append(Text(_MIDDLE, self._at, _SIZE, name, is_bold=is_total))
            self._add(_ending_at(_RIGHT, self._at, text, is_bold=is_total))
        self._gap()

    def _rest(self) -> None:
        for text in (*self._facts.payment, *self._facts.notes[:_MOST_NOTES]):
            for line in wrapped(text, _SIZE, _RIGHT - _LEFT, most=_MOST_LINES_OF_NOTE):
                self._row((_LEFT, line))

    def _number_pages(self) -> None:
        for number, page in enumerate(self.pages, 1):
            page.append(Text(_LEFT, _BOTTOM - 28, _SMALL, _FOOT))
            page.append(_ending_at(_RIGHT, _BOTTOM - 28, f"{number} / {len(self.pages)}", size=_SMALL))

    # --- lines

    def _table(
        self, cells: Sequence[str], *, is_bold: bool = False, edges: Sequence[float] = _COLUMNS
    ) -> None:
        self._keep_room()
        page = self.pages[-1]
        page.append(Text(_LEFT, self._at, _SIZE, cut(cells[0], _SIZE, _ROOM_FOR_NAME), is_bold))
        for edge, cell in zip(edges, cells[1:], strict=True):
            page.append(_ending_at(edge, self._at, cut(cell, _SIZE, 95), is_bold=is_bold))
        self._at -= _LEADING

    def _row(self, *cells: tuple[float, str], is_bold: bool = False, room: float = _RIGHT - _LEFT) -> None:
        self._keep_room()
        self.pages[-1].extend(
            Text(left, self._at, _SIZE, cut(words, _SIZE, min(room, _RIGHT - left)), is_bold)
            for left, words in cells
            if words
        )
        self._at -= _LEADING

    def _add(self, text: Text, leading: float = _LEADING) -> None:
        self.pages[-1].append(text)
        self._at -= leading

    def _gap(self) -> None:
        self._at -= _LEADING

    def _keep_room(self) -> None:
        if self._at < _BOTTOM:
            self._begin_page()

    def _begin_page(self) -> None:
        self.pages.append([])
        self._at = _TOP


def _lines_of(party: Party) -> list[str]:
    return [line for line in (party.name, *party.lines) if line][:_MOST_LINES_OF_PARTY]


def _at(lines: Sequence[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _ending_at(
    right: float, bottom: float, words: str, *, size: float = _SIZE, is_bold: bool = False
) -> Text:
    return Text(right - width_of(words, size), bottom, size, words, is_bold)
