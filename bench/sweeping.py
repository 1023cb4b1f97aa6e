"""The sweep over a million links: whether each is looked at in time, at what cost, and after an outage."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bench.cost import Prices
from bench.figures import Figure, Table
from bench.many_links import ManyLinks, NextLook, SimulatedTime, Usage
from functions.sweep.ring_due_links import MOST_A_SECOND, RingDueLinks
from shared.domain.links import HEARD_FACTOR, Purpose

LINKS = int(os.environ.get("SWEEP_LINKS", "1000000"))
SWEEP_EVERY = timedelta(hours=6)
SCHEDULE_SECONDS = 300
TIME_FOR_LINKS_SECONDS = 240 - 20 - 60
"""Of a sweep: the function's timeout, but for what the handler keeps for its end and for readings."""
DRAIN_SECONDS = 1.2
"""What a drain that finds nothing takes, token and listing included."""
HOUR, DAY = 3600, 86400


@dataclass
class Sweeping:
    """A store, the real sweep over it, and the time that both share."""

    time: SimulatedTime
    links: ManyLinks
    longest_sweep: float = 0.0

    @classmethod
    def begin(cls, count: int, *, is_heard: bool = True) -> Sweeping:
        """Every link was looked at within its interval."""
        time = SimulatedTime()
        interval = SWEEP_EVERY.total_seconds() * (HEARD_FACTOR if is_heard else 1)
        return cls(time, ManyLinks(count, time, interval=interval * 0.95, is_heard=is_heard))

    def run(self, seconds: int) -> Usage:
        """Sweep after sweep; what it took."""
        before = self.links.usage.copy()
        for _ in range(seconds // SCHEDULE_SECONDS):
            self._sweep()
            self.time.world += SCHEDULE_SECONDS
        return self.links.usage - before

    def stand_still(self, seconds: int) -> None:
        """Nothing sweeps."""
        self.time.world += seconds

    def _sweep(self) -> None:
        ring = RingDueLinks(
            links=self.links,
            ring_for={Purpose.AUTO_IMPORT: self.links.ring_all},
            sweep_every=SWEEP_EVERY,
            sleep=self.time.spend,
            now=self.time,
        )
        sweep = ring(self._has_time)
        if sweep.failures:
            raise RuntimeError(f"the sweep failed: {next(iter(sweep.failures.values()))!r}")
        self.links.answer(NextLook(SWEEP_EVERY))

    def _has_time(self) -> bool:
        self.longest_sweep = max(self.longest_sweep, self.time.spent)
        return self.time.spent < TIME_FOR_LINKS_SECONDS

    def rung(self, begin: float, end: float) -> list[int]:
        """How many in each second."""
        return [self.links.rung_at_second[second] for second in range(int(begin), int(end))]


def measure() -> Iterator[Table]:
    """Two usual hours and an outage of one; the day after it; notifications that get lost for all."""
    yield _usual_and_outage()
    yield _the_day_after()
    yield _while_notifications_get_lost()


def _usual_and_outage() -> Table:
    sweeping = Sweeping.begin(LINKS)
    usage = sweeping.run(2 * HOUR)
    usual, usual_age, usual_sweep = (
        sweeping.rung(0, 2 * HOUR),
        sweeping.links.oldest_look,
        sweeping.longest_sweep,
    )
    sweeping.stand_still(HOUR)
    sweeping.run(2 * HOUR)
    after = sweeping.rung(3 * HOUR, 5 * HOUR)
    late = _caught_up(after, sum(usual) / len(usual))
    looks_a_day = LINKS * DAY // SWEEP_EVERY.seconds // HEARD_FACTOR
    return Table(
        f"The sweep of {LINKS:,} users' links that Dropbox rings for",
        "",
        [
            Figure(
                "looks a day", f"{12 * sum(usual):,}", aim=f"{looks_a_day:,}", remark="12 times two hours"
            ),
            Figure("looks a second, mean", f"{sum(usual) / len(usual):.1f}"),
            Figure(
                "looks a second, busiest minute",
                f"{_busiest_minute(usual) / 60:.1f}",
                aim=f"{MOST_A_SECOND:.0f}",
            ),
            Figure("drains for them at once", f"{_at_once(usual):.0f}", aim="of 200"),
            Figure("longest without a look", _hours(usual_age), aim="24.1 h"),
            Figure("links in memory at once", f"{sweeping.links.most_in_memory}"),
            Figure("longest sweep", f"{usual_sweep:.0f} s", aim=f"{TIME_FOR_LINKS_SECONDS} s"),
            Figure(
                "a month of sweeping", _month(usage, 12), remark="index, links, doorbells; not the drains"
            ),
            Figure("after an hour without sweeps: looks in the next", f"{sum(after[:HOUR]):,}"),
            Figure(
                "the same: looks a second, busiest minute", f"{_busiest_minute(after) / 60:.1f}", aim="64"
            ),
            Figure("the same: drains for them at once", f"{_at_once(after):.0f}", aim="of 200"),
            Figure("the same: longest sweep", f"{sweeping.longest_sweep:.0f} s", aim="160 s"),
            Figure("the same: caught up after", f"{late // 60} min"),
            Figure("the same: longest without a look", _hours(sweeping.links.oldest_look), aim="25.1 h"),
        ],
    )


def _the_day_after() -> Table:
    """A tenth of the links show it as well."""
    sweeping = Sweeping.begin(LINKS // 10)
    sweeping.run(2 * HOUR)
    sweeping.stand_still(HOUR)
    sweeping.run(DAY)
    usual, after, day_after = (
        sweeping.rung(*moment)
        for moment in ((0, 2 * HOUR), (3 * HOUR, 3 * HOUR + SCHEDULE_SECONDS), (20 * HOUR, 27 * HOUR))
    )
    return Table(
        f"What was late together a day later, of {LINKS // 10:,} links",
        "",
        [
            Figure(
                "looks of a sweep, usual", f"{_busiest_sweep(usual):,}", remark="the busiest of two hours"
            ),
            Figure("first sweep after the outage", f"{_busiest_sweep(after):,}"),
            Figure("a day later", f"{_busiest_sweep(day_after):,}", remark="the busiest of seven hours"),
        ],
    )


def _while_notifications_get_lost() -> Table:
    sweeping = Sweeping.begin(LINKS)
    while sweeping.links.not_looked_at_since(0) and sweeping.time.world < DAY:
        sweeping.links.missed_at = sweeping.time()  # another one, again and again
        sweeping.run(SCHEDULE_SECONDS)
    all_looked_at = sweeping.time.world
    rung = sweeping.rung(0, all_looked_at)
    return Table(
        "The same links, from when the first notification was found missing",
        "",
        [
            Figure("all looked at after", _hours(all_looked_at), aim="6.1 h"),
            Figure(
                "looks a second, busiest minute",
                f"{_busiest_minute(rung) / 60:.1f}",
                aim=f"{MOST_A_SECOND:.0f}",
            ),
            Figure("drains for them at once", f"{_at_once(rung):.0f}", aim="of 200"),
        ],
    )


def _busiest_sweep(seconds: list[int]) -> int:
    starts = range(0, len(seconds), SCHEDULE_SECONDS)
    return max(sum(seconds[start : start + SCHEDULE_SECONDS]) for start in starts)


def _busiest_minute(seconds: list[int]) -> int:
    return max(sum(seconds[start : start + 60]) for start in range(0, len(seconds), 60))


def _at_once(seconds: list[int]) -> float:
    return _busiest_minute(seconds) / 60 * DRAIN_SECONDS


def _caught_up(seconds: Iterable[int], mean: float) -> int:
    """Seconds until a whole sweep rang for no more than usual."""
    rung = list(seconds)
    for start in range(0, len(rung), SCHEDULE_SECONDS):
        if sum(rung[start : start + SCHEDULE_SECONDS]) <= 1.2 * mean * SCHEDULE_SECONDS:
            return start
    return len(rung)


def _month(usage: Usage, times_a_day: int) -> str:
    """Dollars, at the prices of us-east-1."""
    prices = Prices()
    once = (
        usage.read_units * prices.read_unit
        + usage.write_units * prices.write_unit
        + usage.calls["SendMessageBatch"] * prices.sqs_request
    )
    return f"${30 * times_a_day * once / 1e6:.2f}"


def _hours(seconds: float) -> str:
    return f"{seconds / HOUR:.1f} h"
