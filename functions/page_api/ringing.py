"""Has a drain look at once at what was asked for, or the sweep soon."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from shared.domain.errors import AwsFailed, LinkChanged
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import Clock
from shared.doorbells.messages import doorbell_of
from shared.ports import Links, Ring


@dataclass(frozen=True, slots=True)
class Ringing:
    """Called with a link once the request is on record: it must not be lost with the doorbell.

    `correlation_id` is that of the request, through the logs and records of the drain it leads to.
    """

    links: Links
    ring_for: Mapping[Purpose, Ring]
    now: Clock

    def __call__(self, link: Link, correlation_id: str) -> None:
        """Raises AwsFailed where neither works."""
        try:
            self.ring_for[link.purpose](doorbell_of(link, correlation_id))
        except AwsFailed:
            with suppress(LinkChanged):  # The writer that changed it rings for it.
                self.links.update(link, next_due=self.now())
