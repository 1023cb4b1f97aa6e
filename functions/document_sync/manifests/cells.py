"""Writes cells of a sheet by what they are: what people wrote is never a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from functions.document_sync.manifests.csv_table import MAX_CELL_LENGTH, decimals_shown

MOST_DIGITS = 15
"""Excel keeps no more: what has more is written as text, so that no digit of it is lost."""
MOST_LINKS = 65_530
"""A sheet holds no more; what is beyond has its path alone."""
_MOST_OF_A_LINK = 2_000
_FIRST_YEAR = 1900
# In the form that the reader's own settings give them: https://xlsxwriter.readthedocs.io/format.html
_DAY, _INSTANT = 14, 22
# What no XML may hold, besides the controls that the library escapes.
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")

AddFormat = Callable[[dict[str, object]], Format]


def is_exact(amount: Decimal) -> bool:
    """Whether a cell holds every digit of it."""
    return len(amount.as_tuple().digits) <= MOST_DIGITS


class Cells:
    """The cells of one sheet, which are written row by row."""

    def __init__(self, sheet: Worksheet, add_format: AddFormat) -> None:
        self._sheet = sheet
        self._add_format = add_format
        self._formats: dict[str, Format] = {}
        self._links = 0

    def text(self, row: int, column: int, text: str | None) -> None:
        """As it is."""
        if text:
            self._sheet.write_string(row, column, _storable(text))

    def heading(self, row: int, column: int, text: str) -> None:
        """A column's title."""
        properties = {"bold": True, "bg_color": "#E7EBF0", "bottom": 1, "text_wrap": True, "valign": "top"}
        self._sheet.write_string(row, column, text, self._format("heading", properties))

    def title(self, row: int, column: int, text: str) -> None:
        """What a block of lines is about."""
        self._sheet.write_string(row, column, text, self._format("title", {"bold": True, "font_size": 12}))

    def day(self, row: int, column: int, day: date | None) -> None:
        """A date; one before all that Excel knows as text."""
        if day is None:
            return
        if day.year < _FIRST_YEAR:
            self.text(row, column, day.isoformat())
        else:
            properties = {"num_format": _DAY, "align": "left"}
            moment = datetime.combine(day, time.min)
            self._sheet.write_datetime(row, column, moment, self._format("day", properties))

    def instant(self, row: int, column: int, instant: datetime) -> None:
        """A moment, in UTC."""
        properties = {"num_format": _INSTANT, "align": "left"}
        moment = instant.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._sheet.write_datetime(row, column, moment, self._format("instant", properties))

    def count(self, row: int, column: int, count: int) -> None:
        """A whole number."""
        self._sheet.write_number(row, column, count)

    def rate(self, row: int, column: int, percent: Decimal) -> None:
        """`20 %`, as a number."""
        decimals = max(0, -int(percent.as_tuple().exponent))
        number_format = f"0.{'0' * decimals}%" if decimals else "0%"
        properties = {"num_format": number_format, "align": "left"}
        self._sheet.write_number(row, column, float(percent / 100), self._format(number_format, properties))

    def money(self, row: int, column: int, amount: Decimal | None, currency: str | None) -> None:
        """A number, with the decimals of its currency."""
        if amount is None:
            return
        if is_exact(amount):
            self._sheet.write_number(row, column, float(amount), self._of_money(amount, currency))
        else:
            self.text(row, column, f"{amount:f}")

    def sum(self, row: int, column: int, formula: str, result: Decimal, currency: str | None) -> None:
        """A formula, and what it comes to, for programs that show it without calculating."""
        self._sheet.write_formula(row, column, formula, self._of_money(result, currency), float(result))

    def counted(self, row: int, column: int, formula: str, result: int) -> None:
        """The same, of a whole number."""
        self._sheet.write_formula(row, column, formula, None, result)

    def said(self, row: int, column: int, formula: str, result: str) -> None:
        """The same, of a text."""
        self._sheet.write_formula(row, column, formula, None, result)

    def link(self, row: int, column: int, url: str | None, text: str) -> None:
        """A text to click on; without a place to lead to, the text alone."""
        if url is None or self._links >= MOST_LINKS or len(url) > _MOST_OF_A_LINK:
            self.text(row, column, text)
            return
        self._links += 1
        properties = {"font_color": "#0563C1", "underline": 1}
        self._sheet.write_url(row, column, url, self._format("link", properties), _storable(text))

    def _of_money(self, amount: Decimal, currency: str | None) -> Format:
        decimals = decimals_shown(amount, currency)
        number_format = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return self._format(number_format, {"num_format": number_format})

    def _format(self, name: str, properties: Mapping[str, object]) -> Format:
        if name not in self._formats:
            self._formats[name] = self._add_format(dict(properties))
        return self._formats[name]


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().translate(_NO_CHARACTERS)[: MAX_CELL_LENGTH // 2]
