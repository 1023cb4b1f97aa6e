"""Counts the files that are dropped together, so that people see "142 of 200".

Once all of them have ended, the host is told how.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from functions.auto_import.import_run import ImportRun
from functions.auto_import.request_readings import have_looked_at
from shared.at_once import at_once
from shared.domain.activity import BatchActivity
from shared.domain.errors import AwsFailed
from shared.domain.host_events import Occasion, batch_settled
from shared.domain.imports import ImportRecord, Outcome, WaitingFile
from shared.domain.links import Batch, Link, batch_began_at, new_batch_id
from shared.domain.recorded_batches import LOOKED_AT_AGAIN_AFTER, RecordedBatch
from shared.domain.tallies import BatchTally

Version = tuple[str, str]
QUIET_MINUTES = timedelta(minutes=10)
"""Longer than any drain may run: two drains that meet are never in different batches."""


class BatchCount:
    """The batch new files belong to, and how many it has; on the link after every page.

    `unannounced` is why the host events could not be sent how it ended.

    Files recorded by earlier drains of the batch are counted from the records, once, so that a
    drain that died in between is no reason to count anything twice.
    """

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._link = run.link
        self._batch: Batch | None = None
        self._recorded_before = 0
        self._fresh: set[Version] = set()
        self._tally: BatchTally | None = None
        self.unannounced: AwsFailed | None = None

    @property
    def link(self) -> Link:
        """The link as last written."""
        return self._link

    def add(self, fresh: Mapping[Version, datetime], waiting: Collection[WaitingFile]) -> str:
        """Count these files, not seen by an earlier drain, and return their batch's id.

        `fresh` has the notification of each, of one at least; `waiting` are the files that earlier drains
        have seen and could not record. Raises LinkChanged.
        """
        now = self._run.services.clock()
        new = Batch(new_batch_id(now), len(fresh), now, notified_at=min(fresh.values()))
        batch = self._batch or self._open(new, waiting)
        self._fresh.update(fresh)
        if batch.batch_id == new.batch_id:
            self._batch = batch
            return batch.batch_id
        seen = self._recorded_before + len(self._fresh) + len(_of_batch(batch.batch_id, waiting))
        self._write(replace(batch, seen=max(batch.seen, seen), last_file_at=now, notified_at=new.notified_at))
        return batch.batch_id

    def close(self, waiting: Iterable[WaitingFile]) -> None:
        """After a whole listing: files that went away unseen are not waited for."""
        if self._batch is None:
            return
        self._tally = self._tally_of(self._batch.batch_id)
        seen = self._tally.recorded + len(_of_batch(self._batch.batch_id, waiting))
        if seen != self._batch.seen:
            self._write(replace(self._batch, seen=seen))

    def announce(self, recorded: Iterable[ImportRecord], waiting: Collection[WaitingFile]) -> None:
        """Of each batch whose files have all ended by now, tell the host, unless it knows.

        `recorded` are those of this drain: some may be the last of earlier batches. Raises LinkChanged.
        """
        batch = self._link.batch
        if batch is not None and batch.announced < batch.seen and not _of_batch(batch.batch_id, waiting):
            self._announce_last(batch)
        present = batch.batch_id if batch else ""
        for batch_id in sorted({row.batch_id for row in recorded} - {present}):
            if not _of_batch(batch_id, waiting):
                self._tell(batch_id, self._tally_of(batch_id))

    def _announce_last(self, batch: Batch) -> None:
        """The link says how much of it was told, so that a drain that dies in between tells it again."""
        tally = self._tally if self._batch and self._tally else self._tally_of(batch.batch_id)
        if tally.recorded > batch.announced and not self._tell(batch.batch_id, tally):
            return
        ended = replace(batch, seen=tally.recorded, announced=tally.recorded)
        self._link = self._run.services.links.note_announced(self._link, ended)

    def _open(self, new: Batch, waiting: Collection[WaitingFile]) -> Batch:
        """The batch that is open, or a new one, which two drains that meet agree on.

        What a file is recorded under begins with its batch: in two batches it would record twice.
        """
        batch = self._link.batch
        if batch is None or new.last_file_at - batch.last_file_at > QUIET_MINUTES:
            self._announce_as_it_is(batch, waiting)
            self._link = self._run.services.links.open_batch(self._link, new)
            batch = self._link.batch or new
        if batch.batch_id != new.batch_id:
            self._recorded_before = self._run.services.records.count(self._run.user.user_id, batch.batch_id)
        return batch

    def _announce_as_it_is(self, batch: Batch | None, waiting: Collection[WaitingFile]) -> None:
        """Another takes its place on the link; what of it still waits is told of once that has ended.

        A file that a drain counted and died before noting does not: it comes in the other batch.
        """
        if batch is None or batch.announced >= batch.seen:
            return
        tally = self._tally_of(batch.batch_id)
        if tally.recorded > batch.announced:
            self._tell(batch.batch_id, tally, _of_batch(batch.batch_id, waiting))

    def _tally_of(self, batch_id: str) -> BatchTally:
        return self._run.services.records.tally(self._run.user.user_id, batch_id)

    def _tell(self, batch_id: str, tally: BatchTally, waiting: Sequence[datetime] = ()) -> bool:
        """Whether the host could be told. Nothing of the import is undone where it could not.

        Only what ended for good is told of once it is read: what still waits has this told again.
        """
        occasion = Occasion(self._run.services.clock(), self._run.correlation_id)
        is_to_be_read = tally.outcomes[Outcome.IMPORTED] > 0 and not waiting

        def note_activity() -> None:
            if self._link.company_id:
                self._run.services.note_activity(_activity(self._link, batch_id, tally, occasion.at))

        def note_recorded() -> None:
            if is_to_be_read:
                self._run.services.note_recorded(_to_be_read(self._link, self._run, batch_id))

        try:
            at_once(note_activity, note_recorded)
            self._run.services.send_events([batch_settled(self._link, batch_id, tally, waiting, occasion)])
        except AwsFailed as error:
            self.unannounced = error
            return False
        if is_to_be_read:
            have_looked_at(self._run, batch_id)
        return True

    def _write(self, batch: Batch) -> None:
        self._batch = batch
        self._link = self._run.services.links.update(self._link, batch=batch)


def _activity(link: Link, batch_id: str, tally: BatchTally, now: datetime) -> BatchActivity:
    """Once all of its files have ended; where more follow, all of them again."""
    began_at = now
    with suppress(ValueError):  # the id of another release's batch
        began_at = batch_began_at(batch_id)
    return BatchActivity(
        company_id=link.company_id,
        batch_id=batch_id,
        began_at=began_at,
        imported=tally.outcomes[Outcome.IMPORTED],
        duplicate=tally.outcomes[Outcome.DUPLICATE],
        rejected=tally.outcomes[Outcome.REJECTED],
    )


def _to_be_read(link: Link, run: ImportRun, batch_id: str) -> RecordedBatch:
    now = run.services.clock()
    return RecordedBatch(
        user_id=run.user.user_id,
        batch_id=batch_id,
        link_id=link.link_id,
        company_id=link.company_id,
        correlation_id=run.correlation_id,
        noted_at=now,
        next_look=now + LOOKED_AT_AGAIN_AFTER,
    )


def _of_batch(batch_id: str, waiting: Iterable[WaitingFile]) -> list[datetime]:
    """The notification of each file of the batch that waits."""
    return [file.since for file in waiting if file.batch_id == batch_id]
