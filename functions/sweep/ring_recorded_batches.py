"""Rings for batches that should be read by now, so that the host is told of those that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from functions.sweep.sweep import Sweep
from shared.batching import batched
from shared.domain.recorded_batches import RecordedBatch
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.reading_messages import ReadingDoorbell
from shared.ports import RingForReadings

RUNG_AGAIN_AFTER = timedelta(hours=1)
"""Unless the answer says another time: long enough for a queue that is behind."""
_AT_ONCE = 10


class RecordedBatches(Protocol):
    """Batches whose host is told once they are read: see `shared.aws.stores.recorded_batches`."""

    def due(self, now: datetime) -> list[tuple[str, str]]:
        """The users and batches for which it may be time; the index lags."""

    def get(self, user_id: str, batch_id: str) -> RecordedBatch | None:
        """The note as it is now."""

    def put_off(self, batch: RecordedBatch, changed: RecordedBatch) -> None:
        """Have it be due when the changed one says, unless it was noted again."""


@dataclass(frozen=True, slots=True)
class RingRecordedBatches:
    """Called with a question, `has_time`, asked before every ten; those left are due next time.

    Moving on comes first: a reader that answers at once may say another time, which is then the later word.
    One moved on and not rung waits an hour, and every reading that ends looks at its batch besides.
    """

    batches: RecordedBatches
    ring: RingForReadings
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool], sweep: Sweep, correlation_id: str) -> int:
        """How many were rung for. Never raises for a batch: see the sweep's failures."""
        rung = 0
        with sweep.noting_failures_of("recorded batches"):
            for some in self._due():
                if not has_time():
                    sweep.is_complete = False
                    break
                for batch in some:
                    self.batches.put_off(batch, replace(batch, next_look=self.now() + RUNG_AGAIN_AFTER))
                self.ring([ReadingDoorbell(each.user_id, each.key, correlation_id) for each in some])
                rung += len(some)
        return rung

    def _due(self) -> Iterator[Sequence[RecordedBatch]]:
        for some in batched(self.batches.due(self.now()), _AT_ONCE):
            found = [self.batches.get(user_id, batch_id) for user_id, batch_id in some]
            due = [batch for batch in found if batch and batch.next_look <= self.now()]
            if due:  # else the index lagged: the host was told
                yield due
