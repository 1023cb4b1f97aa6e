"""Starts programs that end with us, however we end, and leaves nothing of them behind."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from local.errors import ChildFailed, PortTaken

_GUARDIAN = Path(__file__).with_name("guardian.py")
_POLL_SECONDS = 0.02
_STOP_SECONDS = 10.0


class Ending(AbstractContextManager[object], Protocol):
    """What can be asked to end before somebody waits for it; once or twice is the same."""

    def ask_to_end(self) -> None: ...


_Running = TypeVar("_Running", bound=Ending)


class Together(ExitStack):
    """What runs for the time of a `with`; on leaving, all of it is asked to end before any is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[Ending] = []

    def run(self, context: _Running) -> _Running:
        self.enter_context(context)
        self._asked.append(context)
        return context

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """End all of it, at the same time."""
        self.ask_to_end()
        return super().__exit__(kind, error, trace)

    def ask_to_end(self) -> None:
        """Wait for nothing; once or twice is the same."""
        for each in self._asked:
            each.ask_to_end()


class Child:
    """A program and all it starts: ended on leaving the `with`, and by its guardian if we crash."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        """`name` is what messages call it; its output goes to `log`."""
        self._name = name
        self._command = command
        self._environment = environment
        self._log = log

    def __enter__(self) -> Self:
        """Start it, in a session of its own so that Ctrl-C reaches only us."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as output:
            self._guardian = subprocess.Popen(  # noqa: S603 # our own interpreter and script
                [sys.executable, "-IS", str(_GUARDIAN), *self._command],
                env=dict(self._environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and wait until it is gone."""
        self.ask_to_end()
        self._guardian.wait(_STOP_SECONDS)

    def ask_to_end(self) -> None:
        """Have its guardian end it; once or twice is the same."""
        assert self._guardian.stdin is not None  # noqa: S101 # for mypy: it was opened as a pipe
        self._guardian.stdin.close()

    def wait_until_ready(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Raises ChildFailed when it ends or is not ready in time."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self._guardian.poll() is not None:
                raise ChildFailed(f"{self._name} ended at once{self._last_words()}")
            if time.monotonic() > deadline:
                raise ChildFailed(f"{self._name} is not ready after {seconds:g} s{self._last_words()}")
            time.sleep(_POLL_SECONDS)

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return f": {lines[-1].strip()} (all of it in {self._log})" if lines else "."


def wait_until(is_so: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
    """Whether the condition held within so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def choose_port(wanted: int = 0) -> int:
    """The wanted loopback port if it is free, or any free one for 0. Raises PortTaken."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections still linger is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with naming_port(wanted):
            probe.bind(("127.0.0.1", wanted))
        return int(probe.getsockname()[1])


@contextmanager
def naming_port(port: int) -> Iterator[None]:
    """Raises PortTaken where it cannot be listened on; the emulator of Dropbox says it in the same words."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"Port {port} is taken by another program.") from error
        raise PortTaken(f"Port {port} cannot be listened on: {error.strerror}.") from error


@contextmanager
def private_directory(parent: Path) -> Iterator[Path]:
    """A directory of this process alone, removed after leaving; so are those that crashed runs left.

    Nobody waits for that: tens of thousands of files take half a minute on a busy disk.
    """
    parent.mkdir(parents=True, exist_ok=True)
    left = [path for path in parent.iterdir() if not _is_running(path.name.partition("-")[0])]
    if left:
        _remove_behind_us(left)
    path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent.resolve()))
    try:
        yield path
    finally:
        _remove_behind_us([path])


def _remove_behind_us(paths: Sequence[Path]) -> None:
    """In a process that goes on when ours has ended; what it does not get to, the next run removes."""
    script = "import shutil, sys; [shutil.rmtree(path, ignore_errors=True) for path in sys.argv[1:]]"
    # Not waited for, so that Python would warn of it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        subprocess.Popen(  # noqa: S603 # our own interpreter and script
            [sys.executable, "-IS", "-c", script, *map(str, paths)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _is_running(process_id: str) -> bool:
    try:
        os.kill(int(process_id), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
