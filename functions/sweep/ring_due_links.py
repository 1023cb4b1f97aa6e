"""Rings for every link that wants a visit, and sets when it wants the next one.

Ringing comes first: a link rung twice costs a call to Dropbox, one moved on and not rung waits for hours.
Buckets are swept side by side, each a hundred links at a time and no faster than its share of what the drains
take without keeping anybody waiting who has just dropped a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from functions.sweep.pace import Pace, Sleep
from functions.sweep.ports import DueLinks, RingAll
from functions.sweep.sweep import Sweep
from shared.batching import batched
from shared.domain.errors import LinkChanged
from shared.domain.links import (
    HEARD_FACTOR,
    SWEEP_BUCKETS,
    Link,
    LinkStatus,
    Purpose,
    is_only_watched,
    next_routine_check,
    watched_again_at,
)
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.messages import RungBy, doorbell_of

MOST_A_SECOND = 96.0
"""A million links in six hours are 46 a second, of which a sweep has three minutes in five.

It takes a drain about a second to find nothing: half of them are left to people who wait.
"""
RUNG_TOGETHER = 10
"""What `SendMessageBatch` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingDueLinks:
    """Called with a question, `has_time`, asked before every ten links; those left are due next time.

    `correlation_id` goes with every doorbell that is rung.
    """

    links: DueLinks
    ring_for: Mapping[Purpose, RingAll]
    sweep_every: timedelta
    sleep: Sleep
    now: Clock = utc_now
    most_a_second: float = MOST_A_SECOND

    def __call__(self, has_time: Callable[[], bool], correlation_id: str = "") -> Sweep:
        """Never raises for a link or a bucket: see the sweep's failures. Raises AwsFailed."""
        if self.links.is_everything_paused():
            return Sweep(is_paused=True)
        relies_on_dropbox = self._relies_on_dropbox()

        def sweep_bucket(number: int) -> Sweep:
            swept = _BucketSweep(self, f"{number:02d}", has_time, correlation_id)
            return swept.run(relies_on_dropbox=relies_on_dropbox)

        with ThreadPoolExecutor(SWEEP_BUCKETS) as threads:
            return Sweep.together(threads.map(sweep_bucket, range(SWEEP_BUCKETS)))

    def _relies_on_dropbox(self) -> bool:
        """Whether links that it rings for need no more than a rare look: not while notifications get lost."""
        missed_at = self.links.notification_missed_at()
        return missed_at is None or missed_at + self.sweep_every < self.now()


class _BucketSweep:
    """One sweep of one bucket."""

    def __init__(
        self, ringing: RingDueLinks, bucket: str, has_time: Callable[[], bool], correlation_id: str
    ) -> None:
        self._ringing = ringing
        self._links = ringing.links
        self._bucket = bucket
        self._has_time = has_time
        self._correlation_id = correlation_id
        self._sweep = Sweep()
        self._pace = Pace(ringing.most_a_second / SWEEP_BUCKETS, ringing.now, ringing.sleep)

    def run(self, *, relies_on_dropbox: bool) -> Sweep:
        now, sweep_every = self._ringing.now(), self._ringing.sweep_every
        with self._sweep.noting_failures_of(self._bucket):
            self._visit_all(self._links.due_ids(self._bucket, now), partial(_is_due, until=now))
            if not relies_on_dropbox:
                # Those of the rare looks whose last one is `sweep_every` ago: no others are due so late.
                since, until = now + sweep_every, now + (HEARD_FACTOR - 1) * sweep_every
                pages = self._links.due_ids(self._bucket, until, since)
                self._visit_all(pages, lambda link: _is_rarely_looked_at(link) and _is_due(link, until=until))
        return self._sweep

    def _visit_all(self, pages: Iterator[list[str]], is_due: Callable[[Link], bool]) -> None:
        for page in pages:
            for ids in batched(page, RUNG_TOGETHER):
                if not self._has_time():
                    self._sweep.is_complete = False
                    return
                self._visit([link for link in self._read(ids) if is_due(link)])

    def _read(self, ids: Sequence[str]) -> list[Link]:
        """A row that cannot be read spoils no other's visit."""
        with suppress(Exception):
            return self._links.get_many(ids)
        links: list[Link] = []
        for link_id in ids:
            with self._sweep.noting_failures_of(link_id):
                links += self._links.get_many([link_id])
        return links

    def _visit(self, links: Sequence[Link]) -> None:
        for link in links:
            self._sweep.note_age(link, self._ringing.now())
        for purpose in {link.purpose for link in links} & self._ringing.ring_for.keys():
            self._visit_those([link for link in links if link.purpose is purpose], purpose)

    def _visit_those(self, links: Sequence[Link], purpose: Purpose) -> None:
        ring_all = self._ringing.ring_for[purpose]
        wanting = [
            link for link in links if link.status is not LinkStatus.UNLINKED and self._wants_ring(link)
        ]
        unrung = self._ring(wanting, ring_all)
        for link in links:
            if link.link_id not in unrung:
                with self._sweep.noting_failures_of(link.link_id), suppress(LinkChanged):
                    # A drain that has set another time in the meantime knows better.
                    self._move_on(link, was_rung=link in wanting)

    def _wants_ring(self, link: Link) -> bool:
        """Not where its last doorbell is still to be answered: another one would make it no quicker."""
        if link.status is not LinkStatus.ACTIVE or link.rung_at is None or not is_only_watched(link):
            return True
        return link.rung_at + self._ringing.sweep_every <= self._ringing.now()

    def _ring(self, links: Sequence[Link], ring_all: RingAll) -> set[str]:
        """The ids of those that could not be rung for, which stay due."""
        doorbells = {link.link_id: doorbell_of(link, self._correlation_id, RungBy.SWEEP) for link in links}
        if not doorbells:
            return set()
        self._pace.wait(len(doorbells))
        with suppress(Exception):
            ring_all(list(doorbells.values()))
            self._sweep.rung += len(doorbells)
            return set()
        unrung = set(doorbells)
        for link_id, doorbell in doorbells.items():
            with self._sweep.noting_failures_of(link_id):
                ring_all([doorbell])
                self._sweep.rung += 1
                unrung.remove(link_id)
        return unrung

    def _move_on(self, link: Link, *, was_rung: bool) -> None:
        """A drain that looks at it to its end sets the next routine look; until then it is watched."""
        now = self._ringing.now()
        if link.status is not LinkStatus.ACTIVE:
            self._links.move_due_on(link, next_routine_check(link, now, self._ringing.sweep_every))
        elif was_rung:
            self._links.move_due_on(link, watched_again_at(now, now), rung_at=now)
        else:
            self._links.move_due_on(link, watched_again_at(link.rung_at or now, now))


def _is_due(link: Link, *, until: datetime) -> bool:
    """The index may lag; what is paused stays due, to be rung for once it may be looked at again."""
    return link.next_due is not None and link.next_due <= until and not link.is_paused


def _is_rarely_looked_at(link: Link) -> bool:
    return link.status is LinkStatus.ACTIVE and link.heard_at is not None and link.not_before is None
