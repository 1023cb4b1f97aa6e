"""Whether a link still is what a drain began with, and whether the operator wants nothing done."""

from __future__ import annotations

from typing import Protocol

from shared.domain.errors import LinkChanged, LinkPaused
from shared.domain.links import Link, LinkStatus


class Links(Protocol):
    """The links: see `shared.aws.stores.link_store`."""

    def get(self, link_id: str) -> Link | None:
        """The link as it is now."""

    def is_everything_paused(self) -> bool:
        """Whether the operator has paused all links."""


class Switch(Protocol):
    """The operator's switch for all links: see `shared.aws.stores.link_store`."""

    def is_everything_paused(self) -> bool:
        """Whether it is off."""


def ensure_link_unchanged(links: Links, link: Link) -> None:
    """Raise LinkChanged where it was unlinked or linked anew since it was read, LinkPaused where paused."""
    now = links.get(link.link_id)
    if now is None or now.generation != link.generation or now.status is LinkStatus.UNLINKED:
        raise LinkChanged(link.link_id)
    ensure_not_paused(links, now)


def ensure_not_paused(switch: Switch, link: Link) -> None:
    """Raise LinkPaused where the operator has paused this link, or all."""
    if link.is_paused or switch.is_everything_paused():
        raise LinkPaused(link.link_id)
