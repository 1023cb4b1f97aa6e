"""How many of the readers of documents one user and one company may have at work at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from shared.domain.page_quotas import Payer


@dataclass(frozen=True, slots=True)
class ReaderShares:
    """The most readers of one user and of one company."""

    user: int
    company: int

    @classmethod
    def of(cls, readers: int, *, user_percent: int, company_percent: int) -> Self:
        """Shares of so many readers: never none, since what may never be read would be kept for ever."""
        return cls(max(1, readers * user_percent // 100), max(1, readers * company_percent // 100))


@dataclass(frozen=True, slots=True)
class ReaderSlots:
    """The slots, 0 to `most`, of a user or a company: a reader at work for them holds one.

    `kind` is `user` or `company`.
    """

    kind: str
    holder_id: str
    most: int


@dataclass(frozen=True, slots=True)
class ReaderLease:
    """A slot that a reader holds; `by` is that reader's own word for it."""

    kind: str
    holder_id: str
    slot: int
    by: str


def slots_of(payer: Payer, shares: ReaderShares) -> Sequence[ReaderSlots]:
    """Whose slots a reader of their document needs."""
    of_user = ReaderSlots("user", payer.user_id, shares.user)
    if not payer.company_id:
        return [of_user]
    return [of_user, ReaderSlots("company", payer.company_id, shares.company)]
