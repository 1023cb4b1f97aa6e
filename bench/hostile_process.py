"""Reads or inspects one document in this process and prints what that cost, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import InspectionLimits
from functions.document_reading.worker.worker import answer
from shared.confinement.worker import Attached, WorkRefused
from shared.domain.errors import DocumentRejected


def main() -> None:
    """`read` or `inspect`, the path, the content type."""
    work, path, content_type = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (60, resource.RLIM_INFINITY))
    started = time.process_time()
    outcome = _read(path, content_type) if work == "read" else _inspect(path)
    print(json.dumps({"seconds": time.process_time() - started, "outcome": outcome}))


def _read(path: str, content_type: str) -> str:
    try:
        done = answer(
            {"read": path, "content_type": content_type, "country": "", "ocr": False, "packages": ""}
        )
    except WorkRefused as refused:
        return f"refused: {refused.details}"
    if isinstance(done, Attached):
        return "picture"
    return "blank" if "blank" in done else "read"


def _inspect(path: str) -> str:
    try:
        return inspect_file(Path(path), InspectionLimits()).type.name
    except DocumentRejected as rejected:
        return f"rejected: {rejected.reason.value}"


if __name__ == "__main__":
    main()
