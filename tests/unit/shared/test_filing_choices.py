"""Whatever a company chooses, its documents lie apart, in legal places; else where they always did."""

from __future__ import annotations

import itertools
import posixpath
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.domain.expenses import SupportingDocument
from shared.domain.file_names import folded, utf16_length
from shared.domain.filing.choices import (
    NAME_PARTS,
    ORDERS,
    STANDARD,
    FilingChoice,
    FilingPart,
    FilingProblem,
    MonthForm,
    from_code,
    problem_of,
)
from shared.domain.filing.document_path import document_path
from shared.domain.filing.folder_names import month_folder
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import Mark, ReadValue, WhatWasRead
from tests.unit.shared.odd_texts import FAMILY, odd_texts, why_illegal
from tests.unit.shared.test_document_path import ACCEPTED_AT, DOCUMENT, EXPENSE, documents, expenses

YEAR, MONTH, EMPLOYEE = FilingPart.YEAR, FilingPart.MONTH, FilingPart.EMPLOYEE
DATE, MERCHANT, AMOUNT = FilingPart.DATE, FilingPart.MERCHANT, FilingPart.AMOUNT
CATEGORY, NUMBER, ID = FilingPart.CATEGORY, FilingPart.DOCUMENT_NUMBER, FilingPart.EXPENSE
ALL_PARTS = tuple(sorted(NAME_PARTS))

names = st.permutations(ALL_PARTS).flatmap(
    lambda parts: st.integers(1, len(parts)).map(lambda number: tuple(parts[:number]))
)
choices = st.builds(FilingChoice, st.sampled_from(ORDERS), names, st.sampled_from(MonthForm))
parts = st.lists(st.sampled_from(FilingPart), max_size=6).map(tuple)
any_choices = st.builds(FilingChoice, parts, parts, st.sampled_from(MonthForm))


def with_number(expense: HostExpense, number: str | None) -> HostExpense:
    if number is None:
        return expense
    read = WhatWasRead(beside={"document_number": ReadValue(number, Mark(is_confirmed=True, source="text"))})
    return replace(expense, reading=ReadingNow(ReadingJobStatus.DONE, what=read))


all_expenses = st.builds(
    lambda expense, category, number, expense_id: with_number(
        replace(expense, category=category, expense_id=expense_id), number
    ),
    expenses,
    st.none() | odd_texts,
    st.none() | odd_texts,
    odd_texts,
)
LONG = with_number(
    replace(
        EXPENSE,
        merchant="漢" * 300,
        category="é" * 300,
        expense_id=FAMILY,
        amount=Decimal("-99999999999999.99"),
    ),
    "Ω" * 300,
)
FULL = FilingChoice(
    (YEAR, EMPLOYEE, MONTH), (EMPLOYEE, CATEGORY, NUMBER, MERCHANT, ID, AMOUNT, DATE), MonthForm.ES
)


def path_of(
    choice: FilingChoice,
    expense: HostExpense = EXPENSE,
    document: SupportingDocument = DOCUMENT,
    *,
    folder: str = "Jane Doe",
    candidate: int = 0,
    root: str = "/Jenji",
) -> str:
    return document_path(
        expense,
        document,
        root=root,
        employee_folder=folder,
        accepted_at=ACCEPTED_AT,
        candidate=candidate,
        choice=choice,
    )


def without_id(path: str) -> str:
    return re.sub(r"\[\w{5}\]", "[id]", path)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(any_choices)
def test_every_choice_is_either_one_on_offer_or_refused_with_a_reason(choice: FilingChoice) -> None:
    is_on_offer = choice.folders in ORDERS and set(choice.name) <= NAME_PARTS
    has_each_once = len(set(choice.name)) == len(choice.name) > 0

    assert (problem_of(choice) is None) == (is_on_offer and has_each_once)


@pytest.mark.parametrize(
    ("folders", "problem"),
    [
        ((MONTH, YEAR, EMPLOYEE), FilingProblem.MONTH_BEFORE_YEAR),
        ((MONTH, EMPLOYEE, YEAR), FilingProblem.MONTH_BEFORE_YEAR),
        ((EMPLOYEE, MONTH, YEAR), FilingProblem.MONTH_BEFORE_YEAR),
        ((YEAR, EMPLOYEE), FilingProblem.MONTH_MISSING),
        ((), FilingProblem.MONTH_MISSING),
        ((YEAR, MONTH), FilingProblem.EMPLOYEE_MISSING),
        ((YEAR, MONTH, MERCHANT), FilingProblem.PRIVATE_FOLDER),
        ((YEAR, MONTH, EMPLOYEE, AMOUNT), FilingProblem.PRIVATE_FOLDER),
        ((YEAR, MONTH, EMPLOYEE, MONTH), FilingProblem.PARTS_UNFIT),
    ],
)
def test_folders_that_would_mix_or_say_too_much_are_refused(
    folders: tuple[FilingPart, ...], problem: FilingProblem
) -> None:
    assert problem_of(replace(STANDARD, folders=folders)) is problem


@pytest.mark.parametrize("name", [(), (DATE, DATE), (YEAR,), (MONTH, MERCHANT)])
def test_a_name_is_made_of_parts_of_names_each_once(name: tuple[FilingPart, ...]) -> None:
    assert problem_of(replace(STANDARD, name=name)) is FilingProblem.PARTS_UNFIT


@settings(max_examples=100, deadline=None, derandomize=True)
@given(choices)
def test_a_choice_is_read_as_it_was_written(choice: FilingChoice) -> None:
    assert problem_of(choice) is None
    assert from_code(choice.code) == choice


@pytest.mark.parametrize(
    "code", ["", "year/month|date|number", "month/year/employee|date|number", "a|b|c", "x"]
)
def test_what_a_later_release_wrote_is_filed_as_usual(code: str) -> None:
    assert from_code(code) == STANDARD


@pytest.mark.parametrize(
    ("expense", "path"),
    [
        (EXPENSE, "/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [id].pdf"),
        (replace(EXPENSE, date=None), "/Jenji/2026/11/Jane Doe/2026-11-22 SNCF 84.00 EUR [id].pdf"),
        (
            replace(EXPENSE, merchant=None, amount=None),
            "/Jenji/2026/03/Jane Doe/2026-03-14 Document [id].pdf",
        ),
        (
            replace(EXPENSE, merchant="x" * 300),
            f"/Jenji/2026/03/Jane Doe/2026-03-14 {'x' * 143} 84.00 EUR [id].pdf",
        ),
        (
            replace(EXPENSE, merchant="漢" * 300),
            f"/Jenji/2026/03/Jane Doe/2026-03-14 {'漢' * 74} 84.00 EUR [id].pdf",
        ),
    ],
)
def test_who_has_chosen_nothing_has_exactly_the_paths_of_always(expense: HostExpense, path: str) -> None:
    assert without_id(path_of(STANDARD, expense)) == path
    assert path_of(STANDARD, expense) == document_path(
        expense, DOCUMENT, root="/Jenji", employee_folder="Jane Doe", accepted_at=ACCEPTED_AT
    )


@pytest.mark.parametrize(
    ("folders", "months", "folder"),
    [
        ((YEAR, MONTH, EMPLOYEE), MonthForm.EN, "/Jenji/2026/03 March/Jane Doe"),
        ((YEAR, EMPLOYEE, MONTH), MonthForm.FR, "/Jenji/2026/Jane Doe/03 mars"),
        ((EMPLOYEE, YEAR, MONTH), MonthForm.DE, "/Jenji/Jane Doe/2026/03 März"),
        ((MONTH, EMPLOYEE), MonthForm.ES, "/Jenji/2026-03 marzo/Jane Doe"),
        ((EMPLOYEE, MONTH), MonthForm.NUMBER, "/Jenji/Jane Doe/2026-03"),
    ],
)
def test_folders_stand_in_their_order_and_months_in_their_language(
    folders: tuple[FilingPart, ...], months: MonthForm, folder: str
) -> None:
    assert posixpath.dirname(path_of(FilingChoice(folders, months=months))) == folder


@pytest.mark.parametrize("folders", [order for order in ORDERS if order[-1] is not EMPLOYEE])
@pytest.mark.parametrize("months", list(MonthForm))
def test_nobody_shares_a_folder_with_a_year_a_month_or_whom_it_was_told_apart(
    folders: tuple[FilingPart, ...], months: MonthForm
) -> None:
    periods = ["2026", "03", "03 March", "2026-03", "99 -"]
    names = [f"{prefix}{period}" for period in periods for prefix in ("", "_", "__")]

    made = [path_of(FilingChoice(folders, months=months), folder=name).split("/") for name in names]

    at = folders.index(EMPLOYEE) + 2
    assert len({path[at].casefold() for path in made}) == len(names)
    assert all(path[at].startswith("_") for path in made)


def test_where_it_was_filed_before_it_stays_though_its_date_was_corrected() -> None:
    moved = replace(EXPENSE, date=date(2027, 1, 2))

    path = document_path(
        moved, DOCUMENT, root="/Jenji", employee_folder="Jane Doe", accepted_at=ACCEPTED_AT, month="2026-03"
    )

    assert without_id(path) == "/Jenji/2026/03/Jane Doe/2027-01-02 SNCF 84.00 EUR [id].pdf"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ((MERCHANT,), "SNCF [id].pdf"),
        ((AMOUNT, DATE), "84.00 EUR 2026-03-14 [id].pdf"),
        ((CATEGORY, EMPLOYEE), "train Jane Doe [id].pdf"),
        ((NUMBER, ID, MERCHANT), "F-1-2 expense- SNCF [id].pdf"),
    ],
)
def test_a_name_says_its_parts_in_their_order(name: tuple[FilingPart, ...], file: str) -> None:
    expense = with_number(EXPENSE, "F/1/2")

    assert posixpath.basename(without_id(path_of(FilingChoice(name=name), expense))) == file


def test_what_is_missing_is_left_out_and_an_empty_name_says_that_it_is_a_document() -> None:
    bare = replace(EXPENSE, merchant=None, amount=None, category=None)
    names_made = [(CATEGORY, NUMBER, DATE), (CATEGORY, AMOUNT, NUMBER), (CATEGORY, MERCHANT)]

    files = [posixpath.basename(without_id(path_of(FilingChoice(name=name), bare))) for name in names_made]

    assert files == ["2026-03-14 [id].pdf", "Document [id].pdf", "Document [id].pdf"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(choices, all_expenses, documents, odd_texts, st.integers(0, 8))
@example(FULL, LONG, DOCUMENT, "漢" * 300, 100)
@example(replace(FULL, folders=(EMPLOYEE, MONTH)), LONG, DOCUMENT, "y" * 300, 3)
@example(FilingChoice(name=(MERCHANT,)), replace(EXPENSE, merchant="~.x"), DOCUMENT, "2026", 0)
@example(FilingChoice(name=(MERCHANT,)), replace(EXPENSE, merchant="CON"), DOCUMENT, "CON", 0)
def test_every_path_is_legal_everywhere_and_always_the_same(
    choice: FilingChoice,
    expense: HostExpense,
    document: SupportingDocument,
    folder: str,
    candidate: int,
) -> None:
    path = path_of(choice, expense, document, folder=folder, candidate=candidate)

    below = path.removeprefix("/Jenji/").split("/")
    assert [why_illegal(part) for part in below] == [None] * (len(choice.folders) + 1)
    assert posixpath.normpath(path) == path
    assert utf16_length(path) <= 200
    assert path == path_of(choice, expense, document, folder=folder, candidate=candidate)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(choices, all_expenses, all_expenses, documents, documents, st.integers(0, 8))
def test_no_two_documents_share_a_path_whatever_is_chosen(
    choice: FilingChoice,
    expense: HostExpense,
    another: HostExpense,
    one: SupportingDocument,
    other: SupportingDocument,
    candidate: int,
) -> None:
    first = path_of(choice, expense, one, candidate=candidate)
    second = path_of(choice, another, other, candidate=candidate)

    assert (folded(first) == folded(second)) <= (one.document_id == other.document_id)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(choices, all_expenses, documents)
def test_every_candidate_is_another_name_in_the_same_folder(
    choice: FilingChoice, expense: HostExpense, document: SupportingDocument
) -> None:
    paths = [path_of(choice, expense, document, candidate=candidate) for candidate in range(12)]

    assert len({folded(path) for path in paths}) == 12
    assert len({posixpath.dirname(path) for path in paths}) == 1


@settings(max_examples=300, deadline=None, derandomize=True)
@given(choices, st.dates(), st.dates())
def test_documents_of_two_months_never_lie_in_one_folder(
    choice: FilingChoice, one: date, other: date
) -> None:
    folders = {posixpath.dirname(path_of(choice, replace(EXPENSE, date=day))) for day in (one, other)}

    assert (len(folders) == 1) == ((one.year, one.month) == (other.year, other.month))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(choices, choices, st.sampled_from(["2026", "03", "03 March", "2026-03", "2025 and on"]))
def test_nobodys_folder_is_taken_for_one_of_years_or_months(
    choice: FilingChoice, other: FilingChoice, employee: str
) -> None:
    place = choice.folders.index(EMPLOYEE)
    parts = path_of(choice, folder=employee).split("/")[2:]
    others = path_of(other, folder="Jane Doe").split("/")[2:]

    is_beside_periods = place < len(choice.folders) - 1
    assert parts[place] == (f"_{employee}" if is_beside_periods else employee)
    assert not is_beside_periods or parts[place] not in others


def test_an_employees_long_name_gives_way_and_namesakes_stay_apart() -> None:
    longest = "x" * 60 + " (2)"

    folders = [
        posixpath.dirname(path_of(FilingChoice(order, months=MonthForm.ES), LONG, folder=longest))
        for order in ORDERS
    ]

    assert all(longest in folder.split("/") for folder in folders)


@pytest.mark.parametrize("months", MonthForm)
def test_months_sort_by_time_and_each_is_another_for_every_file_system(months: MonthForm) -> None:
    days = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]

    named = [month_folder("", day, FilingChoice(months=months)) for day in days]

    assert named == sorted(named)
    assert len({folded(name) for name in named}) == 24
    assert [why_illegal(part) for name in named for part in name.split("/")[1:]] == [None] * 48


@pytest.mark.parametrize(
    ("folders", "folder"),
    [
        ((YEAR, MONTH, EMPLOYEE), "/Jenji/2026/03"),
        ((YEAR, EMPLOYEE, MONTH), "/Jenji/2026"),
        ((EMPLOYEE, YEAR, MONTH), "/Jenji"),
        ((MONTH, EMPLOYEE), "/Jenji/2026-03"),
        ((EMPLOYEE, MONTH), "/Jenji"),
    ],
)
def test_all_of_a_month_lies_below_its_list_and_no_list_in_an_employees_folder(
    folders: tuple[FilingPart, ...], folder: str
) -> None:
    choice = FilingChoice(folders)

    found = month_folder("/Jenji", datetime(2026, 3, 31, tzinfo=UTC).date(), choice)

    paths = [path_of(choice, folder=employee) for employee in ("Jane Doe", "Alice")]
    assert found == folder == posixpath.commonpath([*paths, found])


def test_every_order_on_offer_is_safe_and_there_are_no_others() -> None:
    all_orders = [
        order for length in range(4) for order in itertools.permutations((YEAR, MONTH, EMPLOYEE), length)
    ]

    safe = {order for order in all_orders if problem_of(FilingChoice(order)) is None}

    assert safe == set(ORDERS)
