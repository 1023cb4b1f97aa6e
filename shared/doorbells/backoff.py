"""When a file or a doorbell that failed is tried again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
FIRST_DOORBELL_SECONDS = 5.0
LONGEST_DOORBELL_SECONDS = 900.0


def next_try_after(now: datetime, tries: int) -> datetime:
    """Doubling from half a minute to six hours, jittered so that failures do not return together.

    `tries` counts the one that has just failed, from 1.
    """
    doublings = min(tries - 1, 20)
    delay = min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
    return now + delay * random.uniform(0.8, 1)  # noqa: S311 - jitter


def doorbell_delay(tries: int) -> float:
    """Seconds until a doorbell comes back: 5, 10, 20 and so on to a quarter of an hour, jittered."""
    doublings = min(tries - 1, 20)
    delay = min(FIRST_DOORBELL_SECONDS * (1 << doublings), LONGEST_DOORBELL_SECONDS)
    return delay * random.uniform(0.8, 1)  # noqa: S311 - jitter
