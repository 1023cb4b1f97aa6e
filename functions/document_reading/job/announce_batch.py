"""Tells the host that every document of a batch is read: at least once, and never instead of a reading.

That a batch is to be told of is noted when its files have all ended. Who ends a reading then looks whether it
was the last; a doorbell of the sweep's finds what died, or could not be told, in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from functions.document_reading.ports import RecordedBatches
from shared.domain.errors import AwsFailed
from shared.domain.host_events import batch_read
from shared.domain.recorded_batches import RecordedBatch
from shared.domain.timestamps import Clock
from shared.ports import SendEvents


class Announcement(StrEnum):
    """What a look at a batch found; constants of the log."""

    NOTHING = "nothing to tell"
    UNREAD = "batch not read yet"
    SENT = "batch read"
    NOT_SENT = "host events not sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceBatch:
    """Looks at a batch, and sends the event where all of it is read."""

    batches: RecordedBatches
    send_events: SendEvents
    clock: Clock

    def after_reading(self, user_id: str, batch_id: str) -> Announcement:
        """Once the history says how a reading ended. Raises AwsFailed."""
        batch = self.batches.get(user_id, batch_id)
        if batch is None:
            return Announcement.NOTHING
        return Announcement.UNREAD if self.batches.has_unread(batch) else self._send(batch)

    def when_rung_for(self, user_id: str, batch_id: str) -> Announcement:
        """The same, and say when the sweep is to ring again. Raises AwsFailed."""
        batch = self.batches.get(user_id, batch_id)
        if batch is None:
            return Announcement.NOTHING
        if self.batches.has_unread(batch):
            self.batches.put_off(batch, batch.still_unread(self.clock()))
            return Announcement.UNREAD
        return self._send(batch)

    def _send(self, batch: RecordedBatch) -> Announcement:
        """Forget it only then: one that died in between is sent again, under the same id."""
        event = batch_read(batch, self.batches.tally(batch), self.clock())
        try:
            self.send_events([event])
        except AwsFailed:
            self.batches.put_off(batch, batch.not_sent(self.clock()))
            return Announcement.NOT_SENT
        self.batches.forget(batch)
        return Announcement.SENT
