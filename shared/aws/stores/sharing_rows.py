"""Translates how folders are shared to rows beside the deliveries, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from shared.aws.stores.delivery_tables import SharingRow
from shared.domain.sharing import (
    Access,
    Change,
    ChangeKind,
    EndedChange,
    PendingChange,
    Person,
    SharedFolder,
    SharingProblem,
)
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

SHARING = "sharing#"
"""No account is called so: theirs begin with `dbid:`."""


def sharing_prefix(account_id: str) -> str:
    """What the sort keys of an account's folders begin with."""
    return f"{SHARING}{account_id}#"


def to_sharing_row(folder: SharedFolder) -> SharingRow:
    """Write one."""
    pending, last = folder.pending, folder.last
    return SharingRow(
        folder.company_id,
        f"{sharing_prefix(folder.account_id)}{folder.name}",
        account_id=folder.account_id,
        folder=folder.name,
        shared_folder_id=folder.shared_folder_id,
        moved_to=folder.moved_to,
        people=_people_json(folder.people) if folder.people else None,
        has_more_people=folder.has_more_people or None,
        looked_at=optional_iso(folder.looked_at),
        look_requested_at=optional_iso(folder.look_requested_at),
        problem=folder.problem.value if folder.problem else None,
        change_id=pending.change_id if pending else None,
        change=json.dumps(_change_json(pending.change)) if pending else None,
        requested_by=pending.by if pending else None,
        requested_at=to_iso(pending.requested_at) if pending else None,
        correlation_id=(pending.correlation_id or None) if pending else None,
        job_id=pending.job_id if pending else None,
        tries=(pending.tries or None) if pending else None,
        next_try=optional_iso(pending.next_try) if pending else None,
        last_change=json.dumps(_change_json(last.change)) if last else None,
        last_at=to_iso(last.at) if last else None,
        last_problem=last.problem.value if last and last.problem else None,
    )


def to_shared_folder(row: SharingRow) -> SharedFolder:
    """Read one."""
    return SharedFolder(
        company_id=row.company_id,
        account_id=row.account_id,
        name=row.folder,
        shared_folder_id=row.shared_folder_id,
        moved_to=row.moved_to,
        people=tuple(_to_person(fields) for fields in json.loads(row.people or "[]")),
        has_more_people=bool(row.has_more_people),
        looked_at=optional_from_iso(row.looked_at),
        look_requested_at=optional_from_iso(row.look_requested_at),
        problem=SharingProblem(row.problem) if row.problem else None,
        pending=_to_pending(row),
        last=_to_last(row),
    )


def _people_json(people: Sequence[Person]) -> str:
    """As it is spelt: escaped, two hundred names in other scripts than Latin would not fit into a row."""
    return json.dumps([_person_json(person) for person in people], ensure_ascii=False)


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "access": person.access.value,
        "is_invited": person.is_invited,
        "is_inherited": person.is_inherited,
    }


def _to_person(fields: dict[str, Any]) -> Person:
    return Person(
        email=fields["email"],
        name=fields["name"],
        access=Access(fields["access"]),
        is_invited=fields["is_invited"],
        is_inherited=fields["is_inherited"],
    )


def _change_json(change: Change) -> dict[str, Any]:
    access = {"access": change.access.value} if change.access else {}
    return {"kind": change.kind.value, "email": change.email, **access}


def _to_change(text: str) -> Change:
    fields = json.loads(text)
    access = fields.get("access")
    return Change(ChangeKind(fields["kind"]), fields["email"], Access(access) if access else None)


def _to_pending(row: SharingRow) -> PendingChange | None:
    if row.change_id is None or row.change is None:
        return None
    return PendingChange(
        change_id=row.change_id,
        change=_to_change(row.change),
        by=row.requested_by,
        requested_at=from_iso(row.requested_at),
        correlation_id=row.correlation_id or "",
        job_id=row.job_id,
        tries=int(row.tries or 0),
        next_try=optional_from_iso(row.next_try),
    )


def _to_last(row: SharingRow) -> EndedChange | None:
    if row.last_change is None:
        return None
    problem = SharingProblem(row.last_problem) if row.last_problem else None
    return EndedChange(_to_change(row.last_change), from_iso(row.last_at), problem)
