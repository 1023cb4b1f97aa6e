"""Clocks that tests and benchmarks move."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """Shows the time it is set to; with `tick`, moves by so much at every look: no two are the same."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    tick: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        self.now += self.tick
        return self.now

    def advance(self, **by: float) -> None:
        """By so many `seconds`, `minutes`, `hours`, `days`."""
        self.now += timedelta(**by)


@dataclass
class SecondsClock:
    """The same in seconds, as monotonic clocks and time.time() count."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class RunningClock:
    """Seconds like time.time(), `ahead` of it by as much as a test has moved it on."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead
