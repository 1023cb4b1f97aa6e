"""Sharing, as the API takes and shows it."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from pydantic import StringConstraints

from functions.page_api.schemas.forms import Absent, Asked, Instant, Shown
from shared.domain.sharing import Access, ChangeKind, SharingProblem


class SharingRefusedBecause(Shown):
    """Why Dropbox did not make a change, or why it cannot be seen who has access."""

    code: SharingProblem
    message: str


class SharingChangeFields(TypedDict):
    """What a change is about."""

    change: ChangeKind
    email: str | None
    access: Access | None


class _SharingChange(Shown):
    change: ChangeKind
    email: Absent[str] = None
    access: Absent[Access] = None


class PendingSharing(_SharingChange):
    """A change that is on its way; it may take minutes, and goes on by itself."""

    since: Instant


class EndedSharing(_SharingChange):
    """What became of the last change; without a problem it was made."""

    at: Instant
    problem: Absent[SharingRefusedBecause] = None


class PersonWithAccess(Shown):
    """Somebody who has access, or is invited; a group of a team has a name and no address."""

    email: Absent[str] = None
    name: Absent[str] = None
    access: Access
    is_invited: bool
    can_change: bool
    """Whether their access can be changed or ended here."""


class FolderSharing(Shown):
    """How one folder is shared, as it was when it was last looked at."""

    folder: str
    """`all`, or a year."""
    path: str
    url: Absent[str] = None
    is_shared: bool
    moved_to: Absent[str] = None
    """Where the shared folder lies, if somebody has moved or renamed it; new documents do not go there."""
    people: list[PersonWithAccess]
    has_more_people: Absent[Literal[True]] = None
    looked_at: Absent[Instant] = None
    is_looking: bool
    problem: Absent[SharingRefusedBecause] = None
    pending: Absent[PendingSharing] = None
    last: Absent[EndedSharing] = None


class Sharing(Shown):
    """Whom the company's folder is shared with; the whole folder first, then years, the latest first."""

    may_share: bool
    """Whether Dropbox was asked for what sharing takes: see `sharing` of `POST /links`."""
    years: list[str]
    """Those that documents may have been filed under."""
    folders: list[FolderSharing]
    poll_after_seconds: int


FolderName = Annotated[str, StringConstraints(pattern=r"^(all|20[0-9]{2})$")]


EmailAddress = Annotated[str, StringConstraints(min_length=3, max_length=254)]


class ShareFolder(Asked):
    """Give a person access, or other access than they have. Dropbox writes to them."""

    change: Literal["share"]
    folder: FolderName
    email: EmailAddress
    access: Literal["viewer", "editor"] = "viewer"


class EndAccess(Asked):
    """End a person's access, or take an invitation back."""

    change: Literal["remove"]
    folder: FolderName
    email: EmailAddress


class EndSharing(Asked):
    """Share the folder with nobody any more; it stays where it is."""

    change: Literal["end"]
    folder: FolderName
