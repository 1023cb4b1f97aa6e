"""Child processes: how long they take, how much memory and processor they need, and talking to them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
# What is deployed is compiled beforehand; here the first, unmeasured run of each program compiles it.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that ended well: seconds by the clock and of processors, and what it printed."""

    seconds: float
    processor_seconds: float
    output: str


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Finished:
    """Run a command in the checkout; raises RuntimeError, with what it said, where it fails."""
    started, used = time.perf_counter(), _used_by_children()
    done = subprocess.run(  # noqa: S603 - our own commands
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **COMPILED, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"{Path(str(command[0])).name} failed: {done.stderr[-2000:]}")
    return Finished(seconds, _used_by_children() - used, done.stdout)


def _used_by_children() -> float:
    """Processor seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Servant:
    """One of our modules in a process of its own: a line of JSON is asked, a line is answered.

    It ends when its standard input does, so that it never outlives this process.
    """

    def __init__(self, module: str, *arguments: str | Path) -> None:
        self._module = module
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", module, *(str(argument) for argument in arguments)],
            cwd=ROOT,
            env={**os.environ, **COMPILED},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ready: dict[str, Any] = self._read()

    def ask(self, **request: object) -> dict[str, Any]:
        """The answer to one request."""
        pipe = self._process.stdin
        if pipe is None:
            raise RuntimeError("the process has no standard input")
        pipe.write(json.dumps(request) + "\n")
        pipe.flush()
        return self._read()

    @property
    def processor_seconds(self) -> float:
        """What its threads have used so far."""
        return processor_seconds(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=30)

    def _read(self) -> dict[str, Any]:
        pipe = self._process.stdout
        line = pipe.readline() if pipe else ""
        if not line:
            raise RuntimeError(f"{self._module} ended early")
        answer: dict[str, Any] = json.loads(line)
        return answer


def say(**answer: object) -> None:
    """A servant's answer, or that it is ready."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def peak_memory(pid: int | str = "self") -> int:
    """The largest resident set of a living process so far, in bytes.

    Not `getrusage`: what it reports of a child includes its parent's memory at the fork.
    """
    return _status_kilobytes(pid, "VmHWM") * 1024


def processor_seconds(pid: int) -> float:
    """What a living process has used so far, of user and system time."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def child_pids() -> list[int]:
    """The living children of this process."""
    return [pid for pid in _all_pids() if _parent_of(pid) == os.getpid()]


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent_of(pid: int) -> int | None:
    try:
        return int(_status(pid, "PPid"))
    except (FileNotFoundError, ProcessLookupError):
        return None


def _status_kilobytes(pid: int | str, name: str) -> int:
    return int(_status(pid, name).removesuffix("kB"))


def _status(pid: int | str, name: str) -> str:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return value.strip()
    raise RuntimeError(f"the system does not tell {name}")
