"""A directory for documents while they are looked at, and none left behind by runs that were killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "jenji-documents-"


_in_use: set[Path] = set()


@contextmanager
def temporary_workdir() -> Iterator[Path]:
    """A new directory under the system's temporary one; Lambda keeps that one between invocations."""
    _remove_abandoned()
    prefix = f"{_PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        directory = Path(name)
        _in_use.add(directory)
        try:
            yield directory
        finally:
            _in_use.discard(directory)


def _remove_abandoned() -> None:
    """Of processes that are dead, or of one that had our process id before us."""
    for directory in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = directory.name.removeprefix(_PREFIX).split("-")[0]
        if not pid.isdigit() or directory in _in_use:
            continue
        if int(pid) == os.getpid() or not _is_alive(int(pid)):
            shutil.rmtree(directory, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
