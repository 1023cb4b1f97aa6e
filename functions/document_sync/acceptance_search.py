"""One page of a search for acceptances, and the deliveries that are missing for it.

Every search keeps its own place on the link, so that any number of drains may finish what one began. A
page gone through twice makes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.expenses import is_expense_id
from shared.domain.host_expenses import DELIVERABLE, HostExpense
from shared.domain.links import Link


@dataclass(frozen=True, slots=True)
class Searched:
    """How far a drain came with its searches: the link with their progress, and whether all is done."""

    link: Link
    is_done: bool = True
    has_progressed: bool = False


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """What a page held: accepted expenses that count, documents made pending; the next page's cursor."""

    expenses: int
    documents: int
    cursor: str | None


def search_page(
    run: SyncRun, link: Link, accepted_from: datetime, cursor: str | None, *, counts_from: datetime | None
) -> SearchedPage:
    """Have what was accepted since `counts_from` delivered, of a page of what the index shows.

    Raises LinkChanged, LinkPaused, AwsUnavailable.
    """
    ensure_link_unchanged(run)
    page = run.services.expenses.accepted_between(
        link.company_id, accepted_from, cursor=cursor, limit=run.services.limits.expenses_a_page
    )
    made_pending = [
        _make_pending(run, link, expense, expense.accepted_at)
        for expense in run.services.expenses.get_many(page.expense_ids).values()
        if expense.status in DELIVERABLE
        and is_expense_id(expense.expense_id)
        and expense.company_id == link.company_id
        and expense.accepted_at is not None
        and (counts_from is None or expense.accepted_at >= counts_from)
    ]
    return SearchedPage(len(made_pending), sum(made_pending), page.cursor)


def _make_pending(run: SyncRun, link: Link, expense: HostExpense, accepted_at: datetime) -> int:
    return run.services.deliveries.ensure(
        link.company_id,
        link.account_id,
        expense.expense_id,
        [document.document_id for document in expense.documents],
        accepted_at=accepted_at,
        now=run.services.clock(),
        correlation_id=run.correlation_id,
    )
