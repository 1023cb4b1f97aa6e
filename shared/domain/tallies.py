"""How the files of a batch have ended, counted; and which of them were dropped together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.imports import Outcome, ReadingNote

DROPPED_APART = timedelta(seconds=30)
"""Files whose notifications are further apart than this were not dropped together."""
NUMBERS = ("imported", "duplicate", "rejected", "being_read", "to_check", "with_active_content")
"""What a `VisitCount` counts, by its fields and by the attributes that they are kept as."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What counting needs of a recorded file: how it ended, from when to when it was worked on.

    `reading` is as in `ImportRecord`; and whether there is active content in it.
    """

    outcome: Outcome
    notified_at: datetime
    recorded_at: datetime
    reading: ReadingNote | None = None
    has_active_content: bool = False


@dataclass(frozen=True, slots=True)
class VisitCount:
    """How many files that were notified together ended how, and when the last of them did.

    Together is at one instant; only in a batch of a great many notifications, within some seconds.
    `being_read` and `to_check` are of the imported.
    """

    began_at: datetime
    ended_at: datetime
    last_recorded_at: datetime
    imported: int = 0
    duplicate: int = 0
    rejected: int = 0
    being_read: int = 0
    to_check: int = 0
    with_active_content: int = 0

    @property
    def recorded(self) -> int:
        """How many ended."""
        return self.imported + self.duplicate + self.rejected

    def with_more(self, other: VisitCount) -> VisitCount:
        """Both counts in one."""
        return VisitCount(
            min(self.began_at, other.began_at),
            max(self.ended_at, other.ended_at),
            max(self.last_recorded_at, other.last_recorded_at),
            *(getattr(self, name) + getattr(other, name) for name in NUMBERS),
        )


def count_of(visit: Visit) -> VisitCount:
    """That of a single file."""
    return VisitCount(
        visit.notified_at,
        visit.notified_at,
        visit.recorded_at,
        imported=int(visit.outcome is Outcome.IMPORTED),
        duplicate=int(visit.outcome is Outcome.DUPLICATE),
        rejected=int(visit.outcome is Outcome.REJECTED),
        being_read=int(visit.reading is ReadingNote.WAITING),
        to_check=int(visit.reading is ReadingNote.TO_CHECK),
        with_active_content=int(visit.has_active_content),
    )


@dataclass(frozen=True, slots=True)
class BatchTally:
    """How the files of a batch, or of a part of it, ended so far, by when they were notified."""

    counts: tuple[VisitCount, ...] = ()

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many ended how."""
        return Counter(
            {outcome: sum(getattr(each, outcome.value) for each in self.counts) for outcome in Outcome}
        )

    @property
    def recorded(self) -> int:
        """How many ended."""
        return sum(each.recorded for each in self.counts)

    @property
    def being_read(self) -> int:
        """How many of the imported are still to be read."""
        return sum(each.being_read for each in self.counts)

    @property
    def to_check(self) -> int:
        """How many of the imported somebody should look at, as far as their readings knew."""
        return sum(each.to_check for each in self.counts)

    @property
    def with_active_content(self) -> int:
        """How many are to be opened with care."""
        return sum(each.with_active_content for each in self.counts)

    @property
    def confirmed(self) -> int:
        """How many of the imported nobody has to look at, as their readings ended."""
        return sum(each.imported - each.being_read - each.to_check for each in self.counts)

    @property
    def last_recorded_at(self) -> datetime | None:
        """When the last of them ended; None while none has."""
        return max((each.last_recorded_at for each in self.counts), default=None)

    @property
    def seconds(self) -> float:
        """For how long at least one of them was under way: the time between two drops is nobody's work."""
        total, until = timedelta(), datetime.min.replace(tzinfo=UTC)
        for each in sorted(self.counts, key=lambda each: each.began_at):
            total += max(each.last_recorded_at - max(each.began_at, until), timedelta())
            until = max(until, each.last_recorded_at)
        return total.total_seconds()


def tally_of(counts: Iterable[VisitCount]) -> BatchTally:
    """Sum up what was notified together."""
    together: dict[datetime, VisitCount] = {}
    for each in counts:
        known = together.get(each.began_at)
        together[each.began_at] = known.with_more(each) if known else each
    return BatchTally(tuple(together[began_at] for began_at in sorted(together)))


@dataclass(frozen=True, slots=True)
class Drop:
    """Files of a batch that were dropped together: the recorded ones, and how many are still under way.

    The first of a batch has the batch's own id, a later one that and a number: `2026…-a1b2c3.2`.
    """

    drop_id: str
    began_at: datetime
    ended_at: datetime
    tally: BatchTally
    under_way: int


def drops_of(batch_id: str, tally: BatchTally, under_way: Iterable[datetime]) -> list[Drop]:
    """Tell the drops of one batch apart, the oldest first.

    `under_way` has the notification of each file that is not recorded. A file that was notified long after
    the one before it was dropped by itself, however soon after the other's end.
    """
    known: list[_Known] = [(each.began_at, each.ended_at, each) for each in tally.counts]
    known += [(notified_at, notified_at, None) for notified_at in under_way]
    known.sort(key=lambda each: each[0])
    groups: list[list[_Known]] = []
    ended_at = datetime.min.replace(tzinfo=UTC)
    for each in known:
        if not groups or each[0] - ended_at > DROPPED_APART:
            groups.append([])
        groups[-1].append(each)
        ended_at = max(ended_at, each[1])
    return [_drop(drop_id_of(batch_id, number), group) for number, group in enumerate(groups, start=1)]


def drop_id_of(batch_id: str, number: int) -> str:
    """The id of the so manieth drop of a batch, beginning with 1."""
    return batch_id if number == 1 else f"{batch_id}.{number}"


def batch_id_in(drop_id: str) -> str:
    """The id of the batch that a drop is of."""
    return drop_id.partition(".")[0]


# From when to when files were notified, and their count; None of one that is under way.
_Known = tuple[datetime, datetime, VisitCount | None]


def _drop(drop_id: str, group: Sequence[_Known]) -> Drop:
    counts = tuple(count for _, _, count in group if count is not None)
    ended_at = max(ended for _, ended, _ in group)
    return Drop(drop_id, group[0][0], ended_at, BatchTally(counts), len(group) - len(counts))
