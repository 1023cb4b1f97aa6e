"""Which readers are at work for whom: leases beside the reading jobs, which end by themselves.

A slot is a row of its own, taken by a condition: readers that come at once cannot hold more than there are.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import uuid4

from pynamodb.exceptions import DeleteError, UpdateError

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.reading_tables import ReaderLeaseRow, ReadingItem
from shared.domain.reader_shares import ReaderLease, ReaderSlots
from shared.domain.timestamps import from_iso, to_iso

CLOCKS_APART = timedelta(minutes=10)
"""A lease that would end later than one that is taken now by so much was taken by a clock that is wrong."""
_KEPT_FOR = timedelta(days=1)


class ReaderLeases:
    """The reading jobs table, as far as it holds leases. Every method raises AwsUnavailable."""

    def __init__(self, reading_jobs_table: str, lasting: timedelta) -> None:
        """A lease of a reader that died ends after so long."""
        bind(ReadingItem, reading_jobs_table)
        self._lasting = lasting

    def take(self, slots: ReaderSlots, now: datetime) -> ReaderLease | None:
        """Hold a slot; None where all of them are held.

        Any is tried first: mostly it is free, and nothing has to be looked up.
        """
        with aws_errors_translated():
            first = random.randrange(slots.most)  # noqa: S311 - no secret
            return self._try(slots, first, now) or self._take_free(slots, now, but=first)

    def give_back(self, lease: ReaderLease) -> None:
        """The slot is free, unless it was taken over by then."""
        with aws_errors_translated():
            try:
                _row(lease).delete(ReaderLeaseRow.by == lease.by)
            except DeleteError as error:
                if error.cause_response_code != CONDITION_FAILED:
                    raise

    def _take_free(self, slots: ReaderSlots, now: datetime, *, but: int) -> ReaderLease | None:
        of_holder = ReaderLeaseRow.expense_id.startswith(_prefix(slots.kind))
        rows = ReaderLeaseRow.query(slots.holder_id, of_holder, consistent_read=True)
        held = {row.expense_id for row in rows if now < from_iso(row.until) <= self._latest(now)}
        free = [slot for slot in range(slots.most) if _key(slots.kind, slot) not in held and slot != but]
        random.shuffle(free)
        return next(filter(None, (self._try(slots, slot, now) for slot in free)), None)

    def _try(self, slots: ReaderSlots, slot: int, now: datetime) -> ReaderLease | None:
        lease = ReaderLease(slots.kind, slots.holder_id, slot, uuid4().hex)
        is_free = (
            ReaderLeaseRow.until.does_not_exist()
            | (ReaderLeaseRow.until <= to_iso(now))
            | (ReaderLeaseRow.until > to_iso(self._latest(now)))
        )
        try:
            _row(lease).update(
                [
                    ReaderLeaseRow.kind.set(ReaderLeaseRow),
                    ReaderLeaseRow.by.set(lease.by),
                    ReaderLeaseRow.until.set(to_iso(now + self._lasting)),
                    ReaderLeaseRow.ttl.set(int((now + _KEPT_FOR).timestamp())),
                ],
                condition=is_free,
            )
        except UpdateError as error:
            if error.cause_response_code == CONDITION_FAILED:
                return None
            raise
        return lease

    def _latest(self, now: datetime) -> datetime:
        return now + self._lasting + CLOCKS_APART


def _row(lease: ReaderLease) -> ReaderLeaseRow:
    return ReaderLeaseRow(lease.holder_id, _key(lease.kind, lease.slot))


def _key(kind: str, slot: int) -> str:
    """No expense is called so; of a user and a company with the same id each has its own."""
    return f"{_prefix(kind)}{slot:03d}"


def _prefix(kind: str) -> str:
    return f"reader#{kind}#"
