"""The caller's recorded files, those of the newest batch first, with what their expenses have become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from functions.page_api.cursors import position_cursor, position_in
from functions.page_api.imports.present_expenses import OwnExpenses, of_user
from functions.page_api.ports import Expenses, Imports
from functions.page_api.searching import Search, SearchedList, search_through
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.links import batch_began_at, new_batch_id
from shared.domain.paging import Page, Position
from shared.domain.tallies import Drop, batch_id_in, drops_of
from shared.http.host_session import HostSession

LONGEST_UNDER_WAY = timedelta(days=30)
"""A file waits for a week at most while Dropbox restricts it, and as long as nobody mends the link."""


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
        search: Search,
        cursor: str | None,
        limit: int,
    ) -> ListedFiles:
        """Raises RequestRefused (invalid_cursor), AwsUnavailable."""
        of_list = ("files", session.user_id, batch_id, outcome, *(search.key if search else ()))
        after = position_in(of_list, cursor)
        drop = None
        if batch_id is not None:
            drop = self._drop(session.user_id, batch_id)
            if drop is None:
                return ListedFiles((), {}, None)

        def read(after: Position | None, limit: int) -> Page[ImportRecord]:
            return self.imports.files(session.user_id, drop=drop, outcome=outcome, after=after, limit=limit)

        page = self._search(session.user_id, search, read, after, limit) if search else read(after, limit)
        expenses = self._expenses(session.user_id, page.items)
        return ListedFiles(page.items, expenses, position_cursor(of_list, page.after))

    def _search(
        self,
        user_id: str,
        search: Search,
        read: Callable[[Position | None, int], Page[ImportRecord]],
        after: Position | None,
        limit: int,
    ) -> Page[ImportRecord]:
        def matches(files: Sequence[ImportRecord]) -> list[bool]:
            expenses = of_user(self.expenses, user_id, _expense_ids(files))
            return [search.is_within(file.recorded_at) and finds(file, expenses) for file in files]

        def finds(file: ImportRecord, expenses: OwnExpenses) -> bool:
            found = (expenses.get(expense_id) for expense_id in file.expense_ids)
            return search.finds([file.name, *(expense.merchant for expense in found if expense)])

        def in_order(after: Position | None, limit: int) -> Page[ImportRecord]:
            """As they are on record, which a page can be cut by."""
            page = read(after or _begins(search), limit)
            files = sorted(page.items, key=lambda file: file.visit_key, reverse=True)
            return Page(tuple(files), None if _has_passed(search, page) else page.after)

        found = search_through(SearchedList(in_order, matches, _position_of), after, limit)
        latest = sorted(found.items, key=lambda file: (file.batch_id, file.recorded_at), reverse=True)
        return Page(tuple(latest), found.after)

    def _expenses(self, user_id: str, files: Sequence[ImportRecord]) -> OwnExpenses:
        """Theirs, and those that look like them."""
        found = of_user(self.expenses, user_id, _expense_ids(files))
        alike = {each.reading.possible_duplicate_of for each in found.values() if each.reading}
        return found | of_user(self.expenses, user_id, alike - found.keys())

    def _drop(self, user_id: str, drop_id: str) -> Drop | None:
        """What the page calls a batch, as far as any of it is on record."""
        batch_id = batch_id_in(drop_id)
        drops = drops_of(batch_id, self.imports.tally(user_id, batch_id), ())
        return next((drop for drop in drops if drop.drop_id == drop_id), None)


def _expense_ids(files: Sequence[ImportRecord]) -> list[str]:
    """All of those that a file was split into too."""
    return [expense_id for file in files for expense_id in file.expense_ids]


def _position_of(file: ImportRecord) -> Position:
    return Position(batch_began_at(file.batch_id), file.visit_key)


def _begins(search: Search) -> Position | None:
    """No batch that was opened later has files of before."""
    return Position(search.until, f"{new_batch_id(search.until)}~") if search.until else None


def _has_passed(search: Search, page: Page[ImportRecord]) -> bool:
    """What is on record so much earlier has ended before."""
    if search.since is None or page.after is None:
        return False
    return page.after.at < search.since - LONGEST_UNDER_WAY
