"""The manifest is read by any spreadsheet as it was meant, whatever people wrote into their expenses."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.document_sync.manifest_csv import ManifestRow, manifest_csv, manifest_path, manifest_row
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus
from tests.unit.shared.odd_texts import HUGE_TEXTS, ascii_start, odd_texts

ROW = ManifestRow(
    expense_id="expense-1",
    employee="Jane Doe",
    date=date(2026, 3, 14),
    merchant="SNCF",
    amount=Decimal(84),
    currency="EUR",
    category="Train",
    path="/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf",
    sha256="ab" * 32,
    delivered_at=datetime(2026, 11, 22, 9, 0, 5, 123, tzinfo=UTC),
)
SIGNS = "=+-@"

formulas = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", " ", "\t", "\r", "\n", '"', "x;", 'x;"', "x; ", "x\n", "\u00a0", "\ufeff"]),
    st.sampled_from([*SIGNS, "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"]),
    st.sampled_from(["1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://x","y")', ""]),
    odd_texts,
)
texts = odd_texts.map(lambda text: text.encode("utf-8", "replace").decode()) | formulas.map(
    lambda text: text.encode("utf-8", "replace").decode()
)
rows = st.builds(
    replace,
    st.just(ROW),
    expense_id=texts,
    employee=texts,
    date=st.none() | st.dates(),
    merchant=st.none() | texts,
    amount=st.none() | st.decimals(-(10**9), 10**9, places=2),
    currency=st.none() | texts,
    category=st.none() | texts,
    path=texts,
    sha256=texts,
)


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def cells_of(row: ManifestRow) -> dict[str, str]:
    header, cells = read(manifest_csv([row]))
    return dict(zip(header, cells, strict=True))


def begins_a_formula(cell: str) -> bool:
    visible = cell.lstrip('" \t\r\n\v\f\x00\u00a0\u3000\ufeff\u200b\u2060\u2028\u2029\x85')
    first = unicodedata.normalize("NFKC", visible[:1]).replace("\u2212", "-")
    return first != "" and first in SIGNS


@settings(max_examples=400, deadline=None, derandomize=True)
@given(rows)
def test_what_is_read_is_what_was_written_but_for_the_apostrophes(row: ManifestRow) -> None:
    cells = cells_of(row)

    texts = {
        "Expense id": row.expense_id,
        "Employee": row.employee,
        "Merchant": row.merchant or "",
        "Currency": row.currency or "",
        "Category": row.category or "",
        "File path": row.path,
        "SHA-256": row.sha256,
    }
    for column, text in texts.items():
        assert cells[column].replace("'", "") == text.replace("'", "")
        assert not begins_a_formula(cells[column])
        assert not cells[column].startswith(("\t", "\r", "\n", "\x00"))
        if not any(sign in unicodedata.normalize("NFKC", text) for sign in f"{SIGNS}\u2212\t\r\n\x00"):
            assert cells[column] == text
    assert Decimal(cells["Amount"] or 0) == (row.amount or 0)
    assert cells["Date"] == (row.date.isoformat() if row.date else "")


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(rows, max_size=3))
def test_no_cell_is_a_formula_either_where_semicolons_separate(rows: list[ManifestRow]) -> None:
    text = manifest_csv([replace(row, amount=None) for row in rows]).decode("utf-8-sig")

    assert not any(map(begins_a_formula, re.split("[;\r\n]", text)))


def test_it_begins_with_its_mark_and_its_columns_and_ends_its_lines_as_windows_does() -> None:
    data = manifest_csv([ROW])

    assert data == (
        b"\xef\xbb\xbfExpense id,Employee,Date,Merchant,Amount,Currency,Category,File path,SHA-256,Delivered at,Space\r\n"
        b"expense-1,Jane Doe,2026-03-14,SNCF,84.00,EUR,Train,"
        b"/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf,"
        + b"ab" * 32
        + b",2026-11-22T09:00:05Z,\r\n"
    )


def test_a_month_without_deliveries_has_a_header_alone() -> None:
    assert len(read(manifest_csv([]))) == 1


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(rows, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[ManifestRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert manifest_csv(shuffled) == manifest_csv(rows)


@pytest.mark.parametrize(
    ("amount", "currency", "cell"),
    [
        ("84", "EUR", "84.00"),
        ("-84.5", "EUR", "-84.50"),
        ("1200", "JPY", "1200"),
        ("0.5", "KWD", "0.500"),
        ("1.23456", "EUR", "1.23456"),
        ("1E+3", "EUR", "1000.00"),
        ("12345678901234567890123456789012345.67", "EUR", "12345678901234567890123456789012345.67"),
        ("NaN", "EUR", ""),
        ("Infinity", None, ""),
        ("1." + "1" * 50, None, ""),
        ("1E+999999", None, ""),
        ("1E-999999", None, ""),
    ],
)
def test_an_amount_is_an_exact_number_or_nothing(amount: str, currency: str | None, cell: str) -> None:
    assert cells_of(replace(ROW, amount=Decimal(amount), currency=currency))["Amount"] == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-12", "'-12"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\ttab", "'\ttab"),
        ("'=1", "'=1"),
        ("x;=1+1", "x;'=1+1"),
        ('x ; "=1+1', "x ; \"'=1+1"),
        ("a\n+b", "a\n'+b"),
        ("a = b", "a = b"),
        ('The "Old" Pub, Paris', 'The "Old" Pub, Paris'),
        ("Rolls-Royce; spare parts", "Rolls-Royce; spare parts"),
        ("bad \ud800", "bad ?"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_only_what_could_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert cells_of(replace(ROW, merchant=text))["Merchant"] == cell


def test_a_currency_that_a_person_typed_is_one_visible_line_too() -> None:
    now = ROW.delivered_at
    key = DeliveryKey("atelier", "dbid:first", "expense-1", "document-1")
    delivery = Delivery(key, DeliveryStatus.DELIVERED, now, now, now)
    expense = to_host_expense(ExpenseRow("expense-1", currency="EUR\u202e\n=1+1"))

    row = manifest_row(delivery, expense)

    assert row.currency == "EUR =1+1"


@pytest.mark.parametrize("text", HUGE_TEXTS, ids=ascii_start)
def test_no_text_is_so_long_that_it_takes_long(text: str) -> None:
    assert len(cells_of(replace(ROW, merchant=f"x{text}x"))["Merchant"]) == 32_767


@pytest.mark.parametrize(
    ("number", "path"),
    [(1, "/Jenji/2026/03/Expenses 2026-03.csv"), (2, "/Jenji/2026/03/Expenses 2026-03 (2).csv")],
)
def test_the_manifest_lies_in_its_months_folder(number: int, path: str) -> None:
    assert manifest_path("/Jenji", 2026, 3, number) == path
