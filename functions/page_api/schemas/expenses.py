"""Expenses as the host has them, as the API shows them."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from functions.page_api.schemas.forms import Absent, Shown
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.reading_jobs import ReadingJobStatus


class ExpenseNow(Shown):
    """An expense as the host has it at present; what is not filled in is absent."""

    status: Absent[ExpenseStatus] = None
    merchant: Absent[str] = None
    date: Absent[dt.date] = None
    amount: Absent[str] = None
    currency: Absent[str] = None


class ExpenseValues(TypedDict):
    """What `ExpenseNow` is made from."""

    status: ExpenseStatus | None
    merchant: str | None
    date: dt.date | None
    amount: str | None
    currency: str | None


def values_of(expense: HostExpense) -> ExpenseValues:
    """What an expense says at present."""
    return {
        "status": expense.status,
        "merchant": expense.merchant,
        "date": expense.date,
        "amount": None if expense.amount is None else f"{expense.amount:f}",
        "currency": expense.currency,
    }


class ExpenseOfEmployee(ExpenseNow):
    """The same, and whose it is."""

    employee: Absent[str] = None


class Reading(Shown):
    """How the reading of an expense's document stands."""

    state: ReadingJobStatus
    unconfirmed: list[str]
    """Fields that were filled in without being sure, and that nobody has edited since."""
    possible_duplicate_of: Absent[str] = None
    has_several_documents: bool
    """Whether the file holds several: what was filled in is the first one's."""


class ReadExpense(ExpenseNow):
    """The same, and how the reading of its document stands."""

    reading: Absent[Reading] = None
