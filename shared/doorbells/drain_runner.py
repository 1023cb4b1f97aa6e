"""Runs the drain of a link for a doorbell, or has it come back later; notes on the link how it went.

What a drain does is its function's own; what may go wrong with its account is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from shared.domain.errors import (
    AwsFailed,
    AwsRefused,
    Broken,
    Conflict,
    IntegrationError,
    LinkBroken,
    LinkChanged,
    LinkPaused,
    RateLimited,
    Retryable,
)
from shared.domain.host_events import Occasion, link_needs_attention
from shared.domain.links import HOURLY, Link, LinkChanges, LinkProblem, LinkStatus, next_routine_check
from shared.domain.timestamps import Clock
from shared.doorbells.backoff import doorbell_delay
from shared.doorbells.drain_outcomes import DrainOutcome, DrainReport
from shared.doorbells.link_watch import ensure_not_paused
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from shared.ports import Links, Ring, SendEvents

STALE_MARGIN = timedelta(seconds=5)
"""A doorbell must be this much older than a listing before the listing counts as its answer."""
ANNOUNCED_AGAIN_AFTER = timedelta(minutes=5)
"""Host events that could not be sent are sent by the next drain; nothing else leads to one for hours."""
DEATHS_BEFORE_CARE = 2
"""Of the second and later answers to a doorbell; that a first one began is not worth a write."""
SAID_AFTER_WAITS = 3
"""Half a minute: a fault that is over sooner is not worth a word on the page."""
RECEIVES_BEFORE_RENEWAL = 50
"""Half of the queue's maxReceiveCount: waiting is not failing, nor is a receive for want of concurrency."""

Item = TypeVar("Item")
Drain = Callable[[bool], DrainReport[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainRunner(Generic[Item]):
    """Runs a drain for a doorbell, or not; notes on the link how it went."""

    links: Links
    ring: Ring
    send_events: SendEvents
    clock: Clock
    sweep_every: timedelta

    def run(
        self, received: ReceivedDoorbell, link: Link, drain: Drain[Item], *, is_everything_paused: bool
    ) -> DrainOutcome[Item]:
        """The drain is told whether to be careful. Link and pause are as they were read just now.

        Raises ComeBackLater where the message must be put back; what was done stays done.
        """
        try:
            ensure_not_paused(link, is_everything_paused=is_everything_paused)
            if link.not_before is not None and self.clock() < link.not_before:
                if link.problem is LinkProblem.TRANSPORT_LIMIT:  # for days: the sweep rings at that moment
                    return DrainOutcome("waits for its moment")
                seconds = (link.not_before - self.clock()).total_seconds()
                return self._put_back(received, link, seconds, is_failure=False)
            if _is_stale(received, link):
                return DrainOutcome("already looked")
            return self._drain(received, link, drain)
        except LinkPaused:
            return self._leave_paused(link)
        except LinkChanged:
            # Unlinked or linked again under our hands: the new link has doorbells of its own.
            return DrainOutcome("link has changed")

    def _leave_paused(self, link: Link) -> DrainOutcome[Item]:
        """The message is not kept: the link is due at once, so that the sweep rings once it may.

        What the sweep finds then, Dropbox did ring for.
        """
        with suppress(LinkChanged):
            self.links.update(link, next_due=self.clock(), heard_at=None)
        return DrainOutcome("paused")

    def _drain(self, received: ReceivedDoorbell, link: Link, drain: Drain[Item]) -> DrainOutcome[Item]:
        is_careful = received.doorbell.is_careful or _deaths(received, link) >= DEATHS_BEFORE_CARE
        try:
            self._note_beginning(received, link)
            return self._finish(received, drain(is_careful), is_careful=is_careful)
        except RateLimited as limited:
            until = self.clock() + timedelta(seconds=limited.retry_after)
            link = self.links.update(link, not_before=until, next_due=until)
            return self._put_back(received, link, limited.retry_after, is_failure=False)
        except (LinkChanged, LinkPaused):
            raise
        except (Retryable, Conflict, AwsRefused) as error:
            return self._put_back(received, link, _next_delay(received, link), error)
        except LinkBroken as broken:
            return self._note_problem(received, link, broken)
        except Broken as broken:  # such as a file where the folder should be
            self.links.update(
                link,
                problem=LinkProblem.DROPBOX_REFUSED,
                detail=str(broken),
                next_due=self.clock() + HOURLY,
                heard_at=None,
            )
            return DrainOutcome("Dropbox refused")

    def _note_beginning(self, received: ReceivedDoorbell, link: Link) -> None:
        """Count this answer as a death, until it ends: a receive that no drain ever saw is none.

        Lambda receives a message over and over while it has no concurrency left for the function.
        """
        if received.receive_count > 1:
            self.links.update(
                link,
                doorbell_id=received.message_id,
                doorbell_waits=_waits(received, link),
                doorbell_deaths=_deaths(received, link) + 1,
            )

    def _finish(
        self, received: ReceivedDoorbell, report: DrainReport[Item], *, is_careful: bool
    ) -> DrainOutcome[Item]:
        link = self._note_success(received, report)
        if report.is_clean:
            return _answer("drained", report)
        if not report.recorded and not report.has_progressed:
            return self._put_back(received, link, _next_delay(received, link))
        self.ring(received.again(is_careful=is_careful))
        return _answer("more to do", report)

    def _note_success(self, received: ReceivedDoorbell, report: DrainReport[Item]) -> Link:
        """Dropbox has answered: the link's problem is over."""
        link = replace(report.link, status=LinkStatus.ACTIVE, heard_at=self._heard_at(received, report))
        routine = next_routine_check(link, self.clock(), self.sweep_every)
        again = self.clock() + ANNOUNCED_AGAIN_AFTER if report.unannounced else None
        due = [moment for moment in (routine, report.next_try, again) if moment is not None]
        changes: LinkChanges = {
            "status": LinkStatus.ACTIVE,
            "problem": None,
            "detail": None,
            "status_since": None,
            "not_before": None,
            "next_due": min(due, default=None),
            "last_clean_listing": report.looked_at if report.is_clean else link.last_clean_listing,
            "announced_problem": None,
            "heard_at": link.heard_at,
        }
        return self.links.update(link, **(changes | report.changes))

    def _heard_at(self, received: ReceivedDoorbell, report: DrainReport[Item]) -> datetime | None:
        """Since when Dropbox can be relied on to ring, if it can."""
        if report.missed_notification:
            with suppress(AwsFailed):  # the link itself says so too
                self.links.note_missed_notification(self.clock())
            return None
        return self.clock() if received.is_from_dropbox else report.link.heard_at

    def _note_problem(
        self, received: ReceivedDoorbell, before: Link, broken: LinkBroken
    ) -> DrainOutcome[Item]:
        """The event is sent first: a drain that dies in between has the next one send it again."""
        status = broken.status
        unsent = self._announce(received, before, broken)
        since = before.status_since if before.status is status and before.status_since else self.clock()
        link = replace(before, status=status, problem=broken.problem, status_since=since)
        due = next_routine_check(link, self.clock(), self.sweep_every)
        waits = broken.problem is LinkProblem.TRANSPORT_LIMIT and unsent is None
        self.links.update(
            link,
            status=status,
            problem=broken.problem,
            detail=broken.detail or None,
            status_since=since,
            next_due=self.clock() + ANNOUNCED_AGAIN_AFTER if unsent else due,
            not_before=due if waits else None,
            announced_problem=link.announced_problem if unsent else broken.problem,
            heard_at=None,  # its message is not kept either
        )
        return DrainOutcome(
            f"link is {status.value.lower()}", link_broke=before.status is not status, unannounced=unsent
        )

    def _announce(self, received: ReceivedDoorbell, link: Link, broken: LinkBroken) -> AwsFailed | None:
        """Why the host's event could not be sent, if it could not."""
        if link.announced_problem is broken.problem:
            return None
        occasion = Occasion(self.clock(), received.correlation_id)
        event = link_needs_attention(link, broken.status, broken.problem, received.message_id, occasion)
        try:
            self.send_events([event])
        except AwsFailed as error:
            return error
        return None

    def _put_back(
        self,
        received: ReceivedDoorbell,
        link: Link,
        seconds: float,
        cause: IntegrationError | None = None,
        *,
        is_failure: bool = True,
    ) -> DrainOutcome[Item]:
        """Have the message come back, noting on the link that this was on purpose.

        A rate limit is no failure: an outage after many of them is waited for no longer than the first one.
        One that AWS refuses to have answered is not renewed: it ends in the DLQ, where the operator sees it.
        """
        if received.receive_count >= RECEIVES_BEFORE_RENEWAL and not isinstance(cause, AwsRefused):
            self.ring(received.again(is_careful=received.doorbell.is_careful))
            return DrainOutcome("renewed")
        with suppress(AwsFailed):  # the worst of an unnoted wait is a drain more careful than needed
            waits = _waits(received, link) + is_failure
            changes: LinkChanges = {
                "doorbell_id": received.message_id,
                "doorbell_waits": waits,
                "doorbell_deaths": _deaths(received, link),
            }
            self.links.update(link, **(changes | _problem_that_lasts(link, cause, waits)))
        raise ComeBackLater(seconds) from cause


def _answer(reason: str, report: DrainReport[Item]) -> DrainOutcome[Item]:
    return DrainOutcome(
        reason,
        report.recorded,
        report.backlog,
        unannounced=report.unannounced,
        missed_notification=report.missed_notification,
    )


def _problem_that_lasts(link: Link, cause: IntegrationError | None, waits: int) -> LinkChanges:
    """What the link says of a fault that nobody can mend, once it is no passing one."""
    problem = cause.problem_while_it_lasts if cause is not None else None
    if problem is None or waits < SAID_AFTER_WAITS or link.status is not LinkStatus.ACTIVE:
        return {}
    return {"problem": problem, "detail": str(cause)}


def _is_stale(received: ReceivedDoorbell, link: Link) -> bool:
    """Somebody looked at everything well after it was sent, and left nothing to do."""
    looked = link.last_clean_listing
    return looked is not None and received.sent_at + STALE_MARGIN < looked


def _waits(received: ReceivedDoorbell, link: Link) -> int:
    return link.doorbell_waits if link.doorbell_id == received.message_id else 0


def _deaths(received: ReceivedDoorbell, link: Link) -> int:
    """As of when the message was received: `link` is as it was read then."""
    return link.doorbell_deaths if link.doorbell_id == received.message_id else 0


def _next_delay(received: ReceivedDoorbell, link: Link) -> float:
    return doorbell_delay(_waits(received, link) + 1)
