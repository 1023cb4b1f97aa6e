"""Sends the host what was noted with every change of a link: within minutes, and until it has arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from functions.sweep.sweep import Sweep
from shared.domain.host_events import HostEvent
from shared.domain.timestamps import Clock, utc_now
from shared.ports import SendEvents


class Outbox(Protocol):
    """What is still to be sent: see `shared.aws.stores.event_outbox`."""

    def due_ids(self, now: datetime) -> list[str]:
        """The keys of what is to be sent, the oldest first."""

    def get(self, event_id: str, correlation_id: str) -> HostEvent | None:
        """One as it is now."""

    def forget(self, event_id: str) -> None:
        """It was sent."""


@dataclass(frozen=True, slots=True)
class SendLinkEvents:
    """Called with a question, `has_time`, asked before every event; those left are sent by the next sweep."""

    outbox: Outbox
    send_events: SendEvents
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool], sweep: Sweep, correlation_id: str) -> int:
        """How many were sent. What failed is noted on the sweep; a death in between sends one again."""
        sent, event_ids = 0, list[str]()
        with sweep.noting_failures_of("events"):
            event_ids = self.outbox.due_ids(self.now())
        for event_id in event_ids:
            if not has_time():
                break
            with sweep.noting_failures_of(event_id):
                sent += self._send(event_id, correlation_id)
        return sent

    def _send(self, event_id: str, correlation_id: str) -> int:
        event = self.outbox.get(event_id, correlation_id)
        if event is None:
            return 0  # The index lagged: it was sent.
        self.send_events([event])
        self.outbox.forget(event_id)
        return 1
