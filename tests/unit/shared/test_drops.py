"""Which files were dropped together, and for how long they were under way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.domain.imports import Outcome
from shared.domain.tallies import BatchTally, Visit, VisitCount, batch_id_in, count_of, drops_of, tally_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BATCH = "20261122T120000000000-a1b2c3"


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def visits(count: int, notified: float, recorded: float) -> tuple[VisitCount, ...]:
    return tuple(count_of(Visit(Outcome.IMPORTED, at(notified), at(recorded))) for _ in range(count))


def test_files_of_one_batch_that_came_minutes_apart_are_two_drops() -> None:
    tally = tally_of(visits(15, 0, 8) + visits(200, 180, 200))

    first, second = drops_of(BATCH, tally, ())

    assert (first.drop_id, first.tally.recorded, first.tally.seconds) == (BATCH, 15, 8)
    assert (second.drop_id, second.tally.recorded, second.tally.seconds) == (f"{BATCH}.2", 200, 20)
    assert (second.began_at, batch_id_in(second.drop_id)) == (at(180), BATCH)


def test_files_that_keep_coming_in_are_one_drop_however_long_that_takes() -> None:
    tally = tally_of(tuple(visit for second in range(0, 600, 20) for visit in visits(5, second, second + 2)))

    (drop,) = drops_of(BATCH, tally, ())

    assert drop.tally.recorded == 150


def test_what_is_under_way_belongs_to_the_drop_it_came_with() -> None:
    tally = tally_of(visits(15, 0, 8))

    first, second = drops_of(BATCH, tally, [at(5), *[at(180)] * 200])

    assert (first.tally.recorded, first.under_way) == (15, 1)
    assert (second.tally.recorded, second.under_way, second.tally.seconds) == (0, 200, 0)


def test_a_file_that_ended_late_does_not_join_the_drops_in_between() -> None:
    tally = tally_of(visits(2, 0, 500) + visits(3, 180, 182))

    first, second = drops_of(BATCH, tally, ())

    assert (first.tally.recorded, second.tally.recorded) == (2, 3)


def test_the_time_in_which_nothing_was_under_way_does_not_count() -> None:
    tally = tally_of(visits(1, 0, 4) + visits(1, 2, 6) + visits(1, 20, 21))

    assert tally.seconds == 7


def test_a_clock_that_went_back_makes_no_negative_time() -> None:
    assert tally_of(visits(1, 5, 4)).seconds == 0


def test_a_batch_of_nothing_has_no_drops() -> None:
    assert drops_of(BATCH, BatchTally(), ()) == []
