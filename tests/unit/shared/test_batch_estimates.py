"""How long a batch still takes, as it is said while it runs, against how long it then took."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.batch_estimates import (
    MOST_SAMPLES,
    Estimate,
    NotEstimated,
    Sample,
    Work,
    estimate,
    with_sample,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FEW_SECONDS = 6.0
"""Nobody is told of less: a batch that is nearly over is right to within a poll or two."""


@dataclass(frozen=True)
class Batch:
    """When each file of a batch ended, in seconds, and when each was read."""

    recorded: list[float]
    read: list[float]

    @property
    def ends(self) -> float:
        return max(*self.recorded, *self.read)

    def work_at(self, at: float, *, is_held_up: bool = False) -> Work:
        recorded = sum(each <= at for each in self.recorded)
        read = sum(each <= at for each in self.read)
        return Work(len(self.recorded), recorded, recorded, recorded - read, is_held_up)


def batch_of(
    files: int,
    *,
    imports: Callable[[float], float],
    readers: Callable[[float], int],
    reading: float,
    seed: int = 0,
    pause: tuple[float, float] | None = None,
) -> Batch:
    """Files imported one after the other, at a pace by time, and read by so many readers at a time."""
    random, at, recorded = Random(seed), 2.0, []
    for _ in range(files):
        at += random.uniform(0.5, 1.5) / imports(at)
        if pause and pause[0] <= at < pause[1]:
            at = pause[1] + random.uniform(0.5, 1.5) / imports(at)
        recorded.append(at)
    busy: list[float] = []
    read = []
    begins = 0.0
    for arrived in recorded:
        begins = max(begins, arrived)
        while len(busy) >= readers(begins):
            begins = max(begins, heappop(busy))
        ends = begins + reading * random.uniform(0.6, 1.4)
        heappush(busy, ends)
        read.append(ends)
    return Batch(recorded, read)


def said_of(
    batch: Batch,
    *,
    every: float = 2.0,
    from_second: float = 0.0,
    is_held_up: Callable[[float], bool] = lambda _: False,
) -> Iterable[tuple[float, Estimate]]:
    """What is said at every poll, until it is over."""
    samples: tuple[Sample, ...] = ()
    at = from_second
    while at < batch.ends:
        work = batch.work_at(at, is_held_up=is_held_up(at))
        samples = with_sample(samples, work.sample(NOW + timedelta(seconds=at)))
        yield at, estimate(samples, work)
        at += every


def is_right(said: Estimate, truth: float) -> bool:
    return said.seconds is not None and abs(said.seconds - truth) <= max(0.2 * truth, FEW_SECONDS)


def first_tenth(batch: Batch) -> float:
    """When a tenth of the files was imported and read."""
    return sorted(batch.read)[len(batch.read) // 10]


@given(
    files=st.integers(100, 2_000),
    pace=st.floats(0.5, 20),
    readers=st.integers(1, 20),
    reading=st.floats(0.5, 6),
    seed=st.integers(0, 1_000),
)
@settings(max_examples=40, deadline=None)
def test_at_a_steady_pace_it_is_right_to_a_fifth_after_the_first_tenth(
    files: int, pace: float, readers: int, reading: float, seed: int
) -> None:
    batch = batch_of(files, imports=lambda _: pace, readers=lambda _: readers, reading=reading, seed=seed)
    ready = first_tenth(batch) + 10

    told = [(at, said) for at, said in said_of(batch, every=max(2, batch.ends / 300)) if at >= ready]

    wrong = [(at, said, batch.ends - at) for at, said in told if not is_right(said, batch.ends - at)]
    assert len(wrong) <= 0.05 * len(told), wrong[:5]


@pytest.mark.parametrize("seed", range(5))
def test_a_reader_share_that_shrinks_is_noticed(seed: int) -> None:
    """Other tenants take most of the readers away; it is right once sixty more documents were read."""
    batch = batch_of(400, imports=lambda _: 10, readers=lambda at: 8 if at < 60 else 3, reading=3, seed=seed)

    told = [(at, said) for at, said in said_of(batch) if at > 125]

    assert len(told) > 50
    assert [each for each in told if not is_right(each[1], batch.ends - each[0])] == []


@pytest.mark.parametrize("seed", range(5))
def test_a_rate_limit_is_no_pace_and_nothing_is_said_while_it_lasts(seed: int) -> None:
    batch = batch_of(600, imports=lambda _: 4, readers=lambda _: 20, reading=2, pause=(40, 100), seed=seed)

    told = list(said_of(batch, is_held_up=lambda at: 41 <= at < 100))

    during = {said.reason for at, said in told if 41 <= at < 100}
    after = [(at, said) for at, said in told if at > 118]
    assert during == {NotEstimated.WAITING}
    assert len(after) > 20
    assert [each for each in after if not is_right(each[1], batch.ends - each[0])] == []


def test_a_pause_that_nobody_announced_is_not_taken_for_a_pace() -> None:
    batch = batch_of(600, imports=lambda _: 4, readers=lambda _: 20, reading=2, pause=(40, 100))

    told = list(said_of(batch))

    assert {said.reason for at, said in told if 60 < at < 100} == {NotEstimated.PACE_UNKNOWN}
    assert all(is_right(said, batch.ends - at) for at, said in told if at > 118)


def test_who_opens_the_page_in_the_middle_is_told_soon() -> None:
    batch = batch_of(600, imports=lambda _: 4, readers=lambda _: 20, reading=2)

    told = list(said_of(batch, from_second=60))

    assert told[0][1].reason is NotEstimated.PACE_UNKNOWN
    assert all(is_right(said, batch.ends - at) for at, said in told if at >= 72)


def test_the_later_of_two_ends_counts() -> None:
    samples = [Sample(NOW + timedelta(seconds=second), 4 * second, second) for second in range(40)]

    said = estimate(samples, Work(seen=200, recorded=156, imported=156, being_read=117))

    assert said.seconds == pytest.approx(161)


def test_files_that_are_not_imported_are_not_read() -> None:
    samples = [Sample(NOW + timedelta(seconds=second), 4 * second, second) for second in range(40)]

    said = estimate(samples, Work(seen=200, recorded=156, imported=39, being_read=0))

    assert said.seconds == pytest.approx(11)


def test_before_a_tenth_is_done_nothing_is_said() -> None:
    samples = [Sample(NOW + timedelta(seconds=second), second, second) for second in range(15)]

    said = estimate(samples, Work(seen=200, recorded=14, imported=14, being_read=0))

    assert said == Estimate(reason=NotEstimated.TOO_FEW)


def test_what_readers_are_busy_elsewhere_with_is_not_estimated() -> None:
    """All is imported, and nobody has read any of it for a minute."""
    samples = [Sample(NOW + timedelta(seconds=2 * number), 100, min(30, number)) for number in range(60)]

    said = estimate(samples, Work(seen=100, recorded=100, imported=100, being_read=70))

    assert said == Estimate(reason=NotEstimated.PACE_UNKNOWN)


def test_of_a_batch_that_is_over_nothing_is_left() -> None:
    assert estimate([], Work(seen=10, recorded=10, imported=8, being_read=0)) == Estimate()


@given(st.lists(st.floats(0.1, 40), max_size=300))
def test_few_samples_are_kept_and_always_the_last(pauses: list[float]) -> None:
    samples: tuple[Sample, ...] = ()
    at = NOW
    for number, pause in enumerate(pauses):
        at += timedelta(seconds=pause)
        samples = with_sample(samples, Sample(at, number, 0))

    assert len(samples) <= MOST_SAMPLES
    assert not pauses or samples[-1].at == at
    assert list(samples) == sorted(samples, key=lambda sample: sample.at)


@given(
    st.lists(st.tuples(st.floats(0, 60), st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.integers(0, 200),
    st.booleans(),
)
def test_it_says_seconds_or_why_not_and_never_both(
    steps: list[tuple[float, int, int]], more: int, is_held_up: bool
) -> None:
    samples: tuple[Sample, ...] = ()
    at, recorded, read = NOW, 0, 0
    for pause, ended, was_read in steps:
        at += timedelta(seconds=pause)
        recorded, read = recorded + ended, min(read + was_read, recorded + ended)
        samples = with_sample(samples, Sample(at, recorded, read))

    said = estimate(samples, Work(recorded + more, recorded, recorded, recorded - read, is_held_up))

    assert said.seconds is None or said.reason is None
    assert said.seconds is None or said.seconds > 0
