"""What a company may choose of where its documents are filed, within what can be safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FilingPart(StrEnum):
    """What a path is made of. The first three name folders, the employee and the others files."""

    YEAR = "year"
    MONTH = "month"
    EMPLOYEE = "employee"
    DATE = "date"
    MERCHANT = "merchant"
    AMOUNT = "amount"
    CATEGORY = "category"
    DOCUMENT_NUMBER = "document_number"
    EXPENSE = "expense"


class MonthForm(StrEnum):
    """How folders of months are written: `03`, or with the name in a language, `03 March`."""

    NUMBER = "number"
    EN = "en"
    FR = "fr"
    DE = "de"
    ES = "es"
    IT = "it"


class FilingProblem(StrEnum):
    """Why a choice is not safe."""

    MONTH_BEFORE_YEAR = "month_before_year"
    MONTH_MISSING = "month_missing"
    EMPLOYEE_MISSING = "employee_missing"
    PRIVATE_FOLDER = "private_folder"
    PARTS_UNFIT = "parts_unfit"


FOLDER_PARTS = frozenset({FilingPart.YEAR, FilingPart.MONTH, FilingPart.EMPLOYEE})
"""All that may name a folder: people read its name before they may read what lies in it."""
NAME_PARTS = frozenset(FilingPart) - {FilingPart.YEAR, FilingPart.MONTH}


@dataclass(frozen=True, slots=True)
class FilingChoice:
    """Folders from the outermost in, the parts of a file's name in their order, how months are written.

    Where there is no folder of the year, the month's says it: `2026-03`. An id of the document ends every
    name, chosen or not: it is what keeps any two documents apart.
    """

    folders: tuple[FilingPart, ...] = (FilingPart.YEAR, FilingPart.MONTH, FilingPart.EMPLOYEE)
    name: tuple[FilingPart, ...] = (FilingPart.DATE, FilingPart.MERCHANT, FilingPart.AMOUNT)
    months: MonthForm = MonthForm.NUMBER

    @property
    def has_year_folders(self) -> bool:
        """Whether everything of a year, and nothing else, lies in one folder, which can be shared."""
        return self.folders[:1] == (FilingPart.YEAR,)

    @property
    def code(self) -> str:
        """The choice in a word: `year/month/employee|date,merchant,amount|number`."""
        return f"{'/'.join(self.folders)}|{','.join(self.name)}|{self.months}"


STANDARD = FilingChoice()
"""Where documents of a company are filed that has chosen nothing."""
ORDERS: tuple[tuple[FilingPart, ...], ...] = (
    STANDARD.folders,
    (FilingPart.YEAR, FilingPart.EMPLOYEE, FilingPart.MONTH),
    (FilingPart.EMPLOYEE, FilingPart.YEAR, FilingPart.MONTH),
    (FilingPart.MONTH, FilingPart.EMPLOYEE),
    (FilingPart.EMPLOYEE, FilingPart.MONTH),
)
"""Every safe order of folders."""


def from_code(code: str) -> FilingChoice:
    """Read a choice. One of a later release that this one does not know is filed as usual, unharmed."""
    try:
        folders, name, months = code.split("|")
        choice = FilingChoice(_parts(folders.split("/")), _parts(name.split(",")), MonthForm(months))
    except ValueError:
        return STANDARD
    return STANDARD if problem_of(choice) else choice


def problem_of(choice: FilingChoice) -> FilingProblem | None:
    """Why documents filed so would mix, or a folder's name would say too much; None if neither."""
    return _folders_problem(choice.folders) or _name_problem(choice.name)


def _folders_problem(folders: Sequence[FilingPart]) -> FilingProblem | None:
    if not FOLDER_PARTS.issuperset(folders):
        return FilingProblem.PRIVATE_FOLDER
    if len(set(folders)) < len(folders):
        return FilingProblem.PARTS_UNFIT
    if FilingPart.MONTH not in folders:
        return FilingProblem.MONTH_MISSING
    if FilingPart.EMPLOYEE not in folders:
        return FilingProblem.EMPLOYEE_MISSING
    return None if tuple(folders) in ORDERS else FilingProblem.MONTH_BEFORE_YEAR


def _name_problem(name: Sequence[FilingPart]) -> FilingProblem | None:
    is_fit = bool(name) and NAME_PARTS.issuperset(name) and len(set(name)) == len(name)
    return None if is_fit else FilingProblem.PARTS_UNFIT


def _parts(names: Sequence[str]) -> tuple[FilingPart, ...]:
    return tuple(FilingPart(name) for name in names)
