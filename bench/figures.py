"""What is measured, and the tables it is shown in."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

EMULATOR_BOUND = 0.5
"""Beyond this share of one processor the emulator, not the client, may be what was measured."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table; every cell is ready to be shown."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    aim: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one section. `peer` heads the column of what ours is compared with."""

    title: str
    peer: str
    figures: Sequence[Figure]

    def as_markdown(self) -> str:
        """The table with padded columns."""
        header = Figure("what", "ours", self.peer or "-", "ratio", "aim", "remark")
        rows = [_cells(header), *(_cells(figure) for figure in self.figures)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [_line(row, widths) for row in rows]
        rule = _line(["-" * width for width in widths], widths)
        return "\n".join([f"## {self.title}", "", lines[0], rule, *lines[1:], ""])


def _cells(figure: Figure) -> list[str]:
    return [figure.what, figure.ours, figure.peer, figure.ratio, figure.aim, figure.remark]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def median(values: Iterable[float]) -> float:
    """The middle one: a busy moment of the machine moves it little."""
    return statistics.median(values)


def ratio_of(ours: float, theirs: float) -> str:
    """How large ours is, theirs being 1."""
    return f"{ours / theirs:.2f}"


def emulator_remark(share: float) -> str:
    """How busy the emulator was, and a warning where that may be what was measured."""
    bound = ", emulator-bound" if share > EMULATOR_BOUND else ""
    return f"emulator at {share:.0%} of a processor{bound}"


def describe_machine() -> str:
    """Processor, memory, system, interpreter, and how busy others keep it."""
    names = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    processor = names[0].partition(":")[2].strip() if names else platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} x {processor}, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load before the run {os.getloadavg()[0]:.1f}"
    )


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
