"""What waits for another try: how much of it, since when, and how much for too long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

STUCK_AFTER = timedelta(days=1)


class Waiting(Protocol):
    """A file or a delivery that waits."""

    @property
    def since(self) -> datetime:
        """When it was first known."""

    @property
    def next_try(self) -> datetime | None:
        """When it is due."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a drain leaves waiting; `stuck` of it for over a day. `next_try` is the earliest of all."""

    waiting: int = 0
    stuck: int = 0
    oldest_seconds: float = 0.0
    next_try: datetime | None = None


NOTHING_WAITS = Backlog()


def is_stuck(since: datetime, now: datetime) -> bool:
    """Whether something that has waited since then has waited for too long."""
    return since + STUCK_AFTER <= now


def count_stuck(waiting: Iterable[Waiting], now: datetime) -> int:
    """How many of them are stuck."""
    return sum(is_stuck(item.since, now) for item in waiting)


def backlog_of(waiting: Iterable[Waiting], now: datetime) -> Backlog:
    """What these come to."""
    items = list(waiting)
    oldest = min((item.since for item in items), default=now)
    return Backlog(
        waiting=len(items),
        stuck=count_stuck(items, now),
        oldest_seconds=max(0.0, (now - oldest).total_seconds()),
        next_try=min((item.next_try for item in items if item.next_try is not None), default=None),
    )
