"""The worker's side: a process that holds no secret and may die of any document.

One line of JSON comes in for each document and one goes out, over pipes: AWS Lambda has no shared
memory, so `multiprocessing` has neither queues nor pools there. Before the first one it gives up everything
but reading, computing and answering: see `syscalls`. What goes out is one of

- `{"done": …}`: the work's result; with `"attached": n` as many bytes follow the line;
- `{"refused": …}`: the document's fault, and why;
- `{"failed": "RuntimeError"}`: a fault of ours, by the error's name.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from shared.confinement.limits import Limits
from shared.confinement.privileges import close_to_others, drop_capabilities
from shared.confinement.seccomp import FilterUnavailable, install_filter

READY = b"ready\n"
"""What a worker says before its first document: from here on its death is a document's fault."""

READY_BUT = b"ready but for "
"""How it begins where this kernel refuses some of what confines it; their names follow, with commas."""

OUT_OF_MEMORY = 12
"""The exit code of a worker that has met its limit of memory, be it only with what it still held before."""

_ORPHAN_SECONDS = 1

Work = Callable[[Any], object]
"""Makes of a request, as JSON has it, a result, as JSON has it, or one that is `Attached`."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A result, as JSON has it, and bytes that go with it: a worker writes no files."""

    result: object
    data: bytes


class WorkRefused(Exception):
    """The document's fault: `details` tell why, as JSON has it."""

    def __init__(self, details: object) -> None:
        super().__init__("refused")
        self.details = details


def limits_argument() -> dict[str, Any]:
    """The limits that the parent's `WorkerProcess` asks for: they are the last argument, as JSON."""
    limits: dict[str, Any] = json.loads(sys.argv[-1])
    return limits


def serve(limits: Limits, work: Work) -> None:
    """Answer one request after the other until standard input ends, be it by the parent's death."""
    answers = _claim_standard_output()
    refused = _confine(limits)
    _send(answers, READY_BUT + ",".join(refused).encode() + b"\n" if refused else READY)
    for request in sys.stdin.buffer:
        _start_timers(limits)
        answer, attachment = _answer(json.loads(request), work)
        signal.alarm(0)
        _send(answers, json.dumps(answer).encode() + b"\n" + attachment)
        if "refused" in answer:
            gc.collect()  # an error's traceback may hold on to a large picture


def _claim_standard_output() -> BinaryIO:
    """Keep the pipe for answers alone: libraries written in C print what they please."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    return answers


def _confine(limits: Limits) -> list[str]:
    """Give up what there is to give up; what the kernel refuses of it is returned by name.

    AWS Lambda runs functions under a filter of its own, which has been seen to refuse
    prctl(PR_SET_NO_NEW_PRIVS): a worker that ended there would read no document at all.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":  # macOS, on which nothing is deployed, refuses to limit address space
        return []
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    # Should memory run out all the same, the kernel is to end a worker, not the parent.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    measures = {"capabilities": drop_capabilities, "memory": close_to_others, "calls": install_filter}
    return [name for name, measure in measures.items() if not _is_taken(measure)]


def _is_taken(measure: Callable[[], None]) -> bool:
    try:
        measure()
    except (FilterUnavailable, OSError):
        return False
    return True


def _start_timers(limits: Limits) -> None:
    """Let the kernel end this process if the document takes too long, even if nobody waits any more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_seconds = math.ceil(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, resource.RLIM_INFINITY))
    signal.alarm(math.ceil(limits.wall_seconds) + _ORPHAN_SECONDS)


def _answer(request: object, work: Work) -> tuple[dict[str, object], bytes]:
    try:
        result = work(request)
    except WorkRefused as refused:
        return {"refused": refused.details}, b""
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - reported by name: its text may quote the document
        return {"failed": type(error).__name__}, b""
    if isinstance(result, Attached):
        return {"done": result.result, "attached": len(result.data)}, result.data
    return {"done": result}, b""


def _send(answers: BinaryIO, line: bytes) -> None:
    answers.write(line)
    answers.flush()
