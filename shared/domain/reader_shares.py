"""How many of the readers of documents one user and one company may have at work at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from shared.domain.page_quotas import Payer

HEAD_START_DOCUMENTS = 15
HEAD_START_WINDOW = timedelta(minutes=10)
"""So many documents are read by each reader of a head start, counted from the first; then it is over.

With 20 readers, 14 of them a head start: some 200 documents, which is what one person photographs at once.
"""


@dataclass(frozen=True, slots=True)
class ReaderShares:
    """The most readers of one user and of one company, and the readers of a user's head start besides."""

    user: int
    company: int
    head_start: int = 0

    @classmethod
    def of(cls, readers: int, *, user_percent: int, company_percent: int, at_first_percent: int) -> Self:
        """Shares of so many readers: never none, since what may never be read would be kept for ever."""
        user, company, at_first = (
            max(1, readers * percent // 100) for percent in (user_percent, company_percent, at_first_percent)
        )
        return cls(user, company, max(0, at_first - user))


@dataclass(frozen=True, slots=True)
class ReaderSlots:
    """The slots of a user or a company: a reader at work for them holds one.

    `kind` is `user` or `company`. Slots 0 to `most` are theirs; the `head_start` after them can each be held
    HEAD_START_DOCUMENTS times, and again once HEAD_START_WINDOW is over.
    """

    kind: str
    holder_id: str
    most: int
    head_start: int = 0


@dataclass(frozen=True, slots=True)
class ReaderLease:
    """A slot that a reader holds; `by` is that reader's own word for it."""

    kind: str
    holder_id: str
    slot: int
    by: str
    is_head_start: bool = False


@dataclass(frozen=True, slots=True)
class HeadStartUse:
    """That a slot of a head start was held: the how-manieth time `since` it was first."""

    number: int
    since: datetime


def next_use(last: HeadStartUse | None, now: datetime) -> HeadStartUse | None:
    """The one after it; None where the slot is used up until the window is over."""
    if last is None or not -HEAD_START_WINDOW < now - last.since < HEAD_START_WINDOW:
        return HeadStartUse(1, now)
    return HeadStartUse(last.number + 1, last.since) if last.number < HEAD_START_DOCUMENTS else None


def slots_of(payer: Payer, shares: ReaderShares) -> Sequence[ReaderSlots]:
    """Whose slots a reader of their document needs."""
    of_user = ReaderSlots("user", payer.user_id, shares.user, shares.head_start)
    if not payer.company_id:
        return [of_user]
    return [of_user, ReaderSlots("company", payer.company_id, shares.company)]
