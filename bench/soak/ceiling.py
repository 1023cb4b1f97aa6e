"""A hard ceiling: a trial that hangs ends with a message, and with everything that it started."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TIME_TO_STOP = 45
"""Then the system ends it; what it started ends with it, see `local.guardian`."""


class Ceiling:
    """Says `during` what it was when the time was up."""

    def __init__(self) -> None:
        self.during = "starting"


@contextmanager
def ceiling(seconds: float) -> Iterator[Ceiling]:
    """End the program with exit code 1 once so much time is over, whatever the main thread waits for."""
    what = Ceiling()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_TIME_TO_STOP)
        raise SystemExit(
            f"NOT AS IT MUST BE: still {what.during} after {seconds:.0f} s, the most it may take"
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield what
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
