"""Leases of readers in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import uuid4

from shared.aws.stores.reader_leases import CLOCKS_APART
from shared.domain.reader_shares import HeadStartUse, ReaderLease, ReaderSlots, next_use


class FakeReaderLeases:
    """What `shared.aws.stores.reader_leases.ReaderLeases` does."""

    def __init__(self, lasting: timedelta) -> None:
        self.held: dict[tuple[str, str, int], tuple[str, datetime]] = {}
        self._uses: dict[tuple[str, str, int], HeadStartUse] = {}
        self._lasting = lasting
        self._lock = threading.Lock()

    def take(self, slots: ReaderSlots, now: datetime) -> ReaderLease | None:
        with self._lock:
            for slot in range(slots.most + slots.head_start):
                key = slots.kind, slots.holder_id, slot
                _, until = self.held.get(key, ("", now))
                if now < until <= now + self._lasting + CLOCKS_APART:
                    continue
                if slot >= slots.most:
                    use = next_use(self._uses.get(key), now)
                    if use is None:
                        continue
                    self._uses[key] = use
                lease = ReaderLease(*key, uuid4().hex, is_head_start=slot >= slots.most)
                self.held[key] = lease.by, now + self._lasting
                return lease
        return None

    def give_back(self, lease: ReaderLease) -> None:
        key = lease.kind, lease.holder_id, lease.slot
        with self._lock:
            if self.held.get(key, ("", None))[0] == lease.by:
                del self.held[key]
