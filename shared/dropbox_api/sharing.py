"""Sharing a folder of one Dropbox account with people: the calls, and what their refusals mean.

https://www.dropbox.com/developers/documentation/http/documentation#sharing-share_folder and its neighbours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from dropbox import sharing
from stone.backends.python_rsrc.stone_validators import ValidationError

from shared.domain.errors import (
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    RateLimited,
    SharingRefused,
)
from shared.domain.plain_text import one_line
from shared.domain.sharing import Access, JobState, Person, SharingProblem, person_of
from shared.dropbox_api.answers import NotDropboxs, RouteError, objects_in, tag_path, text_in
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import Sleep, dropbox_errors_translated, from_tag, with_retries
from shared.dropbox_api.metadata import FOLDER, kind_of
from shared.dropbox_api.statuses import DEFAULT_RETRY_AFTER_SECONDS

PEOPLE_PER_PAGE = 200
MOST_PAGES_SEARCHED = 25
"""For one person: more people than Dropbox lets a folder have."""
_LONGEST_NAME, _LONGEST_ADDRESS = 100, 254
"""People call themselves as they like, and all of them stand in one row."""
_ASYNC_JOB_ID = "async_job_id"
_SHARED_FOLDER_ID = "shared_folder_id"

_LEVELS = {Access.EDITOR: sharing.AccessLevel.editor, Access.VIEWER: sharing.AccessLevel.viewer}

Answer = TypeVar("Answer")

# By the parts of a tag; the first that stands here decides.
_PROBLEM_OF = {
    "email_unverified": SharingProblem.EMAIL_UNVERIFIED,
    "unverified_dropbox_id": SharingProblem.EMAIL_UNVERIFIED,
    "team_policy_disallows_member_policy": SharingProblem.OUTSIDE_TEAM,
    "cant_share_outside_team": SharingProblem.OUTSIDE_TEAM,
    "group_not_on_team": SharingProblem.OUTSIDE_TEAM,
    "banned_member": SharingProblem.ADDRESS_REFUSED,
    "bad_member": SharingProblem.ADDRESS_REFUSED,
    "disallowed_shared_link_policy": SharingProblem.PLAN,
    "insufficient_plan": SharingProblem.PLAN,
    "too_many_members": SharingProblem.INVITATION_LIMIT,
    "too_many_pending_invites": SharingProblem.INVITATION_LIMIT,
    "too_many_invitees": SharingProblem.INVITATION_LIMIT,
    "inside_shared_folder": SharingProblem.INSIDE_SHARED_FOLDER,
    "contains_shared_folder": SharingProblem.CONTAINS_SHARED_FOLDER,
    "contains_team_folder": SharingProblem.CONTAINS_SHARED_FOLDER,
    "bad_path": SharingProblem.FOLDER_UNSHAREABLE,
    "invalid_shared_folder": SharingProblem.FOLDER_UNSHAREABLE,
    "too_many_mounts": SharingProblem.FOLDER_UNSHAREABLE,
    "too_many_files": SharingProblem.TOO_MANY_FILES,
    "folder_owner": SharingProblem.IS_OWNER,
    "no_explicit_access": SharingProblem.ACCESS_INHERITED,
    "group_access": SharingProblem.ACCESS_INHERITED,
    "team_folder": SharingProblem.NO_PERMISSION,
    "no_permission": SharingProblem.NO_PERMISSION,
}
# They say more where they stand further inside: `bad_path/inside_shared_folder`.
_ONLY_WHERE = ("bad_path", "bad_member")
_GONE = frozenset({"invalid_id", "not_a_member", "unmounted"})


class _AlreadyShared(SharingRefused):
    """The folder is shared already, perhaps by hand: that will do."""


class _JobLost(FileGone):
    """Dropbox does not know the job (any more)."""


class FolderSharing:
    """Every method raises the project's errors only.

    FileGone: the sharing or the person is not there (any more). SharingRefused: Dropbox does not do it.
    Each may be repeated: what is so already is success, or FileGone.
    """

    def __init__(self, client: DropboxClient, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._sleep = sleep

    def find(self, path: str) -> str | None:
        """The sharing of the folder at a path; None where it is not shared. Raises FileGone."""
        metadata = self._call(lambda: self._client.files_get_metadata(path))
        if kind_of(metadata) != FOLDER:
            raise SharingRefused(SharingProblem.FOLDER_UNSHAREABLE, "is_file")
        return _shared_id_in(metadata) or _shared_id_in(metadata.get("sharing_info"))

    def share(self, path: str) -> tuple[str | None, str | None]:
        """Share a folder, which is made where it is missing: its sharing, or the job that ends in it."""
        try:
            launch = self._call(lambda: self._client.sharing_share_folder(path))
        except _AlreadyShared:
            return self.find(path), None
        with dropbox_errors_translated():
            if kind_of(launch) == _ASYNC_JOB_ID:
                return None, text_in(launch, _ASYNC_JOB_ID)
            return text_in(launch, _SHARED_FOLDER_ID), None

    def share_job(self, job_id: str) -> JobState:
        """How a sharing that became a job stands."""
        return self._job(lambda: self._client.sharing_check_share_job_status(job_id))

    def add(self, shared_folder_id: str, email: str, access: Access) -> None:
        """Invite a person; who has access already keeps theirs. Dropbox sends them a mail."""
        member = sharing.AddMember(_member(email), _LEVELS[access])
        self._call(lambda: self._client.sharing_add_folder_member(shared_folder_id, [member]) or {})

    def update(self, shared_folder_id: str, email: str, access: Access) -> None:
        """Give a person other access."""
        who = _member(email)
        self._call(lambda: self._client.sharing_update_folder_member(shared_folder_id, who, _LEVELS[access]))

    def remove(self, shared_folder_id: str, email: str) -> str:
        """End a person's access, and leave them no copy; the job that does it."""
        who = _member(email)
        return self._launched(
            lambda: self._client.sharing_remove_folder_member(shared_folder_id, who, leave_a_copy=False)
        )

    def removal_job(self, job_id: str) -> JobState:
        """How it stands."""
        return self._job(lambda: self._client.sharing_check_remove_member_job_status(job_id))

    def unshare(self, shared_folder_id: str) -> str:
        """Share a folder no longer, and leave nobody a copy; the job that does it, "" where it is done."""
        return self._launched(
            lambda: self._client.sharing_unshare_folder(shared_folder_id, leave_a_copy=False)
        )

    def ending_job(self, job_id: str) -> JobState:
        """How it stands."""
        return self._job(lambda: self._client.sharing_check_job_status(job_id))

    def people(self, shared_folder_id: str, most: int) -> tuple[list[Person], bool]:
        """Who has access or is invited, at most so many; and whether there are more."""
        people: list[Person] = []
        for page in self._pages(shared_folder_id):
            people += _people_of(page)
            if len(people) >= most:
                break
        return people[:most], len(people) > most or bool(_cursor_of(page))

    def find_person(self, shared_folder_id: str, email: str) -> Person | None:
        """The person of that address, among the first five thousand; None where there is none."""
        pages = islice(self._pages(shared_folder_id), MOST_PAGES_SEARCHED)
        found = (person_of(_people_of(page), email) for page in pages)
        return next((person for person in found if person is not None), None)

    def path_of(self, shared_folder_id: str) -> str | None:
        """Where a shared folder lies; None where Dropbox does not tell."""
        metadata = self._call(lambda: self._client.sharing_get_folder_metadata(shared_folder_id))
        path = metadata.get("path_display") or metadata.get("path_lower")
        return path if isinstance(path, str) else None

    def _pages(self, shared_folder_id: str) -> Iterator[dict[str, Any]]:
        """The listing of who has access or is invited."""
        page = self._call(
            lambda: self._client.sharing_list_folder_members(shared_folder_id, limit=PEOPLE_PER_PAGE)
        )
        yield page
        while cursor := _cursor_of(page):
            page = self._next_page(cursor)
            yield page

    def _next_page(self, cursor: str) -> dict[str, Any]:
        return self._call(lambda: self._client.sharing_list_folder_members_continue(cursor))

    def _launched(self, call: Callable[[], dict[str, Any]]) -> str:
        launch = self._call(call)
        with dropbox_errors_translated():
            return text_in(launch, _ASYNC_JOB_ID) if kind_of(launch) == _ASYNC_JOB_ID else ""

    def _job(self, check: Callable[[], dict[str, Any]]) -> JobState:
        try:
            status = self._call(check)
        except _JobLost:
            return JobState.LOST
        match kind_of(status):
            case "in_progress":
                return JobState.UNDER_WAY
            case "complete":
                return JobState.DONE
        raise error_of(tag_path(status).partition("/")[2])

    def _call(self, call: Callable[[], Answer]) -> Answer:
        return with_retries(lambda: _refusals_read(call), self._sleep)


def error_of(tag: str) -> IntegrationError:
    """The error that a tag path of a sharing route's error stands for."""
    parts = tag.split("/")
    if "already_shared" in parts:
        return _AlreadyShared(SharingProblem.DROPBOX_REFUSED, tag)
    if "invalid_async_job_id" in parts:
        return _JobLost(tag)
    problems = [part for part in parts if part in _PROBLEM_OF]
    saying = [part for part in problems if part not in _ONLY_WHERE] or problems
    if saying:
        return SharingRefused(_PROBLEM_OF[saying[0]], tag)
    if _GONE.intersection(parts):
        return FileGone(tag)
    if "rate_limit" in parts:
        return RateLimited(DEFAULT_RETRY_AFTER_SECONDS)
    other = from_tag(tag)
    passes = isinstance(other, FileGone | RateLimited | DropboxUnavailable)
    return other if passes else SharingRefused(SharingProblem.DROPBOX_REFUSED, tag)


def _member(email: str) -> sharing.MemberSelector:
    """A person by address; one of a form that Dropbox does not take is refused as Dropbox would.

    The SDK checks it before anything is sent, with an error that is none of Dropbox's answers.
    """
    try:
        return sharing.MemberSelector.email(email)
    except ValidationError as error:
        raise SharingRefused(SharingProblem.ADDRESS_REFUSED, "pattern") from error


def _refusals_read(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    except RouteError as error:
        raise error_of(error.tag) from error


def _shared_id_in(fields: object) -> str | None:
    found = fields.get(_SHARED_FOLDER_ID) if isinstance(fields, dict) else None
    return found if isinstance(found, str) and found else None


def _cursor_of(page: dict[str, Any]) -> str:
    cursor = page.get("cursor")
    return cursor if isinstance(cursor, str) else ""


def _people_of(page: dict[str, Any]) -> list[Person]:
    """Those that can be read: one that cannot spoils only itself."""
    with dropbox_errors_translated():
        users = [_to_user(entry) for entry in objects_in(page, "users")]
        groups = [_to_group(entry) for entry in objects_in(page, "groups")]
        invitees = [_to_invitee(entry) for entry in objects_in(page, "invitees")]
    return [person for person in (*users, *groups, *invitees) if person is not None]


def _to_user(entry: dict[str, Any]) -> Person | None:
    access = _access_in(entry)
    user = entry.get("user")
    with suppress(NotDropboxs):
        if access is not None:
            name = one_line(text_in(user, "display_name"), _LONGEST_NAME)
            return Person(_address_in(user), name, access, is_inherited=_is_inherited(entry))
    return None


def _to_group(entry: dict[str, Any]) -> Person | None:
    """A group of the team: its access is changed at Dropbox alone."""
    access = _access_in(entry)
    with suppress(NotDropboxs):
        if access is not None:
            name = one_line(text_in(entry.get("group"), "group_name"), _LONGEST_NAME)
            return Person("", name, access, is_inherited=True)
    return None


def _to_invitee(entry: dict[str, Any]) -> Person | None:
    access = _access_in(entry)
    with suppress(NotDropboxs):
        if access is not None:
            email = _address_in(entry.get("invitee"))
            return Person(email, "", access, is_invited=True, is_inherited=_is_inherited(entry))
    return None


def _address_in(fields: object) -> str:
    return one_line(text_in(fields, "email"), _LONGEST_ADDRESS)


def _access_in(entry: dict[str, Any]) -> Access | None:
    """None of those who may only pass through, or may not look inside."""
    tag = tag_path(entry.get("access_type"))
    if tag in {"owner", "editor"}:
        return Access(tag)
    return Access.VIEWER if tag.startswith("viewer") else None


def _is_inherited(entry: dict[str, Any]) -> bool:
    return entry.get("is_inherited") is True
