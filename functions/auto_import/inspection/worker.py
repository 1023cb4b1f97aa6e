"""The worker's side of an inspection; how it is confined is `shared.confinement`'s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import Inspection, InspectionLimits
from shared.confinement.worker import Attached, WorkRefused, limits_argument
from shared.confinement.worker import serve as serve_confined
from shared.domain.errors import DocumentRejected


def main() -> None:
    """Serve as the parent's pool asks."""
    serve(inspect_file)


def serve(inspect: Callable[[Path, InspectionLimits], Inspection]) -> None:
    """Answer one path after the other until standard input ends."""
    limits = InspectionLimits(**limits_argument())

    def work(path: str) -> dict[str, object] | Attached:
        try:
            inspection = inspect(Path(path), limits)
        except DocumentRejected as rejected:
            reason = {"reason": rejected.reason, "may_be_incomplete": rejected.may_be_incomplete}
            raise WorkRefused(reason) from rejected
        done = {"type": inspection.type.name, "pages": inspection.pages, "complete": inspection.complete}
        data = inspection.attached or inspection.sheet
        return Attached(done, data) if data else done

    serve_confined(limits, work)
