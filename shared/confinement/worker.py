"""The worker's side: a process that holds no secret and may die of any document.

One line of JSON comes in for each document and one goes out, over pipes: AWS Lambda has no shared
memory, so `multiprocessing` has neither queues nor pools there. What goes out is one of

- `{"done": …}`: the work's result;
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
from pathlib import Path
from typing import Any, BinaryIO

from shared.confinement.limits import Limits

READY = b"ready\n"
"""What a worker says before its first document: from here on its death is a document's fault."""

OUT_OF_MEMORY = 12
"""The exit code of a worker that has met its limit of memory, be it only with what it still held before."""

_ORPHAN_SECONDS = 1

Work = Callable[[Any], object]
"""Makes of a request, as JSON has it, a result, as JSON has it."""


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
    _confine(limits)
    _send(answers, READY)
    for request in sys.stdin.buffer:
        _start_timers(limits)
        answer = _answer(json.loads(request), work)
        signal.alarm(0)
        _send(answers, json.dumps(answer).encode() + b"\n")
        if "refused" in answer:
            gc.collect()  # an error's traceback may hold on to a large picture


def _claim_standard_output() -> BinaryIO:
    """Keep the pipe for answers alone: libraries written in C print what they please."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    return answers


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS, on which nothing is deployed, refuses to limit address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        # Should memory run out all the same, the kernel is to end a worker, not the parent.
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _start_timers(limits: Limits) -> None:
    """Let the kernel end this process if the document takes too long, even if nobody waits any more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_seconds = math.ceil(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, resource.RLIM_INFINITY))
    signal.alarm(math.ceil(limits.wall_seconds) + _ORPHAN_SECONDS)


def _answer(request: object, work: Work) -> dict[str, object]:
    try:
        return {"done": work(request)}
    except WorkRefused as refused:
        return {"refused": refused.details}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - reported by name: its text may quote the document
        return {"failed": type(error).__name__}


def _send(answers: BinaryIO, line: bytes) -> None:
    answers.write(line)
    answers.flush()
