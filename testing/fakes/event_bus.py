"""Remembers what the host was told, and that it was told as docs/events.md promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.domain.host_events import HostEvent
from testing.event_schemas import check


@dataclass
class FakeEventBus:
    """What `shared.aws.host.event_bus.EventBus` does."""

    sent: list[HostEvent] = field(default_factory=list)

    def send(self, events: Sequence[HostEvent]) -> None:
        for event in events:
            check(event)
        self.sent += events

    def of(self, name: str) -> list[dict[str, Any]]:
        """The details of the events of one kind."""
        return [dict(event.detail) for event in self.sent if event.name == name]
