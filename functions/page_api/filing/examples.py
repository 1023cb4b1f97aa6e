"""Documents that never were, filed by the code that files: what a choice leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.filing.choices import FilingChoice
from shared.domain.filing.document_path import document_path
from shared.domain.filing.folder_names import month_folder
from shared.domain.folders import SYNCHRONISATION_FOLDER
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import Mark, ReadValue, WhatWasRead


class ExampleKind(StrEnum):
    """What each shows: everything there, names that are too long, next to nothing known."""

    USUAL = "usual"
    LONG = "long"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Example:
    """The path of one."""

    kind: ExampleKind
    path: str


_DAY = date(2026, 3, 14)
_DOCUMENT = SupportingDocument("example", "", "", "receipt.pdf", "application/pdf", 1)
_NUMBER = ReadValue("F-2026-0042", Mark(is_confirmed=True, source="text"))
_USUAL = HostExpense(
    expense_id="29d790f6",
    company_id="",
    user_id="",
    employee_name="Jane Doe",
    status=ExpenseStatus.ACCEPTED,
    accepted_at=None,
    date=_DAY,
    merchant="SNCF",
    amount=Decimal("84.00"),
    currency="EUR",
    category="train",
    documents=(_DOCUMENT,),
    reading=ReadingNow(ReadingJobStatus.DONE, what=WhatWasRead(beside={"document_number": _NUMBER})),
)
_LONG = replace(
    _USUAL,
    employee_name="Maximiliane-Konstanze de la Rochefoucauld-Wittgenstein",
    merchant="Société coopérative des hôtels, restaurants et cafés de la vallée de la Loire " * 2,
    amount=Decimal("1234567.89"),
)
_INCOMPLETE = replace(
    _USUAL, date=None, merchant=None, amount=None, currency=None, category=None, reading=None
)
_EXPENSES = {
    ExampleKind.USUAL: _USUAL,
    ExampleKind.LONG: _LONG,
    ExampleKind.INCOMPLETE: _INCOMPLETE,
}


def examples(choice: FilingChoice, now: datetime) -> Iterator[Example]:
    """Where each would be filed if it were accepted now."""
    for kind, expense in _EXPENSES.items():
        path = document_path(
            expense,
            _DOCUMENT,
            root=SYNCHRONISATION_FOLDER,
            employee_folder=expense.employee_name,
            accepted_at=now,
            choice=choice,
        )
        yield Example(kind, path)


def list_folder(choice: FilingChoice) -> str:
    """Where the list of the month of these would lie."""
    return month_folder(SYNCHRONISATION_FOLDER, _DAY, choice)
