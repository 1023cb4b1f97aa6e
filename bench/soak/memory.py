"""What functions take over a soak, in a table and as a picture."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from bench.figures import Figure, Table
from bench.soak.functions import Usage, usages
from bench.timelines import COLOURS, FONT

EVERY_SECONDS = 2.0
_MEGABYTE = 1024 * 1024
_WIDTH, _HEIGHT, _LEFT, _TOP, _LEGEND = 1000, 320, 48, 34, 16
_COLUMNS = 4
_TITLE = (
    "Memory of the functions over a soak, in MB: the largest instance of each, with the processes it starts"
)


class Watch:
    """Looks now and then, see `look`; of several instances of a function the one that takes most counts."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._looks: list[tuple[float, Mapping[str, Usage]]] = []

    def look(self) -> None:
        """Once."""
        most: dict[str, Usage] = defaultdict(Usage)
        for name, usage in usages():
            most[name] = most[name].most(usage)
        self._looks.append((time.monotonic() - self._began, most))

    def as_table(self) -> Table:
        """The most memory of the first and of the last third, and the most of all else."""
        return Table("What functions took, the largest instance of each", "", list(self._figures()))

    def as_picture(self) -> str:
        """An SVG document: a line for each function, resident memory over the time."""
        most = max((usage.memory for _, at in self._looks for usage in at.values()), default=1)
        seconds = max((when for when, _ in self._looks), default=1.0)
        legend_top = _TOP + _HEIGHT + 34
        rows = -(-len(self._names) // _COLUMNS)
        width, height = _WIDTH + 2 * _LEFT, legend_top + rows * _LEGEND
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {FONT}>',
                f'<rect width="{width}" height="{height}" fill="#fff"/>',
                f'<text x="{_LEFT}" y="14" font-size="13">{_TITLE}</text>',
                *_axes(most, seconds),
                *(
                    self._line(name, COLOURS[number % len(COLOURS)], most, seconds)
                    for number, name in enumerate(self._names)
                ),
                *_legend(self._names, legend_top),
                "</svg>\n",
            ]
        )

    @property
    def _names(self) -> Sequence[str]:
        return sorted({name for _, at in self._looks for name in at})

    def _figures(self) -> Iterable[Figure]:
        third = len(self._looks) // 3
        for name in self._names:
            early, late, whole = (
                _most(name, looks) for looks in (self._looks[:third], self._looks[-third:], self._looks)
            )
            yield Figure(
                name,
                f"{whole.memory / _MEGABYTE:.0f} MB",
                remark=f"{early.memory / _MEGABYTE:.0f} MB in the first third, "
                f"{late.memory / _MEGABYTE:.0f} in the last; {whole.threads} threads, {whole.files} files",
            )

    def _line(self, name: str, colour: str, most: int, seconds: float) -> str:
        """Broken where no instance was alive."""
        parts = []
        for (when, before), (then, after) in pairwise(self._looks):
            if name in before and name in after:
                parts.append(
                    f"M{_x(when, seconds)} {_y(before[name].memory, most)}"
                    f"L{_x(then, seconds)} {_y(after[name].memory, most)}"
                )
        return (
            f'<path d="{"".join(parts)}" stroke="{colour}" fill="none"><title>{escape(name)}</title></path>'
        )


def _most(name: str, looks: Iterable[tuple[float, Mapping[str, Usage]]]) -> Usage:
    most = Usage()
    for _, at in looks:
        most = most.most(at.get(name, Usage()))
    return most


def _x(when: float, seconds: float) -> str:
    return f"{_LEFT + when / seconds * _WIDTH:.1f}"


def _y(memory: int, most: int) -> str:
    return f"{_TOP + _HEIGHT - memory / most * _HEIGHT:.1f}"


def _axes(most: int, seconds: float) -> Iterable[str]:
    for megabytes in range(0, most // _MEGABYTE + 1, 100):
        y = _y(megabytes * _MEGABYTE, most)
        yield f'<path d="M{_LEFT} {y}H{_LEFT + _WIDTH}" stroke="#dadce0"/>'
        yield f'<text x="{_LEFT - 6}" y="{y}" text-anchor="end" fill="#5f6368">{megabytes}</text>'
    for minute in range(int(seconds // 60) + 1):
        x = _x(minute * 60.0, seconds)
        yield f'<text x="{x}" y="{_TOP + _HEIGHT + 16}" fill="#5f6368">{minute} min</text>'


def _legend(names: Sequence[str], top: int) -> Iterable[str]:
    for number, name in enumerate(names):
        x, y = _LEFT + number % _COLUMNS * _WIDTH / _COLUMNS, top + number // _COLUMNS * _LEGEND
        colour = COLOURS[number % len(COLOURS)]
        yield f'<rect x="{x:.0f}" y="{y - 9}" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 15:.0f}" y="{y}">{escape(name)}</text>'
