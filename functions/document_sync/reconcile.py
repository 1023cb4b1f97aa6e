"""Makes the deliveries that the stream did not: for a backfill, after linking, and as a daily check.

One search over the company's acceptances, page by page, its progress on the link, so that any number of
drains may finish what one began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from functions.document_sync.sync_run import SyncRun
from shared.deliveries import DELIVERABLE, AcceptedExpense
from shared.links import Link, Reconcile

PAGE = 100
SECOND_LOOK_AFTER = timedelta(minutes=5)
"""The index lags, and acceptances under way while the link was made may not have seen it."""
DAILY = timedelta(days=1)
OVERLAP = timedelta(hours=48)
"""An outage of the stream is noticed and mended within; records live for a day."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How far it came: the link with its progress, and whether there is more to search at once."""

    link: Link
    is_done: bool = True
    has_progressed: bool = False


def reconcile(run: SyncRun, link: Link) -> Reconciled:
    """Search, where a search is due, as far as time allows. Raises LinkChanged, AwsUnavailable."""
    search = link.reconcile
    if search is None or (search.started_at is None and run.clock() < search.begins_at):
        return Reconciled(link)
    search = replace(search, started_at=search.started_at or run.clock())
    has_progressed = False
    while run.has_time():
        page = run.expenses.accepted_between(
            link.company_id, search.accepted_from, cursor=search.cursor, limit=PAGE
        )
        _ensure_deliveries(run, link, list(run.expenses.get_many(page.expense_ids).values()))
        search = replace(search, cursor=page.cursor) if page.cursor else _completed(search, link)
        link = run.links.update(link, reconcile=search)
        has_progressed = True
        if page.cursor is None:
            return Reconciled(link, has_progressed=True)
    return Reconciled(link, is_done=False, has_progressed=has_progressed)


def _ensure_deliveries(run: SyncRun, link: Link, expenses: Sequence[AcceptedExpense]) -> None:
    for expense in expenses:
        if expense.status not in DELIVERABLE or expense.company_id != link.company_id:
            continue
        if expense.accepted_at is None or (link.sync_since and expense.accepted_at < link.sync_since):
            continue
        run.deliveries.ensure(
            link.company_id,
            link.account_id,
            expense.expense_id,
            [document.document_id for document in expense.documents],
            accepted_at=expense.accepted_at,
            now=run.clock(),
            correlation_id=run.correlation_id,
        )


def _completed(search: Reconcile, link: Link) -> Reconcile:
    """The next run: soon after the very first, then daily, each with an overlap."""
    started = search.started_at or search.begins_at
    pause = SECOND_LOOK_AFTER if search.completed_at is None else DAILY
    accepted_from = started - OVERLAP
    if link.sync_since is not None:
        accepted_from = max(accepted_from, link.sync_since)
    return Reconcile(begins_at=started + pause, accepted_from=accepted_from, completed_at=started)
