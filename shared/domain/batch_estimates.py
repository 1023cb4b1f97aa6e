"""How long a batch still takes: from the pace of importing, and of reading, as it was seen lately.

Who watches keeps what was seen, a few samples that thin out with age. A pause, such as a rate limit, is no
pace: what nothing ended in for long is left out, and while it lasts nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

MOST_SAMPLES = 32
_CLOSEST = timedelta(seconds=1)
_CLOSEST_PART = 0.04
"""Samples are so far apart at least, as a part of what all of them span."""
_ENOUGH = 60
"""Endings by which a pace is known well; older ones count no more."""
_LEAST = 5
_LEAST_PART = 0.1
_SHORTEST_PAUSE = 8.0
_GAPS_OF_A_PAUSE = 4.0
"""Nothing ends for so many times as long as usual: that is a pause."""


class NotEstimated(StrEnum):
    """Why nothing is said of how long a batch takes."""

    TOO_FEW = "too_few"
    WAITING = "waiting"
    PACE_UNKNOWN = "pace_unknown"


@dataclass(frozen=True, slots=True)
class Sample:
    """How many files had ended, and how many documents of them had been read, at an instant."""

    at: datetime
    recorded: int
    read: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The seconds that are left, or why they are not known."""

    seconds: float | None = None
    reason: NotEstimated | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do of a batch, and what was done; whether some of it waits for an instant to come."""

    seen: int
    recorded: int
    imported: int
    being_read: int
    is_held_up: bool = False

    @property
    def under_way(self) -> int:
        """Files that have not ended."""
        return self.seen - self.recorded

    @property
    def read(self) -> int:
        """Documents that were read."""
        return self.imported - self.being_read

    @property
    def to_read(self) -> float:
        """Documents that are to be read: of files under way as many as of the others."""
        return self.being_read + self.under_way * self.imported / max(self.recorded, 1)

    def sample(self, at: datetime) -> Sample:
        """How far it is."""
        return Sample(at, self.recorded, self.read)


def with_sample(samples: Sequence[Sample], new: Sample) -> tuple[Sample, ...]:
    """What is kept of these: a sample too close to the one before it gives way to the newest."""
    kept = list(samples)
    if len(kept) > 1:
        closest = max(_CLOSEST, _CLOSEST_PART * (new.at - kept[0].at))
        if kept[-1].at - kept[-2].at < closest:
            kept.pop()
    return (*kept, new)[-MOST_SAMPLES:]


def estimate(samples: Sequence[Sample], work: Work) -> Estimate:
    """How long it still takes, by samples of which the last is the present: the later of two ends."""
    if work.is_held_up:
        return Estimate(reason=NotEstimated.WAITING)
    least = max(_LEAST, _LEAST_PART * work.seen)
    ends: list[float] = []
    for left, done, counts in (
        (work.under_way, work.recorded, [sample.recorded for sample in samples]),
        (work.to_read, work.read, [sample.read for sample in samples]),
    ):
        if left <= 0:
            continue
        if done < least:
            return Estimate(reason=NotEstimated.TOO_FEW)
        pace = _pace([(sample.at.timestamp(), count) for sample, count in zip(samples, counts, strict=True)])
        if pace is None:
            return Estimate(reason=NotEstimated.PACE_UNKNOWN)
        ends.append(left / pace)
    return Estimate(seconds=max(ends)) if ends else Estimate()


_Point = tuple[float, int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time between two samples, in seconds, and how many ended in it."""

    seconds: float
    ended: int


def _pace(points: Sequence[_Point]) -> float | None:
    """How many end in a second, lately; None where that cannot be told, or nothing ends at present."""
    stretches = [
        _Stretch(later[0] - earlier[0], max(0, later[1] - earlier[1])) for earlier, later in pairwise(points)
    ]
    ended = sum(stretch.ended for stretch in stretches)
    if not ended:
        return None
    longest = max(_SHORTEST_PAUSE, _GAPS_OF_A_PAUSE * sum(each.seconds for each in stretches) / ended)
    runs = _without_pauses(stretches, longest)
    return _latest_pace(runs) if runs else None


def _without_pauses(stretches: Sequence[_Stretch], longest: float) -> list[_Stretch]:
    """The stretches since the last pause, or since the first ending; none during a pause.

    Work begins again somewhere within a stretch, which therefore says little of the pace.
    """
    kept: list[_Stretch] = []
    idle, has_begun = 0.0, False
    for stretch in stretches:
        idle = 0.0 if stretch.ended else idle + stretch.seconds
        if idle > longest:
            kept, has_begun = [], False
        elif has_begun:
            kept.append(stretch)
        else:
            has_begun = stretch.ended > 0
    return kept


def _latest_pace(stretches: Sequence[_Stretch]) -> float | None:
    """Of as many of the latest stretches as are needed to know it well."""
    ended, seconds = 0, 0.0
    for stretch in reversed(stretches):
        ended, seconds = ended + stretch.ended, seconds + stretch.seconds
        if ended >= _ENOUGH:
            break
    return ended / seconds if ended >= _LEAST and seconds > 0 else None
