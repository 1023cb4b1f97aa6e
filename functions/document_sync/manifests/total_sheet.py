"""The sheet of totals: formulas over the sheet of lines, with what they come to written beside each.

All blocks share their columns, so that the first can say whether the others add up to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from functions.document_sync.manifests.cells import Cells
from functions.document_sync.manifests.formulas import Condition, count_of, plain_labels, sum_of
from functions.document_sync.manifests.line_sheet import LineSheet, print_on_a4, rate_column
from functions.document_sync.manifests.rates import OtherRate
from functions.document_sync.manifests.rows import ManifestRow
from functions.document_sync.manifests.totals import RateTotal, Total, totals_by, totals_by_rate

_LABEL, _CURRENCY, _DOCUMENTS, _EXPENSES, _AMOUNT, _NET, _VAT, _EMPLOYEES, _CATEGORIES, _CHECK = range(10)
_SUMS = {_AMOUNT: "amount", _NET: "net", _VAT: "vat"}
_WIDTHS = (34, 10, 12, 12, 14, 14, 14, 16, 16, 12)
_BESIDE_LINES = 3  # a title, the headings, an empty row
# Far below what any currency has as its smallest coin, and above what adding up binary numbers is wrong by.
_NOTHING = "0.00005"


class TotalSheet:
    """Four blocks, each with a title and headings, one below the other."""

    def __init__(self, lines: LineSheet) -> None:
        self._lines = lines
        self._words = lines.month.words
        rows = lines.month.rows
        self._all = totals_by(rows, lambda _: "")
        self._employees = totals_by(rows, lambda row: row.employee)
        self._categories = totals_by(rows, _category_of)
        self._rates = totals_by_rate(rows, lines.rates)
        self._plain = {
            "currency": plain_labels(total.currency for total in self._all),
            "employee": plain_labels(total.label for total in self._employees),
            "category": plain_labels(total.label for total in self._categories),
        }

    def write(self, sheet: Worksheet, cells: Cells) -> None:
        """Row by row, as a writer of bounded memory has to."""
        for number, width in enumerate(_WIDTHS):
            sheet.set_column(number, number, width)
        first = 0
        first = self._write_all(cells, first)
        first = self._write_groups(cells, first, "employee", self._employees)
        first = self._write_groups(cells, first, "category", self._categories)
        self._write_rates(cells, first)
        print_on_a4(sheet, self._lines.month)

    def _write_all(self, cells: Cells, first: int) -> int:
        checks = {_EMPLOYEES: "by_employee", _CATEGORIES: "by_category", _CHECK: "check"}
        self._head(cells, first, "all", "", _SUMS | checks)
        employees = first + len(self._all) + _BESIDE_LINES
        categories = employees + len(self._employees) + _BESIDE_LINES
        for at, total in enumerate(self._all, start=first + 2):
            currency = self._currency(at, total.currency)
            self._write_total(cells, at, total, [currency])
            for to, begins, of in (
                (_EMPLOYEES, employees, self._employees),
                (_CATEGORIES, categories, self._categories),
            ):
                formula = self._sum_of_block(begins, len(of), currency)
                cells.sum(at, to, formula, total.amount, total.currency)
            cells.said(at, _CHECK, self._check(at), self._words("check.right"))
        return employees

    def _sum_of_block(self, first: int, length: int, currency: Condition) -> str:
        rows = first + 2, first + 1 + length
        amounts, currencies = (
            xl_range_abs(rows[0], column, rows[1], column) for column in (_AMOUNT, _CURRENCY)
        )
        return sum_of(amounts, [Condition(currencies, currency.cell, currency.is_plain)])

    def _check(self, at: int) -> str:
        amount, *others = (xl_rowcol_to_cell(at, column) for column in (_AMOUNT, _EMPLOYEES, _CATEGORIES))
        equal = ",".join(f"ABS({amount}-{other})<{_NOTHING}" for other in others)
        return f'=IF(AND({equal}),"{self._words("check.right")}","{self._words("check.wrong")}")'

    def _write_groups(self, cells: Cells, first: int, name: str, totals: Sequence[Total]) -> int:
        self._head(cells, first, name, f"column.{name}", _SUMS)
        for at, total in enumerate(totals, start=first + 2):
            cells.text(at, _LABEL, total.label or self._words("totals.none"))
            label = self._condition(name, total.label, at, _LABEL)
            self._write_total(cells, at, total, [label, self._currency(at, total.currency)])
        return first + len(totals) + _BESIDE_LINES

    def _write_total(self, cells: Cells, at: int, total: Total, conditions: Sequence[Condition]) -> None:
        cells.text(at, _CURRENCY, total.currency)
        positions = self._lines.cells_of("position")
        cells.counted(at, _DOCUMENTS, count_of(conditions), total.documents)
        cells.counted(at, _EXPENSES, count_of(conditions, positions=positions), total.expenses)
        for to, name in _SUMS.items():
            formula = sum_of(self._lines.cells_of(name), conditions)
            cells.sum(at, to, formula, getattr(total, name), total.currency)

    def _write_rates(self, cells: Cells, first: int) -> None:
        self._head(cells, first, "rate", "column.rate", {_NET: "net", _VAT: "vat"}, counts=False)
        for at, total in zip(count(first + 2), self._rates, strict=False):
            self._write_rate(cells, at, total)

    def _write_rate(self, cells: Cells, at: int, total: RateTotal) -> None:
        if isinstance(total.rate, OtherRate):
            cells.text(at, _LABEL, self._words(f"column.vat_of_{total.rate.value}"))
        else:
            cells.rate(at, _LABEL, total.rate)
        cells.text(at, _CURRENCY, total.currency)
        sums: dict[int, tuple[str, Decimal]] = {_NET: ("net", total.net), _VAT: ("vat", total.vat)}
        for to, (what, result) in sums.items():
            values = self._lines.cells_of(rate_column(what, total.rate))
            cells.sum(at, to, sum_of(values, [self._currency(at, total.currency)]), result, total.currency)

    def _head(
        self, cells: Cells, at: int, title: str, label: str, sums: dict[int, str], *, counts: bool = True
    ) -> None:
        cells.title(at, _LABEL, self._words(f"totals.{title}"))
        counted = {_DOCUMENTS: "documents", _EXPENSES: "expenses"} if counts else {}
        cells.heading(at + 1, _LABEL, self._words(label) if label else "")
        for column, name in ({_CURRENCY: "currency"} | counted | sums).items():
            cells.heading(at + 1, column, self._words(f"column.{name}"))

    def _currency(self, at: int, currency: str) -> Condition:
        return self._condition("currency", currency, at, _CURRENCY)

    def _condition(self, name: str, label: str, at: int, column: int) -> Condition:
        """An empty cell is no criterion, but is exactly an empty text."""
        cell = xl_rowcol_to_cell(at, column, col_abs=True) if label else '""'
        return Condition(self._lines.cells_of(name), cell, label in self._plain[name])


def _category_of(row: ManifestRow) -> str:
    return row.category or ""
