"""Drains a company's pending deliveries: what is pending and due is what is left to do.

A drain may end at any point; the next one goes on from what is on record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from functions.document_sync.acceptance_search import Searched
from functions.document_sync.backfill import backfill
from functions.document_sync.deliver_together import deliver_together
from functions.document_sync.reconcile import reconcile
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from functions.document_sync.write_manifests import write_manifests
from shared.deliveries import Delivery
from shared.doorbell_answering import DrainReport
from shared.links import Link

TAKEN_TOGETHER = 100


def drain_company(run: SyncRun) -> DrainReport[Delivery]:
    """Search for what is missing, take over what was meant for an earlier account, deliver what is due.

    Raises what stops the whole company: RateLimited, DropboxUnavailable, AwsUnavailable, LinkRevoked,
    AccountSuspended, QuotaFull, LinkChanged, LinkPaused. What was settled until then stays settled.
    """
    looked_at = run.clock()
    search = _search(run)
    search = replace(search, link=_take_over(run, search))
    settled, is_empty = _deliver(run)
    next_manifest = write_manifests(run)
    return DrainReport(
        link=search.link,
        settled=settled,
        is_clean=search.is_done and is_empty and not search.link.takes_over,
        looked_at=looked_at,
        next_try=_next_try(run, search.link, next_manifest),
        has_progressed=search.has_progressed,
    )


def _search(run: SyncRun) -> Searched:
    """The daily search first: it is short, and what it finds was lost."""
    daily = reconcile(run, run.link)
    wished = backfill(run, daily.link)
    return Searched(
        link=wished.link,
        is_done=daily.is_done and wished.is_done,
        has_progressed=daily.has_progressed or wished.has_progressed,
    )


def _take_over(run: SyncRun, search: Searched) -> Link:
    """What is pending for an account linked before goes to the present one.

    After each search again: who had read the old link may have made more of it meanwhile.
    """
    link = search.link
    if not link.takes_over and not search.has_progressed:
        return link
    while run.has_time():
        taken = run.deliveries.move_to_account(
            link.company_id, link.account_id, limit=TAKEN_TOGETHER, now=run.clock()
        )
        if taken == 0:
            return run.links.update(link, takes_over=False) if link.takes_over else link
    return link


def _deliver(run: SyncRun) -> tuple[list[Delivery], bool]:
    """What was settled, and whether nothing that is due is left."""
    settled: list[Delivery] = []
    seen: set[object] = set()
    while run.has_time():
        limit = 1 if run.one_at_a_time else run.limits.documents_together
        due = run.deliveries.pending(run.link.company_id, run.link.account_id, run.clock(), limit)
        fresh = [delivery for delivery in due if delivery.key not in seen]
        if not fresh:
            # Nothing, or only what could be neither settled nor put off: the next doorbell's.
            return settled, not due
        ensure_link_unchanged(run)
        seen.update(delivery.key for delivery in fresh)
        settled += deliver_together(run, fresh)
    return settled, False


def _next_try(run: SyncRun, link: Link, next_manifest: datetime | None) -> datetime | None:
    pending = run.deliveries.next_pending(link.company_id, link.account_id)
    search = link.reconcile.begins_at if link.reconcile else None
    moments = (pending, search, next_manifest)
    return min((moment for moment in moments if moment is not None), default=None)
