"""Finds the acceptances whose deliveries the stream did not make: after linking, and as a daily check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from functions.document_sync.acceptance_search import Searched, search_page
from functions.document_sync.sync_run import SyncRun
from shared.domain.links import Link, Reconcile

SECOND_LOOK_AFTER = timedelta(minutes=5)
"""The index lags, and acceptances under way while the link was made may not have seen it."""
DAILY = timedelta(days=1)
OVERLAP = timedelta(hours=48)
"""An outage of the stream is noticed and mended within; records live for a day."""


def reconcile(run: SyncRun, link: Link) -> Searched:
    """Search, if that is due, as far as time allows. Raises LinkChanged, LinkPaused, AwsUnavailable."""
    search = link.reconcile
    if search is None or (search.started_at is None and run.services.clock() < search.begins_at):
        return Searched(link)
    search = replace(search, started_at=search.started_at or run.services.clock())
    has_progressed = False
    while run.has_time():
        page = search_page(run, link, search.accepted_from, search.cursor, counts_from=link.sync_since)
        search = replace(search, cursor=page.cursor) if page.cursor else _completed(search, link)
        link = run.services.links.update(link, reconcile=search)
        has_progressed = True
        if page.cursor is None:
            return Searched(link, has_progressed=True)
    return Searched(link, is_done=False, has_progressed=has_progressed)


def _completed(search: Reconcile, link: Link) -> Reconcile:
    """The next run: soon after the very first, then daily, each with an overlap."""
    started = search.started_at or search.begins_at
    pause = SECOND_LOOK_AFTER if search.completed_at is None else DAILY
    accepted_from = started - OVERLAP
    if link.sync_since is not None:
        accepted_from = max(accepted_from, link.sync_since)
    return Reconcile(begins_at=started + pause, accepted_from=accepted_from, completed_at=started)
