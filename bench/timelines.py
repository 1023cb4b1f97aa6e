"""A trace as a picture: a line for each thread, a bar for each call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil

from bench.spans import Span

WIDTH, ROW, LEFT, TOP, LEGEND = 1000, 7, 8, 34, 16
FONT = 'font-family="sans-serif" font-size="11"'
COLOURS = (
    "#0061fe", "#e8710a", "#188038", "#a142f4", "#d93025", "#12b5cb", "#9aa0a6", "#f9ab00", "#5f6368",
    "#c5221f", "#1967d2", "#7cb342",
)  # fmt: skip


def draw(title: str, spans: Sequence[Span], seconds: float) -> str:
    """An SVG document; hovering over a bar tells the call and its time."""
    threads = {thread: row for row, thread in enumerate(dict.fromkeys(span.thread for span in spans))}
    calls = list(dict.fromkeys(span.call for span in sorted(spans, key=lambda each: each.began)))
    colours = {call: COLOURS[number % len(COLOURS)] for number, call in enumerate(calls)}
    bottom = TOP + len(threads) * ROW
    height = bottom + 20 + LEGEND * ceil(len(calls) / 3)
    scale = WIDTH / seconds
    heading = f"{escape(title)}, {seconds:.2f} s; a row is a thread"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 2 * LEFT} {height}" {FONT}>',
            f'<rect width="{WIDTH + 2 * LEFT}" height="{height}" fill="#fff"/>',
            f'<text x="{LEFT}" y="14" font-size="13">{heading}</text>',
            *_seconds(seconds, scale, bottom),
            *(_bar(span, threads[span.thread], scale, colours[span.call]) for span in spans),
            *_legend(colours, bottom + 20),
            "</svg>\n",
        ]
    )


def _seconds(seconds: float, scale: float, bottom: int) -> Iterable[str]:
    for tenth in range(0, ceil(seconds * 10), 5):
        x = LEFT + tenth / 10 * scale
        yield f'<path d="M{x:.1f} {TOP - 4}V{bottom}" stroke="#dadce0"/>'
        yield f'<text x="{x:.1f}" y="{TOP - 7}" fill="#5f6368">{tenth / 10:g} s</text>'


def _bar(span: Span, row: int, scale: float, colour: str) -> str:
    x, width = LEFT + span.began * scale, max(span.seconds * scale, 0.5)
    return (
        f'<rect x="{x:.1f}" y="{TOP + row * ROW}" width="{width:.1f}" height="{ROW - 1}" fill="{colour}">'
        f"<title>{escape(span.call)}, {span.seconds * 1000:.0f} ms</title></rect>"
    )


def _legend(colours: dict[str, str], top: int) -> Iterable[str]:
    for number, (call, colour) in enumerate(colours.items()):
        x, y = LEFT + number % 3 * WIDTH / 3, top + number // 3 * LEGEND
        yield f'<rect x="{x:.0f}" y="{y - 9}" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 15:.0f}" y="{y}">{escape(call)}</text>'
