"""The processes that run functions: which there are, and what each takes."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one instance of a function, the processes it has started included."""

    memory: int = 0
    """Resident, in bytes; pages that processes share count for each."""
    threads: int = 0
    files: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.memory + other.memory, self.threads + other.threads, self.files + other.files)

    def most(self, other: Usage) -> Usage:
        """Of each the larger one."""
        return Usage(
            max(self.memory, other.memory), max(self.threads, other.threads), max(self.files, other.files)
        )


def function_processes() -> list[tuple[int, str]]:
    """The id and the function's name of each instance below our own process."""
    numbers = (int(entry.name) for entry in _PROCESSES.iterdir() if entry.name.isdigit())
    return sorted((number, name) for number in numbers if (name := _function_of(number)))


def usages() -> Iterator[tuple[str, Usage]]:
    """What each instance takes now, by its function's name."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROCESSES.iterdir():
        if entry.name.isdigit() and (parent := _status(int(entry.name)).get("PPid")):
            children[int(parent)].append(int(entry.name))
    for number, name in function_processes():
        yield name, _usage_of(number, children)


def _usage_of(process: int, children: dict[int, list[int]]) -> Usage:
    status = _status(process)
    own = Usage(
        int(status.get("VmRSS", "0 kB").split()[0]) * 1024, int(status.get("Threads", 0)), _files_of(process)
    )
    for child in children[process]:
        own += _usage_of(child, children)
    return own


def _status(process: int) -> dict[str, str]:
    """Empty once it has ended."""
    try:
        lines = (_PROCESSES / str(process) / "status").read_text(errors="replace").splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _files_of(process: int) -> int:
    try:
        return sum(1 for _ in (_PROCESSES / str(process) / "fd").iterdir())
    except OSError:
        return 0


def _function_of(process: int) -> str:
    """Its interpreter is given a script in a folder named after the function, below one named after us."""
    try:
        command = (_PROCESSES / str(process) / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    _, *arguments = command.split("\0")
    script = Path(arguments[0]) if arguments else Path()
    if script.name != "_worker.py" or f"/{os.getpid()}-" not in str(script):
        return ""
    return script.parent.name.removeprefix("ministack-lambda-").rpartition("-")[0]
