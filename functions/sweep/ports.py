"""What the sweep needs from the outside: the real ones are in `shared.aws`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.links import Link
from shared.doorbells.messages import AnyDoorbell

RingAll = Callable[[Sequence[AnyDoorbell]], None]
"""Rings for up to ten. Raises AwsFailed where any was not taken. See `DoorbellQueue.ring_all`."""


class DueLinks(Protocol):
    """The links: see `shared.aws.stores.link_store`. Every method may raise AwsFailed."""

    def is_everything_paused(self) -> bool:
        """Whether the operator has paused all links."""

    def notification_missed_at(self) -> datetime | None:
        """When a link was last found to have files that Dropbox had not rung for."""

    def due_ids(self, bucket: str, until: datetime, since: datetime | None = None) -> Iterator[list[str]]:
        """The ids of one bucket's links that may be due until then, by the hundred; the index lags."""

    def get_many(self, link_ids: Sequence[str]) -> list[Link]:
        """Those of these that there are, as they are now."""

    def move_due_on(self, link: Link, next_due: datetime | None, rung_at: datetime | None = None) -> None:
        """Set when it is due next, and, where it was, when it was rung for.

        Raises LinkChanged where somebody else has set another time.
        """
