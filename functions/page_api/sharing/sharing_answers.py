"""Words how folders are shared as an answer of the API, in the user's language."""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.page_api.schemas import sharing as schemas
from functions.page_api.sharing.show_sharing import ShownSharing
from functions.page_api.texts import sentence
from shared.domain.dropbox_web import folder_url
from shared.domain.links import Link
from shared.domain.sharing import (
    Access,
    Change,
    ChangeKind,
    EndedChange,
    PendingChange,
    Person,
    SharedFolder,
    SharingProblem,
    with_change_ended,
)

AT_REST_SECONDS = 30
UNDER_WAY_SECONDS = 2
LONG_UNDER_WAY_SECONDS = 10
LONG = timedelta(minutes=1)


def sharing(shown: ShownSharing, locale: str, now: datetime) -> schemas.Sharing:
    """All folders. A change whose time is over is not made any more, whether a drain has said so or not."""
    folders = [_without_overdue(folder, now) for folder in shown.folders]
    return schemas.Sharing(
        may_share=shown.link.may_share,
        years=list(shown.years),
        folders=[_folder(shown.link, folder, locale) for folder in folders],
        poll_after_seconds=min((_poll_after(folder, now) for folder in folders), default=AT_REST_SECONDS),
    )


def _without_overdue(folder: SharedFolder, now: datetime) -> SharedFolder:
    if folder.pending is None or not folder.pending.is_over(now):
        return folder
    return with_change_ended(folder, now, SharingProblem.NOT_IN_TIME)


def _poll_after(folder: SharedFolder, now: datetime) -> int:
    since = folder.pending.requested_at if folder.pending else folder.look_requested_at
    if since is None or not (folder.pending or folder.wants_look):
        return AT_REST_SECONDS
    return UNDER_WAY_SECONDS if now - since < LONG else LONG_UNDER_WAY_SECONDS


def _folder(link: Link, folder: SharedFolder, locale: str) -> schemas.FolderSharing:
    return schemas.FolderSharing(
        folder=folder.name,
        path=folder.path,
        url=folder_url(link, folder.path),
        is_shared=folder.shared_folder_id is not None,
        moved_to=folder.moved_to,
        people=[_person(person) for person in folder.people],
        has_more_people=folder.has_more_people or None,
        looked_at=folder.looked_at,
        is_looking=folder.wants_look,
        problem=_problem(folder.problem, locale),
        pending=_pending(folder.pending) if folder.pending else None,
        last=_last(folder.last, locale) if folder.last else None,
    )


def _person(person: Person) -> schemas.PersonWithAccess:
    """Who has access as a member of something larger, or as the owner, is not ours to change."""
    return schemas.PersonWithAccess(
        email=person.email or None,
        name=person.name or None,
        access=person.access,
        is_invited=person.is_invited,
        can_change=bool(person.email) and not person.is_inherited and person.access is not Access.OWNER,
    )


def _pending(pending: PendingChange) -> schemas.PendingSharing:
    return schemas.PendingSharing(**_change(pending.change), since=pending.requested_at)


def _last(last: EndedChange, locale: str) -> schemas.EndedSharing:
    return schemas.EndedSharing(**_change(last.change), at=last.at, problem=_problem(last.problem, locale))


def _change(change: Change) -> schemas.SharingChangeFields:
    has_person = change.kind is not ChangeKind.END
    return {
        "change": change.kind,
        "email": change.email if has_person else None,
        "access": change.access,
    }


def _problem(problem: SharingProblem | None, locale: str) -> schemas.SharingRefusedBecause | None:
    if problem is None:
        return None
    return schemas.SharingRefusedBecause(code=problem, message=sentence(problem, locale))
