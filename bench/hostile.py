"""What documents that were made to cost do cost: processor seconds, of one size and of twice that."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from bench.figures import Figure, Table
from bench.hostile_documents import DOCUMENTS, HostileDocument

_AIM_SECONDS = 2.0
_LIMIT_SECONDS = 10
"""The limit of the deployed function; see `functions.document_reading.worker.confined_reader`."""


def measure() -> Table:
    """Each document checked as the import does, and read; the greater of the two counts."""
    return Table("Hostile documents: processor seconds", "", [_figure(each) for each in DOCUMENTS])


def _figure(document: HostileDocument) -> Figure:
    (once, _), (twice, outcome) = (_cost(document, document.size * times) for times in (1, 2))
    return Figure(
        f"{document.name}: {document.size:,} and twice as many",
        f"{once:.2f} and {twice:.2f} s",
        ratio=f"{twice / max(once, 0.01):.1f}",
        aim=f"under {_AIM_SECONDS:.0f} s, ratio 2",
        remark=outcome if twice < _LIMIT_SECONDS else f"{outcome}, beyond the limit",
    )


def _cost(document: HostileDocument, size: int) -> tuple[float, str]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(document.make(size))
        file.flush()
        measured = [_in_a_process(work, file.name, document.content_type) for work in ("inspect", "read")]
    seconds = max(float(str(each["seconds"])) for each in measured)
    return seconds, ", then ".join(str(each["outcome"]) for each in measured)


def _in_a_process(work: str, path: str, content_type: str) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.hostile_process", work, path, content_type]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    answer: dict[str, object] = json.loads(done.stdout)
    return answer
