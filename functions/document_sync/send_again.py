"""Works off administrators' requests to send documents again: what is there is left alone.

Dropbox is asked, path by path, what lies there: no document is downloaded. What is missing, or in whose
place other bytes lie, becomes pending, and what is pending is delivered as everything is: to the place it had
or the next free one, overwriting nothing. A page gone through twice sends nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice

from functions.document_sync.acceptance_search import Searched
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.deliveries import Delivery, DeliveryStatus, Found
from shared.domain.errors import CallNotUnderstood, DropboxRefused, DropboxUnavailable, ResendChanged
from shared.domain.host_expenses import DELIVERABLE, HostExpense
from shared.domain.links import Link
from shared.domain.resends import Left, Resend, Verdict


def send_again(run: SyncRun, link: Link, under_way: Sequence[Resend]) -> Searched:
    """Look for some pages of documents: what is missing is delivered before more is looked for.

    `under_way` are the company's open requests, as of just now.
    Raises what stops the whole company, such as RateLimited, LinkChanged, LinkPaused, AwsUnavailable. Where
    Dropbox does not answer, deliveries have their turn all the same.
    """
    pages = islice(_pages(run, under_way), run.services.limits.pages_at_once)
    open_requests, has_progressed = len(under_way), False
    with suppress(DropboxUnavailable):
        for resend in pages:
            has_progressed = True
            open_requests -= resend.completed_at is not None
    return Searched(link, is_done=open_requests == 0, has_progressed=has_progressed)


def _pages(run: SyncRun, under_way: Sequence[Resend]) -> Iterator[Resend]:
    """Each request, one page further each time."""
    for request in under_way:
        resend = request
        with suppress(ResendChanged):  # another drain goes on with it
            while resend.completed_at is None:
                if not run.has_time():
                    return
                resend = _one_page_further(run, resend)
                yield resend


def _one_page_further(run: SyncRun, resend: Resend) -> Resend:
    ensure_link_unchanged(run)
    resends = run.services.resends
    page = resends.page(resend, run.services.limits.looks_a_page)
    verdicts = _verdicts(run, resend, page.deliveries)
    found = {
        delivery.key: verdict
        for delivery, verdict in zip(page.deliveries, verdicts, strict=True)
        if isinstance(verdict, Found) and not _was_sent_by(resend, delivery)
    }
    at = run.services.clock()
    resends.note_looks({key: what for key, what in found.items() if what is Found.PRESENT}, at)
    absent = {key: what for key, what in found.items() if what is not Found.PRESENT}
    resends.send_again(absent, at, resend.correlation_id)
    return resends.progress(resend, resend.counted(verdicts, page.cursor, run.services.clock()))


def _verdicts(run: SyncRun, resend: Resend, deliveries: Sequence[Delivery]) -> list[Verdict]:
    """What each is found to be; several at a time, since each waits for Dropbox."""
    expenses = run.services.expenses.get_many({delivery.key.expense_id for delivery in deliveries})
    with ThreadPoolExecutor(run.services.limits.looks_at_once) as looks:
        return list(looks.map(lambda delivery: _verdict(run, resend, delivery, expenses), deliveries))


def _verdict(
    run: SyncRun, resend: Resend, delivery: Delivery, expenses: Mapping[str, HostExpense]
) -> Verdict:
    if _was_sent_by(resend, delivery) and delivery.look is not None:
        return delivery.look.found  # by a drain that died before it could note how far it was
    expense = expenses.get(delivery.key.expense_id)
    is_accepted = expense is not None and expense.status in DELIVERABLE
    if expense is None or not is_accepted or expense.company_id != delivery.key.company_id:
        return Left.WITHDRAWN
    match delivery.status:
        case DeliveryStatus.DELIVERED:
            return _look(run, delivery)
        case DeliveryStatus.FAILED:
            return Found.FAILED
        case DeliveryStatus.PENDING:
            return Left.WAITING
        case DeliveryStatus.CANCELLED:
            return Left.WITHDRAWN


def _was_sent_by(resend: Resend, delivery: Delivery) -> bool:
    return delivery.look is not None and delivery.correlation_id == resend.correlation_id


def _look(run: SyncRun, delivery: Delivery) -> Verdict:
    """Whether the bytes that were delivered lie where they were delivered to."""
    try:
        there = run.dropbox.find_at(delivery.path or "")
    except (DropboxRefused, CallNotUnderstood):
        return Left.UNCLEAR  # nobody knows what is there: nothing is sent beside it
    if there is None:
        return Found.MISSING
    return Found.PRESENT if there.file.content_hash == delivery.content_hash else Found.CHANGED
