"""A company's folder, or a year of it, shared with people: who has access, and what is to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.folders import SYNCHRONISATION_FOLDER
from shared.domain.links import Link

WHOLE_FOLDER = "all"
"""The name of the whole folder beside those of years, `2026`."""
WORKED_ON_FOR = timedelta(days=1)
"""A change that Dropbox could not be asked for within a day is not made any more: its time is over."""
MOST_PEOPLE = 200
"""Of more than these the page says that there are others; a row has an end."""

_YEAR = re.compile(r"20[0-9]{2}")
# Dropbox takes no others, and its SDK does not even ask: international ones are given in ASCII, `xn--…`.
# https://www.dropbox.com/developers/documentation/http/documentation#sharing-add_folder_member
_ADDRESS = re.compile(r"['#&A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-][A-Za-z0-9.-]*\.[A-Za-z]{2,15}")


class Access(StrEnum):
    """What a person may do in a shared folder."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class ChangeKind(StrEnum):
    """What can be asked for: access given or changed, access ended, the sharing ended."""

    SHARE = "share"
    REMOVE = "remove"
    END = "end"


class SharingProblem(StrEnum):
    """Why Dropbox did not make a change; the page words each."""

    CONSENT_MISSING = "consent_missing"
    OUTSIDE_TEAM = "outside_team"
    EMAIL_UNVERIFIED = "email_unverified"
    ADDRESS_REFUSED = "address_refused"
    PLAN = "plan"
    INVITATION_LIMIT = "invitation_limit"
    INSIDE_SHARED_FOLDER = "inside_shared_folder"
    CONTAINS_SHARED_FOLDER = "contains_shared_folder"
    FOLDER_UNSHAREABLE = "folder_unshareable"
    FOLDER_MISSING = "folder_missing"
    NO_YEAR_FOLDER = "no_year_folder"
    TOO_MANY_FILES = "too_many_files"
    NO_PERMISSION = "no_permission"
    IS_OWNER = "is_owner"
    ACCESS_INHERITED = "access_inherited"
    NOT_IN_TIME = "not_in_time"
    LINK_CHANGED = "link_changed"
    DROPBOX_REFUSED = "dropbox_refused"

    @classmethod
    def _missing_(cls, _value: object) -> SharingProblem:
        """Read what a later release wrote."""
        return cls.DROPBOX_REFUSED


class JobState(StrEnum):
    """How Dropbox's work on a change stands; a job that is lost is begun again."""

    UNDER_WAY = "under_way"
    DONE = "done"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with access. `name` is empty of one who is only invited, or of a group of a team."""

    email: str
    name: str
    access: Access
    is_invited: bool = False
    is_inherited: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A change that an administrator asks for. `email` and `access` are of those that need them."""

    kind: ChangeKind
    email: str = ""
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A change that is on its way, one of a folder at a time.

    `job_id` is Dropbox's, while it works on it. `tries` failed so far, nothing is tried before `next_try`.
    """

    change_id: str
    change: Change
    by: str
    requested_at: datetime
    correlation_id: str
    job_id: str | None = None
    tries: int = 0
    next_try: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now >= self.requested_at + WORKED_ON_FOR


@dataclass(frozen=True, slots=True)
class EndedChange:
    """What became of the last change; `problem` is None where it was made."""

    change: Change
    at: datetime
    problem: SharingProblem | None = None


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """What is known of the sharing of one folder in one Dropbox account.

    `shared_folder_id` is Dropbox's name of the sharing, None where it is not shared. It follows the
    folder where somebody moves or renames that by hand: `moved_to` then says where it lies. `problem` is
    why it could not be looked at.
    """

    company_id: str
    account_id: str
    name: str
    shared_folder_id: str | None = None
    moved_to: str | None = None
    people: tuple[Person, ...] = ()
    has_more_people: bool = False
    looked_at: datetime | None = None
    look_requested_at: datetime | None = None
    problem: SharingProblem | None = None
    pending: PendingChange | None = None
    last: EndedChange | None = None

    @property
    def path(self) -> str:
        """Where documents are delivered."""
        return path_of(self.name)

    @property
    def wants_look(self) -> bool:
        """Whether somebody asked to see how it stands since it was looked at."""
        if self.look_requested_at is None:
            return False
        return self.looked_at is None or self.looked_at < self.look_requested_at

    def is_due(self, now: datetime) -> bool:
        """Whether a drain has something to do for it."""
        pending = self.pending
        is_due = pending is not None and (pending.next_try is None or pending.next_try <= now)
        return is_due or self.wants_look


def path_of(name: str) -> str:
    """The path of a folder that can be shared."""
    return SYNCHRONISATION_FOLDER if name == WHOLE_FOLDER else f"{SYNCHRONISATION_FOLDER}/{name}"


def is_year_shared(folder: SharedFolder) -> bool:
    """Whether somebody has access to this one year, or is about to."""
    is_asked_for = folder.pending is not None and folder.pending.change.kind is ChangeKind.SHARE
    return folder.name != WHOLE_FOLDER and (folder.shared_folder_id is not None or is_asked_for)


def wants_year_folder(name: str, change: Change, link: Link) -> bool:
    """Whether a year is to be shared where documents of a year do not lie in one folder."""
    is_year = name != WHOLE_FOLDER and change.kind is ChangeKind.SHARE
    return is_year and not link.filed_by.has_year_folders


def is_folder_name(name: str, now: datetime) -> bool:
    """Whether it is the whole folder, or a year that documents may be filed under."""
    return name == WHOLE_FOLDER or (bool(_YEAR.fullmatch(name)) and int(name) <= now.year + 1)


def is_address(email: str) -> bool:
    """Whether an invitation can be sent there; whether somebody reads it only Dropbox finds out.

    Nothing invisible: it stands on the page and in the audit trail as the address that was invited.
    """
    return len(email) <= 254 and _ADDRESS.fullmatch(email) is not None


def is_same_address(one: str, other: str) -> bool:
    """Dropbox takes no account of case."""
    return one.casefold() == other.casefold()


def person_of(people: Iterable[Person], email: str) -> Person | None:
    """The person of that address."""
    return next((person for person in people if is_same_address(person.email, email)), None)


def is_overtaken(pending: PendingChange, link: Link) -> bool:
    """Whether the link was made again since: what was asked of one account is not asked of another."""
    return pending.requested_at < link.linked_at


def with_change_ended(folder: SharedFolder, at: datetime, problem: SharingProblem | None) -> SharedFolder:
    """The folder once its pending change has come to an end; it is to be looked at again."""
    if folder.pending is None:
        return folder
    last = EndedChange(folder.pending.change, at, problem)
    return replace(folder, pending=None, last=last, look_requested_at=at)
