"""The request that a user, or a company, be forgotten here, until it is fulfilled."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BUCKET = "erase"
"""Their partition of the index `due`: the sweep's are numbers."""


Checkpoint = Callable[[], None]
"""Called before every further page of anything; raises ErasureUnfinished where time is short."""


class SubjectKind(StrEnum):
    """Who can be forgotten; also what the ids of their links begin with."""

    USER = "user"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is to be forgotten, by the host's id."""

    kind: SubjectKind
    subject_id: str

    @property
    def link_id(self) -> str:
        """The link that is theirs."""
        return f"{self.kind.value}:{self.subject_id}"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request under way. It is worked on from `next_try` on; `tries` failed in a row.

    `pseudonym` stands for the subject where it must stay known that somebody was there.
    """

    subject: Subject
    pseudonym: str
    requested_at: datetime
    next_try: datetime
    tries: int = 0


def pseudonym_of(subject: Subject, key: bytes) -> str:
    """The same for the same subject; without the key nobody can try which id it is of."""
    return f"erased:{hmac.new(key, subject.link_id.encode(), hashlib.sha256).hexdigest()}"


@dataclass(frozen=True, slots=True)
class HostsTraces:
    """What the host has of a user: their expenses, whose companies these are, documents it refers to."""

    expense_ids: frozenset[str] = frozenset()
    company_ids: frozenset[str] = frozenset()
    s3_keys: frozenset[str] = frozenset()

    def __or__(self, other: HostsTraces) -> HostsTraces:
        """Of both."""
        return HostsTraces(
            self.expense_ids | other.expense_ids,
            self.company_ids | other.company_ids,
            self.s3_keys | other.s3_keys,
        )
