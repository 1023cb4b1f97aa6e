"""Makes an expense of each of several documents in a file, if its user has not touched what was read."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.imports.own_files import own_file
from functions.page_api.own_links import live_link
from functions.page_api.ports import Expenses, Imports, Splits
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.host_expenses import HostExpense
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links


@dataclass(frozen=True, slots=True)
class SplitFile:
    """Called with a session and a file's id, as often as one likes.

    One transaction does it, so that a call which dies has done all or nothing. A link that is unlinked is
    refused: that of a user who is being forgotten is, and no expense may be made for that user any more.
    """

    links: Links
    imports: Imports
    expenses: Expenses
    splits: Splits
    now: Clock

    def __call__(self, session: HostSession, file_id: str) -> tuple[str, ...]:
        """The expenses that it is now, in the order of its documents.

        Raises RequestRefused (not_linked, not_found, not_splittable), AwsUnavailable.
        """
        link = live_link(self.links, session, Purpose.AUTO_IMPORT)
        file = own_file(self.imports, session, file_id)
        if file.split_into > 1:
            return file.expense_ids
        expense = self._expense(session, file)
        if self.splits.split(file, expense, link, self.now()):
            return own_file(self.imports, session, file_id).expense_ids
        again = own_file(self.imports, session, file_id)  # another call may have been first
        if again.split_into > 1:
            return again.expense_ids
        raise RequestRefused(RefusalCode.NOT_SPLITTABLE)

    def _expense(self, session: HostSession, file: ImportRecord) -> HostExpense:
        found = self.expenses.get_many([file.expense_id] if file.expense_id else [])
        expense = found.get(file.expense_id or "")
        is_theirs = expense is not None and expense.user_id == session.user_id
        if expense is None or not is_theirs or not is_offered(file, expense):
            raise RequestRefused(RefusalCode.NOT_SPLITTABLE)
        return expense


def is_offered(file: ImportRecord, expense: HostExpense) -> bool:
    """Whether the file can be split."""
    return file.outcome is Outcome.IMPORTED and file.split_into == 1 and expense.may_be_split
