"""Which readers are at work for whom: leases beside the reading jobs, which end by themselves.

A slot is a row of its own, taken by a condition: readers that come at once cannot hold more than there are.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.reading_tables import ReaderLeaseRow, ReadingItem
from shared.domain.reader_shares import HeadStartUse, ReaderLease, ReaderSlots, next_use
from shared.domain.timestamps import from_iso, to_iso

CLOCKS_APART = timedelta(minutes=10)
"""A lease that would end later than one that is taken now by so much was taken by a clock that is wrong."""
_KEPT_FOR = timedelta(days=1)
_HELD_BY_NONE = to_iso(datetime.min.replace(tzinfo=UTC))


class ReaderLeases:
    """The reading jobs table, as far as it holds leases. Every method raises AwsUnavailable."""

    def __init__(self, reading_jobs_table: str, lasting: timedelta) -> None:
        """A lease of a reader that died ends after so long."""
        bind(ReadingItem, reading_jobs_table)
        self._lasting = lasting

    def take(self, slots: ReaderSlots, now: datetime) -> ReaderLease | None:
        """Hold a slot; None where all of them are held, or used up.

        Any is tried first: mostly it is free, and nothing has to be looked up.
        """
        with aws_errors_translated():
            first = random.randrange(slots.most)  # noqa: S311 - no secret
            return self._try(_lease(slots, first), now) or self._take_free(slots, now, but=first)

    def give_back(self, lease: ReaderLease) -> None:
        """The slot is free, unless it was taken over by then."""
        is_ours = ReaderLeaseRow.by == lease.by
        with aws_errors_translated():
            try:
                if lease.is_head_start:
                    _row(lease).update([ReaderLeaseRow.until.set(_HELD_BY_NONE)], condition=is_ours)
                else:
                    _row(lease).delete(is_ours)
            except (DeleteError, UpdateError) as error:
                if error_code(error) != CONDITION_FAILED:
                    raise

    def _take_free(self, slots: ReaderSlots, now: datetime, *, but: int) -> ReaderLease | None:
        of_holder = ReaderLeaseRow.expense_id.startswith(_prefix(slots.kind))
        rows = ReaderLeaseRow.query(slots.holder_id, of_holder, consistent_read=True)
        seen = {row.expense_id: row for row in rows}
        free = [
            lease
            for lease in (_lease(slots, slot) for slot in range(slots.most + slots.head_start) if slot != but)
            if not self._is_held(seen.get(_key(lease)), now)
        ]
        random.shuffle(free)
        free.sort(key=lambda lease: lease.is_head_start)  # which is kept for when it is needed
        return next(filter(None, (self._try(lease, now, seen.get(_key(lease))) for lease in free)), None)

    def _is_held(self, row: ReaderLeaseRow | None, now: datetime) -> bool:
        return row is not None and now < from_iso(row.until) <= self._latest(now)

    def _try(
        self, lease: ReaderLease, now: datetime, seen: ReaderLeaseRow | None = None
    ) -> ReaderLease | None:
        """Hold it, if nobody does. One of a head start must be as it was seen, or its uses would be lost."""
        if not lease.is_head_start:
            return self._hold(lease, now, [], self._is_free(now))
        use = next_use(_last_use(seen), now)
        if use is None:
            return None
        is_as_seen = ReaderLeaseRow.by.does_not_exist() if seen is None else ReaderLeaseRow.by == seen.by
        noted: list[Action] = [
            ReaderLeaseRow.since.set(to_iso(use.since)),
            ReaderLeaseRow.used.set(use.number),
        ]
        return self._hold(lease, now, noted, self._is_free(now) & is_as_seen)

    def _hold(
        self, lease: ReaderLease, now: datetime, noted: list[Action], condition: Condition
    ) -> ReaderLease | None:
        actions: list[Action] = [
            ReaderLeaseRow.kind.set(ReaderLeaseRow),
            ReaderLeaseRow.by.set(lease.by),
            ReaderLeaseRow.until.set(to_iso(now + self._lasting)),
            ReaderLeaseRow.ttl.set(int((now + _KEPT_FOR).timestamp())),
        ]
        try:
            _row(lease).update([*actions, *noted], condition=condition)
        except UpdateError as error:
            if error_code(error) == CONDITION_FAILED:
                return None
            raise
        return lease

    def _is_free(self, now: datetime) -> Condition:
        free: Condition = (
            ReaderLeaseRow.until.does_not_exist()
            | (ReaderLeaseRow.until <= to_iso(now))
            | (ReaderLeaseRow.until > to_iso(self._latest(now)))
        )
        return free

    def _latest(self, now: datetime) -> datetime:
        return now + self._lasting + CLOCKS_APART


def _last_use(row: ReaderLeaseRow | None) -> HeadStartUse | None:
    if row is None or row.since is None or row.used is None:
        return None
    return HeadStartUse(int(row.used), from_iso(row.since))


def _lease(slots: ReaderSlots, slot: int) -> ReaderLease:
    return ReaderLease(slots.kind, slots.holder_id, slot, uuid4().hex, is_head_start=slot >= slots.most)


def _row(lease: ReaderLease) -> ReaderLeaseRow:
    return ReaderLeaseRow(lease.holder_id, _key(lease))


def _key(lease: ReaderLease) -> str:
    """No expense is called so; of a user and a company with the same id each has its own."""
    return f"{_prefix(lease.kind)}{lease.slot:03d}"


def _prefix(kind: str) -> str:
    return f"reader#{kind}#"
