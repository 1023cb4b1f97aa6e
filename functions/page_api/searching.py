"""Looks through a list for what somebody searches: by words of what is shown, and between two instants.

A request looks at so many rows and then says where to go on, though it may have found nothing yet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from shared.domain.paging import Page, Position

Item = TypeVar("Item")

MOST_LOOKED_AT = 600
AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: all of the words, from an instant on, and until another one."""

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        """Whether anything is searched for."""
        return bool(self.text.strip() or self.since or self.until)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a cursor is bound to."""
        return self.text, str(self.since or ""), str(self.until or "")

    def is_within(self, at: datetime) -> bool:
        """Whether an instant is one of those asked for."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def finds(self, texts: Iterable[str | None]) -> bool:
        """Whether these say all of the words; accents and capitals do not count."""
        said = _folded(" ".join(text for text in texts if text))
        return all(word in said for word in _folded(self.text).split())


@dataclass(frozen=True, slots=True)
class SearchedList(Generic[Item]):
    """A list, page by page, and what a search has to know of its items."""

    read: Callable[[Position | None, int], Page[Item]]
    matches: Callable[[Sequence[Item]], Sequence[bool]]
    position_of: Callable[[Item], Position]


def search_through(items: SearchedList[Item], after: Position | None, limit: int) -> Page[Item]:
    """A page of what matches, and where to go on."""
    found: list[Item] = []
    looked_at = 0
    while looked_at < MOST_LOOKED_AT:
        page = items.read(after, AT_A_TIME)
        for item, is_match in zip(page.items, items.matches(page.items), strict=True):
            if is_match:
                found.append(item)
            if len(found) == limit:
                return Page(tuple(found), items.position_of(item))
        looked_at += AT_A_TIME
        after = page.after
        if after is None:
            break
    return Page(tuple(found), after)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
