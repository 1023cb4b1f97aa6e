"""Tree to disk: what the API or the account's owner changes shows in the account's directory at once.

A person may be changing the same files. What is not on the disk as this writer left it is theirs: it is
never overwritten or deleted, and `mirror_reader` takes it in as a new change once it has settled.
"""

import logging
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.tree import Entry, File, Folder, Tree
from local.dropbox_emulator.mirror.snapshot import DiskState, look_at

logger = logging.getLogger(__name__)


class MirrorWriter:
    """Observes a tree, under its account's lock. `known` is the disk as both sides agree on it."""

    def __init__(self, directory: Path, staging: Path, contents: ContentStore) -> None:
        self.directory = directory
        self.known: dict[str, DiskState] = {}
        self._named: set[str] = set()
        self._behind: set[str] = set()  # ids of files whose present content is not shown yet
        self.is_paused = False  # while the reader brings in what is on the disk already
        self._staging = staging
        self._contents = contents

    def at(self, path: str) -> Path:
        """Where a path of the account lies on the disk."""
        return Path(f"{self.directory}{path}")

    def note(self, path: str) -> None:
        """Agree on what is at a path now."""
        state = look_at(self.at(path))
        if state is not None:
            self.known[path] = state

    def forget(self, path: str) -> None:
        """Agree that nothing is at a path nor below it."""
        for gone in [known for known in self.known if paths.is_within(known, path)]:
            del self.known[gone]

    def rename(self, old_path: str, new_path: str) -> None:
        """Agree that what was at `old_path`, and below it, is now at `new_path`."""
        for known in [known for known in self.known if paths.is_within(known, old_path)]:
            self.known[new_path + known.removeprefix(old_path)] = self.known.pop(known)

    def wrote(self, file: File) -> None:
        """Put a file's bytes on the disk."""
        if self.is_paused or file.export_as is not None:
            return
        path = file.path
        target = self.at(path)
        if look_at(target) != self.known.get(path):
            logger.info("kept a file someone is changing: %r", path)
            self._behind.add(file.id)
            return
        self._behind.discard(file.id)
        try:
            self._replace(target, file)
        except OSError as error:
            self._give_up(path, error)
            return
        self.note(path)

    def made(self, folder: Folder) -> None:
        """Make a folder on the disk."""
        if self.is_paused:
            return
        try:
            self.at(folder.path).mkdir(exist_ok=True)
        except OSError as error:
            self._give_up(folder.path, error)
            return
        self.note(folder.path)

    def moved(self, old_path: str, entry: Entry) -> None:
        """Move on the disk what was moved; what was not there is written again."""
        if self.is_paused:
            return
        new_path = entry.path
        if self._is_ours(old_path) and look_at(self.at(new_path)) is None:
            with suppress(OSError):
                self.at(new_path).parent.mkdir(parents=True, exist_ok=True)
                self.at(old_path).rename(self.at(new_path))
                self.rename(old_path, new_path)
                return
        self._write_all(entry)
        self.removed(old_path)

    def removed(self, path: str) -> None:
        """Delete from the disk what we put there; folders stay as long as they hold something else."""
        if self.is_paused:
            return
        for known in sorted((k for k in self.known if paths.is_within(k, path)), reverse=True):
            with suppress(OSError):
                if self.known[known].is_folder:
                    self.at(known).rmdir()
                elif self._is_ours(known):
                    self.at(known).unlink()
            del self.known[known]

    def show_missing(self, tree: Tree) -> None:
        """Try again to show what something was in the way of, where there is nothing now.

        What was kept back because its file was being changed, and may only have been moved, comes first.
        """
        for file_id in list(self._behind):
            entry = tree.by_id(file_id)
            if not isinstance(entry, File):
                self._behind.discard(file_id)
            elif self._is_ours(entry.path):
                self.wrote(entry)
        if tree.count() == len(self.known):
            return
        for entry in tree.root.walk():
            path = entry.path
            if path not in self.known and look_at(self.at(path)) is None:
                self._write(entry)

    def _give_up(self, path: str, error: OSError) -> None:
        if path not in self._named:
            self._named.add(path)
            logger.warning("cannot be shown on this disk (%s): %r", error.strerror, path)

    def _is_ours(self, path: str) -> bool:
        return path in self.known and look_at(self.at(path)) == self.known[path]

    def _write_all(self, entry: Entry) -> None:
        for each in (entry, *(entry.walk() if isinstance(entry, Folder) else ())):
            self._write(each)

    def _write(self, entry: Entry) -> None:
        if isinstance(entry, File):
            self.wrote(entry)
        elif isinstance(entry, Folder):
            self.made(entry)

    def _replace(self, target: Path, file: File) -> None:
        """Write beside, then rename: nobody sees half a file."""
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._staging)
        os.close(descriptor)
        staged = Path(name)
        try:
            shutil.copyfile(self._contents.path(file.revision.content.content_hash), staged)
            seconds = file.revision.client_modified.replace(tzinfo=UTC).timestamp()
            os.utime(staged, (seconds, seconds))
            staged.chmod(0o644)
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)
