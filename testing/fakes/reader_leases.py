"""Leases of readers in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import uuid4

from shared.aws.stores.reader_leases import CLOCKS_APART
from shared.domain.reader_shares import ReaderLease, ReaderSlots


class FakeReaderLeases:
    """What `shared.aws.stores.reader_leases.ReaderLeases` does."""

    def __init__(self, lasting: timedelta) -> None:
        self.held: dict[tuple[str, str, int], tuple[str, datetime]] = {}
        self._lasting = lasting
        self._lock = threading.Lock()

    def take(self, slots: ReaderSlots, now: datetime) -> ReaderLease | None:
        with self._lock:
            for slot in range(slots.most):
                key = slots.kind, slots.holder_id, slot
                _, until = self.held.get(key, ("", now))
                if not now < until <= now + self._lasting + CLOCKS_APART:
                    lease = ReaderLease(*key, uuid4().hex)
                    self.held[key] = lease.by, now + self._lasting
                    return lease
        return None

    def give_back(self, lease: ReaderLease) -> None:
        key = lease.kind, lease.holder_id, lease.slot
        with self._lock:
            if self.held.get(key, ("", None))[0] == lease.by:
                del self.held[key]
