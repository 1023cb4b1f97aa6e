"""Rings for every link that wants a visit, and sets when it wants the next one.

Ringing comes first: a link rung twice costs a call to Dropbox, one moved on and not rung waits for hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from shared.domain.errors import LinkChanged
from shared.domain.links import SWEEP_BUCKETS, LinkStatus, Purpose, next_routine_check
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.messages import doorbell_of
from shared.ports import Links, Ring


@dataclass(slots=True)
class Sweep:
    """What one sweep came to: `failures` by link or bucket, and whether the time was enough for all.

    With `is_paused` nothing was looked at.
    """

    rung: int = 0
    failures: dict[str, Exception] = field(default_factory=dict)
    is_complete: bool = True
    is_paused: bool = False

    @contextmanager
    def noting_failures_of(self, what: str) -> Iterator[None]:
        """Go on after any error."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - one failing link must not keep the others waiting
            self.failures[what] = error


@dataclass(frozen=True, slots=True)
class RingDueLinks:
    """Called with a question, `has_time`, asked before every link; those left are due next time.

    `correlation_id` goes with every doorbell that is rung.
    """

    links: Links
    ring_for: Mapping[Purpose, Ring]
    sweep_every: timedelta
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool], correlation_id: str = "") -> Sweep:
        """Never raises for a link or a bucket: see the sweep's failures. Raises AwsUnavailable."""
        if self.links.is_everything_paused():
            return Sweep(is_paused=True)
        sweep = Sweep()
        for link_id in self._due_ids(sweep):
            if not has_time():
                sweep.is_complete = False
                break
            with sweep.noting_failures_of(link_id):
                self._visit(link_id, sweep, correlation_id)
        return sweep

    def _due_ids(self, sweep: Sweep) -> Iterator[str]:
        for number in range(SWEEP_BUCKETS):
            bucket, ids = f"{number:02d}", list[str]()
            with sweep.noting_failures_of(bucket):
                ids = self.links.due_ids(bucket, self.now())
            yield from ids

    def _visit(self, link_id: str, sweep: Sweep, correlation_id: str) -> None:
        link, now = self.links.get(link_id), self.now()
        if link is None or link.next_due is None or link.next_due > now:
            return  # The index lagged: somebody has visited it since.
        if link.is_paused:
            return  # It stays due, to be rung for once it may be looked at again.
        ring = self.ring_for.get(link.purpose)
        if ring is None:
            return  # A purpose that a newer release serves.
        if link.status is not LinkStatus.UNLINKED:
            ring(doorbell_of(link, correlation_id))
            sweep.rung += 1
        with suppress(LinkChanged):  # A drain has set another time in the meantime: its own is better.
            self.links.move_due_on(link, next_routine_check(link, now, self.sweep_every))
