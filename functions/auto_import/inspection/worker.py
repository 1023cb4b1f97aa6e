"""The worker's side of an inspection; how it is confined is `shared.confinement`'s.

A request is `{"inspect": path}`, answered by what the file is, or, for a PDF or XML that was inspected,
`{"active_content": path}`, answered by the kinds of it. They are apart so that no search for active
content, however it ends, changes what becomes of the file.
"""

from __future__ import annotations

import math
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.confinement.worker import Attached, WorkRefused, limits_argument
from shared.confinement.worker import serve as serve_confined
from shared.domain.active_content import ActiveContent
from shared.domain.errors import DocumentRejected
from shared.file_types.signatures import HEAD_BYTES, recognise

_SECONDS_OF_SEARCH = 3
"""Of a processor, until the kernel ends a search that does not end by itself."""


def main() -> None:
    """Serve as the parent's pool asks."""
    serve(inspect_file)


def serve(inspect: Callable[[Path, InspectionLimits], Inspection]) -> None:
    """Answer one request after the other until standard input ends."""
    limits = InspectionLimits(**limits_argument())

    def work(request: dict[str, Any]) -> object:
        if "active_content" in request:
            return _active_content_of(Path(request["active_content"]), limits)
        return _verdict_on(Path(request["inspect"]), limits, inspect)

    serve_confined(limits, work)


def _verdict_on(
    path: Path, limits: InspectionLimits, inspect: Callable[[Path, InspectionLimits], Inspection]
) -> dict[str, object] | Attached:
    try:
        inspection = inspect(path, limits)
    except DocumentRejected as rejected:
        reason = {"reason": rejected.reason, "may_be_incomplete": rejected.may_be_incomplete}
        raise WorkRefused(reason) from rejected
    done = {"type": inspection.type.name, "pages": inspection.pages, "complete": inspection.complete}
    data = inspection.attached or inspection.sheet
    return Attached(done, data) if data else done


def _active_content_of(path: Path, limits: InspectionLimits) -> list[str]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = min(_SECONDS_OF_SEARCH, limits.cpu_seconds)
    until = math.ceil(usage.ru_utime + usage.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    try:
        return sorted(_looked_for(path))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - errors of pdfium and of a stranger's bytes; none is a reason to keep the file waiting
        return [ActiveContent.NOT_KNOWN]


def _looked_for(path: Path) -> set[ActiveContent]:
    with path.open("rb") as file:
        document_type = recognise(file.read(HEAD_BYTES))
    # Imported here: a worker loads the libraries of the types that it meets.
    if document_type is DocumentType.XML:
        from functions.auto_import.inspection.active_xml import active_content_of_xml  # noqa: PLC0415

        return active_content_of_xml(path)
    from functions.auto_import.inspection.pdf import look_for_active_content  # noqa: PLC0415

    return look_for_active_content(path)
