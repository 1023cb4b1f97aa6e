"""The names of the folders that documents are filed in: years, months, employees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from shared.domain.file_names import sanitise, utf16_length
from shared.domain.filing.choices import FilingChoice, FilingPart, MonthForm

_MONTHS = {
    MonthForm.EN: "January February March April May June July August September October November December",
    MonthForm.FR: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    MonthForm.DE: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    MonthForm.ES: (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    MonthForm.IT: (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    ),
}
# What folders of years and months are called, in whichever form and language; and what people are called
# whose name was told apart from them, so that nobody else is.
_PERIOD = re.compile("_*[0-9]{2}([0-9]{2})?([ -].*)?")
_NO_NAME = "Employee"


def month_folder(root: str, day: date, choice: FilingChoice) -> str:
    """The innermost folder that everything of a month lies below: none of an employee's."""
    before_employees = choice.folders[: choice.folders.index(FilingPart.EMPLOYEE)]
    return "/".join([root.rstrip("/"), *_periods(before_employees, day, choice)])


def employee_folders(root: str, day: date, employee: str, choice: FilingChoice, room: int) -> str:
    """The folder that a document is filed in, of at most `room` UTF-16 units: a long employee gives way."""
    place = choice.folders.index(FilingPart.EMPLOYEE)
    before = [root.rstrip("/"), *_periods(choice.folders[:place], day, choice)]
    after = _periods(choice.folders[place + 1 :], day, choice)
    left = room - utf16_length("/".join([*before, "", *after]))
    return "/".join([*before, _employee(employee, left, is_beside_periods=bool(after)), *after])


def _periods(parts: Sequence[FilingPart], day: date, choice: FilingChoice) -> list[str]:
    return [f"{day.year:04d}" if part is FilingPart.YEAR else _month(day, choice) for part in parts]


def _month(day: date, choice: FilingChoice) -> str:
    """The number comes first, in every language: so that they are in order, and no two are the same."""
    number = f"{day.month:02d}" if FilingPart.YEAR in choice.folders else f"{day.year:04d}-{day.month:02d}"
    names = _MONTHS.get(choice.months)
    return f"{number} {names.split()[day.month - 1]}" if names else number


def _employee(employee: str, room: int, *, is_beside_periods: bool) -> str:
    """Beside folders of years or months, which another choice has made, none of a person's is called so."""
    name = sanitise(employee, fallback=_NO_NAME, max_length=room)
    if is_beside_periods and _PERIOD.fullmatch(name):
        return sanitise(f"_{name}", fallback=_NO_NAME, max_length=room)
    return name
