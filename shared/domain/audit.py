"""Who did what to a link, and when: kept until it is too old, or the link's user or company is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.links import Link, LinkStatus

KEPT_FOR = timedelta(days=3650)
"""How long a line is kept unless an operator says otherwise."""


class AuditAction(StrEnum):
    """What can be done to a link."""

    LINKED = "linked"
    RELINKED = "relinked"
    ACCOUNT_CHANGED = "account_changed"
    SPACE_CHOSEN = "space_chosen"
    TAKEN_OVER = "taken_over"
    UNLINKED = "unlinked"
    ERASED = "erased"
    PAUSED = "paused"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail of `subject`, a link's id. `actor` is the user who did it.

    `account_id` and `generation` are the link's after it was done.
    """

    subject: str
    at: datetime
    action: AuditAction
    actor: str | None = None
    account_id: str | None = None
    generation: int | None = None


def entry_of(link: Link, action: AuditAction, *, by: str, at: datetime) -> AuditEntry:
    """The line that says that a link became what it is now."""
    return AuditEntry(link.link_id, at, action, by, link.account_id, link.generation)


def linking_action(link: Link, previous: Link | None) -> AuditAction:
    """What making `link` in the place of `previous` was."""
    if previous is None or previous.status is LinkStatus.UNLINKED:
        return AuditAction.LINKED
    if previous.account_id != link.account_id:
        return AuditAction.ACCOUNT_CHANGED
    return AuditAction.RELINKED if previous.user_id == link.user_id else AuditAction.TAKEN_OVER
