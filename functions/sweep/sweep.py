"""What one sweep came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.links import Link, LinkStatus, Purpose


@dataclass(slots=True)
class Sweep:
    """`failures` are by link or bucket; `is_complete` is false where the time was not enough for all.

    `oldest_looks` are the seconds since the last clean look at a working link, the most of those visited, by
    purpose. With `is_paused` nothing was looked at.
    """

    rung: int = 0
    failures: dict[str, Exception] = field(default_factory=dict)
    oldest_looks: dict[Purpose, float] = field(default_factory=dict)
    is_complete: bool = True
    is_paused: bool = False

    @classmethod
    def together(cls, parts: Iterable[Sweep]) -> Sweep:
        """The sweep that these are parts of."""
        whole = cls()
        for part in parts:
            whole.rung += part.rung
            whole.failures |= part.failures
            whole.is_complete &= part.is_complete
            for purpose, seconds in part.oldest_looks.items():
                whole.note_look(purpose, seconds)
        return whole

    def note_age(self, link: Link, now: datetime) -> None:
        """A link that is due: how long ago it was last looked at to the end, if it is one that works."""
        if link.status is LinkStatus.ACTIVE:
            looked = max(link.last_clean_listing or link.linked_at, link.linked_at)
            self.note_look(link.purpose, (now - looked).total_seconds())

    def note_look(self, purpose: Purpose, seconds: float) -> None:
        """The longest counts."""
        self.oldest_looks[purpose] = max(seconds, self.oldest_looks.get(purpose, 0.0))

    @contextmanager
    def noting_failures_of(self, what: str) -> Iterator[None]:
        """Go on after any error."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - one failing link must not keep the others waiting
            self.failures[what] = error
