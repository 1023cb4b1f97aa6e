"""The caller's recorded files, those of the newest batch first, with what their expenses have become."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.cursors import position_cursor, position_in
from functions.page_api.imports.present_expenses import OwnExpenses, of_user
from functions.page_api.ports import Expenses, Imports
from shared.domain.imports import ImportRecord, Outcome
from shared.http.host_session import HostSession


@dataclass(frozen=True, slots=True)
class ListedFiles:
    """A page, the expenses of its files by id, and the cursor of the next page, None after the last."""

    files: tuple[ImportRecord, ...]
    expenses: OwnExpenses
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Called with a session, what of the list is wanted, and where to go on."""

    imports: Imports
    expenses: Expenses

    def __call__(
        self,
        session: HostSession,
        *,
        batch_id: str | None,
        outcome: Outcome | None,
        cursor: str | None,
        limit: int,
    ) -> ListedFiles:
        """Raises RequestRefused (invalid_cursor), AwsUnavailable."""
        of_list = ("files", session.user_id, batch_id, outcome)
        after = position_in(of_list, cursor)
        page = self.imports.files(
            session.user_id, batch_id=batch_id, outcome=outcome, after=after, limit=limit
        )
        expenses = of_user(self.expenses, session.user_id, [file.expense_id for file in page.items])
        return ListedFiles(page.items, expenses, position_cursor(of_list, page.after))
