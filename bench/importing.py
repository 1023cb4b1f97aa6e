"""How fast the drain imports, beside rclone copying the same files, and how much memory it takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.documents import KILOBYTE, MEGABYTE, make_photos_and_scans, make_small_papers
from bench.emulated_dropbox import EmulatedDropbox, Observed, rclone
from bench.figures import Figure, Table, emulator_remark, median, ratio_of
from bench.processes import Finished, run

DROPBOX_SECONDS = 0.15
STORE_SECONDS = 0.015
DOCUMENTS = 200
REPETITIONS = {100 * KILOBYTE: 5, 3 * MEGABYTE: 3}
AIMS = {100 * KILOBYTE: "≤ 1.12", 3 * MEGABYTE: "≤ 1.20"}
LARGEST = 45 * MEGABYTE
LARGE_DOCUMENTS = 20
LONG_LISTING = 10_000
MOST_MEMORY = "≤ 350 MB"


@dataclass(frozen=True, slots=True)
class Drained:
    """One run of ours: see `bench.drain_process` for the report."""

    report: dict[str, Any]
    observed: Observed

    @property
    def seconds(self) -> float:
        """From the doorbell to its answer."""
        return float(self.report["seconds"])


@dataclass(frozen=True, slots=True)
class Copied:
    """One run of rclone's."""

    process: Finished
    observed: Observed

    @property
    def seconds(self) -> float:
        """Of the whole process."""
        return self.process.seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """The tables, and how long the drain needed for each of the smaller documents."""

    tables: Sequence[Table]
    seconds_for_a_small_document: float


def measure() -> Measured:
    """Speed first, memory from the same runs and two more."""
    with _emulated_dropbox() as (dropbox, folder):
        start = median(run([rclone(), "version"]).seconds for _ in range(5))
        speed: list[Figure] = []
        memory: list[Figure] = []
        small: list[Drained] = []
        dropbox.set_latency(DROPBOX_SECONDS)
        for size, repetitions in REPETITIONS.items():
            documents = make_photos_and_scans(folder / f"of {size}", count=DOCUMENTS, size=size)
            drained, copied = _by_turns(dropbox, documents, repetitions)
            small = small or drained
            speed += _speed(f"{DOCUMENTS} x {_size(size)}", drained, copied, start, AIMS[size])
            memory.append(_memory(f"{DOCUMENTS} x {_size(size)}", drained))
        large = make_photos_and_scans(folder / "large", count=LARGE_DOCUMENTS, size=LARGEST)
        memory.append(
            _memory(f"{LARGE_DOCUMENTS} x {_size(LARGEST)}", [_drain(dropbox, large, STORE_SECONDS)])
        )
        dropbox.set_latency(0)
        papers = make_small_papers(folder / "papers", LONG_LISTING)
        memory.append(_memory(f"a listing of {LONG_LISTING:,} files", [_drain(dropbox, papers, 0)]))
    tables = [
        Table("Import: speed", "rclone copy", speed),
        Table("Import: peak memory of the drain's process", "", memory),
    ]
    return Measured(tables, median(run.seconds for run in small) / DOCUMENTS)


@contextmanager
def _emulated_dropbox() -> Iterator[tuple[EmulatedDropbox, Path]]:
    with tempfile.TemporaryDirectory(prefix="jenji-bench-") as name:
        folder = Path(name)
        with EmulatedDropbox(folder) as dropbox:
            yield dropbox, folder


def _by_turns(
    dropbox: EmulatedDropbox, documents: Path, repetitions: int
) -> tuple[list[Drained], list[Copied]]:
    """Ours and theirs alternate, so that other work on the machine meets both."""
    drained: list[Drained] = []
    copied: list[Copied] = []
    for _ in range(repetitions):
        drained.append(_drain(dropbox, documents, STORE_SECONDS))
        copied.append(_copy(dropbox, documents, transfers=drained[-1].report["threads"]))
    return drained, copied


def _drain(dropbox: EmulatedDropbox, documents: Path, store_seconds: float) -> Drained:
    account = dropbox.open_account(documents)
    report, observed = dropbox.observe(lambda: dropbox.drain(account, store_seconds))
    expected = sum(1 for _ in documents.iterdir())
    if report["outcomes"] != {"imported": expected}:
        raise RuntimeError(f"{expected} files ended as {report['outcomes']}: {report['reason']}")
    return Drained(report, observed)


def _copy(dropbox: EmulatedDropbox, documents: Path, *, transfers: int) -> Copied:
    account = dropbox.open_account(documents)
    (process, count), observed = dropbox.observe(lambda: dropbox.copy_with_rclone(account, transfers))
    if count != sum(1 for _ in documents.iterdir()):
        raise RuntimeError(f"rclone copied {count} files")
    return Copied(process, observed)


def _speed(
    what: str, drained: list[Drained], copied: list[Copied], rclone_start: float, aim: str
) -> list[Figure]:
    seconds = median(run.seconds for run in drained)
    theirs = median(run.seconds for run in copied) - rclone_start
    processor = median(_processor_seconds(run) for run in drained)
    their_processor = median(run.process.processor_seconds for run in copied)
    busy = median(run.observed.processor_seconds / run.seconds for run in drained)
    calls = median(sum(run.observed.calls.values()) for run in drained) / DOCUMENTS
    their_calls = median(sum(run.observed.calls.values()) for run in copied) / DOCUMENTS
    threads = drained[0].report["threads"]
    return [
        Figure(
            f"{what}, {threads} at once",
            f"{seconds:.2f} s",
            f"{theirs:.2f} s",
            ratio_of(seconds, theirs),
            aim,
            f"{len(drained)} each; {emulator_remark(busy)}",
        ),
        Figure(
            "  processor seconds",
            f"{processor:.2f} s",
            f"{their_processor:.2f} s",
            ratio_of(processor, their_processor),
            remark="ours: the drain and its inspection workers",
        ),
        Figure(
            "  Dropbox calls per document",
            f"{calls:.3f}",
            f"{their_calls:.3f}",
            aim="≤ 1.03",
            remark=_other_calls(drained[0].observed),
        ),
    ]


def _processor_seconds(drained: Drained) -> float:
    return float(drained.report["processor_seconds"] + drained.report["worker_processor_seconds"])


def _other_calls(observed: Observed) -> str:
    others = {route: count for route, count in observed.calls.items() if route != "files/download"}
    return "besides downloads: " + ", ".join(f"{count} {route}" for route, count in sorted(others.items()))


def _memory(what: str, drained: list[Drained]) -> Figure:
    memory, idle = (max(run.report[name] for run in drained) for name in ("memory", "idle_memory"))
    workers = [size for run in drained for size in run.report["worker_memory"]]
    return Figure(
        what,
        f"{memory / MEGABYTE:.0f} MB",
        aim=MOST_MEMORY,
        remark=f"{idle / MEGABYTE:.0f} before the doorbell; "
        f"each inspection worker up to {max(workers, default=0) / MEGABYTE:.0f} MB",
    )


def _size(size: int) -> str:
    return f"{size // MEGABYTE} MB" if size >= MEGABYTE else f"{size // KILOBYTE} KB"
