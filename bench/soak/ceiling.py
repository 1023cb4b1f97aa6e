"""A hard ceiling: a trial that hangs says in what, and ends with everything that it started."""

from __future__ import annotations

import faulthandler
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_TIME_TO_STOP = 45
"""Then the system ends it; what it started ends with it, see `local.guardian`."""


class Ceiling:
    """Knows `during` what the time is up."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.during = "starting"
        self._say = say

    def begin(self, what: str) -> None:
        """The next step."""
        self.during = what
        self._say(what)


@contextmanager
def ceiling(seconds: float, say: Callable[[str], None] = lambda _: None) -> Iterator[Ceiling]:
    """End the program with exit code 1 once so much time is over, even while the main thread waits."""
    what = Ceiling(say)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        message = f"NOT AS IT MUST BE: still {what.during} after {seconds:.0f} s, the most it may take"
        print(message, file=sys.stderr, flush=True)
        faulthandler.dump_traceback()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_TIME_TO_STOP)
        raise SystemExit(1)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield what
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
