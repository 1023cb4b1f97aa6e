"""Where the time of an import and of a synchronisation goes: each call and wait, in lines and pictures."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.documents import KILOBYTE, make_photos_and_scans
from bench.emulated_dropbox import EmulatedDropbox
from bench.importing import DOCUMENTS, DROPBOX_SECONDS
from bench.importing import STORE_SECONDS as IMPORT_STORE_SECONDS
from bench.processes import ROOT
from bench.spans import Span, spans_of
from bench.synchronising import COSTS
from bench.synchronising import STORE_SECONDS as SYNC_STORE_SECONDS
from bench.timelines import draw

PICTURES = ROOT / "docs" / "images"


def measure() -> None:
    """Print each trace, and draw it."""
    with tempfile.TemporaryDirectory(prefix="jenji-trace-") as name:
        folder = Path(name)
        documents = make_photos_and_scans(folder / "documents", count=DOCUMENTS, size=100 * KILOBYTE)
        with EmulatedDropbox(folder) as dropbox:
            dropbox.set_latency(DROPBOX_SECONDS)
            imported = dropbox.drain(dropbox.open_account(documents), IMPORT_STORE_SECONDS)
            _show("import", imported, imported["seconds"])
            dropbox.set_costs(**COSTS)
            synced = dropbox.synchronise(dropbox.link_company(), SYNC_STORE_SECONDS, documents)
            _show("synchronisation", synced, synced["rounds"][0]["seconds"])


def _show(title: str, report: dict[str, Any], seconds: float) -> None:
    spans = spans_of(report["spans"])
    print(f"## Trace: {title} of {DOCUMENTS} x 100 KB, {seconds:.2f} s\n")
    for line in as_lines(spans):
        print(line)
    print()
    (PICTURES / f"trace-{title}.svg").write_text(draw(title, spans, seconds), encoding="utf-8")


def as_lines(spans: Sequence[Span]) -> Iterable[str]:
    """A line for each kind of call: from when to when, how many, how many at once, and how long one took."""
    by_call: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_call[span.call].append(span)
    width = max(map(len, by_call), default=0)
    yield f"{'call':{width}}  {'first':>6}  {'last':>6}  {'calls':>5}  {'at once':>7}  {'each':>6}  alone"
    for call, found in sorted(by_call.items(), key=lambda item: min(span.began for span in item[1])):
        first, last = min(span.began for span in found), max(span.ended for span in found)
        each = sum(span.seconds for span in found) / len(found)
        alone = alone_seconds(found, spans)
        yield (
            f"{call:{width}}  {first:6.2f}  {last:6.2f}  {len(found):5}  {_at_once(found):7}  {each:6.3f}"
            f"  {alone:5.2f}"
        )
    yield f"nothing under way: {idle_seconds(spans):.2f} s"


def alone_seconds(found: Sequence[Span], spans: Sequence[Span]) -> float:
    """For how long calls of this kind were all that was under way: nothing else hid them."""
    others = [span for span in spans if span.call != found[0].call]
    return _covered(spans) - _covered(others)


def idle_seconds(spans: Sequence[Span]) -> float:
    """For how long no call was under way, between the first and the last: work of our own."""
    return max(span.ended for span in spans) - min(span.began for span in spans) - _covered(spans)


def _covered(spans: Iterable[Span]) -> float:
    """Seconds during which at least one was under way."""
    covered, end = 0.0, float("-inf")
    for span in sorted(spans, key=lambda each: each.began):
        covered += max(0.0, span.ended - max(span.began, end))
        end = max(end, span.ended)
    return covered


def _at_once(spans: Iterable[Span]) -> int:
    """The most that were under way together."""
    changes = sorted((moment, step) for span in spans for moment, step in ((span.began, 1), (span.ended, -1)))
    most = now = 0
    for _, step in changes:
        now += step
        most = max(most, now)
    return most
