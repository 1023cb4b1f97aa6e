"""The monthly manifest: what was delivered and where, as a table that opens in any spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from functions.document_sync.amounts import decimals_of
from shared.domain.deliveries import Delivery
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Space
from shared.domain.money import is_bearable
from shared.domain.plain_text import one_line

HEADER = (
    "Expense id",
    "Employee",
    "Date",
    "Merchant",
    "Amount",
    "Currency",
    "Category",
    "File path",
    "SHA-256",
    "Delivered at",
    "Space",
)
# Excel puts the rest of a longer cell into the next row.
MAX_CELL_LENGTH = 32_767
MAX_AMOUNT_DIGITS = 40
_MOST_OF_NAME = 500
# What makes a cell a formula where it begins so: also in full width, after blanks that an import trims.
# https://owasp.org/www-community/attacks/CSV_Injection
_SIGNS = "[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_BLANKS = r'"\s\x00-\x1f\u200b-\u200f\u2060\ufeff'
_FORMULA = re.compile(rf"[{_BLANKS}]*{_SIGNS}|[\t\r\n\x00]")
# Where lists are separated by semicolons, as in much of Europe, a spreadsheet begins new cells there.
_CELL_ENDS = frozenset(";\t\r\n")
_GAP = re.compile(rf"([;{_BLANKS}]+)({_SIGNS}?)")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One delivered document.

    `path` is its path in Dropbox, below `space` where a team has two; `sha256` is hexadecimal.
    """

    expense_id: str
    employee: str
    date: date | None
    merchant: str | None
    amount: Decimal | None
    currency: str | None
    category: str | None
    path: str
    sha256: str
    delivered_at: datetime
    space: Space | None = None


def manifest_row(delivery: Delivery, expense: HostExpense | None) -> ManifestRow:
    """The row of a delivery; an expense that was deleted since has left its document and its row."""
    return ManifestRow(
        expense_id=delivery.key.expense_id,
        employee=_line(expense.employee_name) or "" if expense else "",
        date=expense.date if expense else None,
        merchant=_line(expense.merchant) if expense else None,
        amount=_amount(expense.amount) if expense else None,
        currency=_line(expense.currency) if expense else None,
        category=_line(expense.category) if expense else None,
        path=delivery.path or "",
        sha256=delivery.sha256 or "",
        delivered_at=delivery.delivered_at or delivery.changed_at,
        space=delivery.space,
    )


def _amount(amount: Decimal | None) -> Decimal | None:
    return amount if amount is not None and is_bearable(amount) else None


def _line(text: str | None) -> str | None:
    """What a person has typed or a document says, without what would hide in a table or turn it round."""
    return one_line(text, _MOST_OF_NAME) if text else text


def manifest_csv(rows: Sequence[ManifestRow]) -> bytes:
    """The file's bytes, the same for the same rows in any order: UTF-8 with BOM, CRLF, by path.

    To a spreadsheet amounts are numbers and dates are dates, and nothing is a formula.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(cells for _, cells in sorted((row.path, _cells(row)) for row in rows))
    return table.getvalue().encode("utf-8-sig", "replace")


def manifest_path(root: str, year: int, month: int, number: int = 1) -> str:
    """`{root}/2026/03/Expenses 2026-03.csv`; from number 2 on `Expenses 2026-03 (2).csv`."""
    suffix = f" ({number})" if number > 1 else ""
    return f"{root.rstrip('/')}/{year:04d}/{month:02d}/Expenses {year:04d}-{month:02d}{suffix}.csv"


def _cells(row: ManifestRow) -> tuple[str, ...]:
    return (
        _text(row.expense_id),
        _text(row.employee),
        row.date.isoformat() if row.date else "",
        _text(row.merchant),
        _number(row.amount, row.currency),
        _text(row.currency),
        _text(row.category),
        _text(row.path),
        _text(row.sha256),
        row.delivered_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        row.space.value.replace("_", " ") if row.space else "",
    )


def _text(text: str | None) -> str:
    """Text that no spreadsheet calculates with: an apostrophe stands before what could be a formula."""
    if not text:
        return ""
    neutral = _GAP.sub(_neutral_gap, text)
    return (f"'{neutral}" if _FORMULA.match(neutral) else neutral)[:MAX_CELL_LENGTH]


def _neutral_gap(found: re.Match[str]) -> str:
    blanks, sign = found.groups()
    return f"{blanks}'{sign}" if sign and _CELL_ENDS.intersection(blanks) else found[0]


def _number(amount: Decimal | None, currency: str | None) -> str:
    """Exact, with at least the currency's decimals: it is reconciled with what the records say."""
    if amount is None or not amount.is_finite():
        return ""
    decimals = max(decimals_of(currency), -int(amount.as_tuple().exponent))
    if max(amount.adjusted(), decimals) > MAX_AMOUNT_DIGITS:
        return ""
    return f"{amount:.{decimals}f}"


def safe_text(text: str | None) -> str:
    """The same for other tables that are written beside it."""
    return _text(text)
