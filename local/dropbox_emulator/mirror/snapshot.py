"""What lies in a directory right now, as far as Dropbox would synchronise it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from local.dropbox_emulator.core import paths


class DiskState(NamedTuple):
    """What tells one state of a file from another; a folder has no size and no time."""

    inode: int
    is_folder: bool
    size: int
    mtime_ns: int


@dataclass
class Snapshot:
    """States by path below the directory (``/Apps/a.pdf``); `odd` are paths Dropbox would not synchronise."""

    states: dict[str, DiskState] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)


def take(directory: Path) -> Snapshot:
    """Walk a directory; parents come before their children. What vanishes during the walk is left out."""
    snapshot = Snapshot()
    pending = [""]
    while pending:
        folder = pending.pop()
        for entry in _entries(f"{directory}{folder}"):
            path = f"{folder}/{entry.name}"
            if paths.is_temporary(entry.name) or paths.is_disallowed(entry.name):
                continue
            try:
                state = _state(entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                continue
            if state is None or paths.is_malformed(entry.name):
                snapshot.odd.add(path)
                continue
            snapshot.states[path] = state
            if state.is_folder:
                pending.append(path)
    return snapshot


def look_at(path: Path) -> DiskState | None:
    """The state of one path; `None` when there is nothing, or nothing that can be synchronised."""
    try:
        return _state(path.lstat())
    except OSError:
        return None


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return


def _state(status: os.stat_result) -> DiskState | None:
    if stat.S_ISDIR(status.st_mode):
        return DiskState(status.st_ino, True, 0, 0)
    if stat.S_ISREG(status.st_mode):
        return DiskState(status.st_ino, False, status.st_size, status.st_mtime_ns)
    return None
