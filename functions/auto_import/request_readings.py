"""Rings for what was imported, so that its documents are read while others are imported; no more than that.

That they are to be read is in the import's own transaction: what is not rung here the sweep finds.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress

from functions.auto_import.import_run import ImportRun
from shared.domain.errors import AwsFailed
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.recorded_batches import key_of_batch
from shared.doorbells.reading_messages import ReadingDoorbell

TOGETHER = 10
"""As many as SQS takes in one request."""


class ReadingRequests:
    """Those of one page, from any thread. Never fails: no import depends on its document being read."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._doorbells: list[ReadingDoorbell] = []

    def add(self, row: ImportRecord) -> None:
        """Once there are enough for a request, make it."""
        if row.outcome is not Outcome.IMPORTED or not row.expense_id:
            return
        with self._lock:
            self._doorbells.append(ReadingDoorbell(row.user_id, row.expense_id, row.correlation_id))
            together = self._take() if len(self._doorbells) >= TOGETHER else []
        self._ring(together)

    def send_rest(self) -> None:
        """Ring for those that there were too few of."""
        with self._lock:
            together = self._take()
        self._ring(together)

    def _take(self) -> Sequence[ReadingDoorbell]:
        together, self._doorbells = self._doorbells, []
        return together

    def _ring(self, doorbells: Sequence[ReadingDoorbell]) -> None:
        if doorbells:
            with suppress(AwsFailed):
                self._run.services.ring_for_readings(doorbells)


def have_looked_at(run: ImportRun, batch_id: str) -> None:
    """Its last document may have been read before it was noted that the host is to be told."""
    with suppress(AwsFailed):
        run.services.ring_for_readings(
            [ReadingDoorbell(run.user.user_id, key_of_batch(batch_id), run.correlation_id)]
        )
