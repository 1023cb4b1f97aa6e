"""What is wrong with a link, and who can do what about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.links import Link, LinkStatus


class ProblemCode(StrEnum):
    """Stable codes of what keeps a link from working."""

    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a problem, not a token
    SCOPE_MISSING = "scope_missing"
    QUOTA_FULL = "quota_full"
    USER_INACTIVE = "user_inactive"
    DROPBOX_SUSPENDED = "dropbox_suspended"
    PLAN = "plan"
    PAUSED = "paused"
    RATE_LIMITED = "rate_limited"
    DROPBOX_REFUSED = "dropbox_refused"


class Action(StrEnum):
    """What mends it."""

    RELINK = "relink"
    FREE_SPACE = "free_space"
    UPGRADE = "upgrade"
    WAIT = "wait"
    CONTACT = "contact"


ACTION_FOR = {
    ProblemCode.TOKEN_REVOKED: Action.RELINK,
    ProblemCode.SCOPE_MISSING: Action.RELINK,
    ProblemCode.QUOTA_FULL: Action.FREE_SPACE,
    ProblemCode.USER_INACTIVE: Action.CONTACT,
    ProblemCode.DROPBOX_SUSPENDED: Action.CONTACT,
    ProblemCode.PLAN: Action.UPGRADE,
    ProblemCode.PAUSED: Action.WAIT,
    ProblemCode.RATE_LIMITED: Action.WAIT,
    ProblemCode.DROPBOX_REFUSED: Action.CONTACT,
}
# What a link's row says where the status alone does not tell.
_BY_REASON = {
    "token_revoked": ProblemCode.TOKEN_REVOKED,
    "scope_missing": ProblemCode.SCOPE_MISSING,
    "user_inactive": ProblemCode.USER_INACTIVE,
    "dropbox_suspended": ProblemCode.DROPBOX_SUSPENDED,
    "plan": ProblemCode.PLAN,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and since when, where that is known."""

    code: ProblemCode
    since: datetime | None = None

    @property
    def action(self) -> Action:
        """What mends it."""
        return ACTION_FOR[self.code]


def problem_of(link: Link, *, has_plan: bool, is_paused: bool, now: datetime) -> Problem | None:
    """What the user, or else time, must mend first; None where all is well, or nothing is linked."""
    if link.status is LinkStatus.UNLINKED:
        return None
    if link.status is not LinkStatus.ACTIVE:
        return Problem(_code_of(link), link.status_since)
    if not has_plan:
        return Problem(ProblemCode.PLAN)
    if is_paused:
        return Problem(ProblemCode.PAUSED)
    if link.not_before is not None and link.not_before > now:
        return Problem(ProblemCode.RATE_LIMITED)
    return Problem(ProblemCode.DROPBOX_REFUSED) if link.status_reason else None


def _code_of(link: Link) -> ProblemCode:
    if link.status is LinkStatus.FULL:
        return ProblemCode.QUOTA_FULL
    otherwise = {LinkStatus.RECONNECT: ProblemCode.TOKEN_REVOKED}
    return _BY_REASON.get(link.status_reason or "", otherwise.get(link.status, ProblemCode.DROPBOX_REFUSED))
