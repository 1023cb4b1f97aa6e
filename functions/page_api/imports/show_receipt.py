"""The receipt of a batch: a line for every file that was seen, under the sums of how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.page_api.cursors import position_cursor, position_in
from functions.page_api.imports.batch_counts import BatchCounts, counts_of, is_to_check
from functions.page_api.imports.list_waiting_files import MOST_WAITING, waiting_files
from functions.page_api.imports.present_expenses import OwnExpenses, of_user
from functions.page_api.own_links import find_link
from functions.page_api.ports import Expenses, Imports
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.host_expenses import FILLABLE, HostExpense
from shared.domain.imports import ImportRecord, WaitingFile
from shared.domain.links import Purpose
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.tallies import Drop, batch_id_in
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links


class ReadingShown(StrEnum):
    """How the reading of a document stands, in a word.

    `FAILED` could not be read; `BY_HAND` waits for a quota, and is to be filled in until then.
    """

    BEING_READ = "being_read"
    READ = "read"
    TO_CHECK = "to_check"
    FAILED = "failed"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class BatchReceipt:
    """A page of a receipt; the sums and `waiting` are of the whole, as they were when it was read.

    The files that wait stand on the first page. Files that were seen and nothing is known of yet have no
    line: they are what is missing from the sum of those under way.
    """

    counts: BatchCounts
    made_at: datetime
    waiting: int
    waiting_files: tuple[WaitingFile, ...]
    files: tuple[ImportRecord, ...]
    expenses: OwnExpenses
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ShowReceipt:
    """Called with a session, what the page knows a batch by, and where to go on."""

    links: Links
    imports: Imports
    expenses: Expenses
    now: Clock

    def __call__(
        self, session: HostSession, *, batch_id: str, cursor: str | None, limit: int
    ) -> BatchReceipt:
        """Raises RequestRefused (not_found, invalid_cursor), AwsUnavailable."""
        of_list = ("receipt", session.user_id, batch_id)
        after = position_in(of_list, cursor)
        counts, waiting = self._counted(session, batch_id)
        page = self.imports.files(session.user_id, drop=counts.drop, after=after, limit=limit)
        ids = [expense_id for file in page.items for expense_id in file.expense_ids]
        return BatchReceipt(
            counts=counts,
            made_at=self.now(),
            waiting=len(waiting),
            waiting_files=waiting if after is None else (),
            files=page.items,
            expenses=of_user(self.expenses, session.user_id, ids),
            cursor=position_cursor(of_list, page.after),
        )

    def _counted(self, session: HostSession, drop_id: str) -> tuple[BatchCounts, tuple[WaitingFile, ...]]:
        """The sums of a drop, and its files that wait, the longest waiting first."""
        link = find_link(self.links, session, Purpose.AUTO_IMPORT)
        waiting, batch_id = waiting_files(self.imports, link, MOST_WAITING), batch_id_in(drop_id)
        drops = counts_of(self.imports, session.user_id, batch_id, link=link, waiting=waiting)
        counts = next((each for each in drops if each.batch_id == drop_id), None)
        if counts is None:
            raise RequestRefused(RefusalCode.NOT_FOUND)
        of_drop = (each for each in waiting if each.batch_id == batch_id and _is_of(each, counts.drop))
        return counts, tuple(sorted(of_drop, key=lambda each: each.since))


def reading_shown(expense: HostExpense) -> ReadingShown | None:
    """How an expense's reading stands; None where it was made without, or decided on before it was read."""
    found = expense.reading
    if found is None:
        return None
    if found.is_held_back:
        return ReadingShown.BY_HAND
    if found.state is ReadingJobStatus.UNREADABLE:
        return ReadingShown.FAILED
    if found.state is ReadingJobStatus.WAITING:
        return ReadingShown.BEING_READ if expense.status in FILLABLE else None
    return ReadingShown.TO_CHECK if is_to_check(expense) else ReadingShown.READ


def _is_of(file: WaitingFile, drop: Drop) -> bool:
    return drop.began_at <= file.since <= drop.ended_at
