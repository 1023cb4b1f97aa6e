"""Who did what to a link and its folder: kept until too old, or its user or company is erased."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.domain.links import Link, LinkStatus
from shared.domain.sharing import Access, ChangeKind, SharedFolder, SharingProblem

if TYPE_CHECKING:  # Who links or unlinks waits for nothing of what proofs are made of.
    from shared.domain.proofs import ProofProblem

KEPT_FOR = timedelta(days=3650)
"""How long a line is kept unless an operator says otherwise."""


class AuditAction(StrEnum):
    """What can be done to a link."""

    LINKED = "linked"
    RELINKED = "relinked"
    ACCOUNT_CHANGED = "account_changed"
    SPACE_CHOSEN = "space_chosen"
    FILING_CHOSEN = "filing_chosen"
    SHARING_ALLOWED = "sharing_allowed"
    SHARED = "shared"
    ACCESS_ENDED = "access_ended"
    SHARING_ENDED = "sharing_ended"
    FOLDER_PROVED = "folder_proved"
    PUT_BACK = "put_back"
    SENT_AGAIN = "sent_again"
    TAKEN_OVER = "taken_over"
    UNLINKED = "unlinked"
    ERASED = "erased"
    PAUSED = "paused"
    RESUMED = "resumed"


_ACTION_OF = {
    ChangeKind.SHARE: AuditAction.SHARED,
    ChangeKind.REMOVE: AuditAction.ACCESS_ENDED,
    ChangeKind.END: AuditAction.SHARING_ENDED,
}


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail of `subject`, a link's id. `actor` is the user who did it.

    `account_id` and `generation` are the link's after it was done. Of sharing: `folder` is all of it or a
    year, `person` the address that was given `access` or had it taken, `problem` why Dropbox refused; and
    `change_id` tells lines of the same instant apart. `filing` is the code of what was chosen, `scope`
    what was to be sent again; of an employee it does not say whose, since a line outlives the employee.
    Of a proof, `problem` is why it came to no result, and `change_id` the run's id; it has no actor where
    it is the monthly one.
    """

    subject: str
    at: datetime
    action: AuditAction
    actor: str | None = None
    account_id: str | None = None
    generation: int | None = None
    folder: str | None = None
    person: str | None = None
    access: Access | None = None
    problem: SharingProblem | ProofProblem | None = None
    change_id: str = ""
    scope: str | None = None
    filing: str | None = None


def entry_of(link: Link, action: AuditAction, *, by: str, at: datetime) -> AuditEntry:
    """The line that says that a link became what it is now."""
    return AuditEntry(link.link_id, at, action, by, link.account_id, link.generation)


def filing_entry(link: Link, *, by: str, at: datetime) -> AuditEntry:
    """The line that says what was chosen of where documents are filed."""
    return replace(entry_of(link, AuditAction.FILING_CHOSEN, by=by, at=at), filing=link.filed_by.code)


def sharing_entry(
    link: Link, folder: SharedFolder, at: datetime, problem: SharingProblem | None
) -> AuditEntry:
    """The line that says what became of the change that was pending; it alone keeps whose access it was."""
    pending = folder.pending
    if pending is None:
        raise ValueError("nothing was pending")
    return AuditEntry(
        subject=link.link_id,
        at=at,
        action=_ACTION_OF[pending.change.kind],
        actor=pending.by,
        account_id=link.account_id,
        generation=link.generation,
        folder=folder.name,
        person=pending.change.email or None,
        access=pending.change.access,
        problem=problem,
        change_id=pending.change_id,
    )


def proof_entry(
    link: Link, action: AuditAction, change_id: str, *, by: str | None, at: datetime
) -> AuditEntry:
    """The line that says that a proof, or a putting back, came to its end."""
    return AuditEntry(
        subject=link.link_id,
        at=at,
        action=action,
        actor=by,
        account_id=link.account_id,
        generation=link.generation,
        change_id=change_id,
    )


def linking_action(link: Link, previous: Link | None) -> AuditAction:
    """What making `link` in the place of `previous` was."""
    if previous is None or previous.status is LinkStatus.UNLINKED:
        return AuditAction.LINKED
    if previous.account_id != link.account_id:
        return AuditAction.ACCOUNT_CHANGED
    if link.may_share and not previous.may_share:
        return AuditAction.SHARING_ALLOWED
    return AuditAction.RELINKED if previous.user_id == link.user_id else AuditAction.TAKEN_OVER
