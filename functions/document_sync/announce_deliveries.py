"""Tells the host what was delivered and what cannot be, at least once.

Before a drain records anything it notes on the link since when the host is not told yet. Where that
drain dies, the next one finds the note, and tells what the records say has changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from functions.document_sync.sync_run import SyncRun
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.errors import AwsFailed
from shared.domain.host_events import HostEvent, Occasion, delivery_failed, documents_delivered
from shared.domain.links import LinkChanges


class Announcing:
    """What the host is still to be told.

    `unsent_because` is why the events could not be sent. Nothing of the drain's work is undone for that.
    """

    def __init__(self, run: SyncRun) -> None:
        self._run = run
        self._noted: datetime | None = None
        self.unsent_because: AwsFailed | None = None

    def catch_up(self) -> None:
        """Tell what an earlier drain has recorded and not told. Raises LinkChanged, AwsFailed."""
        self._noted = self._run.link.announced_until
        if self._noted is not None and self._could_tell(self._noted):
            self._run.services.links.update(self._run.link, announced_until=None)
            self._noted = None

    def expect(self) -> None:
        """Something is about to be recorded. Raises LinkChanged, AwsFailed."""
        if self._noted is None:
            self._noted = self._run.services.links.note_unannounced(
                self._run.link, self._run.services.clock()
            )

    def finish(self, recorded: Sequence[Delivery]) -> LinkChanges:
        """Tell what was recorded since, be it by a drain beside this one. What the link is to say then.

        `recorded` is what this drain has, of which the records' index may not know yet.

        Raises AwsFailed if that cannot be read.
        """
        if self._noted is None or self.unsent_because is not None:
            return {}
        if not self._could_tell(self._noted, recorded):
            return {}
        return {"announced_until": None}

    def _could_tell(self, since: datetime, recorded: Sequence[Delivery] = ()) -> bool:
        """What could not be told is left for the next drain, which finds it by the note."""
        on_record = self._run.services.deliveries.recorded_since(self._run.link.company_id, since)
        known = {row.key: row for row in [*on_record, *recorded]}
        events = _events(self._run, list(known.values()))
        try:
            if events:
                self._run.services.send_events(events)
        except AwsFailed as error:
            self.unsent_because = error
        return self.unsent_because is None


def _events(run: SyncRun, recorded: Sequence[Delivery]) -> list[HostEvent]:
    """In an order that does not depend on who tells: repeated, the same documents are told together."""
    in_order = sorted(recorded, key=lambda row: (row.changed_at, row.key.expense_id, row.key.document_id))
    delivered = [row for row in in_order if row.status is DeliveryStatus.DELIVERED]
    failed = [row for row in in_order if row.status is DeliveryStatus.FAILED]
    occasion = Occasion(run.services.clock(), run.correlation_id)
    return [
        *documents_delivered(run.link, delivered, occasion),
        *(delivery_failed(run.link, row, occasion) for row in failed),
    ]
