"""How fast accepted documents reach the company's Dropbox, beside rclone and plain uploads."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.documents import KILOBYTE, MEGABYTE, make_photos_and_scans
from bench.emulated_dropbox import EmulatedDropbox, Observed, rclone
from bench.figures import Figure, Table, emulator_remark, median, ratio_of
from bench.processes import run
from shared.domain.deliveries import ManifestForm

COSTS = {"latency": 0.1, "commit": 0.04, "entry": 0.002}
STORE_SECONDS = 0.015
PLAIN_THREADS = 8
# The more the better where calls are short, and worse where the processors are busy: the faster counts.
TUNED_TRANSFERS = (32, 128)
TUNED = (
    "--checkers=8",
    "--dropbox-pacer-min-sleep=0",
    "--dropbox-batch-mode=async",
    "--dropbox-batch-size=1000",
    "--no-check-dest",
)
CALLS_A_SECOND = 12
# What is advised where Dropbox refuses calls: so many a second, and batches.
ADVISED = ("--transfers=32", f"--tpslimit={CALLS_A_SECOND}", "--dropbox-batch-mode=async", "--no-check-dest")
SLOW: dict[str, tuple[str, ...]] = {"as it comes": (), "as is advised": ADVISED}
SLOW_AIMS = {"as is advised": "≥ 10.00"}
# Its own pacer, which waits as long as it is told.
PACED = tuple(option for option in TUNED if "pacer" not in option)
SINGLES = 3
MOST_MEMORY = "≤ 350 MB"


@dataclass(frozen=True, slots=True)
class Case:
    """So many documents of one size; the aims; how often ours runs."""

    count: int
    size: int
    most_calls: str
    least_ratio: str
    repetitions: int

    @property
    def name(self) -> str:
        """As it is shown."""
        size = f"{self.size // MEGABYTE} MB" if self.size >= MEGABYTE else f"{self.size // KILOBYTE} KB"
        return f"{self.count:,} x {size}"


CASES = (
    Case(200, 100 * KILOBYTE, "≤ 0.06", "≥ 1.30", 3),
    Case(200, 3 * MEGABYTE, "≤ 0.12", "≥ 1.00", 2),
    Case(1000, 100 * KILOBYTE, "≤ 0.06", "≥ 1.50", 2),
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One run of ours: see `bench.sync_process` for the report."""

    report: dict[str, Any]
    observed: Observed

    @property
    def seconds(self) -> float:
        """From the pending rows to the last one on record as delivered."""
        return float(self.report["rounds"][0]["last"])


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One run of a peer's, its start taken off."""

    seconds: float
    processor_seconds: float
    observed: Observed


@dataclass(frozen=True, slots=True)
class Peers:
    """What ours is compared with; those that take their time with one case only, by what they are called."""

    tuned: Uploaded
    transfers: int
    slow: Mapping[str, Uploaded]
    plain: Uploaded


def measure() -> list[Table]:
    """Every case with its peers, and single documents."""
    speed: list[Figure] = []
    to_deliver: list[Figure] = []
    memory: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="jenji-bench-") as name, EmulatedDropbox(Path(name)) as dropbox:
        start = median(run([rclone(), "version"]).seconds for _ in range(5))
        to_deliver += _single(dropbox, make_photos_and_scans(Path(name) / "single", count=1, size=MEGABYTE))
        for number, case in enumerate(CASES):
            documents = make_photos_and_scans(Path(name) / str(number), count=case.count, size=case.size)
            ours = [_deliver(dropbox, documents) for _ in range(case.repetitions)]
            speed += _speed(case, ours, _peers(dropbox, documents, start, number == 0))
            if number == 0:
                speed.append(_under_a_limit(dropbox, documents, case, start))
            to_deliver.append(_at_once(case, ours))
            memory.append(_memory(case, ours))
    return [
        Table("Synchronisation: speed", "peer", speed),
        Table("Synchronisation: seconds from acceptance to delivered", "", to_deliver),
        Table("Synchronisation: peak memory of the drain's process", "", memory),
    ]


def _deliver(dropbox: EmulatedDropbox, *folders: Path) -> Delivered:
    """Where a second commit would be refused rather than wait, which is the harder for us."""
    dropbox.set_costs(**COSTS, refuses_when_locked=True)
    return _delivered(dropbox, *folders)


def _delivered(dropbox: EmulatedDropbox, *folders: Path) -> Delivered:
    account = dropbox.link_company()
    report, observed = dropbox.observe(lambda: dropbox.synchronise(account, STORE_SECONDS, *folders))
    manifest = len(ManifestForm)
    _ensure_all(dropbox.count_files(account) - manifest, *folders)
    return Delivered(report, observed)


def _peers(dropbox: EmulatedDropbox, documents: Path, rclone_start: float, with_slow: bool) -> Peers:
    """Where a second commit waits for the first, which is the easier for them."""
    dropbox.set_costs(**COSTS)
    tuned = {
        transfers: _rclone(dropbox, documents, rclone_start, f"--transfers={transfers}", *TUNED)
        for transfers in TUNED_TRANSFERS
    }
    fastest = min(tuned, key=lambda transfers: tuned[transfers].seconds)
    slow = {
        name: _rclone(dropbox, documents, rclone_start, *options)
        for name, options in (SLOW if with_slow else {}).items()
    }
    return Peers(tuned[fastest], fastest, slow, _plain(dropbox, documents))


def _under_a_limit(dropbox: EmulatedDropbox, documents: Path, case: Case, rclone_start: float) -> Figure:
    """Both by turns where Dropbox answers an account so many calls a second, and refuses those beyond."""
    dropbox.set_costs(**COSTS, calls_a_second=CALLS_A_SECOND)
    seconds = _delivered(dropbox, documents).seconds
    peer = _rclone(dropbox, documents, rclone_start, f"--transfers={TUNED_TRANSFERS[0]}", *PACED)
    what = f"  beside rclone, its pacer on, {CALLS_A_SECOND} calls a second for each"
    return _rate(what, case, seconds, peer, "≥ 3.00")


def _rclone(dropbox: EmulatedDropbox, documents: Path, start: float, *options: str) -> Uploaded:
    account = dropbox.link_company()
    done, observed = dropbox.observe(lambda: dropbox.upload_with_rclone(account, documents, *options))
    _ensure_all(dropbox.count_files(account), documents)
    return Uploaded(done.seconds - start, done.processor_seconds, observed)


def _plain(dropbox: EmulatedDropbox, documents: Path) -> Uploaded:
    account = dropbox.link_company()
    report, observed = dropbox.observe(lambda: dropbox.upload_plainly(account, PLAIN_THREADS, documents))
    _ensure_all(dropbox.count_files(account), documents)
    return Uploaded(report["seconds"], report["processor_seconds"], observed)


def _ensure_all(count: int, *folders: Path) -> None:
    expected = sum(1 for folder in folders for _ in folder.iterdir())
    if count != expected:
        raise RuntimeError(f"{count} documents arrived of {expected}")


def _speed(case: Case, ours: Sequence[Delivered], peers: Peers) -> list[Figure]:
    seconds = median(one.seconds for one in ours)
    busy = median(one.observed.processor_seconds / one.seconds for one in ours)
    calls = median(sum(one.observed.calls.values()) for one in ours) / case.count
    refused = sum(one.observed.refused for one in ours)
    processor = median(one.report["rounds"][0]["processor_seconds"] for one in ours)
    tuned_calls = sum(peers.tuned.observed.calls.values()) / case.count
    name = f"rclone, tuned, {peers.transfers} transfers"
    return [
        Figure(
            f"{case.name}, seconds", f"{seconds:.2f} s", remark=f"{len(ours)} runs; {emulator_remark(busy)}"
        ),
        _rate(f"  documents a second beside {name}", case, seconds, peers.tuned, case.least_ratio),
        *(
            _rate(f"  beside rclone {name}", case, seconds, peer, SLOW_AIMS.get(name, ""))
            for name, peer in peers.slow.items()
        ),
        _rate(f"  beside files_upload on {PLAIN_THREADS} threads", case, seconds, peers.plain, "≥ 8.00"),
        Figure(
            "  processor seconds, and rclone's, tuned",
            f"{processor:.2f} s",
            f"{peers.tuned.processor_seconds:.2f} s",
            ratio_of(processor, peers.tuned.processor_seconds),
        ),
        Figure(
            "  calls per document, and rclone's, tuned",
            f"{calls:.3f}",
            f"{tuned_calls:.3f}",
            aim=case.most_calls,
            remark=_routes(ours[0].observed),
        ),
        Figure("  calls refused, contention being answered 429", str(refused), aim="0"),
    ]


def _rate(what: str, case: Case, seconds: float, peer: Uploaded, aim: str = "") -> Figure:
    ours, theirs = case.count / seconds, case.count / peer.seconds
    busy = emulator_remark(peer.observed.processor_seconds / peer.seconds)
    return Figure(what, f"{ours:.1f}", f"{theirs:.1f}", ratio_of(ours, theirs), aim, f"theirs: {busy}")


def _routes(observed: Observed) -> str:
    calls = {route.removeprefix("files/"): count for route, count in observed.calls.items()}
    return ", ".join(
        f"{count} {route.removeprefix('upload_session/')}" for route, count in sorted(calls.items())
    )


def _single(dropbox: EmulatedDropbox, documents: Path) -> list[Figure]:
    """Two doorbells in one process: the first refreshes the token and sees a new employee."""
    rounds = [_deliver(dropbox, documents, documents).report["rounds"] for _ in range(SINGLES)]
    return [
        Figure(
            f"a single document of 1 MB, {when}",
            f"{median(one[index]['last'] for one in rounds):.2f} s",
            aim=aim,
        )
        for index, (when, aim) in enumerate((("the first of its process", ""), ("the next", "≤ 0.40 s")))
    ]


def _at_once(case: Case, ours: Sequence[Delivered]) -> Figure:
    first, middle, last = (
        median(one.report["rounds"][0][which] for one in ours) for which in ("first", "middle", "last")
    )
    whole = median(one.report["rounds"][0]["seconds"] for one in ours)
    return Figure(
        f"{case.name} at once, the last",
        f"{last:.2f} s",
        remark=f"the first {first:.2f} s, half {middle:.2f} s; {whole:.2f} s with the manifest",
    )


def _memory(case: Case, ours: Sequence[Delivered]) -> Figure:
    memory, idle = (max(one.report[which] for one in ours) for which in ("memory", "idle_memory"))
    return Figure(
        case.name,
        f"{memory / MEGABYTE:.0f} MB",
        aim=MOST_MEMORY,
        remark=f"{idle / MEGABYTE:.0f} before the doorbell",
    )
