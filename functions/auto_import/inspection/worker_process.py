"""The parent's side of one worker: start it, ask it, and end it when it takes too long."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from functions.auto_import.inspection.verdicts import (
    DocumentType,
    Inspection,
    InspectionLimits,
    InspectionUnavailable,
)
from functions.auto_import.inspection.worker import OUT_OF_MEMORY, READY
from shared.errors import DocumentRejected
from shared.rejections import RejectionReason

_START_SECONDS = 30.0
_LONGEST_ANSWER = 1024

_BOOTSTRAP = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main()"
)
# Ended by a limit of its own, or by a kernel short of memory; any other death is a crash.
_DEATHS_BY_TIME = {-signal.SIGXCPU, -signal.SIGALRM}
_DEATHS_BY_LIMIT = {*_DEATHS_BY_TIME, -signal.SIGKILL, OUT_OF_MEMORY}


class WorkerLost(Exception):
    """The worker died or was ended while it had the document; `reason` is the verdict if that is fair."""

    def __init__(self, reason: RejectionReason, *, ran_out_of_time: bool) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.ran_out_of_time = ran_out_of_time


class WorkerProcess:
    """One child process that inspects one document at a time; not for two threads at once."""

    def __init__(self, limits: InspectionLimits, entry_module: str) -> None:
        """Start it and wait until it is ready. Raises `InspectionUnavailable`."""
        self._limits = limits
        self.documents = 0
        self.is_idle = True
        self._process = _start(limits, entry_module)
        try:
            ready = self._read_line(_START_SECONDS)
        except WorkerLost as lost:
            raise InspectionUnavailable("an inspection worker did not start") from lost
        if ready != READY:
            self.close()
            raise InspectionUnavailable("an inspection worker started with other words")

    def inspect(self, path: Path) -> Inspection:
        """Raise `DocumentRejected`, `WorkerLost`, or `InspectionUnavailable` if the fault is ours."""
        self.is_idle = False
        self.documents += 1
        with suppress(BrokenPipeError):  # it died while idle: reading says so too
            _pipe(self._process.stdin).write(json.dumps(str(path.absolute())).encode() + b"\n")
        line = self._read_line(self._limits.wall_seconds)
        try:
            answer = _parse(line)
        except (ValueError, KeyError, TypeError) as error:  # what it parsed has taken it over
            raise WorkerLost(RejectionReason.UNREADABLE, ran_out_of_time=False) from error
        self.is_idle = True
        if isinstance(answer, Inspection):
            return answer
        raise answer

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
                raise WorkerLost(RejectionReason.TOO_COMPLEX, ran_out_of_time=True)
            received = os.read(_pipe(self._process.stdout).fileno(), _LONGEST_ANSWER)
            line += received
            if not received or len(line) > _LONGEST_ANSWER:
                raise self._loss()
        return line

    def _answers_before(self, deadline: float) -> bool:
        poll = select.poll()
        poll.register(_pipe(self._process.stdout), select.POLLIN)
        return bool(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))

    def _loss(self) -> WorkerLost:
        code = self.close()
        reason = RejectionReason.TOO_COMPLEX if code in _DEATHS_BY_LIMIT else RejectionReason.UNREADABLE
        return WorkerLost(reason, ran_out_of_time=code in _DEATHS_BY_TIME)


def _parse(line: bytes) -> Inspection | DocumentRejected | InspectionUnavailable:
    answer = json.loads(line)
    if "rejected" in answer:
        reason = RejectionReason(answer["rejected"])
        return DocumentRejected(reason, may_be_incomplete=bool(answer["may_be_incomplete"]))
    if "failed" in answer:
        error = str(answer["failed"])
        return InspectionUnavailable(f"the inspection failed with {error if error.isidentifier() else '?'}")
    return Inspection(DocumentType[answer["type"]], int(answer["pages"]), bool(answer["complete"]))


def _start(limits: InspectionLimits, entry_module: str) -> subprocess.Popen[bytes]:
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
        raise InspectionUnavailable("an inspection worker could not be started") from error


def _environment() -> dict[str, str]:
    """No credentials for a process that parses what strangers send; Lambda's interpreter needs its path."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return kept | {"MALLOC_ARENA_MAX": "1"}  # each further arena would reserve address space


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
