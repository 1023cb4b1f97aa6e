"""What a person may do with an expense, and the doing of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from local.host import Person
from local.host_app.layout import is_administrator
from local.host_expense_rows import HostExpense
from local.host_expenses import HostExpenses
from shared.domain.expenses import ExpenseStatus

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MERCHANT_LENGTH = 200


class Action(StrEnum):
    """A button of an expense."""

    SAVE = "save"
    ACCEPT = "accept"
    REFUSE = "refuse"
    DELETE = "delete"


class NotUnderstood(Exception):
    """What was typed in a field cannot be taken; the message is that field's name."""


def may_see(person: Person, expense: HostExpense) -> bool:
    """One's own, and everybody's of the company for its administrators."""
    is_of_company = is_administrator(person) and expense.company_id == person.company_id
    return expense.user_id == person.user_id or is_of_company


def actions_for(person: Person, expense: HostExpense) -> list[Action]:
    """The buttons that make sense: what is accepted stays as the company's Dropbox has received it."""
    if expense.status is ExpenseStatus.ACCEPTED:
        return [Action.REFUSE] if is_administrator(person) else []
    decisions = [Action.ACCEPT, Action.REFUSE] if is_administrator(person) else []
    # The first is what the Enter key does.
    return [Action.SAVE, *decisions, Action.DELETE]


def act(expenses: HostExpenses, expense: HostExpense, action: Action, form: Mapping[str, str]) -> None:
    """Save what was typed, then do it. Raises NotUnderstood, with nothing done."""
    if action in (Action.SAVE, Action.ACCEPT):
        expenses.prefill(expense.expense_id, read_fields(form))
    if action is Action.ACCEPT:
        expenses.accept(expense.expense_id)
    elif action is Action.REFUSE:
        expenses.set_status(expense.expense_id, ExpenseStatus.REFUSED)
    elif action is Action.DELETE:
        expenses.set_status(expense.expense_id, ExpenseStatus.DELETED)


def read_fields(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed of merchant, date, amount and currency; a field left empty is left as it was.

    Raises NotUnderstood.
    """
    fields = {name: form.get(name, "").strip() for name in ("merchant", "date", "amount", "currency")}
    fields["amount"] = fields["amount"].replace(",", ".")
    fields["currency"] = fields["currency"].upper()
    _require("merchant", len(fields["merchant"]) <= _MERCHANT_LENGTH)
    _require("date", not fields["date"] or _is_date(fields["date"]))
    _require("amount", not fields["amount"] or _AMOUNT.fullmatch(fields["amount"]))
    _require("currency", not fields["currency"] or _CURRENCY.fullmatch(fields["currency"]))
    return {name: value for name, value in fields.items() if value}


def _require(field: str, holds: object) -> None:
    if not holds:
        raise NotUnderstood(field)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))
