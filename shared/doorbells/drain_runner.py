"""Answers a doorbell for a link: nothing, a drain, or coming back later; notes on the link how it went.

What a drain does is its function's own; what may go wrong with its account is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar, Unpack

from shared.domain.backlogs import NOTHING_WAITS, Backlog
from shared.domain.errors import (
    AwsUnavailable,
    Broken,
    Conflict,
    IntegrationError,
    LinkBroken,
    LinkChanged,
    LinkPaused,
    RateLimited,
    Retryable,
)
from shared.domain.host_events import HostEvent, Occasion, link_needs_attention
from shared.domain.links import HOURLY, Link, LinkChanges, LinkProblem, LinkStatus, next_routine_check
from shared.domain.timestamps import Clock
from shared.doorbells.backoff import doorbell_delay
from shared.doorbells.link_watch import ensure_not_paused
from shared.doorbells.messages import AnyDoorbell

STALE_MARGIN = timedelta(seconds=5)
"""A doorbell must be this much older than a listing before the listing counts as its answer."""
ANNOUNCED_AGAIN_AFTER = timedelta(minutes=5)
"""Host events that could not be sent are sent by the next drain; nothing else leads to one for hours."""
DEATHS_BEFORE_CARE = 3
SAID_AFTER_WAITS = 3
"""Half a minute: a fault that is over sooner is not worth a word on the page."""
RECEIVES_BEFORE_RENEWAL = 90
"""Well below the queue's maxReceiveCount: waiting is not failing and must not end in the DLQ."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ReceivedDoorbell:
    """A doorbell with what the queue knows of its message."""

    doorbell: AnyDoorbell
    message_id: str
    sent_at: datetime
    receive_count: int

    @property
    def notified_at(self) -> datetime:
        """When users' seconds began to count."""
        return self.doorbell.notified_at or self.sent_at

    @property
    def correlation_id(self) -> str:
        """What logs and records of its answer have in common."""
        return self.doorbell.correlation_id or self.message_id

    def again(self, *, is_careful: bool) -> AnyDoorbell:
        """The doorbell to be rung by a drain that is not done."""
        return self.doorbell.again(
            notified_at=self.notified_at, is_careful=is_careful, correlation_id=self.correlation_id
        )


class ComeBackLater(Retryable):
    """The message is to be put back for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"come back in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class DrainReport(Generic[Item]):
    """How a drain ended.

    `is_clean`: everything pending at `looked_at` is recorded, or waits for a time of its own, the
    earliest of which is `next_try`. Otherwise there is more to do at once. `link` is as last written.
    `has_progressed` is for work that records nothing by itself, such as a search. `changes` are to be
    noted on the link beside that. `unannounced` is why
    the host events could not be sent of everything yet: the next drain does.
    """

    link: Link
    recorded: Sequence[Item]
    is_clean: bool
    looked_at: datetime
    next_try: datetime | None
    has_progressed: bool = False
    changes: LinkChanges = field(default_factory=LinkChanges)
    backlog: Backlog = NOTHING_WAITS
    unannounced: AwsUnavailable | None = None


@dataclass(frozen=True, slots=True)
class DoorbellAnswer(Generic[Item]):
    """What was done, for logs and metrics. `reason` is a constant.

    `backlog` is what the drain left, None where there was none. `link_broke` is true where the link
    stopped working just now. `unannounced` is why the host events could not be sent, to be logged.
    """

    reason: str
    recorded: Sequence[Item] = ()
    backlog: Backlog | None = None
    link_broke: bool = False
    unannounced: AwsUnavailable | None = None


class Links(Protocol):
    """The links: see `shared.aws.stores.link_store`."""

    def update(self, link: Link, **changes: Unpack[LinkChanges]) -> Link:
        """Raises LinkChanged where the link is of another generation."""

    def is_everything_paused(self) -> bool:
        """Whether the operator has paused all links."""


class HostEvents(Protocol):
    """What the host is told over: see `shared.aws.host.event_bus`."""

    def send(self, events: Sequence[HostEvent]) -> None:
        """Tell all of them. Raises AwsUnavailable."""


class Doorbells(Protocol):
    """The queue the doorbell came from: see `shared.aws.queues.doorbell_queue`."""

    def ring(self, doorbell: AnyDoorbell) -> None:
        """Have the account looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorbellAnswering(Generic[Item]):
    """Called with a doorbell, its link and the drain, which is told whether to be careful."""

    links: Links
    doorbells: Doorbells
    events: HostEvents
    clock: Clock
    sweep_every: timedelta

    def __call__(
        self, received: ReceivedDoorbell, link: Link, drain: Callable[[bool], DrainReport[Item]]
    ) -> DoorbellAnswer[Item]:
        """Raises ComeBackLater where the message must be put back; whatever was done stays done."""
        try:
            return self._unless_paused(received, link, drain)
        except LinkChanged:
            # Unlinked or linked anew under our hands: the new link has doorbells of its own.
            return DoorbellAnswer("link has changed")

    def _unless_paused(
        self, received: ReceivedDoorbell, link: Link, drain: Callable[[bool], DrainReport[Item]]
    ) -> DoorbellAnswer[Item]:
        """The message is not kept: the link is due at once, so that the sweep rings once it may."""
        try:
            ensure_not_paused(self.links, link)
            return self._look(received, link, drain)
        except LinkPaused:
            self.links.update(link, next_due=self.clock())
            return DoorbellAnswer("paused")

    def _look(
        self, received: ReceivedDoorbell, link: Link, drain: Callable[[bool], DrainReport[Item]]
    ) -> DoorbellAnswer[Item]:
        if link.not_before is not None and self.clock() < link.not_before:
            if link.problem is LinkProblem.TRANSPORT_LIMIT:  # for days: the sweep rings at that moment
                return DoorbellAnswer("waits for its moment")
            return self._put_back(received, link, (link.not_before - self.clock()).total_seconds())
        if _is_stale(received, link):
            return DoorbellAnswer("already looked")
        return self._drain(received, link, drain)

    def _drain(
        self, received: ReceivedDoorbell, link: Link, drain: Callable[[bool], DrainReport[Item]]
    ) -> DoorbellAnswer[Item]:
        is_careful = received.doorbell.is_careful or _drains_died(received, link)
        try:
            return self._finish(received, drain(is_careful), is_careful=is_careful)
        except RateLimited as limited:
            until = self.clock() + timedelta(seconds=limited.retry_after)
            link = self.links.update(link, not_before=until, next_due=until)
            return self._put_back(received, link, limited.retry_after)
        except (LinkChanged, LinkPaused):
            raise
        except (Retryable, Conflict) as error:
            return self._put_back(received, link, _next_delay(received, link), error)
        except Broken as broken:
            return self._note_what_is_broken(received, link, broken)

    def _finish(
        self, received: ReceivedDoorbell, report: DrainReport[Item], *, is_careful: bool
    ) -> DoorbellAnswer[Item]:
        link = self._note_success(report)
        if report.is_clean:
            return _answer("drained", report)
        if not report.recorded and not report.has_progressed:
            return self._put_back(received, link, _next_delay(received, link))
        self.doorbells.ring(received.again(is_careful=is_careful))
        return _answer("more to do", report)

    def _note_success(self, report: DrainReport[Item]) -> Link:
        """Dropbox has answered: whatever was wrong with the link is over."""
        link = replace(report.link, status=LinkStatus.ACTIVE)
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
        }
        return self.links.update(link, **(changes | report.changes))

    def _note_what_is_broken(
        self, received: ReceivedDoorbell, link: Link, broken: Broken
    ) -> DoorbellAnswer[Item]:
        """No retry of ours cures it; everything stays where it is until somebody acts."""
        match broken:
            case LinkBroken():
                return self._set_status(received, link, broken)
            case _:  # such as a file where the folder should be
                self.links.update(
                    link,
                    problem=LinkProblem.DROPBOX_REFUSED,
                    detail=str(broken),
                    next_due=self.clock() + HOURLY,
                )
                return DoorbellAnswer("Dropbox refused")

    def _set_status(
        self, received: ReceivedDoorbell, before: Link, broken: LinkBroken
    ) -> DoorbellAnswer[Item]:
        """The host is told first: whoever dies in between tells it again."""
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
        )
        return DoorbellAnswer(
            f"link is {status.value.lower()}", link_broke=before.status is not status, unannounced=unsent
        )

    def _announce(self, received: ReceivedDoorbell, link: Link, broken: LinkBroken) -> AwsUnavailable | None:
        """Why the host's event could not be sent, if it could not."""
        if link.announced_problem is broken.problem:
            return None
        occasion = Occasion(self.clock(), received.correlation_id)
        event = link_needs_attention(link, broken.status, broken.problem, received.message_id, occasion)
        try:
            self.events.send([event])
        except AwsUnavailable as error:
            return error
        return None

    def _put_back(
        self, received: ReceivedDoorbell, link: Link, seconds: float, cause: IntegrationError | None = None
    ) -> DoorbellAnswer[Item]:
        """Have the message come back, noting on the link that this was on purpose."""
        if received.receive_count >= RECEIVES_BEFORE_RENEWAL:
            self.doorbells.ring(received.again(is_careful=received.doorbell.is_careful))
            return DoorbellAnswer("renewed")
        with suppress(AwsUnavailable):  # the worst of an unnoted wait is a drain more careful than needed
            waits = _waits(received, link) + 1
            changes: LinkChanges = {"doorbell_id": received.message_id, "doorbell_waits": waits}
            self.links.update(link, **(changes | _problem_that_lasts(link, cause, waits)))
        raise ComeBackLater(seconds) from cause


def _answer(reason: str, report: DrainReport[Item]) -> DoorbellAnswer[Item]:
    return DoorbellAnswer(reason, report.recorded, report.backlog, unannounced=report.unannounced)


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


def _drains_died(received: ReceivedDoorbell, link: Link) -> bool:
    """Receives that neither finished nor put the message back on purpose ended in a crash."""
    return received.receive_count - _waits(received, link) > DEATHS_BEFORE_CARE


def _waits(received: ReceivedDoorbell, link: Link) -> int:
    return link.doorbell_waits if link.doorbell_id == received.message_id else 0


def _next_delay(received: ReceivedDoorbell, link: Link) -> float:
    return doorbell_delay(_waits(received, link) + 1)
