"""Sharing in memory: what an account shares, and what is on record of it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.tree import Folder
from shared.domain.audit import AuditEntry
from shared.domain.errors import FileGone, SharingChanged, SharingRefused
from shared.domain.sharing import (
    Access,
    JobState,
    PendingChange,
    Person,
    SharedFolder,
    SharingProblem,
    is_same_address,
    person_of,
)


@dataclass
class _Shared:
    folder_id: str
    people: list[Person]


class FakeFolderSharing:
    """What `shared.dropbox_api.sharing.FolderSharing` does, to an account in memory.

    A job answers `job_looks` times that it is under way; what it is about is done at once.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.job_looks = 1
        self.shares_by_job = False
        self.shared: dict[str, _Shared] = {}
        self.invitations: list[str] = []
        self._jobs: dict[str, int] = {}
        self._ids = itertools.count(1)

    def find(self, path: str) -> str | None:
        folder = self._folder_at(path)
        if folder is None:
            raise FileGone("path/not_found")
        return next((key for key, each in self.shared.items() if each.folder_id == folder.id), None)

    def share(self, path: str) -> tuple[str | None, str | None]:
        if self._folder_at(path) is None:
            self.account.make_folder(path)
        known = self.find(path)
        if known is not None:
            return known, None
        folder = self._folder_at(path)
        assert folder is not None
        self._refuse_nested(folder)
        shared_folder_id = str(next(self._ids))
        owner = Person(self.account.owner.email, self.account.owner.display_name, Access.OWNER)
        self.shared[shared_folder_id] = _Shared(folder.id, [owner])
        return (None, self._launch()) if self.shares_by_job else (shared_folder_id, None)

    def share_job(self, job_id: str) -> JobState:
        return self._look(job_id)

    def add(self, shared_folder_id: str, email: str, access: Access) -> None:
        people = self._get(shared_folder_id).people
        if not any(is_same_address(person.email, email) for person in people):
            people.append(Person(email, "", access, is_invited=True))
            self.invitations.append(email)

    def update(self, shared_folder_id: str, email: str, access: Access) -> None:
        shared = self._get(shared_folder_id)
        person = self._person(shared, email)
        shared.people[shared.people.index(person)] = replace(person, access=access)

    def remove(self, shared_folder_id: str, email: str) -> str:
        shared = self._get(shared_folder_id)
        person = self._person(shared, email)
        if person.access is Access.OWNER:
            raise SharingRefused(SharingProblem.IS_OWNER, "folder_owner")
        shared.people.remove(person)
        return self._launch()

    def removal_job(self, job_id: str) -> JobState:
        return self._look(job_id)

    def unshare(self, shared_folder_id: str) -> str:
        self._get(shared_folder_id)
        del self.shared[shared_folder_id]
        return self._launch()

    def ending_job(self, job_id: str) -> JobState:
        return self._look(job_id)

    def people(self, shared_folder_id: str, most: int) -> tuple[list[Person], bool]:
        people = self._get(shared_folder_id).people
        return people[:most], len(people) > most

    def find_person(self, shared_folder_id: str, email: str) -> Person | None:
        return person_of(self._get(shared_folder_id).people, email)

    def path_of(self, shared_folder_id: str) -> str | None:
        entry = self.account.tree.by_id(self._get(shared_folder_id).folder_id)
        return entry.path if entry else None

    def access_of(self, email: str) -> list[Access]:
        """What somebody may do, in each shared folder they have access to."""
        people = [person for each in self.shared.values() for person in each.people]
        return [person.access for person in people if is_same_address(person.email, email)]

    def _folder_at(self, path: str) -> Folder | None:
        with self.account.lock:
            entry = self.account.tree.find(paths.split(path))
        return entry if isinstance(entry, Folder) else None

    def _refuse_nested(self, folder: Folder) -> None:
        known = {each.folder_id for each in self.shared.values()}
        if known & {entry.id for entry in folder.ancestry()}:
            raise SharingRefused(SharingProblem.INSIDE_SHARED_FOLDER, "bad_path/inside_shared_folder")
        if known & {entry.id for entry in folder.walk()}:
            raise SharingRefused(SharingProblem.CONTAINS_SHARED_FOLDER, "bad_path/contains_shared_folder")

    def _get(self, shared_folder_id: str) -> _Shared:
        shared = self.shared.get(shared_folder_id)
        if shared is None or self.account.tree.by_id(shared.folder_id) is None:
            raise FileGone("access_error/invalid_id")
        return shared

    @staticmethod
    def _person(shared: _Shared, email: str) -> Person:
        for person in shared.people:
            if is_same_address(person.email, email):
                return person
        raise FileGone("member_error/not_a_member")

    def _launch(self) -> str:
        job_id = f"job-{next(self._ids)}"
        self._jobs[job_id] = self.job_looks
        return job_id

    def _look(self, job_id: str) -> JobState:
        if job_id not in self._jobs:
            return JobState.LOST
        self._jobs[job_id] -= 1
        return JobState.UNDER_WAY if self._jobs[job_id] >= 0 else JobState.DONE


@dataclass
class FakeSharings:
    """What `shared.aws.stores.sharing_store.SharingStore` does; `trail` is the audit trail."""

    folders: dict[tuple[str, str, str], SharedFolder] = field(default_factory=dict)
    trail: list[AuditEntry] = field(default_factory=list)

    def of_account(self, company_id: str, account_id: str) -> list[SharedFolder]:
        keys = sorted(key for key in self.folders if key[:2] == (company_id, account_id))
        return [self.folders[key] for key in keys]

    def request(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        there = self._at(folder)
        if there.pending is not None and not there.pending.is_over(pending.requested_at):
            raise SharingChanged(folder.name)
        self._put(replace(there, pending=pending))
        return replace(folder, pending=pending)

    def request_look(self, folder: SharedFolder, at: datetime) -> SharedFolder:
        self._put(replace(self._at(folder), look_requested_at=at))
        return replace(folder, look_requested_at=at)

    def put_off(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        self._put(replace(self._as_read(folder), pending=pending))
        return replace(folder, pending=pending)

    def record_ended(self, before: SharedFolder, after: SharedFolder, entry: AuditEntry) -> None:
        there = self._as_read(before)
        self._put(replace(there, pending=None, last=after.last, look_requested_at=after.look_requested_at))
        self.trail.append(entry)

    def record_look(self, folder: SharedFolder) -> None:
        seen = {
            name: getattr(folder, name)
            for name in ("shared_folder_id", "moved_to", "people", "has_more_people", "looked_at", "problem")
        }
        self._put(replace(self._at(folder), **seen))

    def _at(self, folder: SharedFolder) -> SharedFolder:
        empty = SharedFolder(folder.company_id, folder.account_id, folder.name)
        return self.folders.get(_key(folder), empty)

    def _as_read(self, folder: SharedFolder) -> SharedFolder:
        there = self._at(folder)
        if _change_id(there) != _change_id(folder):
            raise SharingChanged(folder.name)
        return there

    def _put(self, folder: SharedFolder) -> None:
        self.folders[_key(folder)] = folder


def _key(folder: SharedFolder) -> tuple[str, str, str]:
    return folder.company_id, folder.account_id, folder.name


def _change_id(folder: SharedFolder) -> str | None:
    return folder.pending.change_id if folder.pending else None
