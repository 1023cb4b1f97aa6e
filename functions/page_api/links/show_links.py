"""How the caller's links stand: auto-import always, synchronisation for administrators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from functions.page_api.imports.batch_counts import BatchCounts, count_to_check, counts_of
from functions.page_api.imports.list_waiting_files import MOST_WAITING, waiting_files
from functions.page_api.links.estimate_batch import EstimatedBatch, estimate_batch
from functions.page_api.own_links import find_link
from functions.page_api.ports import Deliveries, Expenses, Imports
from functions.page_api.problems import Problem, problem_of
from shared.domain.backlogs import STUCK_AFTER, count_stuck
from shared.domain.deliveries import PendingDeliveries
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.expenses import ADMINISTRATOR, PLANS_WITH_SYNCHRONISATION
from shared.domain.imports import RejectedCount, WaitingFile
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.paging import Count
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession, check_may_link
from shared.ports import Links

MOST_COUNTED = 1_000
SOON = timedelta(seconds=30)
LEISURELY_SECONDS = 30
ATTENTIVE_SECONDS = 5
BRISK_SECONDS = 2
# Where something has just happened more often follows, and somebody is looking.
LIVELY_FOR = timedelta(minutes=10)
_FILES_PER_SECOND_OF_PAUSE = 1_000  # what waits and was rejected of many costs reads


@dataclass(frozen=True, slots=True)
class ImportState:
    """The newest batch, and the files that want somebody's attention."""

    batch: BatchCounts | None
    waiting: Count
    stuck: int
    rejected: RejectedCount
    estimated: EstimatedBatch | None = None


@dataclass(frozen=True, slots=True)
class SyncState:
    """How many documents are on their way, have failed, were delivered this month (UTC)."""

    pending: PendingDeliveries
    failed: Count
    delivered_this_month: Count


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link, or that there is none, as its owner sees it.

    `refusal` says why linking is not offered. Of `imports` and `sync` there is the purpose's own, and
    none where there never was a link. `poll_after_seconds` is how soon it is worth asking again.
    """

    purpose: Purpose
    link: Link | None
    refusal: RefusalCode | None
    problem: Problem | None = None
    imports: ImportState | None = None
    sync: SyncState | None = None
    poll_after_seconds: int = LEISURELY_SECONDS
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class ShowLinks:
    """Called with a session."""

    links: Links
    imports: Imports
    deliveries: Deliveries
    expenses: Expenses
    now: Clock

    def __call__(self, session: HostSession, progress: str | None = None) -> tuple[ShownLink, ...]:
        """`progress` is what the page has seen of the batch under way. Raises AwsUnavailable."""
        purposes = [Purpose.AUTO_IMPORT]
        if session.role == ADMINISTRATOR:
            purposes.append(Purpose.SYNCHRONISATION)
        return tuple(
            self.show(session, purpose, find_link(self.links, session, purpose), progress)
            for purpose in purposes
        )

    def show(
        self, session: HostSession, purpose: Purpose, link: Link | None, progress: str | None = None
    ) -> ShownLink:
        """One of the caller's own links. Raises AwsUnavailable."""
        refusal = _refusal(session, purpose)
        if link is None:
            return ShownLink(purpose, None, refusal)
        has_plan = purpose is Purpose.AUTO_IMPORT or session.plan in PLANS_WITH_SYNCHRONISATION
        is_paused = link.is_paused or self.links.is_everything_paused()
        problem = problem_of(link, has_plan=has_plan, is_paused=is_paused, now=self.now())
        if purpose is Purpose.SYNCHRONISATION:
            return replace(self._show_sync(link, refusal, problem), is_paused=is_paused)
        return replace(
            self._show_import(link, refusal, problem, is_paused=is_paused, progress=progress),
            is_paused=is_paused,
        )

    def _show_import(
        self,
        link: Link,
        refusal: RefusalCode | None,
        problem: Problem | None,
        *,
        is_paused: bool,
        progress: str | None,
    ) -> ShownLink:
        now, waiting = self.now(), waiting_files(self.imports, link, MOST_WAITING)
        batch_id = link.batch.batch_id if link.batch else self.imports.newest_batch(link.user_id)
        batch = self._newest(link, batch_id, waiting) if batch_id else None
        is_stopped = is_paused or problem is not None
        estimated = None
        if batch is not None:
            estimated = estimate_batch(
                link, batch, waiting, is_stopped=is_stopped, progress=progress, now=now
            )
        state = ImportState(
            batch=batch,
            waiting=Count(len(waiting), is_capped=len(waiting) >= MOST_WAITING),
            stuck=count_stuck(waiting, now),
            rejected=self.imports.count_rejected(link.user_id, link.account_id, MOST_COUNTED),
            estimated=estimated,
        )
        is_busy = link.last_clean_listing is None or _is_busy(batch, waiting, now)
        return ShownLink(
            Purpose.AUTO_IMPORT,
            link,
            refusal,
            problem,
            imports=state,
            poll_after_seconds=_poll_after(link, problem, is_busy, batch.seen if batch else 0, now),
        )

    def _newest(self, link: Link, batch_id: str, waiting: list[WaitingFile]) -> BatchCounts | None:
        drops = counts_of(self.imports, link.user_id, batch_id, link=link, waiting=waiting)
        if not drops:
            return None
        newest, *earlier = drops
        return replace(
            newest,
            to_check=count_to_check(self.imports, self.expenses, link.user_id, newest),
            being_read_before=sum(each.being_read for each in earlier),
        )

    def _show_sync(self, link: Link, refusal: RefusalCode | None, problem: Problem | None) -> ShownLink:
        now, company_id = self.now(), link.company_id
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        state = SyncState(
            pending=self.deliveries.pending(
                company_id, link.account_id, stuck_since=now - STUCK_AFTER, most=MOST_COUNTED
            ),
            failed=self.deliveries.count_failed(company_id, link.account_id, MOST_COUNTED),
            delivered_this_month=self.deliveries.count_delivered(company_id, month, MOST_COUNTED),
        )
        is_searching = link.backfill is not None and link.backfill.completed_at is None
        next_try = state.pending.next_try
        is_busy = is_searching or (next_try is not None and next_try <= now + SOON)
        return ShownLink(
            Purpose.SYNCHRONISATION,
            link,
            refusal,
            problem,
            sync=state,
            poll_after_seconds=_poll_after(link, problem, is_busy, state.pending.count.number, now),
        )


def _refusal(session: HostSession, purpose: Purpose) -> RefusalCode | None:
    try:
        check_may_link(session, purpose)
    except RequestRefused as refused:
        return refused.code
    return None


def _is_busy(batch: BatchCounts | None, waiting: list[WaitingFile], now: datetime) -> bool:
    """Whether files are under way, or being read, that do not just wait for a later try."""
    if batch is None:
        return False
    recorded_at = batch.tally.last_recorded_at
    if (
        (batch.being_read or batch.being_read_before)
        and recorded_at is not None
        and now - recorded_at < LIVELY_FOR
    ):
        return True
    patient = sum(file.batch_id == batch.batch_id and file.next_try > now + SOON for file in waiting)
    return batch.under_way > patient


def _poll_after(link: Link, problem: Problem | None, is_busy: bool, size: int, now: datetime) -> int:
    if problem is not None or link.status is not LinkStatus.ACTIVE:
        return LEISURELY_SECONDS
    if is_busy:
        return min(max(BRISK_SECONDS, size // _FILES_PER_SECOND_OF_PAUSE), LEISURELY_SECONDS)
    return ATTENTIVE_SECONDS if _is_lively(link, now) else LEISURELY_SECONDS


def _is_lively(link: Link, now: datetime) -> bool:
    """Whether it was linked, or a drain looked at it, a short while ago."""
    return any(at is not None and now - at < LIVELY_FOR for at in (link.linked_at, link.last_clean_listing))
