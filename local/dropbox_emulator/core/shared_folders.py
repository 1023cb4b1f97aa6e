"""Folders that are shared with others: who may do what in them, and who was invited."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime

from dropbox import sharing

from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.tree import Folder


@dataclass
class Member:
    """Somebody a folder is shared with: an account, or only an address that was invited."""

    email: str
    account: Account | None
    access: sharing.AccessLevel

    @property
    def is_owner(self) -> bool:
        """Whether the folder lies in this member's Dropbox."""
        return bool(self.access.is_owner())

    @property
    def may_change_members(self) -> bool:
        """Whether this member may add and remove others."""
        return bool(self.access.is_owner() or self.access.is_editor())


@dataclass
class SharedFolder:
    """A shared folder. It keeps belonging to the account it lies in; nothing is mounted in the others."""

    id: str
    owner: Account
    folder: Folder
    policy: sharing.FolderPolicy
    access_inheritance: sharing.AccessInheritance
    shared_at: datetime
    members: list[Member] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether its owner has not deleted it."""
        return self.owner.tree.by_id(self.folder.id) is self.folder

    def member(self, *, account: Account | None = None, email: str | None = None) -> Member | None:
        """The member that is this account or has this address."""
        for member in self.members:
            is_account = account is not None and member.account is account
            if is_account or (email is not None and member.email.lower() == email.lower()):
                return member
        return None


class SharedFolders:
    """Those of all accounts, by id. `lock` is taken after an account's, never before it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._by_id: dict[str, SharedFolder] = {}

    def get(self, folder_id: str) -> SharedFolder | None:
        """A shared folder that is still there."""
        found = self._by_id.get(folder_id)
        return found if found is not None and found.is_there else None

    def of(self, account: Account) -> list[SharedFolder]:
        """Those that an account is a member of, the oldest first."""
        return [each for each in self._by_id.values() if each.is_there and each.member(account=account)]

    def share(
        self,
        owner: Account,
        folder: Folder,
        policy: sharing.FolderPolicy,
        access_inheritance: sharing.AccessInheritance,
        shared_at: datetime,
    ) -> SharedFolder:
        """Share a folder, with its owner as the only member so far."""
        members = [Member(owner.owner.email, owner, sharing.AccessLevel.owner)]
        folder_id = str(secrets.randbelow(9 * 10**9) + 10**9)
        shared = SharedFolder(folder_id, owner, folder, policy, access_inheritance, shared_at, members)
        self._by_id[folder_id] = shared
        owner.shared_folder_ids[folder.id] = folder_id
        return shared

    def end(self, shared: SharedFolder) -> None:
        """Share a folder no longer."""
        self._by_id.pop(shared.id, None)
        shared.owner.shared_folder_ids.pop(shared.folder.id, None)
