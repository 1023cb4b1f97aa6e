"""What `files/download_zip` would gain: one call for a whole drop, beside a call for each file.

Why the import does without it: docs/decisions/0016-a-file-is-downloaded-by-itself.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.documents import KILOBYTE, MEGABYTE, make_photos_and_scans
from bench.emulated_dropbox import EmulatedDropbox
from bench.figures import Figure, Table, median, ratio_of
from bench.importing import DOCUMENTS, DROPBOX_SECONDS

AT_ONCE = 16
"""As many as the import's."""
REPETITIONS = 3
SIZES = {f"{DOCUMENTS} x 100 KB": 100 * KILOBYTE, f"{DOCUMENTS} x 3 MB": 3 * MEGABYTE}
BANDWIDTHS = {"as fast as it goes": None, "20 MB/s a call": 20 * MEGABYTE}


def measure() -> Table:
    """Each size at each bandwidth, both by turns."""
    with tempfile.TemporaryDirectory(prefix="jenji-bench-") as name, EmulatedDropbox(Path(name)) as dropbox:
        return Table(
            f"Downloading a drop: as one archive, beside a call for each file, {AT_ONCE} at once",
            "one by one",
            [
                _compared(dropbox, Path(name), f"{size_name}, {how}", size, bandwidth)
                for size_name, size in SIZES.items()
                for how, bandwidth in BANDWIDTHS.items()
            ],
        )


def _compared(
    dropbox: EmulatedDropbox, workdir: Path, what: str, size: int, bandwidth: float | None
) -> Figure:
    documents = make_photos_and_scans(workdir / what, count=DOCUMENTS, size=size)
    costs = {"latency": DROPBOX_SECONDS} | ({} if bandwidth is None else {"bandwidth": bandwidth})
    dropbox.set_costs(**costs)
    rounds = [
        (_download(dropbox, documents, 0), _download(dropbox, documents, AT_ONCE)) for _ in range(REPETITIONS)
    ]
    archive, single = (median(one[way] for one in rounds) for way in (0, 1))
    return Figure(what, f"{archive:.2f} s", f"{single:.2f} s", ratio_of(archive, single))


def _download(dropbox: EmulatedDropbox, documents: Path, at_once: int) -> float:
    account = dropbox.open_account(documents)
    report = dropbox.download(account, at_once)
    if len(report["hashes"]) != DOCUMENTS:
        raise RuntimeError(f"{len(report['hashes'])} files arrived of {DOCUMENTS}")
    return float(report["seconds"])
