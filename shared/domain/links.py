"""A link between somebody at Jenji and one Dropbox account, and when it wants attention next."""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from shared.domain.filing.choices import STANDARD, FilingChoice

SWEEP_BUCKETS = 16
HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)
RECONNECT_TRIED_FOR = timedelta(days=30)
HEARD_FACTOR = 4
"""An account that Dropbox is known to ring for is looked at so many times less often unasked."""
SPREAD = 0.1
"""Looks come so much of their interval early, each by another part: what was late together parts again."""
_BATCH_BEGAN_AT = "%Y%m%dT%H%M%S%f"


class Purpose(StrEnum):
    """What a link is for; each purpose has its own Dropbox app."""

    AUTO_IMPORT = "auto_import"
    SYNCHRONISATION = "synchronisation"


class LinkStatus(StrEnum):
    """How a link stands; its `problem` says more where there is more to say."""

    ACTIVE = "ACTIVE"
    RECONNECT = "RECONNECT"
    FULL = "FULL"
    SUSPENDED = "SUSPENDED"
    UNLINKED = "UNLINKED"


class Space(StrEnum):
    """Where in a team's Dropbox a company's folder lies: the administrator's own folder, or the team's."""

    MEMBER_FOLDER = "member_folder"
    TEAM_SPACE = "team_space"


class LinkProblem(StrEnum):
    """Why a link does not work, and so who must act; events and the page's API say it as it stands here."""

    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a problem, not a token
    SCOPE_MISSING = "scope_missing"
    QUOTA_FULL = "quota_full"
    USER_INACTIVE = "user_inactive"
    ADMINISTRATOR_GONE = "administrator_gone"
    DROPBOX_SUSPENDED = "dropbox_suspended"
    PLAN = "plan"
    TRANSPORT_LIMIT = "transport_limit"
    ACCESS_DENIED = "access_denied"
    SPACE_UNAVAILABLE = "space_unavailable"
    DROPBOX_UNAVAILABLE = "dropbox_unavailable"
    DROPBOX_REFUSED = "dropbox_refused"

    @classmethod
    def _missing_(cls, _value: object) -> LinkProblem:
        """Read what a later release wrote: all this one can tell is that Dropbox does not let it work."""
        return cls.DROPBOX_REFUSED


@dataclass(frozen=True, slots=True)
class Batch:
    """Files dropped in short succession: it ends when nothing new has been seen for ten minutes.

    `seen` counts the files that arrived so far; how each ended is in the records. `announced` is
    how many of them the host was last told to be recorded. `notified_at` is the notification of the
    files that arrived last; None where an earlier release wrote it.
    """

    batch_id: str
    seen: int
    last_file_at: datetime
    announced: int = 0
    notified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Where a company's search for acceptances without a delivery stands.

    `begins_at` is when the next run is due, `accepted_from` the earliest acceptance it looks at.
    `started_at` and `cursor` are set while a run is under way; `completed_at` is when the last
    completed one started.
    """

    begins_at: datetime
    accepted_from: datetime
    started_at: datetime | None = None
    cursor: str | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backfill:
    """An administrator's request to have delivered what was accepted since a date, and how far it is.

    A newer request, known by its `requested_at`, takes the place of an older one. `started_at` and `cursor`
    are set while the search is under way, `completed_at` once it is over. `expenses` were found so far,
    `documents` of them were made pending.
    """

    since: datetime
    requested_at: datetime
    started_at: datetime | None = None
    cursor: str | None = None
    expenses: int = 0
    documents: int = 0
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link, as it was when read.

    `generation` goes up whenever the link is made again or unmade; every write names the one it read.
    `encrypted_token` is KMS ciphertext of the refresh token, bound to `link_id` and `purpose`; None once
    it is unlinked. `is_paused` is the operator's doing: nothing is read or written in the meantime.
    `last_clean_listing` is when the last listing began after which nothing was left to do.
    `rung_at` is when the sweep last rang for it. `heard_at` is when Dropbox last did, None since it was found
    not to: as long as it is there, a notification that is lost is an exception.
    `doorbell_waits` counts how often the message `doorbell_id` was put back on purpose, `doorbell_deaths` the
    answers to it that were begun and neither ended nor put it back. `announced_problem`
    is the one the host was sent an event about, until the link works again. `detail` says more of `problem`
    to operators: Dropbox's own tag.

    Of synchronisation only: acceptances before `sync_since` do not count; with `takes_over`, what is
    pending for an account linked before is still to be taken over; the host was told of everything
    that was delivered or failed until `announced_until`, and of all there is where it is None.

    `account_locale` is the language of the Dropbox account (`en`, `pt_BR`). `team_space_id` is the
    namespace of the team space where that is not the account's own folder; `space` is which of the two
    is used. `may_share` is whether the administrator has granted what sharing the folder takes. `filing` is
    what the company has chosen of where its documents are filed, if it ever did.
    """

    link_id: str
    purpose: Purpose
    user_id: str
    company_id: str
    account_id: str
    account_name: str
    account_email: str
    encrypted_token: bytes | None
    status: LinkStatus
    generation: int
    linked_at: datetime
    problem: LinkProblem | None = None
    detail: str | None = None
    status_since: datetime | None = None
    not_before: datetime | None = None
    next_due: datetime | None = None
    batch: Batch | None = None
    last_clean_listing: datetime | None = None
    doorbell_id: str | None = None
    doorbell_waits: int = 0
    doorbell_deaths: int = 0
    rung_at: datetime | None = None
    heard_at: datetime | None = None
    sync_since: datetime | None = None
    reconcile: Reconcile | None = None
    takes_over: bool = False
    is_paused: bool = False
    backfill: Backfill | None = None
    announced_until: datetime | None = None
    announced_problem: LinkProblem | None = None
    account_locale: str = ""
    team_space_id: str | None = None
    space: Space = Space.MEMBER_FOLDER
    may_share: bool = False
    filing: FilingChoice | None = None

    @property
    def filed_by(self) -> FilingChoice:
        """Where what comes from now on is filed."""
        return self.filing or STANDARD

    @property
    def root_namespace_id(self) -> str | None:
        """What every path of the link is below, as Dropbox calls it; None for the account's own folder."""
        return self.team_space_id if self.space is Space.TEAM_SPACE else None

    @property
    def space_of_two(self) -> Space | None:
        """Which of two spaces is used; None where the account has only one."""
        return self.space if self.team_space_id else None


@dataclass(frozen=True, slots=True)
class UserLink:
    """What an administrator may know of a user's link: that there is one, and since when it does not work."""

    link_id: str
    user_id: str
    status: LinkStatus
    problem: LinkProblem | None
    linked_at: datetime
    status_since: datetime | None


class LinkChanges(TypedDict, total=False):
    """What a running system may change of a link; the rest changes only by linking again."""

    status: LinkStatus
    problem: LinkProblem | None
    detail: str | None
    status_since: datetime | None
    not_before: datetime | None
    next_due: datetime | None
    batch: Batch | None
    last_clean_listing: datetime | None
    doorbell_id: str | None
    doorbell_waits: int
    doorbell_deaths: int
    rung_at: datetime | None
    heard_at: datetime | None
    reconcile: Reconcile | None
    takes_over: bool
    announced_until: datetime | None
    announced_problem: LinkProblem | None
    may_share: bool


def new_batch_id(now: datetime) -> str:
    """Ids of batches sort by time; what is recorded is on record under them."""
    return f"{now:{_BATCH_BEGAN_AT}}-{secrets.token_hex(3)}"


def batch_began_at(batch_id: str) -> datetime:
    """When a batch was opened. Raises ValueError for what is not the id of one."""
    return datetime.strptime(batch_id.partition("-")[0], _BATCH_BEGAN_AT).replace(tzinfo=UTC)


def link_id_for(purpose: Purpose, user_id: str, company_id: str) -> str:
    """Auto-import belongs to a user, synchronisation to a company: each has one link at most."""
    return f"user:{user_id}" if purpose is Purpose.AUTO_IMPORT else f"company:{company_id}"


def reservation_id_for(account_id: str, purpose: Purpose) -> str:
    """The key of the item that keeps a Dropbox account for one link of that purpose."""
    return f"reservation:{account_id}#{purpose.value}"


def sweep_bucket(link_id: str) -> str:
    """The sweep's partition of this link, `00` to `15`: one hot partition would limit them all."""
    return f"{zlib.crc32(link_id.encode()) % SWEEP_BUCKETS:02d}"


def taken_over_link(link: Link, user_id: str, at: datetime) -> Link:
    """The same account under another administrator, tried at once: Dropbox says what is wrong with it."""
    return replace(
        link,
        user_id=user_id,
        generation=link.generation + 1,
        status=LinkStatus.ACTIVE,
        problem=None,
        detail=None,
        status_since=at,
        next_due=at,
        announced_problem=None,
    )


def first_of_next_month(now: datetime) -> datetime:
    """When Dropbox counts a team's upload calls from nought again: midnight UTC."""
    return (now.astimezone(UTC).replace(day=1) + timedelta(days=31)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )


def ends_at(problem: LinkProblem, now: datetime) -> datetime | None:
    """When a problem goes away by itself, where that is known."""
    return first_of_next_month(now) if problem is LinkProblem.TRANSPORT_LIMIT else None


def next_routine_check(link: Link, now: datetime, sweep_every: timedelta) -> datetime | None:
    """When the sweep should ring for this link although nothing announced a change; None for never."""
    match link.status:
        case LinkStatus.ACTIVE:
            return now + _spread(sweep_every * (HEARD_FACTOR if link.heard_at else 1), link, now)
        case LinkStatus.FULL if link.problem is LinkProblem.TRANSPORT_LIMIT:
            return min(now + DAILY, first_of_next_month(now))
        case LinkStatus.FULL | LinkStatus.SUSPENDED:
            return now + _spread(HOURLY, link, now)
        case LinkStatus.RECONNECT:
            since = link.status_since or now
            return now + _spread(DAILY, link, now) if now < since + RECONNECT_TRIED_FOR else None
        case LinkStatus.UNLINKED:
            return None


def watched_again_at(rung_at: datetime, now: datetime) -> datetime:
    """When the sweep sees to what became of its doorbell: whole hours after it has rung."""
    return rung_at + ((now - rung_at) // HOURLY + 1) * HOURLY


def is_only_watched(link: Link) -> bool:
    """Whether it is due for no other reason than to see what became of the sweep's doorbell."""
    if link.rung_at is None or link.next_due is None:
        return False
    return link.next_due > link.rung_at and (link.next_due - link.rung_at) % HOURLY == timedelta(0)


def _spread(interval: timedelta, link: Link, now: datetime) -> timedelta:
    """A little less than the interval, by a part that link and moment decide: anybody comes to the same."""
    part = zlib.crc32(f"{link.link_id} {now.isoformat()}".encode()) / 2**32
    return interval * (1 - SPREAD * part)
