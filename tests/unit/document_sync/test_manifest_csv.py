"""The CSV is read by any spreadsheet as it was meant, whatever people wrote into their expenses."""

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

from functions.document_sync.manifests import csv_table
from functions.document_sync.manifests.month import ManifestMonth, manifest_path
from functions.document_sync.manifests.rows import ManifestRow
from functions.document_sync.manifests.vat import RateLine, Vat
from shared.domain.deliveries import ManifestForm
from shared.domain.links import Space
from shared.texts.languages import LANGUAGES
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
    document_number="F-1",
    vat=Vat((RateLine(Decimal(20), Decimal(14), Decimal(70)),), Decimal(70), is_read=True),
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
    document_number=st.none() | texts,
    path=texts,
    sha256=texts,
)


def manifest_csv(rows: list[ManifestRow], locale: str = "en") -> bytes:
    return csv_table.manifest_csv(ManifestMonth("2026-03", "/Jenji/2026/03", locale, rows))


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
        "Invoice number": row.document_number or "",
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


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(rows, max_size=3))
def test_no_cell_of_a_french_one_is_a_formula_where_commas_separate(rows: list[ManifestRow]) -> None:
    text = manifest_csv([replace(row, amount=None) for row in rows], "fr").decode("utf-8-sig")

    assert not any(map(begins_a_formula, re.split("[,\r\n]", text)))


def test_it_begins_with_its_mark_and_its_columns_and_ends_its_lines_as_windows_does() -> None:
    data = manifest_csv([ROW])

    assert data == (
        b"\xef\xbb\xbfExpense id,Employee,Date,Merchant,Amount,Currency,Category,File path,SHA-256,"
        b"Delivered at (UTC),Space,Document,Invoice number,Net,VAT,VAT from,Last check\r\n"
        b"expense-1,Jane Doe,2026-03-14,SNCF,84.00,EUR,Train,"
        b"/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf,"
        + b"ab" * 32
        + b',2026-11-22 09:00:05,,1,F-1,70.00,14.00,"document, as read",\r\n'
    )


@pytest.mark.parametrize(
    ("locale", "header", "line"),
    [
        ("en", "Expense id,Employee,Date,", ",2026-03-14,SNCF,1234.50,EUR,"),
        ("en-GB", "Expense id,Employee,Date,", ",2026-03-14,SNCF,1234.50,EUR,"),
        ("fr", "Identifiant de la dépense;Collaborateur;Date;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("fr-CH", "Identifiant de la dépense;Collaborateur;Date;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("de_DE", "Ausgaben-ID;Mitarbeiter;Datum;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("de-CH", "Ausgaben-ID;Mitarbeiter;Datum;", ";2026-03-14;SNCF;1234.50;EUR;"),
        ("es", "Identificador del gasto;Empleado;Fecha;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("es-MX", "Identificador del gasto,Empleado,Fecha,", ",2026-03-14,SNCF,1234.50,EUR,"),
        ("it", "Identificativo della spesa;Dipendente;Data;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("en-ZA", "Expense id;Employee;Date;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("en-FR", "Expense id;Employee;Date;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("de-Latn-AT", "Ausgaben-ID;Mitarbeiter;Datum;", ";2026-03-14;SNCF;1234,50;EUR;"),
        ("", "Expense id,Employee,Date,", ",2026-03-14,SNCF,1234.50,EUR,"),
        ("no locale", "Expense id,Employee,Date,", ",2026-03-14,SNCF,1234.50,EUR,"),
    ],
)
def test_it_is_written_as_the_companys_language_and_country_have_it(
    locale: str, header: str, line: str
) -> None:
    data = manifest_csv([replace(ROW, amount=Decimal("1234.5"))], locale)

    first, second, _ = data.decode("utf-8-sig").split("\r\n")
    assert first.startswith(header)
    assert line in second


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_columns_are_the_same_in_every_language_and_have_names_of_their_own(language: str) -> None:
    row = replace(ROW, space=Space.TEAM_SPACE)
    separator = "," if language == "en" else ";"

    header, cells = read(manifest_csv([row], language), separator)

    assert len(set(header)) == len(header) == len(cells) == len(csv_table.COLUMNS)
    assert (cells[0], cells[7], cells[8]) == (ROW.expense_id, ROW.path, ROW.sha256)


def test_a_month_without_deliveries_has_a_header_alone() -> None:
    assert len(read(manifest_csv([]))) == 1


@settings(max_examples=50, deadline=None, derandomize=True)
# A place in Dropbox holds one document: lines differ in what they are ordered by.
@given(st.lists(rows, max_size=6, unique_by=lambda row: row.order), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[ManifestRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert manifest_csv(in_order(shuffled)) == manifest_csv(in_order(rows))


def in_order(rows: list[ManifestRow]) -> list[ManifestRow]:
    return sorted(rows, key=lambda row: row.order)


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
        ("x,=1+1", "x,'=1+1"),
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


@pytest.mark.parametrize("text", HUGE_TEXTS, ids=ascii_start)
def test_no_text_is_so_long_that_it_takes_long(text: str) -> None:
    assert len(cells_of(replace(ROW, merchant=f"x{text}x"))["Merchant"]) == 32_767


@pytest.mark.parametrize(
    ("number", "path"),
    [(1, "/Jenji/2026/03/Expenses 2026-03.csv"), (2, "/Jenji/2026/03/Expenses 2026-03 (2).csv")],
)
def test_the_manifest_lies_in_its_months_folder(number: int, path: str) -> None:
    folder = "/Jenji/2026/03"

    assert manifest_path(folder, "2026-03", ManifestForm.CSV, number) == path
