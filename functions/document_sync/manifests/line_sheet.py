"""The sheet of lines: one for each document, with what an accountant books first, and its proof last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from functions.document_sync.manifests.cells import Cells
from functions.document_sync.manifests.csv_table import vat_source_key
from functions.document_sync.manifests.document_links import relative_link
from functions.document_sync.manifests.month import ManifestMonth
from functions.document_sync.manifests.notation import notation_of
from functions.document_sync.manifests.rates import OfRate, OtherRate, Rate, by_rate, rates_of
from functions.document_sync.manifests.rows import ManifestRow
from functions.document_sync.manifests.vat import Vat

_LAST_PRINTED = "document_number"
_A4 = 9

Write: TypeAlias = Callable[[Cells, int, int, ManifestRow], None]
Split: TypeAlias = Callable[[ManifestRow], dict[Rate, OfRate]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name to formulas, its title to people, its width in characters, how a cell is written."""

    name: str
    title: str
    width: float
    write: Write


class LineSheet:
    """Which columns it has, where they are, and how it is written."""

    def __init__(self, month: ManifestMonth) -> None:
        self.month = month
        self.rates = rates_of(month.rows)
        self.name = month.words("sheet.expenses")
        self._columns = _columns(month, self.rates)
        self._positions = {column.name: number for number, column in enumerate(self._columns)}

    def cells_of(self, name: str) -> str:
        """All cells of a column, for a formula of another sheet."""
        column = self._positions[name]
        last = max(len(self.month.rows), 1)
        return f"'{self.name}'!{xl_range_abs(1, column, last, column)}"

    def write(self, sheet: Worksheet, cells: Cells) -> None:
        """Row by row, as a writer of bounded memory has to."""
        for number, column in enumerate(self._columns):
            sheet.set_column(number, number, column.width)
            cells.heading(0, number, column.title)
        for number, row in enumerate(self.month.rows, start=1):
            for position, column in enumerate(self._columns):
                column.write(cells, number, position, row)
        self._arrange(sheet)

    def _arrange(self, sheet: Worksheet) -> None:
        last = max(len(self.month.rows), 1)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(self._columns) - 1)
        print_on_a4(sheet, self.month)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, self._positions[_LAST_PRINTED])


def print_on_a4(sheet: Worksheet, month: ManifestMonth) -> None:
    """Landscape, as wide as the page, with its number below."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&A {month.month}&R{month.words('page')} &P / &N")


def rate_title(month: ManifestMonth, what: str, rate: Rate) -> str:
    """`VAT at 5.5%`, as the company writes it; `what` is `vat` or `net`."""
    if isinstance(rate, OtherRate):
        return month.words(f"column.{what}_of_{rate.value}")
    decimals = max(0, -int(rate.as_tuple().exponent))
    written = notation_of(month.locale).number(rate, decimals)
    return month.words(f"column.{what}_of_rate").format(rate=written)


def rate_column(what: str, rate: Rate) -> str:
    """Its name to formulas."""
    return f"{what} {rate.value if isinstance(rate, OtherRate) else rate}"


def _columns(month: ManifestMonth, rates: tuple[Rate, ...]) -> list[Column]:
    def column(name: str, width: float, write: Write) -> Column:
        return Column(name, month.words(f"column.{name}"), width, write)

    split = _once_a_row(rates)
    return [
        column("date", 11, lambda cells, at, to, row: cells.day(at, to, row.date)),
        column("employee", 24, lambda cells, at, to, row: cells.text(at, to, row.employee)),
        column("merchant", 28, lambda cells, at, to, row: cells.text(at, to, row.merchant)),
        column("category", 18, lambda cells, at, to, row: cells.text(at, to, row.category)),
        column("amount", 13, _money(lambda row: row.amount)),
        column("currency", 9, lambda cells, at, to, row: cells.text(at, to, row.currency)),
        column("net", 13, _money(lambda row: row.vat.net if row.vat else None)),
        column("vat", 12, _money(lambda row: row.vat.amount if row.vat else None)),
        *(each for rate in rates for each in _of_rate(month, rate, split)),
        column("vat_source", 14, lambda cells, at, to, row: cells.text(at, to, _vat_source(month, row))),
        column("document_number", 20, lambda cells, at, to, row: cells.text(at, to, row.document_number)),
        column("position", 10, lambda cells, at, to, row: cells.count(at, to, row.position)),
        column("file_path", 64, lambda cells, at, to, row: cells.link(at, to, _beside(month, row), row.path)),
        *([column("dropbox", 12, _at_dropbox(month))] if any(row.web_url for row in month.rows) else []),
        column("delivered_at", 17, lambda cells, at, to, row: cells.instant(at, to, row.delivered_at)),
        *([column("space", 16, _space(month))] if any(row.space for row in month.rows) else []),
        column("expense_id", 38, lambda cells, at, to, row: cells.text(at, to, row.expense_id)),
        column("sha256", 66, lambda cells, at, to, row: cells.text(at, to, row.sha256)),
        column("last_proof", 40, lambda cells, at, to, row: cells.text(at, to, row.last_proof)),
    ]


def _money(amount_of: Callable[[ManifestRow], Decimal | None]) -> Write:
    return lambda cells, at, to, row: cells.money(at, to, amount_of(row), row.currency)


def _of_rate(month: ManifestMonth, rate: Rate, split: Split) -> list[Column]:
    def net(row: ManifestRow) -> Decimal | None:
        of_rate = split(row).get(rate)
        return of_rate.net if of_rate else None

    def vat(row: ManifestRow) -> Decimal | None:
        of_rate = split(row).get(rate)
        return of_rate.amount if of_rate else None

    return [
        Column(rate_column(what, rate), rate_title(month, what, rate), 12, _money(amount_of))
        for what, amount_of in (("net", net), ("vat", vat))
    ]


def _once_a_row(rates: tuple[Rate, ...]) -> Split:
    """By rate, for the columns of one row after the other."""

    @lru_cache(maxsize=1)
    def split(vat: Vat) -> dict[Rate, OfRate]:
        return by_rate(vat, rates)

    return lambda row: split(row.vat) if row.vat else {}


def _vat_source(month: ManifestMonth, row: ManifestRow) -> str:
    return month.words(vat_source_key(row)) if row.vat else ""


def _beside(month: ManifestMonth, row: ManifestRow) -> str | None:
    """Nothing is beside a manifest that lies in another space."""
    return relative_link(month.folder, row.path) if row.space == month.space else None


def _at_dropbox(month: ManifestMonth) -> Write:
    def write(cells: Cells, at: int, to: int, row: ManifestRow) -> None:
        if row.web_url:
            cells.link(at, to, row.web_url, month.words("open"))

    return write


def _space(month: ManifestMonth) -> Write:
    return lambda cells, at, to, row: cells.text(
        at, to, month.words(f"space.{row.space.value}") if row.space else None
    )
