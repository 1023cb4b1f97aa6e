"""Works off an administrator's request to have delivered what was accepted since a date.

It is a search of its own beside the daily one. What counts is the request's own date: the link's
`sync_since`, which the request has moved too, may be older in the eyes of a drain that began before.
"""

from __future__ import annotations

from dataclasses import replace

from functions.document_sync.acceptance_search import Searched, search_page
from functions.document_sync.sync_run import SyncRun
from shared.domain.links import Backfill, Link


def backfill(run: SyncRun, link: Link) -> Searched:
    """Search some pages: what was found is delivered before more is looked for.

    So nothing that is accepted in the meantime waits for all that is old. Raises LinkChanged, LinkPaused,
    AwsUnavailable.
    """
    has_progressed = False
    for _ in range(run.services.limits.pages_at_once):
        request = link.backfill
        if request is None or request.completed_at is not None:
            return Searched(link, has_progressed=has_progressed)
        if not run.has_time():
            break
        # Where a newer request was made in the meantime, it is the one to go on with.
        link = run.services.links.progress_backfill(link, _searched(run, link, request))
        has_progressed = True
    return Searched(link, is_done=not _is_under_way(link), has_progressed=has_progressed)


def _searched(run: SyncRun, link: Link, request: Backfill) -> Backfill:
    """The request, one page further."""
    started_at = request.started_at or run.services.clock()
    page = search_page(run, link, request.since, request.cursor, counts_from=request.since)
    return replace(
        request,
        started_at=started_at,
        cursor=page.cursor,
        expenses=request.expenses + page.expenses,
        documents=request.documents + page.documents,
        completed_at=None if page.cursor else run.services.clock(),
    )


def _is_under_way(link: Link) -> bool:
    return link.backfill is not None and link.backfill.completed_at is None
