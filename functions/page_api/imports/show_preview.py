"""The document of an expense beside what was read off it: for whom the expense is, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from functions.page_api.imports.present_expenses import of_user
from functions.page_api.ports import Expenses
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.expenses import ExpenseStatus, document_id_for, sheet_id_for
from shared.domain.host_expenses import HostExpense
from shared.domain.previews import PreviewPage, preview_key
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession

_WITHOUT_PAGES = frozenset({"application/xml", "text/xml"})


class NoPreview(StrEnum):
    """Why there is no picture of a document."""

    BEING_READ = "being_read"
    DATA_ONLY = "data_only"
    NOT_MADE = "not_made"


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page, and where its picture is to be had for some minutes."""

    page: PreviewPage
    url: str


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """An expense, and the pictures of its document, or why there are none."""

    expense: HostExpense
    pages: tuple[ShownPage, ...]
    expires_at: datetime
    why_none: NoPreview | None


@dataclass(frozen=True, slots=True)
class ShowPreview:
    """`sign` makes a key into a URL that shows it for `lifetime`."""

    expenses: Expenses
    sign: Callable[[str], str]
    lifetime: timedelta
    clock: Clock

    def __call__(self, session: HostSession, expense_id: str) -> ShownPreview:
        """Raises RequestRefused (not_found) where the caller has no such expense, AwsUnavailable."""
        now = self.clock()
        expense = of_user(self.expenses, session.user_id, [expense_id]).get(expense_id)
        if expense is None or expense.status is ExpenseStatus.DELETED:
            raise RequestRefused(RefusalCode.NOT_FOUND)
        pages = tuple(self._pages(expense))
        return ShownPreview(expense, pages, now + self.lifetime, None if pages else _why_none(expense))

    def _pages(self, expense: HostExpense) -> list[ShownPage]:
        """Keys are made of the caller's own id, not of anything that the expense says."""
        preview = expense.reading.what.preview if expense.reading else None
        if preview is None:
            return []
        owner = preview.made_for or expense.expense_id
        keys = {page: preview_key(expense.user_id, owner, page.number) for page in preview.pages}
        return [ShownPage(page, self.sign(key)) for page, key in keys.items()]


def _why_none(expense: HostExpense) -> NoPreview:
    """An e-invoice of data alone has a sheet to look at beside it, unless it is of an earlier release."""
    imported = document_id_for(expense.expense_id)
    types = {each.document_id: each.content_type for each in expense.documents}
    if types.get(imported) in _WITHOUT_PAGES and sheet_id_for(expense.expense_id) not in types:
        return NoPreview.DATA_ONLY
    reading = expense.reading
    is_waiting = reading and reading.state is ReadingJobStatus.WAITING and not reading.is_held_back
    return NoPreview.BEING_READ if is_waiting and expense.may_be_filled else NoPreview.NOT_MADE
