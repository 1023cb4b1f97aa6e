"""The caller's recorded files, the last recorded first, with what their expenses have become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
        until = None
        if batch_id is not None and after is None:
            until = self._last_recorded(session.user_id, batch_id)
            if until is None:
                return ListedFiles((), {}, None)
        page = self.imports.files(
            session.user_id, batch_id=batch_id, outcome=outcome, until=until, after=after, limit=limit
        )
        expenses = of_user(self.expenses, session.user_id, [file.expense_id for file in page.items])
        return ListedFiles(page.items, expenses, position_cursor(of_list, page.after))

    def _last_recorded(self, user_id: str, batch_id: str) -> datetime | None:
        """Everything newer than a batch need not be read to find its files."""
        return self.imports.tally(user_id, batch_id).last_recorded_at
