"""What people see and do of expenses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from local.host import Person
from local.host_app.expense_actions import Action, NotUnderstood, act, actions_for, may_see
from local.host_app.expenses_page import expenses_page
from local.host_app.files import show_document
from local.host_app.layout import is_administrator
from local.host_app.messages import Request, Response, page, plain, see
from local.host_expense_rows import HostExpense
from local.host_expenses import HostExpenses
from shared.domain.expenses import ExpenseStatus

EXPENSES_PATH = "/expenses"
_DECIDED = {
    ExpenseStatus.ACCEPTED,
    ExpenseStatus.REFUSED,
    ExpenseStatus.REIMBURSED,
    ExpenseStatus.RECORDED,
}


@dataclass(frozen=True, slots=True)
class ExpenseDesk:
    """The list of expenses, its buttons and the documents; None where there is no such thing for them."""

    expenses: HostExpenses

    def show(self, request: Request, person: Person, parts: Sequence[str]) -> Response | None:
        """The list or a page of it, one expense, or a document. Raises ValueError where a number is none."""
        match parts:
            case ["expenses"]:
                return self._show_expenses(request, person)
            case ["expenses", expense_id]:
                expense = self._find(person, expense_id)
                return self._show_one(person, expense) if expense else None
            case ["documents", expense_id, number]:
                return self._show_document(person, expense_id, int(number))
        return None

    def _show_expenses(self, request: Request, person: Person) -> Response:
        number = max(1, int(request.query.get("page", "1")))
        said = f"done.{request.query.get('done')}"
        return page(expenses_page(person, self._expenses_of(person), number, said))

    def _show_one(self, person: Person, expense: HostExpense) -> Response:
        """With its document beside the form, for whom it is."""
        is_own = expense.user_id == person.user_id
        sign = partial(self.expenses.picture_url, expense) if is_own else None
        return page(expenses_page(person, [expense], sign=sign))

    def _expenses_of(self, person: Person) -> list[HostExpense]:
        """What is to be decided first, then the newest."""
        known = {each.expense_id: each for each in self.expenses.of(person)}
        if is_administrator(person):
            known |= {each.expense_id: each for each in self.expenses.of_company(person.company_id)}
        shown = [each for each in known.values() if each.status is not ExpenseStatus.DELETED]
        newest_first = sorted(shown, key=lambda each: (each.created_at, each.expense_id), reverse=True)
        return sorted(newest_first, key=lambda each: each.status in _DECIDED)

    def act(self, request: Request, person: Person, expense_id: str) -> Response | None:
        """Do what a button says. Raises ValueError where there is no such button."""
        expense = self._find(person, expense_id)
        if expense is None:
            return None
        action = Action(request.form.get("action", ""))
        if action not in actions_for(person, expense):
            return plain("That is not yours to do.", 403)
        try:
            act(self.expenses, expense, action, request.form)
        except NotUnderstood as refusal:
            return page(expenses_page(person, self._expenses_of(person), said=f"wrong.{refusal}"), 400)
        return see(f"{EXPENSES_PATH}?done={action.value}")

    def _show_document(self, person: Person, expense_id: str, number: int) -> Response | None:
        expense = self._find(person, expense_id)
        if expense is None or not 0 <= number < len(expense.documents):
            return None
        document = expense.documents[number]
        return show_document(document, self.expenses.read(document))

    def _find(self, person: Person, expense_id: str) -> HostExpense | None:
        """An expense that the person may see: whether there are others is not told."""
        expense = self.expenses.find(expense_id)
        return expense if expense and may_see(person, expense) else None
