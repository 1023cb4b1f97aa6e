"""A doorbell as it came out of its queue, and what puts it back there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from shared.domain.errors import Retryable
from shared.doorbells.messages import AnyDoorbell, Doorbell, RungBy


class QueuedDoorbell(Protocol):
    """What the record loop asks of the doorbells of every queue."""

    @property
    def correlation_id(self) -> str:
        """That of what caused it; empty where nothing is known of it."""

    @property
    def log_keys(self) -> dict[str, str]:
        """Whose it is, for every line that is logged while it is answered."""


Queued = TypeVar("Queued", bound=QueuedDoorbell)


@dataclass(frozen=True, slots=True)
class Received(Generic[Queued]):
    """A doorbell with what the queue knows of its message."""

    doorbell: Queued
    message_id: str
    sent_at: datetime
    receive_count: int

    @property
    def correlation_id(self) -> str:
        """What logs and records of its answer have in common."""
        return self.doorbell.correlation_id or self.message_id


@dataclass(frozen=True, slots=True)
class ReceivedDoorbell(Received[AnyDoorbell]):
    """A doorbell of one of the two drains."""

    @property
    def notified_at(self) -> datetime:
        """When users' seconds began to count."""
        return self.doorbell.notified_at or self.sent_at

    @property
    def is_from_dropbox(self) -> bool:
        """Whether one of Dropbox's notifications led to it."""
        return isinstance(self.doorbell, Doorbell) and self.doorbell.rung_by is RungBy.DROPBOX

    @property
    def is_from_sweep(self) -> bool:
        """Whether nothing led to it but the time that has passed."""
        return isinstance(self.doorbell, Doorbell) and self.doorbell.rung_by is RungBy.SWEEP

    def again(self, *, is_careful: bool) -> AnyDoorbell:
        """The doorbell to be rung by a drain that is not done."""
        return self.doorbell.again(
            notified_at=self.notified_at, is_careful=is_careful, correlation_id=self.correlation_id
        )


class ComeBackLater(Retryable):
    """The message is to be put back for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"come back in {seconds:.0f} s")
        self.seconds = seconds
