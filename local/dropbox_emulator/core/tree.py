"""One account's files and folders in memory: ids, revisions, deleted entries and the journal cursors read.

A `Tree` is not locked; its account's lock must be held around every call.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.refusals import (
    FILE_ANCESTOR,
    FILE_IN_THE_WAY,
    FOLDER_IN_THE_WAY,
    WriteRefused,
)


@dataclass(frozen=True)
class Revision:
    """One version of a file; the times are naive UTC, in whole seconds, as Dropbox gives them."""

    rev: str
    content: Content
    client_modified: datetime
    server_modified: datetime


@dataclass(eq=False, kw_only=True)
class Entry:
    """What files and folders share. `name` keeps the case it was given."""

    id: str
    name: str
    parent: "Folder | None"

    def ancestry(self) -> "list[Entry]":
        """The entries from the root's child down to this one."""
        entries: list[Entry] = []
        entry: Entry = self
        while entry.parent is not None:
            entries.append(entry)
            entry = entry.parent
        return entries[::-1]

    @property
    def path(self) -> str:
        """The path as displayed."""
        return paths.join(entry.name for entry in self.ancestry())

    @property
    def key(self) -> str:
        """The path as compared."""
        return paths.join(paths.fold(entry.name) for entry in self.ancestry())


@dataclass(eq=False, kw_only=True)
class Folder(Entry):
    """A folder; children by folded name."""

    children: dict[str, Entry] = field(default_factory=dict)

    def walk(self) -> Iterator[Entry]:
        """Every entry below, parents before children. Folders may be nested deeper than Python's stack."""
        pending = [self]
        while pending:
            for child in pending.pop().children.values():
                yield child
                if isinstance(child, Folder):
                    pending.append(child)


@dataclass(eq=False, kw_only=True)
class File(Entry):
    """A file. A cloud document has no bytes to download but can be exported as `export_as`."""

    revision: Revision
    export_as: str | None = None


class TreeObserver(Protocol):
    """Follows a tree's changes, under the account's lock; the disk mirror does."""

    def wrote(self, file: File) -> None:
        """A file has new content."""

    def made(self, folder: Folder) -> None:
        """A folder was made."""

    def moved(self, old_path: str, entry: Entry) -> None:
        """An entry was moved or renamed."""

    def removed(self, path: str) -> None:
        """An entry and everything below it was deleted."""


class Tree:
    """All entries of one account, starting at `root`."""

    def __init__(self, now: Callable[[], datetime], on_change: Callable[[str], None]) -> None:
        self.root = Folder(id="", name="", parent=None)
        self.journal: list[str] = []  # the folded path of every change; a cursor is an index into it
        self.deleted: dict[str, str] = {}  # folded path -> path as last displayed
        self.revisions: dict[str, tuple[str, Revision]] = {}  # rev -> (file id, revision), the oldest first
        self.deleted_files: dict[str, str] = {}  # folded path -> id of the file that was last there
        self.used = 0
        self.observer: TreeObserver | None = None
        self._by_id: dict[str, Entry] = {}
        self._now = now
        self._on_change = on_change
        self._salt = secrets.token_hex(5)
        self._rev_count = 0

    def count(self) -> int:
        """How many files and folders there are, the root aside."""
        return len(self._by_id)

    def by_id(self, entry_id: str) -> Entry | None:
        """The live entry of an id, such as ``id:a4ayc_80_OEAAAAAAAAAXw``."""
        return self._by_id.get(entry_id)

    def find(self, names: tuple[str, ...], start: Entry | None = None) -> Entry | None:
        """The entry at the end of `names`, compared as Dropbox compares them."""
        entry: Entry = start or self.root
        for name in names:
            child = entry.children.get(paths.fold(name)) if isinstance(entry, Folder) else None
            if child is None:
                return None
            entry = child
        return entry

    def make_folder(self, names: tuple[str, ...], start: Folder | None = None) -> Folder:
        """The folder at `names`, made with its parents where missing.

        Raises:
            WriteRefused: a file stands on the way or at the end.

        """
        folder = start or self.root
        self._check_ancestors(names, folder)
        for name in names:
            child = folder.children.get(paths.fold(name))
            if not isinstance(child, Folder):
                child = Folder(id=self._new_id(), name=name, parent=folder)
                self._attach(child, folder)
                if self.observer:
                    self.observer.made(child)
            folder = child
        return folder

    def write_file(
        self,
        folder: Folder,
        name: str,
        content: Content,
        client_modified: datetime | None,
        *,
        export_as: str | None = None,
    ) -> File:
        """Create the file, or give the existing one a new revision (it keeps id and name)."""
        existing = folder.children.get(paths.fold(name))
        if isinstance(existing, Folder):
            raise WriteRefused(FOLDER_IN_THE_WAY)
        revision = self._new_revision(content, client_modified)
        if isinstance(existing, File):
            self.used -= existing.revision.content.size
            existing.revision = revision
            existing.export_as = export_as
            file = existing
            self._record(file)
        else:
            file = File(id=self._new_id(), name=name, parent=folder, revision=revision, export_as=export_as)
            self._attach(file, folder)
        self._account_for(file)
        if self.observer:
            self.observer.wrote(file)
        return file

    def remove(self, entry: Entry) -> None:
        """Delete an entry with everything below it."""
        path = entry.path
        gone = [(each.key, each) for each in _with_all_below(entry)]
        self._detach(entry, gone)
        for _, each in gone:
            del self._by_id[each.id]
            if isinstance(each, File):
                self.used -= each.revision.content.size
        if self.observer:
            self.observer.removed(path)

    def move(self, entry: Entry, folder: Folder, name: str) -> None:
        """Move and rename; ids stay, revs change, and the server's time becomes that of the move.

        Raises:
            WriteRefused: something else is there.
            ValueError: a folder was to be moved into itself.

        """
        occupant = folder.children.get(paths.fold(name))
        if occupant is not None and occupant is not entry:
            raise WriteRefused(FOLDER_IN_THE_WAY if isinstance(occupant, Folder) else FILE_IN_THE_WAY)
        if entry is folder or entry in folder.ancestry():
            raise ValueError("a folder cannot be moved into itself")
        old_path = entry.path
        moving = [(each.key, each) for each in _with_all_below(entry)]
        self._detach(entry, moving)
        entry.name = name
        self._attach(entry, folder)
        for _, each in moving:
            if each is not entry:
                self._record(each)
            if isinstance(each, File):
                self._renew(each)
        if self.observer:
            self.observer.moved(old_path, entry)

    def copy(self, entry: Entry, folder: Folder, name: str) -> Entry:
        """Copy an entry with everything below it; the copies have ids of their own."""
        if isinstance(entry, File):
            revision = entry.revision
            return self.write_file(
                folder, name, revision.content, revision.client_modified, export_as=entry.export_as
            )
        copied = self.make_folder((name,), folder)
        if isinstance(entry, Folder):
            for child in list(entry.children.values()):
                self.copy(child, copied, child.name)
        return copied

    def _check_ancestors(self, names: tuple[str, ...], folder: Folder) -> None:
        entry: Entry | None = folder
        for position, name in enumerate(names):
            entry = entry.children.get(paths.fold(name)) if isinstance(entry, Folder) else None
            if isinstance(entry, File):
                is_last = position == len(names) - 1
                raise WriteRefused(FILE_IN_THE_WAY if is_last else FILE_ANCESTOR)

    def _attach(self, entry: Entry, folder: Folder) -> None:
        entry.parent = folder
        folder.children[paths.fold(entry.name)] = entry
        self._by_id[entry.id] = entry
        self._record(entry)

    def _detach(self, entry: Entry, leaving: "list[tuple[str, Entry]]") -> None:
        """Take an entry out of its folder. Every entry that leaves its path is journalled."""
        if entry.parent is None:
            raise ValueError("the root cannot be moved or deleted")
        for key, each in leaving:
            self.deleted[key] = each.path
            if isinstance(each, File):
                self.deleted_files[key] = each.id
        del entry.parent.children[paths.fold(entry.name)]
        for key, _ in leaving:
            self._journal(key)

    def _record(self, entry: Entry) -> None:
        key = entry.key
        self.deleted.pop(key, None)
        self._journal(key)

    def _journal(self, key: str) -> None:
        self.journal.append(key)
        self._on_change(key)

    def _account_for(self, file: File) -> None:
        self.used += file.revision.content.size
        self.revisions[file.revision.rev] = (file.id, file.revision)

    def _new_revision(self, content: Content, client_modified: datetime | None) -> Revision:
        now = self._now()
        return Revision(self._new_rev(), content, client_modified or now, now)

    def _renew(self, file: File) -> None:
        file.revision = replace(file.revision, rev=self._new_rev(), server_modified=self._now())
        self.revisions[file.revision.rev] = (file.id, file.revision)

    def _new_rev(self) -> str:
        self._rev_count += 1
        return f"{self._rev_count:015x}{self._salt}"

    def _new_id(self) -> str:
        return f"id:{secrets.token_urlsafe(16)}"


def _with_all_below(entry: Entry) -> list[Entry]:
    return [entry, *(entry.walk() if isinstance(entry, Folder) else ())]
