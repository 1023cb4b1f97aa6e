"""Whether a link still is what a drain began with, and whether the operator wants nothing done."""

from __future__ import annotations

from shared.at_once import at_once
from shared.domain.errors import LinkChanged, LinkPaused
from shared.domain.links import Link, LinkStatus
from shared.ports import Links


def ensure_link_unchanged(links: Links, link: Link) -> None:
    """Raise LinkChanged where it was unlinked or linked again since it was read, LinkPaused where paused."""
    now, is_everything_paused = at_once(lambda: links.get(link.link_id), links.is_everything_paused)
    if now is None or now.generation != link.generation or now.status is LinkStatus.UNLINKED:
        raise LinkChanged(link.link_id)
    ensure_not_paused(now, is_everything_paused=is_everything_paused)


def ensure_not_paused(link: Link, *, is_everything_paused: bool) -> None:
    """Raise LinkPaused where the operator has paused this link, or all."""
    if link.is_paused or is_everything_paused:
        raise LinkPaused(link.link_id)
