"""Keeps the sweep from ringing faster than the drains answer without delay to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shared.domain.timestamps import Clock

Sleep = Callable[[float], None]


class Pace:
    """So many a second, and never more at once than are asked for together. For one thread."""

    def __init__(self, a_second: float, now: Clock, sleep: Sleep) -> None:
        self._a_second = a_second
        self._now = now
        self._sleep = sleep
        self._free_from = now()

    def wait(self, count: int) -> None:
        """Until so many more may go."""
        now = self._now()
        if self._free_from > now:
            self._sleep((self._free_from - now).total_seconds())
        self._free_from = max(self._free_from, now) + timedelta(seconds=count / self._a_second)
