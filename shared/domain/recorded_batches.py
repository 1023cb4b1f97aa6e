"""Batches whose files have all ended, noted until the host was told that their documents are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.links import Purpose

LOOKED_AT_AGAIN_AFTER = timedelta(minutes=5)
"""So long after it was noted, or after EventBridge failed, the sweep has a batch looked at."""
_LONGEST_WAIT = timedelta(hours=6)
_PREFIX = "settled#"
"""As rows and doorbells of earlier releases are called."""


@dataclass(frozen=True, slots=True)
class RecordedBatch:
    """A row beside the reading jobs: the host is told of this batch once all its documents are read.

    `noted_at` is when its files had ended; a batch that more files follow into is noted again. `next_look` is
    when the sweep rings for it: each reading that ends looks at it too. `correlation_id` is that of the
    doorbell by which its last file ended.
    """

    user_id: str
    batch_id: str
    link_id: str
    company_id: str
    correlation_id: str
    noted_at: datetime
    next_look: datetime

    @property
    def purpose(self) -> Purpose:
        """That of the link it came by."""
        return Purpose.AUTO_IMPORT

    @property
    def key(self) -> str:
        """Under which it is noted, and rung for."""
        return key_of_batch(self.batch_id)

    def still_unread(self, now: datetime) -> RecordedBatch:
        """To be looked at the less often the longer it has taken: the end of a reading looks at once."""
        wait = min(max((now - self.noted_at) / 2, LOOKED_AT_AGAIN_AFTER), _LONGEST_WAIT)
        return replace(self, next_look=now + wait)

    def not_sent(self, now: datetime) -> RecordedBatch:
        """To be looked at by the next sweep."""
        return replace(self, next_look=now + LOOKED_AT_AGAIN_AFTER)


def key_of_batch(batch_id: str) -> str:
    """Beside the expenses' ids, of which none is called so."""
    return f"{_PREFIX}{batch_id}"


def batch_id_in_key(key: str) -> str | None:
    """The batch that a doorbell of the reading queue is about; None where it is about an expense."""
    return key.removeprefix(_PREFIX) if key.startswith(_PREFIX) else None
