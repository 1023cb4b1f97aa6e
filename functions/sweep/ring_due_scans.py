"""Rings for every document that should have been read by now and was not, whoever has forgotten it.

Ringing comes first: a document rung for twice costs a look at its row, one moved on and not rung waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from functions.sweep.ring_due_links import Sweep
from shared.domain.errors import ScanChanged
from shared.domain.reading_jobs import SCAN_BUCKETS, Scan
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.reading_messages import ScanDoorbell

RUNG_AGAIN_AFTER = timedelta(hours=1)
"""Long enough for a queue that is behind: ringing more often would only make it longer."""
_AT_ONCE = 10


class Scans(Protocol):
    """Which documents are to be read."""

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses of one bucket for which it may be time."""

    def get(self, user_id: str, expense_id: str) -> Scan | None:
        """The scan as it is now."""

    def move_on(self, scan: Scan, next_try: datetime) -> Scan:
        """Set when to ring again, or raise ScanChanged where somebody is at it."""


class ScanDoorbells(Protocol):
    """The queue of documents to be read."""

    def ring(self, doorbells: Sequence[ScanDoorbell]) -> None:
        """Have these expenses' documents read."""


@dataclass(frozen=True, slots=True)
class RingDueScans:
    """Called with a question, `has_time`, asked before every ten; those left are due next time."""

    scans: Scans
    doorbells: ScanDoorbells
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool], sweep: Sweep) -> int:
        """How many were rung for. Never raises for a bucket: see the sweep's failures."""
        rung = 0
        for number in range(SCAN_BUCKETS):
            with sweep.noting_failures_of(f"scans {number:02d}"):
                for scans in self._due(f"{number:02d}"):
                    if not has_time():
                        sweep.is_complete = False
                        return rung
                    self._ring(scans)
                    rung += len(scans)
        return rung

    def _due(self, bucket: str) -> Iterator[list[Scan]]:
        ids = iter(self.scans.due(bucket, self.now()))
        while some := list(islice(ids, _AT_ONCE)):
            scans = [self.scans.get(user_id, expense_id) for user_id, expense_id in some]
            due = [scan for scan in scans if scan and scan.next_try and scan.next_try <= self.now()]
            if due:  # else the index lagged: somebody is at them
                yield due

    def _ring(self, scans: Sequence[Scan]) -> None:
        self.doorbells.ring([ScanDoorbell(scan.user_id, scan.expense_id) for scan in scans])
        for scan in scans:
            with suppress(ScanChanged):
                self.scans.move_on(scan, self.now() + RUNG_AGAIN_AFTER)
