"""How long a request may still take."""

from __future__ import annotations

import time
from collections.abc import Callable


class Deadline:
    """A number of seconds from its creation on."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ends = monotonic() + seconds

    def seconds_left(self) -> float:
        """Never negative."""
        return max(0.0, self._ends - self._monotonic())
