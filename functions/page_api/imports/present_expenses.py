"""The present values of the caller's own expenses: the host has the last word, not a history."""

from __future__ import annotations

from collections.abc import Iterable

from functions.page_api.ports import Expenses
from shared.domain.host_expenses import HostExpense

OwnExpenses = dict[str, HostExpense]


def of_user(expenses: Expenses, user_id: str, expense_ids: Iterable[str | None]) -> OwnExpenses:
    """By id, those that are the user's."""
    return {
        expense_id: expense
        for expense_id, expense in _found(expenses, expense_ids).items()
        if expense.user_id == user_id
    }


def of_company(expenses: Expenses, company_id: str, expense_ids: Iterable[str | None]) -> OwnExpenses:
    """By id, those that are the company's."""
    return {
        expense_id: expense
        for expense_id, expense in _found(expenses, expense_ids).items()
        if expense.company_id == company_id
    }


def _found(expenses: Expenses, expense_ids: Iterable[str | None]) -> OwnExpenses:
    wanted = {expense_id for expense_id in expense_ids if expense_id}
    return expenses.get_many(wanted) if wanted else {}
