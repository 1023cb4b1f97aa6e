"""Lets one run go on in a checkout, and tells a second one where the first is."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local.errors import LocalError


@contextmanager
def only_run(state: Path) -> Iterator[Callable[[str], None]]:
    """Hold the checkout; call what it gives with the address at which the run can be seen.

    Raises LocalError where another process holds it. The lock ends with its process, however that ends.
    """
    state.mkdir(parents=True, exist_ok=True)
    with (state / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LocalError(_already_running(lock.fileno())) from error
        _write(lock.fileno(), f"process {os.getpid()}, starting")
        yield lambda address: _write(lock.fileno(), f"process {os.getpid()}, {address}")


def _write(lock: int, words: str) -> None:
    os.ftruncate(lock, 0)
    os.write(lock, words.encode())


def _already_running(lock: int) -> str:
    where = os.pread(lock, 200, 0).decode(errors="replace")
    return f"it is running in this checkout already ({where}). Stop that one first, with Ctrl-C."
