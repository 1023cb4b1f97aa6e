"""What is wrong with a link, and who can do what about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from shared.domain.links import Link, LinkProblem, LinkStatus, ends_at


class ProblemCode(StrEnum):
    """Stable codes of what keeps a link from working."""

    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a problem, not a token
    SCOPE_MISSING = "scope_missing"
    QUOTA_FULL = "quota_full"
    USER_INACTIVE = "user_inactive"
    ADMINISTRATOR_GONE = "administrator_gone"
    DROPBOX_SUSPENDED = "dropbox_suspended"
    PLAN = "plan"
    PAUSED = "paused"
    RATE_LIMITED = "rate_limited"
    TRANSPORT_LIMIT = "transport_limit"
    ACCESS_DENIED = "access_denied"
    SPACE_UNAVAILABLE = "space_unavailable"
    DROPBOX_UNAVAILABLE = "dropbox_unavailable"
    DROPBOX_REFUSED = "dropbox_refused"


class Action(StrEnum):
    """What mends it."""

    RELINK = "relink"
    TAKE_OVER = "take_over"
    FREE_SPACE = "free_space"
    UPGRADE = "upgrade"
    WAIT = "wait"
    CONTACT = "contact"


ACTION_FOR = {
    ProblemCode.TOKEN_REVOKED: Action.RELINK,
    ProblemCode.SCOPE_MISSING: Action.RELINK,
    ProblemCode.QUOTA_FULL: Action.FREE_SPACE,
    ProblemCode.USER_INACTIVE: Action.CONTACT,
    ProblemCode.ADMINISTRATOR_GONE: Action.TAKE_OVER,
    ProblemCode.DROPBOX_SUSPENDED: Action.CONTACT,
    ProblemCode.PLAN: Action.UPGRADE,
    ProblemCode.PAUSED: Action.WAIT,
    ProblemCode.RATE_LIMITED: Action.WAIT,
    ProblemCode.TRANSPORT_LIMIT: Action.WAIT,
    ProblemCode.ACCESS_DENIED: Action.CONTACT,
    ProblemCode.SPACE_UNAVAILABLE: Action.RELINK,
    ProblemCode.DROPBOX_UNAVAILABLE: Action.WAIT,
    ProblemCode.DROPBOX_REFUSED: Action.CONTACT,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and since and until when, where that is known."""

    code: ProblemCode
    since: datetime | None = None
    until: datetime | None = None

    @property
    def action(self) -> Action:
        """What mends it."""
        return ACTION_FOR[self.code]


def problem_of(link: Link, *, has_plan: bool, is_paused: bool, now: datetime) -> Problem | None:
    """What the user, or else time, must mend first; None where all is well, or nothing is linked."""
    if link.status is LinkStatus.UNLINKED:
        return None
    if link.status is not LinkStatus.ACTIVE:
        problem = link.problem or LinkProblem.DROPBOX_REFUSED
        return Problem(_code_of(problem), link.status_since, ends_at(problem, now))
    if not has_plan:
        return Problem(ProblemCode.PLAN)
    if is_paused:
        return Problem(ProblemCode.PAUSED)
    if link.not_before is not None and link.not_before > now:
        return Problem(ProblemCode.RATE_LIMITED)
    return Problem(_code_of(link.problem)) if link.problem else None


def _code_of(problem: LinkProblem) -> ProblemCode:  # noqa: C901, PLR0911 - one for each, and none forgotten
    match problem:
        case LinkProblem.TOKEN_REVOKED:
            return ProblemCode.TOKEN_REVOKED
        case LinkProblem.SCOPE_MISSING:
            return ProblemCode.SCOPE_MISSING
        case LinkProblem.QUOTA_FULL:
            return ProblemCode.QUOTA_FULL
        case LinkProblem.USER_INACTIVE:
            return ProblemCode.USER_INACTIVE
        case LinkProblem.ADMINISTRATOR_GONE:
            return ProblemCode.ADMINISTRATOR_GONE
        case LinkProblem.DROPBOX_SUSPENDED:
            return ProblemCode.DROPBOX_SUSPENDED
        case LinkProblem.PLAN:
            return ProblemCode.PLAN
        case LinkProblem.TRANSPORT_LIMIT:
            return ProblemCode.TRANSPORT_LIMIT
        case LinkProblem.ACCESS_DENIED:
            return ProblemCode.ACCESS_DENIED
        case LinkProblem.SPACE_UNAVAILABLE:
            return ProblemCode.SPACE_UNAVAILABLE
        case LinkProblem.DROPBOX_UNAVAILABLE:
            return ProblemCode.DROPBOX_UNAVAILABLE
        case LinkProblem.DROPBOX_REFUSED:
            return ProblemCode.DROPBOX_REFUSED
    assert_never(problem)
