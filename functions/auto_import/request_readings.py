"""Rings for what was imported, so that its documents are read at once; no more than that.

That they are to be read is in the import's own transaction: what is not rung here the sweep finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from functions.auto_import.import_run import ImportRun
from shared.domain.errors import AwsFailed
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.recorded_batches import key_of_batch
from shared.doorbells.reading_messages import ReadingDoorbell


def request_readings(run: ImportRun, recorded: Iterable[ImportRecord]) -> None:
    """Never fails: no import waits for, or depends on, its document being read."""
    doorbells = [
        ReadingDoorbell(row.user_id, row.expense_id, row.correlation_id)
        for row in recorded
        if row.outcome is Outcome.IMPORTED and row.expense_id
    ]
    with suppress(AwsFailed):
        run.services.ring_for_readings(doorbells)


def have_looked_at(run: ImportRun, batch_id: str) -> None:
    """Its last document may have been read before it was noted that the host is to be told."""
    with suppress(AwsFailed):
        run.services.ring_for_readings(
            [ReadingDoorbell(run.user.user_id, key_of_batch(batch_id), run.correlation_id)]
        )
