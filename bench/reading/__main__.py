"""`python -m bench.reading DOCUMENTS`: read every document below a folder, judge it, print the counts."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.degraded import Degradation
from bench.reading.judge import Folder, as_markdown
from bench.reading.pages import PagesRead
from bench.reading.truth import truth_of
from functions.document_reading.reading.model import Reading
from functions.document_reading.reading.read_document import PagesOf, read_document

_TYPES = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".tif": "image/tiff", ".tiff": "image/tiff", ".webp": "image/webp",
}  # fmt: skip


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("documents", type=Path, help="a folder; each of its folders is counted by itself")
    parser.add_argument("--country", help="the company's, as ISO 3166: the reader asks it where in doubt")
    parser.add_argument(
        "--degrade", type=Degradation, help="pictures are first made worse: photographed, tilted…"
    )
    parser.add_argument(
        "--words", type=Path, help="a folder to keep the words of pictures in for the next run"
    )
    parser.add_argument("--misses", action="store_true", help="list what was read wrong")
    chosen = parser.parse_args()
    pages_of = PagesRead(chosen.words, chosen.degrade)
    folders = list(_judged(chosen.documents, pages_of, chosen.country))
    if not folders:
        parser.error(f"no documents with truth beside them in {chosen.documents}")
    print(as_markdown(folders))
    if chosen.misses:
        print("\n".join(["", *(miss for folder in folders for miss in folder.misses)]))
    return 0


def _judged(root: Path, pages_of: PagesOf, country: str | None) -> list[Folder]:
    found = [path for path in sorted(root.rglob("*")) if path.suffix.lower() in _TYPES]
    folders: dict[Path, Folder] = {}
    for document in found:
        truth = truth_of(document)
        if truth is None:
            continue
        folder = folders.setdefault(document.parent, Folder(document.parent.name))
        reading, seconds, megabytes = _measured(document, pages_of, country)
        folder.seconds.append(seconds)
        folder.megabytes.append(megabytes)
        folder.judge(document.name, reading, truth)
        print(f"\r{folder.name} {len(folder.seconds)} ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return list(folders.values())


def _measured(document: Path, pages_of: PagesOf, country: str | None) -> tuple[Reading, float, float]:
    """The reading, the seconds it took and the process's peak of memory, in megabytes."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # resets the peak, see proc(5)
    begun = time.perf_counter()
    content_type = _TYPES[document.suffix.lower()]
    reading = read_document(document, content_type, pages_of=pages_of, country=country)
    seconds = time.perf_counter() - begun
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return reading, seconds, int(peak) / 1024


if __name__ == "__main__":
    sys.exit(main())
