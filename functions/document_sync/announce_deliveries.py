"""Tells the host what was delivered and what cannot be, at least once.

Before a drain settles anything it notes on the link since when the host is not told yet. Whatever
becomes of the drain, the next one finds the note, and tells what the books say has changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from functions.document_sync.sync_run import SyncRun
from shared.deliveries import Delivery, DeliveryStatus
from shared.errors import AwsUnavailable
from shared.host_events import HostEvent, Occasion, delivery_failed, documents_delivered


class Announcing:
    """What the host is still to be told: `since` is None where it knows everything.

    `trouble` is why it could not be told. Nothing of the drain's work is undone for that.
    """

    def __init__(self, run: SyncRun) -> None:
        self._run = run
        self.since: datetime | None = run.link.announced_until
        self.trouble: AwsUnavailable | None = None

    def catch_up(self) -> None:
        """Tell what an earlier drain has settled and not told. Raises AwsUnavailable if it cannot be read."""
        if self.since is not None:
            self._tell(self._run.deliveries.settled_since(self._run.link.company_id, self.since))

    def expect(self) -> None:
        """Something is about to be settled. Raises LinkChanged, AwsUnavailable."""
        if self.since is None:
            self.since = self._run.clock()
            self._run.links.update(self._run.link, announced_until=self.since)

    def finish(self, settled: Sequence[Delivery]) -> None:
        """Tell what this drain has settled; what could not be told before is left for the next one, too."""
        if self.trouble is None:
            self._tell(settled)
        if self.trouble is None:
            self.since = None

    def _tell(self, settled: Sequence[Delivery]) -> None:
        events = _events(self._run, settled)
        try:
            if events:
                self._run.events.send(events)
        except AwsUnavailable as error:
            self.trouble = error


def _events(run: SyncRun, settled: Sequence[Delivery]) -> list[HostEvent]:
    """In an order that does not depend on who tells: repeated, the same documents are told together."""
    in_order = sorted(settled, key=lambda row: (row.changed_at, row.key.expense_id, row.key.document_id))
    delivered = [row for row in in_order if row.status is DeliveryStatus.DELIVERED]
    failed = [row for row in in_order if row.status is DeliveryStatus.FAILED]
    occasion = Occasion(run.clock(), run.correlation_id)
    return [
        *documents_delivered(run.link, delivered, occasion),
        *(delivery_failed(run.link, row, occasion) for row in failed),
    ]
