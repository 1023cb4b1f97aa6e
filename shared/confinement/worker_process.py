"""The parent's side of one worker: start it, ask it, and end it when it takes too long."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, TypeVar

from shared.confinement.answers import NotAnAnswer, answer_in
from shared.confinement.limits import Limits
from shared.confinement.privileges import blank_secrets, close_to_others
from shared.confinement.worker import OUT_OF_MEMORY, READY, READY_BUT
from shared.domain.errors import ConfinementFailed

_START_SECONDS = 30.0
_PIECE_BYTES = 64 * 1024

_BOOTSTRAP = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main()"
)
# Ended by a limit of its own, or by a kernel short of memory; any other death is a crash.
_DEATHS_BY_TIME = {-signal.SIGXCPU, -signal.SIGALRM}
_DEATHS_BY_LIMIT = {*_DEATHS_BY_TIME, -signal.SIGKILL, OUT_OF_MEMORY}
# What reading an answer raises that no honest worker gives.
_DISHONEST = (
    NotAnAnswer,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

Result = TypeVar("Result")


class WorkerLost(Exception):
    """The worker died or was ended while it had the document.

    `met_a_limit` says that it took too much time or memory, `ran_out_of_time` that it was time.
    """

    def __init__(self, *, met_a_limit: bool, ran_out_of_time: bool) -> None:
        super().__init__("a limit" if met_a_limit else "a crash")
        self.met_a_limit = met_a_limit
        self.ran_out_of_time = ran_out_of_time


class WorkerProcess:
    """One child process that works on one document at a time; not for two threads at once.

    `refused` names what of its confinement the kernel has refused; it works all the same.
    """

    def __init__(self, limits: Limits, entry_module: str) -> None:
        """Start it and wait until it is ready. Raises `ConfinementFailed`."""
        self._limits = limits
        self.documents = 0
        self.is_idle = True
        refused = _close_ourselves()  # before the first one starts: none is to read what this process knows
        self._process = _start(limits, entry_module)
        self._unread = b""
        try:
            ready = self._read_line(time.monotonic() + _START_SECONDS)
        except WorkerLost as lost:
            raise ConfinementFailed("a worker did not start") from lost
        if ready != READY and not ready.startswith(READY_BUT):
            self.close()
            raise ConfinementFailed("a worker started with other words")
        self.refused = refused | _refused_in(ready)

    def ask(
        self, request: object, read: Callable[[Any], Result], wall_seconds: float | None = None
    ) -> Result:
        """Have it work, and read its answer, which has either `done` or `refused`, and the bytes `attached`.

        Raises `WorkerLost`, or `ConfinementFailed` if the fault is ours. What `read` does not understand
        (`_DISHONEST`) a document has put into the worker's mouth.
        """
        self.is_idle = False
        self.documents += 1
        deadline = time.monotonic() + (wall_seconds or self._limits.wall_seconds)
        self._send(json.dumps(request).encode() + b"\n", deadline)
        line = self._read_line(deadline)
        try:
            answer = answer_in(line)
            failure = _failure_in(answer)
            answer["attached"] = self._attached(answer.get("attached", 0), deadline)
            result = None if failure else read(answer)
        except _DISHONEST as error:
            raise WorkerLost(met_a_limit=False, ran_out_of_time=False) from error
        self.is_idle = not self._unread
        if result is None:
            raise ConfinementFailed(failure)
        return result

    def close(self) -> int:
        """End the process at once and return its code; it has nothing to finish and nothing to lose."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                _pipe(pipe).close()
        return self._process.wait()

    def _send(self, request: bytes, deadline: float) -> None:
        """Hand it over, unless the worker has spoken unasked: it would answer before it has looked."""
        if self._is_ready(self._process.stdout, select.POLLIN, time.monotonic()):
            raise self._loss()
        if not self._is_ready(self._process.stdin, select.POLLOUT, deadline):
            raise self._overdue()
        with suppress(BrokenPipeError):  # it died while idle: reading says so too
            _pipe(self._process.stdin).write(request)

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._unread:
            self._receive(deadline)
            if len(self._unread) > self._limits.answer_bytes + self._limits.attachment_bytes:
                raise self._loss()
        line, _, self._unread = self._unread.partition(b"\n")
        if len(line) > self._limits.answer_bytes:
            raise self._loss()
        return line + b"\n"

    def _attached(self, count: object, deadline: float) -> bytes:
        """The bytes after an answer. Raises NotAnAnswer where there are to be more than may be."""
        if type(count) is not int or not 0 <= count <= self._limits.attachment_bytes:
            raise NotAnAnswer
        pieces = bytearray(self._unread)
        while len(pieces) < count:
            self._unread = b""
            self._receive(deadline)
            pieces += self._unread
        self._unread = bytes(pieces[count:])
        return bytes(pieces[:count])

    def _receive(self, deadline: float) -> None:
        if not self._is_ready(self._process.stdout, select.POLLIN, deadline):
            raise self._overdue()
        received = os.read(_pipe(self._process.stdout).fileno(), _PIECE_BYTES)
        if not received:
            raise self._loss()
        self._unread += received

    @staticmethod
    def _is_ready(pipe: IO[bytes] | None, event: int, deadline: float) -> bool:
        poll = select.poll()
        poll.register(_pipe(pipe), event)
        return bool(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))

    def _overdue(self) -> WorkerLost:
        self.close()
        return WorkerLost(met_a_limit=True, ran_out_of_time=True)

    def _loss(self) -> WorkerLost:
        code = self.close()
        return WorkerLost(met_a_limit=code in _DEATHS_BY_LIMIT, ran_out_of_time=code in _DEATHS_BY_TIME)


def _failure_in(answer: dict[str, Any]) -> str:
    """What failed by a fault of ours, in words; empty where nothing did."""
    if "failed" not in answer:
        return ""
    error = str(answer["failed"])
    return f"the work failed with {error if error.isidentifier() else '?'}"


def _start(limits: Limits, entry_module: str) -> subprocess.Popen[bytes]:
    import_path = json.dumps([str(Path(entry).absolute()) for entry in sys.path])
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOTSTRAP]
    try:
        return subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            [*command, import_path, entry_module, json.dumps(asdict(limits))],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # an interrupt typed at a terminal is for the parent to handle
        )
    except OSError as error:
        raise ConfinementFailed("a worker could not be started") from error


def _close_ourselves() -> frozenset[str]:
    blank_secrets()
    try:
        close_to_others()
    except OSError:
        return frozenset({"the parent's memory"})
    return frozenset()


def _refused_in(ready: bytes) -> frozenset[str]:
    names = ready.removeprefix(READY_BUT).decode(errors="replace").strip()
    return frozenset(names.split(",")) if ready.startswith(READY_BUT) else frozenset()


def _environment() -> dict[str, str]:
    """No credentials for a process that parses what strangers send; Lambda's interpreter needs its path."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return kept | {"MALLOC_ARENA_MAX": "1"}  # each further arena would reserve address space


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
