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

from shared.confinement.limits import Limits
from shared.confinement.worker import OUT_OF_MEMORY, READY
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
    """One child process that works on one document at a time; not for two threads at once."""

    def __init__(self, limits: Limits, entry_module: str) -> None:
        """Start it and wait until it is ready. Raises `ConfinementFailed`."""
        self._limits = limits
        self.documents = 0
        self.is_idle = True
        self._process = _start(limits, entry_module)
        try:
            ready = self._read_line(_START_SECONDS)
        except WorkerLost as lost:
            raise ConfinementFailed("a worker did not start") from lost
        if ready != READY:
            self.close()
            raise ConfinementFailed("a worker started with other words")

    def ask(self, request: object, read: Callable[[Any], Result]) -> Result:
        """Have it work, and read its answer, which has either `done` or `refused`.

        Raises `WorkerLost`, or `ConfinementFailed` if the fault is ours. What `read` does not understand
        (ValueError, KeyError, TypeError) a document has put into the worker's mouth.
        """
        self.is_idle = False
        self.documents += 1
        with suppress(BrokenPipeError):  # it died while idle: reading says so too
            _pipe(self._process.stdin).write(json.dumps(request).encode() + b"\n")
        line = self._read_line(self._limits.wall_seconds)
        try:
            answer = json.loads(line)
            failure = _failure_in(answer)
            result = None if failure else read(answer)
        except (ValueError, KeyError, TypeError) as error:
            raise WorkerLost(met_a_limit=False, ran_out_of_time=False) from error
        self.is_idle = True
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

    def _read_line(self, seconds: float) -> bytes:
        line = b""
        deadline = time.monotonic() + seconds
        while not line.endswith(b"\n"):
            if not self._answers_before(deadline):
                self.close()
                raise WorkerLost(met_a_limit=True, ran_out_of_time=True)
            received = os.read(_pipe(self._process.stdout).fileno(), _PIECE_BYTES)
            line += received
            if not received or len(line) > self._limits.answer_bytes:
                raise self._loss()
        return line

    def _answers_before(self, deadline: float) -> bool:
        poll = select.poll()
        poll.register(_pipe(self._process.stdout), select.POLLIN)
        return bool(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))

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


def _environment() -> dict[str, str]:
    """No credentials for a process that parses what strangers send; Lambda's interpreter needs its path."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return kept | {"MALLOC_ARENA_MAX": "1"}  # each further arena would reserve address space


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
