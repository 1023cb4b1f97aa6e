"""One Dropbox account: its owner, its tree, and what its owner can do to it from Python."""

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dropbox import files

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.refusals import (
    DISALLOWED_NAME,
    MALFORMED_WRITE,
    NOT_FOUND,
    LookupRefused,
    WriteRefused,
)
from local.dropbox_emulator.core.shared_links import SharedLinks
from local.dropbox_emulator.core.tree import Entry, File, Folder, Tree

Clock = Callable[[], float]
GIGABYTE = 1024**3
# The folder of all apps' folders, by the language the account had when it was made; "Apps" in all others.
_APPS_FOLDERS = {"es": "Aplicaciones", "fr": "Applications", "pt": "Aplicativos", "sv": "Appar"}


@dataclass(frozen=True)
class TeamSpace:
    """The shared space of a Dropbox team, where its member's own folder lies among the team's.

    `member_folder`: that folder's name; by default its owner's. `is_told_as_user`: the account names its two
    roots under the tag ``user``, as many a team's do since 2023.
    """

    team_name: str = "Emulated Team"
    member_folder: str | None = None
    is_told_as_user: bool = False


@dataclass(frozen=True)
class Owner:
    """Who an account belongs to. `name` is the short name used by the command line and the disk mirror.

    `locale` is a language such as ``pt_BR``.
    """

    name: str
    email: str
    display_name: str
    locale: str = "en"
    country: str = "FR"
    quota: int = 2 * GIGABYTE
    team: TeamSpace | None = None
    account_id: str = field(default_factory=lambda: f"dbid:{secrets.token_hex(18)[:35]}")
    uid: int = field(default_factory=lambda: secrets.randbelow(10**9) + 1)


class Account:
    """An account. Paths are those of the owner's whole Dropbox, such as ``/Apps/Jenji/Auto-Import/a.pdf``.

    The whole Dropbox of a team's member is the team space, with `home_path` for what is the member's own.
    """

    def __init__(
        self,
        owner: Owner,
        contents: ContentStore,
        clock: Clock,
        on_change: Callable[["Account", str], None],
    ) -> None:
        self.owner = owner
        self.contents = contents
        self.quota = owner.quota
        self.is_suspended = False
        self.lock = threading.RLock()
        self.cursor_epoch = 0
        self.links = SharedLinks()
        self.relocation_errors: dict[str, files.RelocationError] = {}  # by entry id
        self.shared_folder_ids: dict[str, str] = {}  # by entry id
        self.commit_errors: dict[str, files.WriteError] = {}  # by folded path
        self.home = (owner.team.member_folder or owner.display_name,) if owner.team else ()
        self.home_namespace = str(owner.uid)
        self.root_namespace = _new_namespace() if owner.team else self.home_namespace
        self.is_kept_out_of_team_space = False
        self._clock = clock
        self.tree = Tree(self.now, lambda key: on_change(self, key))
        self.tree.make_folder(self.home)

    @property
    def id(self) -> str:
        """The account id, ``dbid:`` and 35 characters."""
        return self.owner.account_id

    @property
    def name(self) -> str:
        """The short name."""
        return self.owner.name

    @property
    def home_path(self) -> str:
        """The folder of a team's member in the team space; ``""`` for an account without a team."""
        return paths.join(self.home)

    @property
    def apps_folder(self) -> str:
        """The name of the folder that holds apps' folders, in the account's language."""
        return _APPS_FOLDERS.get(self.owner.locale.replace("-", "_").partition("_")[0].lower(), "Apps")

    def change_root(self) -> None:
        """Give the team space another namespace id, as when it is migrated; the old one is refused."""
        self.root_namespace = _new_namespace()

    def write(self, path: str, data: bytes | Iterable[bytes]) -> str:
        """Create or replace a file, as its owner would on dropbox.com; returns its id."""
        return self._write(path, data).id

    def write_cloud_document(self, path: str, export_as: str = "docx", exported: bytes = b"") -> str:
        """Create a document that can be exported, as `exported`, but not downloaded; returns its id."""
        return self._write(path, exported, export_as=export_as).id

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with self.lock:
            return self.contents.read(self._file(path).revision.content.content_hash)

    def make_folder(self, path: str) -> str:
        """Make a folder and its parents; returns its id."""
        with self.lock:
            return self.tree.make_folder(checked_names(path)).id

    def move(self, source: str, target: str) -> None:
        """Move or rename a file or folder. The target's folder is made where missing."""
        with self.lock:
            entry = self.entry(source)
            *parents, name = checked_names(target)
            self.tree.move(entry, self.tree.make_folder(tuple(parents)), name)

    def delete(self, path: str) -> None:
        """Delete a file or folder."""
        with self.lock:
            self.tree.remove(self.entry(path))

    def tree_contents(self) -> dict[str, bytes]:
        """Every file's bytes by displayed path."""
        with self.lock:
            return {file.path: self._bytes(file) for file in self._files()}

    def content_hashes(self) -> dict[str, str]:
        """Every file's content hash by displayed path."""
        with self.lock:
            return {file.path: file.revision.content.content_hash for file in self._files()}

    def folders(self) -> set[str]:
        """Every folder's displayed path."""
        with self.lock:
            return {entry.path for entry in self.tree.root.walk() if isinstance(entry, Folder)}

    def refuse_relocation(
        self, path: str, error: files.RelocationError = files.RelocationError.cant_move_shared_folder
    ) -> None:
        """Refuse every move and copy of an entry from now on, wherever its owner may move it."""
        with self.lock:
            self.relocation_errors[self.entry(path).id] = error

    def allow_relocations(self) -> None:
        """Refuse no entry any more."""
        self.relocation_errors.clear()

    def refuse_commit(self, path: str, error: files.WriteError = files.WriteError.other) -> None:
        """Refuse every file that apps want to save at a path from now on, with an explicit ``other``."""
        with self.lock:
            self.commit_errors[paths.join(map(paths.fold, checked_names(path)))] = error

    def allow_commits(self) -> None:
        """Refuse no path any more."""
        self.commit_errors.clear()

    def reset_cursors(self) -> None:
        """Make every cursor given so far answer ``reset``."""
        with self.lock:
            self.cursor_epoch += 1

    def entry(self, path: str) -> Entry:
        """The entry at a path.

        Raises:
            LookupRefused: nothing there.

        """
        entry = self.tree.find(paths.split(path))
        if entry is None:
            raise LookupRefused(NOT_FOUND)
        return entry

    def _write(self, path: str, data: bytes | Iterable[bytes], *, export_as: str | None = None) -> File:
        content = self.contents.add((data,) if isinstance(data, bytes) else data)
        with self.lock:
            *parents, name = checked_names(path)
            folder = self.tree.make_folder(tuple(parents))
            return self.tree.write_file(folder, name, content, None, export_as=export_as)

    def _file(self, path: str) -> File:
        entry = self.entry(path)
        if not isinstance(entry, File):
            raise IsADirectoryError(path)
        return entry

    def _files(self) -> list[File]:
        return [entry for entry in self.tree.root.walk() if isinstance(entry, File)]

    def _bytes(self, file: File) -> bytes:
        return self.contents.read(file.revision.content.content_hash)

    def now(self) -> datetime:
        """The time as Dropbox gives it: naive UTC, in whole seconds."""
        return datetime.fromtimestamp(self._clock(), UTC).replace(microsecond=0, tzinfo=None)


def _new_namespace() -> str:
    return str(secrets.randbelow(9 * 10**9) + 10**9)


def checked_names(path: str) -> tuple[str, ...]:
    """The names of a path to be written.

    Raises:
        WriteRefused: Dropbox would refuse one of them, or there is none.

    """
    names = paths.split(path)
    if not names or any(paths.is_malformed(name) for name in names):
        raise WriteRefused(MALFORMED_WRITE)
    if any(paths.is_disallowed(name) for name in names):
        raise WriteRefused(DISALLOWED_NAME)
    return names
