"""Drains a company's pending deliveries: what is pending and due is what is left to do.

A drain may end at any point; the next one goes on from what is on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from functions.document_sync.acceptance_search import Searched
from functions.document_sync.announce_deliveries import Announcing
from functions.document_sync.backfill import backfill
from functions.document_sync.deliver_together import Delivered, deliver_together
from functions.document_sync.manifests.write_manifests import write_manifests
from functions.document_sync.proving.prove_folder import prove_folder
from functions.document_sync.proving.put_back import put_back
from functions.document_sync.reconcile import reconcile
from functions.document_sync.send_again import send_again
from functions.document_sync.share_folders import Shared, share_folders, work_on_folders
from functions.document_sync.sync_run import SyncRun
from shared.at_once import at_once
from shared.domain.backlogs import Backlog, backlog_of
from shared.domain.deliveries import Delivery
from shared.domain.links import Link, LinkChanges, LinkProblem, LinkStatus
from shared.domain.proofs import FolderProof
from shared.domain.resends import Resend
from shared.domain.sharing import SharedFolder
from shared.doorbells.drain_outcomes import DrainReport

TAKEN_TOGETHER = 100
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What there was to do as the drain began, of each kind."""

    folders: Sequence[SharedFolder]
    resends: Sequence[Resend]
    proof: FolderProof
    pending: Sequence[Delivery]


def drain_company(run: SyncRun) -> DrainReport[Delivery]:
    """Search for what is missing, take over what was meant for an earlier account, deliver what is due.

    Raises what stops the whole company: RateLimited, DropboxUnavailable, AwsUnavailable, LinkRevoked,
    AccountSuspended, QuotaFull, LinkChanged, LinkPaused. What was recorded until then stays recorded.
    """
    looked_at = run.services.clock()
    asked = _look(run)
    shared = work_on_folders(run, asked.folders)  # somebody waits for it in front of a browser
    announcing = Announcing(run)
    announcing.catch_up()
    search = _search(run, asked)
    search = replace(search, link=_take_over(run, search))
    if run.link.problem is LinkProblem.TRANSPORT_LIMIT:
        # Asked without a byte: a month of daily looks must not send a document thirty times.
        run.dropbox.check_uploads()
    pending = None if _may_have_made_more_pending(run, asked, search) else asked.pending
    delivered, is_empty, later = _deliver(run, announcing, pending)
    shared = later or shared
    told = announcing.finish(delivered.recorded)
    proved = prove_folder(run)
    next_manifest = write_manifests(run)
    backlog = _backlog(run)
    return DrainReport(
        link=search.link,
        changes=told | _said_of(run.link, delivered, backlog),
        recorded=delivered.recorded,
        is_clean=search.is_done
        and is_empty
        and not search.link.takes_over
        and not shared.is_watched
        and not proved.is_under_way,
        looked_at=looked_at,
        next_try=_next_try(search.link, backlog, next_manifest, shared.next_try, proved.next_try),
        has_progressed=search.has_progressed or proved.is_under_way,
        backlog=backlog,
        unannounced=announcing.unsent_because,
    )


def _look(run: SyncRun) -> Asked:
    """All at once, since one document that is accepted waits for each of them."""
    company_id, account_id = run.link.company_id, run.link.account_id
    services = run.services
    (folders, resends), (proof, pending) = at_once(
        lambda: at_once(
            lambda: services.sharings.of_account(company_id, account_id),
            lambda: services.resends.under_way(company_id, account_id),
        ),
        lambda: at_once(lambda: services.proofs.get(company_id, account_id), lambda: _pending(run)),
    )
    return Asked(folders, resends, proof, pending)


def _pending(run: SyncRun) -> Sequence[Delivery]:
    limit = 1 if run.is_careful else run.services.limits.documents_together
    return run.services.deliveries.pending(
        run.link.company_id, run.link.account_id, run.services.clock(), limit
    )


def _search(run: SyncRun, asked: Asked) -> Searched:
    """The daily search first: it is short, and what it finds was lost."""
    daily = reconcile(run, run.link)
    requested = backfill(run, daily.link)
    again = send_again(run, requested.link, asked.resends)
    is_putting_back = put_back(run, asked.proof)
    return Searched(
        link=requested.link,
        is_done=daily.is_done and requested.is_done and again.is_done and not is_putting_back,
        has_progressed=daily.has_progressed
        or requested.has_progressed
        or again.has_progressed
        or is_putting_back,
    )


def _take_over(run: SyncRun, search: Searched) -> Link:
    """What is pending for an account linked before goes to the present one.

    After each search again: who had read the old link may have made more of it in the meantime.
    """
    link = search.link
    if not link.takes_over and not search.has_progressed:
        return link
    while run.has_time():
        taken = run.services.deliveries.move_to_account(
            link.company_id, link.account_id, limit=TAKEN_TOGETHER, now=run.services.clock()
        )
        if taken == 0:
            return run.services.links.update(link, takes_over=False) if link.takes_over else link
    return link


def _may_have_made_more_pending(run: SyncRun, asked: Asked, search: Searched) -> bool:
    """Also a page of a request counts that another drain went on with, and the last one of a putting back."""
    is_requested = bool(asked.resends) or asked.proof.is_putting_back
    return is_requested or search.has_progressed or run.link.takes_over


def _said_of(link: Link, delivered: Delivered, backlog: Backlog) -> LinkChanges:
    """A fault that spares no document is said on the link until one arrives."""
    fault = delivered.fault
    if delivered.recorded:
        return {}
    if fault is not None and fault.problem_while_it_lasts is not None:
        return {"problem": fault.problem_while_it_lasts, "detail": str(fault)}
    if link.status is LinkStatus.ACTIVE and backlog.waiting and not delivered.was_tried:
        return {"problem": link.problem, "detail": link.detail}  # Dropbox was not asked
    return {}


def _deliver(
    run: SyncRun, announcing: Announcing, pending: Sequence[Delivery] | None
) -> tuple[Delivered, bool, Shared | None]:
    """What came of it, whether nothing that is due is left, and what was shared in between.

    `pending` is what is due, where that was read just now.
    """
    delivered, shared = Delivered(), None
    seen: set[object] = set()
    while run.has_time():
        due, pending = _pending(run) if pending is None else pending, None
        fresh = [delivery for delivery in due if delivery.key not in seen]
        if not fresh:
            # Nothing, or only what could be neither recorded nor put off: the next doorbell's.
            return delivered, not due, shared
        seen.update(delivery.key for delivery in fresh)
        delivered += deliver_together(run, fresh, announcing.expect)
        if run.link.may_share:  # who asks to share in the meantime does not wait for all of them
            shared = share_folders(run)
    return delivered, False, shared


def _backlog(run: SyncRun) -> Backlog:
    """Of what is due first: a longer one is counted no further."""
    waiting = run.services.deliveries.next_pending(run.link.company_id, run.link.account_id, MOST_COUNTED)
    return backlog_of(waiting, run.services.clock())


def _next_try(link: Link, backlog: Backlog, *others: datetime | None) -> datetime | None:
    search = link.reconcile.begins_at if link.reconcile else None
    moments = (backlog.next_try, search, *others)
    return min((moment for moment in moments if moment is not None), default=None)
