"""How many files of a batch ended how, kept as they change: a poll of 20,000 files reads a few rows.

Each count changes in the transaction that changes what it counts, and lies beside the reading jobs, which
both import and reading write. A batch is *counted* where a row says so: made before its first record, deleted
where the counts are found not to be what is on record; then the records are counted, as they are of batches
of before there were counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from pynamodb.exceptions import PutError
from pynamodb.expressions.update import Action

from shared.aws.errors import CONDITION_FAILED, error_code
from shared.aws.stores.import_rows import TALLIED, to_tally
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.reading_tables import CountedBatchRow, ReadingItem, ToCheckRow, VisitCountRow
from shared.aws.stores.transactions import Writes
from shared.domain.imports import KEPT_FOR, ImportRecord, ReadingNote
from shared.domain.tallies import NUMBERS, BatchTally, Visit, VisitCount, count_of, tally_of
from shared.domain.timestamps import from_iso, to_iso

COUNT = "count"
"""The part of a transaction that counts."""
SHARDS = 4
"""Rows that share the counting of what was notified together: two transactions cannot change one at once."""
_EXACT = 32
_NARROWEST = timedelta(seconds=30)
_MOST_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is counted: with what was notified from then to then, on one of the shards of that."""

    began_at: datetime
    ended_at: datetime
    shard: int

    @property
    def key(self) -> str:
        """As the record keeps it: its count's key without the batch."""
        return f"{to_iso(self.began_at)}#{self.shard}"


class BatchCounts:
    """Counts what this process records, and knows which counts of which batches there are already."""

    def __init__(self, kept_for: timedelta = KEPT_FOR) -> None:
        self._kept_for = kept_for
        self._notified: dict[tuple[str, str], dict[datetime, datetime]] = {}
        self._latest: dict[tuple[str, str], datetime] = {}
        self._looking = Lock()
        self._writing = [Lock() for _ in range(SHARDS)]

    def place_of(self, record: ImportRecord) -> Place:
        """Where to count a new record. Before a batch's first, note that it is counted."""
        batch = record.user_id, record.batch_id
        with self._looking:
            notified = self._notified.get(batch)
            if notified is None:
                notified = self._look_up(record)
            began_at, ended_at = _together(record.notified_at, notified)
            notified[began_at] = ended_at
        return Place(began_at, ended_at, zlib.crc32(record.visit_key.encode()) % SHARDS)

    def writing(self, place: Place) -> Lock:
        """Hold it while writing there: threads of one drain would only refuse each other."""
        return self._writing[place.shard]

    def add(self, writes: Writes, record: ImportRecord, place: Place) -> None:
        """Count it, in the transaction that records it."""
        row = VisitCountRow(record.user_id, _key(record.batch_id, place.key))
        numbers = count_of(
            Visit(
                record.outcome,
                record.notified_at,
                record.recorded_at,
                record.reading,
                bool(record.active_content),
            )
        )
        count = record.user_id, row.expense_id
        self._latest[count] = latest = max(record.recorded_at, self._latest.get(count, record.recorded_at))
        writes.update(
            COUNT,
            row,
            [
                VisitCountRow.kind.set(VisitCountRow),
                *_added({name: getattr(numbers, name) for name in NUMBERS}),
                VisitCountRow.ended_at.set(to_iso(place.ended_at)),
                VisitCountRow.last_recorded_at.set(to_iso(latest)),
                VisitCountRow.ttl.set(self._ttl(record)),
            ],
        )

    def _look_up(self, record: ImportRecord) -> dict[datetime, datetime]:
        """The counts that there are of its batch; where nothing is recorded, it is counted from now on."""
        rows = _rows(record.user_id, record.batch_id, consistent=True)
        if not rows and not _has_records(record.user_id, record.batch_id):
            _mark_counted(record.user_id, record.batch_id, self._ttl(record))
        if len(self._notified) >= _MOST_REMEMBERED:
            self._notified.clear()
            self._latest.clear()
        counts = [row for row in rows if isinstance(row, VisitCountRow)]
        self._latest |= {(row.user_id, row.expense_id): from_iso(row.last_recorded_at) for row in counts}
        notified = {_began_at(row): from_iso(row.ended_at) for row in counts}
        self._notified[record.user_id, record.batch_id] = notified
        return notified

    def _ttl(self, record: ImportRecord) -> int:
        return int((record.recorded_at + self._kept_for).timestamp())


def add_reading(writes: Writes, record: ImportRecordRow, before: ReadingNote, after: ReadingNote) -> None:
    """Count a reading's end, in the transaction that notes it on the record."""
    if record.counted_in is None or before is after:
        return
    change = (after is ReadingNote.TO_CHECK) - (before is ReadingNote.TO_CHECK)
    being_read = (after is ReadingNote.WAITING) - (before is ReadingNote.WAITING)
    writes.update(
        COUNT,
        VisitCountRow(record.user_id, _key(record.batch_id, record.counted_in)),
        _added({"being_read": being_read, "to_check": change}),
        VisitCountRow.user_id.exists(),
    )
    to_check = ToCheckRow(
        record.user_id,
        f"{_CHECK}{record.batch_id}#{record.counted_in[:-2]}#{record.expense_id}",
        ttl=record.ttl,
    )
    if change > 0:
        writes.save("to check", to_check)
    if change < 0:
        writes.delete("checked", to_check)


def counted_tally(user_id: str, batch_id: str, *, consistent: bool = False) -> BatchTally | None:
    """The counts of a batch; None where not every record of it is counted."""
    rows = _rows(user_id, batch_id, consistent=consistent)
    if not any(isinstance(row, CountedBatchRow) for row in rows):
        return None
    return tally_of(_to_count(row) for row in rows if isinstance(row, VisitCountRow))


def recorded_tally(user_id: str, batch_id: str) -> BatchTally:
    """How the files of a batch have ended, off every one of their records; decisions go by nothing else."""
    of_batch = ImportRecordRow.visit_key.startswith(f"{batch_id}#")
    return to_tally(ImportRecordRow.query(user_id, of_batch, consistent_read=True, attributes_to_get=TALLIED))


def expenses_to_check(
    user_id: str, batch_id: str, began_at: datetime, ended_at: datetime, most: int
) -> list[str]:
    """The expenses whose readings were not sure, of a counted batch's files that were notified then."""
    of_batch = f"{_CHECK}{batch_id}#"
    rows = ToCheckRow.query(
        user_id,
        ToCheckRow.expense_id.between(f"{of_batch}{to_iso(began_at)}", f"{of_batch}{to_iso(ended_at)}~"),
        limit=most,
    )
    return [row.expense_id.rpartition("#")[2] for row in rows]


def count_no_more(user_id: str, batch_id: str) -> None:
    """Have the batch's records counted from now on, and its counts not used any more."""
    CountedBatchRow(user_id, _key(batch_id, "")).delete()


def counts_are_right(user_id: str, batch_id: str) -> bool:
    """Whether the counts of a batch, if it has any, are what is on record.

    What others change at the same time is allowed for: it lies between what was counted before and after.
    """
    before = counted_tally(user_id, batch_id, consistent=True)
    if before is None:
        return True
    on_record = recorded_tally(user_id, batch_id)
    after = counted_tally(user_id, batch_id, consistent=True)
    if after is None:
        return True
    return all(
        min(earlier, later) <= number <= max(earlier, later)
        for earlier, number, later in zip(*map(_sums, (before, on_record, after)), strict=True)
    )


def _sums(tally: BatchTally) -> tuple[int, ...]:
    return tuple(sum(getattr(each, name) for each in tally.counts) for name in NUMBERS)


def _together(notified_at: datetime, known: Mapping[datetime, datetime]) -> tuple[datetime, datetime]:
    """From when to when files count as notified together with one.

    At one instant, as long as a batch has few: then within spans that are the longer the more there are, so
    that a week of notifications makes some hundreds.
    """
    if notified_at in known or len(known) < _EXACT:
        return notified_at, known.get(notified_at, notified_at)
    span = _NARROWEST * 2 ** ((len(known) - _EXACT) // _EXACT)
    began_at = _EPOCH + (notified_at - _EPOCH) // span * span
    return began_at, max(began_at + span, known.get(began_at, began_at))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTS, _CHECK = "counts#", "check#"


def _key(batch_id: str, place: str) -> str:
    """No expense is called so."""
    return f"{_COUNTS}{batch_id}#{place}"


def _began_at(row: VisitCountRow) -> datetime:
    return from_iso(row.expense_id.split("#")[2])


def _rows(user_id: str, batch_id: str, *, consistent: bool) -> Sequence[ReadingItem]:
    of_batch = ReadingItem.expense_id.startswith(_key(batch_id, ""))
    return list(ReadingItem.query(user_id, of_batch, consistent_read=consistent))


def _has_records(user_id: str, batch_id: str) -> bool:
    of_batch = ImportRecordRow.visit_key.startswith(f"{batch_id}#")
    return any(ImportRecordRow.query(user_id, of_batch, consistent_read=True, limit=1))


def _mark_counted(user_id: str, batch_id: str, ttl: int) -> None:
    try:
        CountedBatchRow(user_id, _key(batch_id, ""), ttl=ttl).save(CountedBatchRow.user_id.does_not_exist())
    except PutError as error:
        if error_code(error) != CONDITION_FAILED:
            raise


def _added(numbers: Mapping[str, int]) -> list[Action]:
    attributes = VisitCountRow.get_attributes()
    return [attributes[name].add(number) for name, number in numbers.items() if number]


def _to_count(row: VisitCountRow) -> VisitCount:
    return VisitCount(
        _began_at(row),
        from_iso(row.ended_at),
        from_iso(row.last_recorded_at),
        *(int(getattr(row, name) or 0) for name in NUMBERS),
    )
