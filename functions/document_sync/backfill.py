"""Works off an administrator's wish to have delivered what was accepted since a date.

It is a search of its own beside the daily one. What counts is the wish's own date: the link's
`sync_since`, which the wish has moved too, may be older in the eyes of a drain that began before.
"""

from __future__ import annotations

from dataclasses import replace

from functions.document_sync.acceptance_search import Searched, search_page
from functions.document_sync.sync_run import SyncRun
from shared.domain.links import Backfill, Link


def backfill(run: SyncRun, link: Link) -> Searched:
    """Search some pages: what was found is delivered before more is looked for.

    So nothing that is accepted meanwhile waits for all that is old. Raises LinkChanged, LinkPaused,
    AwsUnavailable.
    """
    has_progressed = False
    for _ in range(run.limits.pages_at_once):
        wish = link.backfill
        if wish is None or wish.completed_at is not None:
            return Searched(link, has_progressed=has_progressed)
        if not run.has_time():
            break
        # Where a newer wish was made meanwhile, it is the one to go on with.
        link = run.links.progress_backfill(link, _searched(run, link, wish))
        has_progressed = True
    return Searched(link, is_done=not _is_under_way(link), has_progressed=has_progressed)


def _searched(run: SyncRun, link: Link, wish: Backfill) -> Backfill:
    """The wish, one page further."""
    started_at = wish.started_at or run.clock()
    page = search_page(run, link, wish.since, wish.cursor, counts_from=wish.since)
    return replace(
        wish,
        started_at=started_at,
        cursor=page.cursor,
        expenses=wish.expenses + page.expenses,
        documents=wish.documents + page.documents,
        completed_at=None if page.cursor else run.clock(),
    )


def _is_under_way(link: Link) -> bool:
    return link.backfill is not None and link.backfill.completed_at is None
