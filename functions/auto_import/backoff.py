"""When a file that failed is tried again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)


def next_try_after(now: datetime, tries: int) -> datetime:
    """Doubling from half a minute to six hours, jittered so that failures do not return together.

    `tries` counts the one that has just failed, from 1.
    """
    doublings = min(tries - 1, 20)
    delay = min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
    return now + delay * random.uniform(0.8, 1)  # noqa: S311 - jitter
