"""The Excel file has real dates and numbers, totals that add up, links that lead somewhere, and no surprise."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from functions.document_sync.manifests import cells
from functions.document_sync.manifests.formulas import plain_labels
from functions.document_sync.manifests.month import ManifestMonth
from functions.document_sync.manifests.rows import ManifestRow
from functions.document_sync.manifests.vat import RateLine, Vat
from functions.document_sync.manifests.workbook import manifest_workbook
from shared.domain.links import Space
from shared.texts.languages import LANGUAGES
from tests.unit.document_sync.test_manifest_csv import ROW, texts

FOLDER = "/Jenji/2026/03"
ELODIE = replace(
    ROW,
    expense_id="expense-2",
    employee="Élodie *",
    merchant="=1+1",
    category="06251",
    amount=Decimal("12.50"),
    path=f"{FOLDER}/Élodie/2026-03-15 50% #1 [X].pdf",
    document_number="00123",
    vat=Vat((RateLine(Decimal("5.5"), Decimal("0.65"), Decimal("11.85")),), Decimal("11.85"), is_read=False),
)
YEN = replace(ROW, expense_id="expense-3", amount=Decimal(1200), currency="JPY", category=None, vat=None)


def written(*rows: ManifestRow, locale: str = "en", space: Space | None = None) -> bytes:
    data = manifest_workbook(ManifestMonth("2026-03", FOLDER, locale, rows, space))
    assert data is not None
    return data


def opened(*rows: ManifestRow, values: bool = False, **month: Any) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(*rows, **month)), data_only=values)


def lines_of(book: Workbook) -> Worksheet:
    return book.worksheets[0]


def by_title(sheet: Worksheet, number: int) -> dict[str, Any]:
    titles = [cell.value for cell in sheet[1]]
    return dict(zip(titles, sheet[number], strict=True))


def block(book: Workbook, title: str) -> list[dict[str, Any]]:
    """The lines below a title of the sheet of totals, as they read without calculating."""
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    first = next(number for number, row in enumerate(rows) if row[0] == title)
    below = rows[first + 2 :]
    end = next((number for number, row in enumerate(below) if not any(row)), len(below))
    return [dict(zip(rows[first + 1], row, strict=True)) for row in below[:end]]


def test_dates_numbers_and_texts_are_what_they_are() -> None:
    line = by_title(lines_of(opened(ROW, ELODIE)), 3)

    assert line["Date"].value.date() == ROW.date
    assert line["Date"].is_date
    assert (line["Amount"].value, line["Amount"].data_type) == (12.5, "n")
    assert line["Delivered at (UTC)"].value.isoformat() == "2026-11-22T09:00:05"
    assert (line["Category"].value, line["Category"].data_type) == ("06251", "s")
    assert (line["Invoice number"].value, line["Invoice number"].data_type) == ("00123", "s")
    assert (line["Merchant"].value, line["Merchant"].data_type) == ("=1+1", "s")
    assert line["VAT from"].value == "expense"


@pytest.mark.parametrize(
    ("amount", "currency", "number_format"),
    [
        ("84", "EUR", "#,##0.00"),
        ("1200", "JPY", "#,##0"),
        ("0.5", "KWD", "#,##0.000"),
        ("1.2345", "CLF", "#,##0.0000"),
        ("1.23456", "EUR", "#,##0.00000"),
        ("84", None, "#,##0.00"),
    ],
)
def test_amounts_show_the_decimals_of_their_currency(
    amount: str, currency: str | None, number_format: str
) -> None:
    line = by_title(lines_of(opened(replace(ROW, amount=Decimal(amount), currency=currency))), 2)

    assert line["Amount"].number_format == number_format
    assert line["Amount"].value == pytest.approx(float(amount))


def test_an_amount_of_more_digits_than_excel_keeps_is_text_and_in_no_sum() -> None:
    huge = replace(ROW, amount=Decimal("1234567890123456.78"))

    book = opened(huge, replace(ROW, expense_id="other"), values=True)

    assert by_title(lines_of(book), 2)["Amount"].value == "1234567890123456.78"
    assert block(book, "All expenses")[0]["Amount"] == 84


def test_a_date_before_all_that_excel_knows_is_text() -> None:
    line = by_title(lines_of(opened(replace(ROW, date=date(1214, 7, 27)))), 2)

    assert line["Date"].value == "1214-07-27"


def test_vat_has_columns_for_each_rate() -> None:
    first, second = (by_title(lines_of(opened(ROW, ELODIE)), number) for number in (2, 3))

    assert (first["Net at 20%"].value, first["VAT at 20%"].value) == (70, 14)
    assert (first["VAT at 5.5%"].value, second["VAT at 5.5%"].value) == (None, 0.65)
    assert (second["Net"].value, second["VAT"].value) == (11.85, 0.65)


def test_totals_are_formulas_that_say_what_they_come_to() -> None:
    formulas, values = opened(ROW, ELODIE, YEN), opened(ROW, ELODIE, YEN, values=True)

    [euro, yen] = block(formulas, "All expenses")
    assert euro["Amount"] == "=SUMIFS('Expenses'!$E$2:$E$4,'Expenses'!$F$2:$F$4,$B3)"
    assert yen["Check"].startswith("=IF(AND(ABS(")
    [euro, yen] = block(values, "All expenses")
    assert (euro["Currency"], euro["Expenses"], euro["Amount"], euro["VAT"]) == ("EUR", 2, 96.5, 14.65)
    assert (euro["By employee"], euro["By category"], euro["Check"]) == (96.5, 96.5, "adds up")
    assert (yen["Currency"], yen["Amount"]) == ("JPY", 1200)
    employees = [
        (line["Employee"], line["Currency"], line["Amount"]) for line in block(values, "By employee")
    ]
    assert employees == [("Jane Doe", "EUR", 84), ("Jane Doe", "JPY", 1200), ("Élodie *", "EUR", 12.5)]
    categories = [(line["Category"], line["Amount"]) for line in block(values, "By category")]
    assert categories == [("(none)", 1200), ("06251", 12.5), ("Train", 84)]
    rates = [(line["VAT rate"], line["Net"], line["VAT"]) for line in block(values, "By VAT rate")]
    assert rates == [(0.055, 11.85, 0.65), (0.2, 70, 14)]


def test_documents_of_one_expense_are_counted_each_and_summed_once() -> None:
    second = replace(ROW, position=2, amount=None, vat=None, path=f"{ROW.path}.2")

    [total] = block(opened(ROW, second, values=True), "All expenses")

    assert (total["Documents"], total["Expenses"], total["Amount"]) == (2, 1, 84)


def test_what_sumifs_would_take_for_a_pattern_is_compared_exactly() -> None:
    [_, star] = block(opened(ROW, ELODIE), "By employee")
    [number, train] = block(opened(ROW, ELODIE), "By category")

    assert star["Amount"].startswith("=SUMPRODUCT(--EXACT(")
    assert number["Amount"].startswith("=SUMPRODUCT(--EXACT(")
    assert train["Amount"].startswith("=SUMIFS(")


@pytest.mark.parametrize(
    ("labels", "plain"),
    [
        ({"Jane Doe", "Élodie O'Neill", "Dupont-Durand (2)"}, {"Jane Doe", "Élodie O'Neill"}),
        ({"Jane", "JANE", "Bob"}, {"Bob"}),
        ({"*", "a?", "~", "<5", "=x", "", "6251", "1 May", "WAHR", "x" * 256}, set()),
    ],
)
def test_only_plain_names_are_criteria(labels: set[str], plain: set[str]) -> None:
    assert plain_labels(labels) == plain


def test_each_document_is_linked_beside_the_file_and_at_dropbox_where_that_is_certain() -> None:
    url = "https://www.dropbox.com/home/Jenji/2026/03/%C3%89lodie?preview=2026-03-15%2050%25%20%231%20%5BX%5D.pdf"

    line = by_title(lines_of(opened(replace(ELODIE, web_url=url))), 2)

    assert line["File path"].value == ELODIE.path
    assert line["File path"].hyperlink.target == "Élodie\\2026-03-15%2050%25%20%231%20%5bX%5d.pdf"
    assert line["In Dropbox"].hyperlink.target == url
    assert line["In Dropbox"].value == "Open"
    assert "In Dropbox" not in by_title(lines_of(opened(ELODIE)), 2)


def test_a_document_in_another_place_is_linked_from_there() -> None:
    line = by_title(lines_of(opened(replace(ROW, path="/Jenji/Jane Doe/2026/a b.pdf"))), 2)

    assert line["File path"].hyperlink.target == "..\\..\\Jane%20Doe\\2026\\a%20b.pdf"


def test_nothing_is_beside_a_manifest_of_another_space() -> None:
    rows = [replace(ROW, space=Space.MEMBER_FOLDER), replace(ELODIE, space=Space.TEAM_SPACE)]

    sheet = lines_of(opened(*rows, space=Space.TEAM_SPACE))

    first, second = by_title(sheet, 2), by_title(sheet, 3)
    assert (first["File path"].hyperlink, first["Space"].value) == (None, "member folder")
    assert second["File path"].hyperlink is not None


def test_a_sheet_has_no_more_links_than_excel_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_LINKS", 1)

    sheet = lines_of(opened(ROW, ELODIE))

    assert [by_title(sheet, number)["File path"].hyperlink is None for number in (2, 3)] == [False, True]
    assert by_title(sheet, 3)["File path"].value == ELODIE.path


def test_the_header_stays_in_sight_filters_and_is_printed_on_every_page() -> None:
    sheet = lines_of(opened(ROW, ELODIE))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, sheet.max_column).coordinate}"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["A"].width


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_and_columns_are_in_the_companys_language(language: str) -> None:
    book = opened(ROW, ELODIE, YEN, locale=language, values=True)

    names = LANGUAGES[language]
    assert book.sheetnames == [names["manifest.sheet.expenses"], names["manifest.sheet.totals"]]
    titles = [cell.value for cell in lines_of(book)[1]]
    assert len(set(titles)) == len(titles)
    assert names["manifest.column.employee"] in titles
    assert block(book, names["manifest.totals.all"])[0][names["manifest.column.amount"]] == 96.5


def test_a_rate_is_written_with_the_companys_decimal_mark() -> None:
    titles = [cell.value for cell in lines_of(opened(ELODIE, locale="fr"))[1]]

    assert "TVA à 5,5 %" in titles


def test_the_same_month_makes_the_same_bytes() -> None:
    assert written(ROW, ELODIE) == written(ROW, ELODIE)


def test_a_month_without_lines_opens_too() -> None:
    book = opened()

    assert lines_of(book).max_row == 1
    assert block(book, "All expenses") == []


def test_a_month_of_more_lines_than_a_sheet_has_no_excel_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.document_sync.manifests.workbook.MOST_LINES", 1)

    assert manifest_workbook(ManifestMonth("2026-03", FOLDER, "en", [ROW, ELODIE])) is None


odd_rows = st.builds(
    replace,
    st.just(ROW),
    expense_id=texts,
    employee=texts,
    merchant=st.none() | texts,
    currency=st.none() | texts,
    category=st.none() | texts,
    document_number=st.none() | texts,
    amount=st.none() | st.decimals(-(10**9), 10**9, places=2),
    date=st.none() | st.dates(),
    delivered_at=st.just(datetime(2026, 11, 22, tzinfo=UTC)),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(odd_rows, max_size=3))
def test_nothing_that_people_wrote_is_a_formula_or_makes_the_file_unreadable(rows: list[ManifestRow]) -> None:
    sheet = lines_of(opened(*rows))

    for number, row in enumerate(rows, start=2):
        line = by_title(sheet, number)
        assert not any(cell.data_type == "f" for cell in line.values())
        # XML knows one end of a line; what it cannot hold at all is replaced.
        for title, text in {
            "Merchant": row.merchant,
            "Category": row.category,
            "Employee": row.employee,
        }.items():
            if (text or "").isprintable():
                assert (line[title].value or "") == (text or "")[: cells.MAX_CELL_LENGTH // 2]
