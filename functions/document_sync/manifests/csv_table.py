"""A month's manifest as CSV, which a double click opens rightly in the company's language."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC
from decimal import Decimal

from functions.document_sync.manifests.month import ManifestMonth
from functions.document_sync.manifests.notation import Notation, notation_of
from functions.document_sync.manifests.rows import ManifestRow
from shared.domain.filing.amounts import decimals_of

# Their order is the same in every language, for programs; new ones come last.
COLUMNS = (
    "expense_id",
    "employee",
    "date",
    "merchant",
    "amount",
    "currency",
    "category",
    "file_path",
    "sha256",
    "delivered_at",
    "space",
    "position",
    "document_number",
    "net",
    "vat",
    "vat_source",
    "last_proof",
)
# Excel puts the rest of a longer cell into the next row.
MAX_CELL_LENGTH = 32_767
MAX_AMOUNT_DIGITS = 40
# What makes a cell a formula where it begins so: also in full width, after blanks that an import trims.
# https://owasp.org/www-community/attacks/CSV_Injection
_SIGNS = "[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_BLANKS = r'"\s\x00-\x1f\u200b-\u200f\u2060\ufeff'
_FORMULA = re.compile(rf"[{_BLANKS}]*{_SIGNS}|[\t\r\n\x00]")
# A spreadsheet begins new cells there, one set to another language than the file is written for too.
_CELL_ENDS = frozenset(",;\t\r\n")
_GAP = re.compile(rf"([,;{_BLANKS}]+)({_SIGNS}?)")


def manifest_csv(month: ManifestMonth) -> bytes:
    """The file's bytes: UTF-8 with BOM, CRLF, by path.

    To a spreadsheet of the company's language amounts are numbers, dates are dates and nothing is a formula.
    """
    notation = notation_of(month.locale)
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=notation.separator, lineterminator="\r\n")
    writer.writerow(month.words(f"column.{name}") for name in COLUMNS)
    writer.writerows(_cells(row, month, notation) for row in month.rows)
    return table.getvalue().encode("utf-8-sig", "replace")


def _cells(row: ManifestRow, month: ManifestMonth, notation: Notation) -> tuple[str, ...]:
    def number(amount: Decimal | None) -> str:
        return _number(amount, row.currency, notation)

    return (
        _text(row.expense_id),
        _text(row.employee),
        row.date.isoformat() if row.date else "",
        _text(row.merchant),
        number(row.amount),
        _text(row.currency),
        _text(row.category),
        _text(row.path),
        _text(row.sha256),
        f"{row.delivered_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        month.words(f"space.{row.space.value}") if row.space else "",
        str(row.position),
        _text(row.document_number),
        number(row.vat.net if row.vat else None),
        number(row.vat.amount if row.vat else None),
        month.words(vat_source_key(row)) if row.vat else "",
        _text(row.last_proof),
    )


def safe_text(text: str | None) -> str:
    """The same for other tables that are written beside it."""
    return _text(text)


def vat_source_key(row: ManifestRow) -> str:
    """Who says what the VAT is."""
    return "vat_source.read" if row.vat and row.vat.is_read else "vat_source.host"


def _text(text: str | None) -> str:
    """Text that no spreadsheet calculates with: an apostrophe stands before what could be a formula."""
    if not text:
        return ""
    neutral = _GAP.sub(_neutral_gap, text)
    return (f"'{neutral}" if _FORMULA.match(neutral) else neutral)[:MAX_CELL_LENGTH]


def _neutral_gap(found: re.Match[str]) -> str:
    blanks, sign = found.groups()
    return f"{blanks}'{sign}" if sign and _CELL_ENDS.intersection(blanks) else found[0]


def _number(amount: Decimal | None, currency: str | None, notation: Notation) -> str:
    """Exact, with at least the currency's decimals: it is reconciled with what the records say."""
    if amount is None or not amount.is_finite():
        return ""
    decimals = decimals_shown(amount, currency)
    if max(amount.adjusted(), decimals) > MAX_AMOUNT_DIGITS:
        return ""
    return notation.number(amount, decimals)


def decimals_shown(amount: Decimal, currency: str | None) -> int:
    """The currency's, or as many as the amount has."""
    return max(decimals_of(currency), -int(amount.as_tuple().exponent))
