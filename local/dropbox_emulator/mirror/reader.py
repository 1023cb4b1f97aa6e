"""Disk to tree: what a person copies in, changes, renames or deletes becomes a change of the account.

A file counts once its size and time have stood still for the settling time, so that none is taken in half; a
deletion once it has lasted as long, so that a rename caught half-way is still known as one.
"""

import logging
import os
import time
from contextlib import suppress
from datetime import UTC, datetime

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.contents import CHUNK, Content
from local.dropbox_emulator.core.tree import File, Folder
from local.dropbox_emulator.mirror.snapshot import DiskState, Snapshot, look_at, take
from local.dropbox_emulator.mirror.writer import MirrorWriter

logger = logging.getLogger(__name__)


class MirrorReader:
    """Brings one account's tree up to date with its directory; `poll` is called by one thread only."""

    def __init__(self, account: Account, writer: MirrorWriter, settle: float) -> None:
        self._account = account
        self._writer = writer
        self._settle = settle
        # What was seen at a path, and since when; apart from it, since when what was there is gone.
        self._waiting: dict[tuple[str, bool], tuple[DiskState | None, float]] = {}
        self._named: set[str] = set()

    def poll(self) -> None:
        """Look at the disk once and apply what has settled."""
        if not self._writer.directory.is_dir():
            self._name(self._writer.directory.name, "is gone; nothing is synchronised until it is back")
            return
        snapshot = take(self._writer.directory)
        for path in snapshot.odd:
            self._name(path, "cannot be in a Dropbox")
        with self._account.lock:
            if snapshot.states == self._writer.known:
                self._waiting.clear()
                self._writer.show_missing(self._account.tree)
                return
            self._writer.is_paused = True
            try:
                settled = self._apply(snapshot)
            finally:
                self._writer.is_paused = False
            self._writer.show_missing(self._account.tree)
        for path, state in settled:
            self._take_in(path, state)

    def _apply(self, snapshot: Snapshot) -> list[tuple[str, DiskState]]:
        """Apply renames, deletions and new folders; returns the files to be taken in."""
        seen, known = snapshot.states, self._writer.known
        while self._rename_one_folder(seen):
            pass
        self._rename_files(seen)
        gone = [path for path, state in known.items() if not _is_same_kind(seen.get(path), state)]
        new = {path: state for path, state in seen.items() if known.get(path) != state}
        missing = set(gone)
        self._waiting = {
            key: each for key, each in self._waiting.items() if key[0] in (missing if key[1] else new)
        }
        for path in gone:
            self._delete(path)
        for path, state in new.items():
            if state.is_folder:
                self._make_folder(path, state)
        return [
            (path, state)
            for path, state in new.items()
            if not state.is_folder and self._has_settled(path, state) and self._is_placed(path, state)
        ]

    def _rename_one_folder(self, seen: dict[str, DiskState]) -> bool:
        """Apply the renaming of one folder; afterwards everything below it has other paths."""
        known = self._writer.known
        gone = {state: path for path, state in known.items() if state.is_folder and path not in seen}
        if not gone:
            return False
        for path, state in seen.items():
            if state.is_folder and path not in known and state in gone and self._rename(gone[state], path):
                return True
        return False

    def _rename_files(self, seen: dict[str, DiskState]) -> None:
        known = self._writer.known
        gone = {state: path for path, state in known.items() if not state.is_folder and path not in seen}
        for path, state in seen.items() if gone else ():
            if path not in known and state in gone:
                self._rename(gone.pop(state), path)

    def _rename(self, old_path: str, new_path: str) -> bool:
        state = look_at(self._writer.at(new_path))
        if state is None or look_at(self._writer.at(old_path)) or not self._is_placed(new_path, state):
            return False
        tree = self._account.tree
        entry = tree.find(paths.split(old_path))
        *parents, name = paths.split(new_path)
        occupant = tree.find((*parents, name))
        if entry is None or occupant not in {None, entry}:
            return False
        tree.move(entry, tree.make_folder(tuple(parents)), name)
        self._writer.rename(old_path, new_path)
        return True

    def _delete(self, path: str) -> None:
        if path not in self._writer.known or not self._has_settled(path, None):
            return
        if _is_same_kind(look_at(self._writer.at(path)), self._writer.known[path]):
            return
        entry = self._account.tree.find(paths.split(path))
        if entry is not None:
            self._account.tree.remove(entry)
        self._writer.forget(path)

    def _make_folder(self, path: str, state: DiskState) -> None:
        is_being_moved = any(each == state for each in self._writer.known.values())
        if is_being_moved or look_at(self._writer.at(path)) != state or not self._is_placed(path, state):
            return
        self._account.tree.make_folder(paths.split(path))
        self._writer.known[path] = state

    def _take_in(self, path: str, state: DiskState) -> None:
        """Store a file's bytes, without the lock, then commit them if nothing moved in between."""
        try:
            content = self._store(path)
        except OSError as error:
            self._name(path, f"cannot be read ({error.strerror})")
            return
        with self._account.lock:
            if look_at(self._writer.at(path)) != state or not self._is_placed(path, state):
                return
            self._writer.is_paused = True
            try:
                self._write(path, state, content)
            finally:
                self._writer.is_paused = False
            self._waiting.pop((path, False), None)

    def _write(self, path: str, state: DiskState, content: Content) -> None:
        *parents, name = paths.split(path)
        tree = self._account.tree
        existing = tree.find((*parents, name))
        if not (isinstance(existing, File) and existing.revision.content == content):
            modified = datetime.fromtimestamp(state.mtime_ns // 10**9, UTC).replace(tzinfo=None)
            tree.write_file(tree.make_folder(tuple(parents)), name, content, modified)
        self._writer.known[path] = state

    def _store(self, path: str) -> Content:
        with self._writer.at(path).open("rb") as file:
            return self._account.contents.add(iter(lambda: file.read(CHUNK), b""))

    def _has_settled(self, path: str, state: DiskState | None) -> bool:
        """Whether this has been seen there, unchanged, for the settling time (`None`: nothing)."""
        now = time.monotonic()
        key = (path, state is None)
        was, since = self._waiting.get(key, (state, now))
        if was != state:
            since = now
        self._waiting[key] = (state, since)
        return now - since >= self._settle

    def _is_placed(self, path: str, state: DiskState) -> bool:
        """Whether Dropbox has room for it: a synchronised folder, and nothing else under the same name."""
        tree, names = self._account.tree, paths.split(path)
        if len(names) > 1 and path.rpartition("/")[0] not in self._writer.known:
            return False
        if not isinstance(tree.find(names[:-1]), Folder):
            return False
        existing = tree.find(names)
        if existing is None:
            return True
        if existing.path != path and look_at(self._writer.at(existing.path)) is not None:
            self._name(path, f"differs only in case or accents from {existing.path!r}")
            return False
        if isinstance(existing, Folder) != state.is_folder:
            if path not in self._writer.known:
                self._step_aside(path)
            return False
        return True

    def _step_aside(self, path: str) -> None:
        """Rename a file where the Dropbox has a folder, or the reverse, as Dropbox's client does."""
        folder, _, name = path.rpartition("/")
        number = 0
        while os.path.lexists(self._writer.at(f"{folder}/{_conflicted(name, number)}")):
            number += 1
        with suppress(OSError):
            self._writer.at(path).rename(self._writer.at(f"{folder}/{_conflicted(name, number)}"))
            logger.warning("renamed to %r: %r", _conflicted(name, number), path)

    def _name(self, path: str, reason: str) -> None:
        if path not in self._named:
            self._named.add(path)
            logger.warning("left alone: %r %s", path, reason)


def _conflicted(name: str, number: int) -> str:
    return paths.numbered(name, number, label="conflicted copy")


def _is_same_kind(seen: DiskState | None, known: DiskState) -> bool:
    return seen is not None and seen.is_folder == known.is_folder
