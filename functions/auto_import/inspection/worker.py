"""The worker's side of an inspection: a process that holds no secret and may die of any document.

One line of JSON comes in for each document and one goes out, over pipes: AWS Lambda has no shared
memory, so `multiprocessing` has neither queues nor pools there.
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
from typing import BinaryIO

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import Inspection, InspectionLimits
from shared.errors import DocumentRejected

READY = b"ready\n"
"""What a worker says before its first document: from here on its death is a document's fault."""

OUT_OF_MEMORY = 12
"""The exit code of a worker that has met its limit of memory, be it only with what it still held before."""

_ORPHAN_SECONDS = 1


def main() -> None:
    """Serve as the parent's `WorkerProcess` asks: its limits are the last argument, as JSON."""
    serve(inspect_file)


def serve(inspect: Callable[[Path, InspectionLimits], Inspection]) -> None:
    """Answer one request after the other until standard input ends, be it by the parent's death."""
    limits = InspectionLimits(**json.loads(sys.argv[-1]))
    answers = _claim_standard_output()
    _confine(limits)
    _send(answers, READY)
    for request in sys.stdin.buffer:
        _start_timers(limits)
        answer = _answer(Path(json.loads(request)), limits, inspect)
        signal.alarm(0)
        _send(answers, json.dumps(answer).encode() + b"\n")
        if "rejected" in answer:
            gc.collect()  # an error's traceback may hold on to a large picture


def _claim_standard_output() -> BinaryIO:
    """Keep the pipe for answers alone: libraries written in C print what they please."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    return answers


def _confine(limits: InspectionLimits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS, on which nothing is deployed, refuses to limit address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        # Should memory run out all the same, the kernel is to end a worker, not the drain.
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _start_timers(limits: InspectionLimits) -> None:
    """Let the kernel end this process if the document takes too long, even if nobody waits any more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_seconds = math.ceil(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, resource.RLIM_INFINITY))
    signal.alarm(math.ceil(limits.wall_seconds) + _ORPHAN_SECONDS)


def _answer(
    path: Path, limits: InspectionLimits, inspect: Callable[[Path, InspectionLimits], Inspection]
) -> dict[str, object]:
    try:
        inspection = inspect(path, limits)
    except DocumentRejected as rejected:
        return {"rejected": rejected.reason, "may_be_incomplete": rejected.may_be_incomplete}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - reported by name: its text may quote the document
        return {"failed": type(error).__name__}
    return {"type": inspection.type.name, "pages": inspection.pages, "complete": inspection.complete}


def _send(answers: BinaryIO, line: bytes) -> None:
    answers.write(line)
    answers.flush()
