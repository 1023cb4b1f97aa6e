"""A piece of a list that is shown newest first, and where the list goes on after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Position:
    """The place of an item in a list in order of time: its instant, and its key among those of it."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, perhaps fewer than were asked for, and the place after which more may follow.

    `after` is None where nothing follows.
    """

    items: tuple[Item, ...]
    after: Position | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; where it `is_capped`, there may be more."""

    number: int
    is_capped: bool = False
