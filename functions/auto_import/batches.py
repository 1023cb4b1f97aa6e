"""Counts the files that are dropped together, so that people see "142 of 200"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from functions.auto_import.import_run import ImportRun
from shared.links import Batch, Link, new_batch_id
from shared.settlements import WaitingFile

QUIET_MINUTES = timedelta(minutes=10)
"""Longer than any drain may run: two drains that meet are never in different batches."""


class BatchCount:
    """The batch new files belong to, and how many it has; on the link after every page.

    Files settled by earlier drains of the batch are counted from the settlements, once, so that a
    drain that died in between is no reason to count anything twice.
    """

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._link = run.link
        self._batch: Batch | None = None
        self._settled_before = 0
        self._fresh: set[tuple[str, str]] = set()

    @property
    def link(self) -> Link:
        """The link as last written."""
        return self._link

    def add(self, versions: Iterable[tuple[str, str]], waiting: Iterable[WaitingFile]) -> str:
        """Count these files, not seen by an earlier drain, and return their batch's id.

        `waiting` are the files that earlier drains have seen and could not settle.
        Raises LinkChanged.
        """
        batch = self._batch or self._open()
        self._fresh.update(versions)
        seen = self._settled_before + len(self._fresh) + _of_batch(batch, waiting)
        self._write(replace(batch, seen=max(batch.seen, seen), last_file_at=self._run.clock()))
        return batch.batch_id

    def close(self, waiting: Iterable[WaitingFile]) -> None:
        """After a whole listing: files that went away unseen are not waited for."""
        if self._batch is None:
            return
        settled = self._run.ledger.count(self._run.user.user_id, self._batch.batch_id)
        seen = settled + _of_batch(self._batch, waiting)
        if seen != self._batch.seen:
            self._write(replace(self._batch, seen=seen))

    def _open(self) -> Batch:
        """The batch that is open, or a new one, which two drains that meet agree on.

        What a file is settled under begins with its batch: in two batches it would settle twice.
        """
        now = self._run.clock()
        batch = self._link.batch
        if batch is None or now - batch.last_file_at > QUIET_MINUTES:
            new = Batch(new_batch_id(now), 0, now)
            self._link = self._run.links.open_batch(self._link, new)
            batch = self._link.batch or new
        self._settled_before = self._run.ledger.count(self._run.user.user_id, batch.batch_id)
        return batch

    def _write(self, batch: Batch) -> None:
        self._batch = batch
        self._link = self._run.links.update(self._link, batch=batch)


def _of_batch(batch: Batch, waiting: Iterable[WaitingFile]) -> int:
    return sum(file.batch_id == batch.batch_id for file in waiting)
