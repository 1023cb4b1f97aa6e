"""The host is told once a batch is read: at least once, also where a process dies, and never instead of a reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.document_reading.job.announce_batch import Announcement
from functions.document_reading.outcomes import DocumentUnreadable, ReadingHeldBack
from functions.document_reading.reading.model import Field, Source
from functions.sweep.ring_recorded_batches import RingRecordedBatches
from functions.sweep.sweep import Sweep
from shared.domain.errors import AwsUnavailable
from shared.domain.imports import Outcome
from shared.domain.reading_jobs import ReadingFailure
from shared.domain.recorded_batches import key_of_batch
from shared.domain.tallies import Visit
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.expenses_to_read import reading
from testing.fakes.failing import Failing, always, once
from testing.fakes.stores import FakeReadingDoorbells
from tests.unit.document_reading.reading_world import ReadingWorld

BATCH = "20261122T090258123456-a1b2c3"
DOWN = AwsUnavailable("AWS call failed: InternalException")
SURE = reading(merchant=Field("Café Lumière", is_confirmed=True, source=Source.OCR))


@pytest.fixture
def world() -> ReadingWorld:
    """Two documents of one batch, of which the first says all for sure."""
    world = ReadingWorld()
    world.imported("a", batch_id=BATCH)
    world.imported("b", batch_id=BATCH)
    world.reader.readings["a"] = SURE
    return world


def told(world: ReadingWorld) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.events.of("ImportBatchRead")
    return found


def counts(world: ReadingWorld) -> list[tuple[int, int, int]]:
    """Of each event: imported, confirmed, to check."""
    return [(event["imported"], event["confirmed"], event["to_check"]) for event in told(world)]


def sweep(world: ReadingWorld) -> list[str]:
    """Answer what a sweep rings for, and say what that was."""
    doorbells = FakeReadingDoorbells()
    RingRecordedBatches(world.batches, doorbells.ring, world.clock)(lambda: True, Sweep(), "sweep-1")
    for doorbell in doorbells.rung:
        world.answer(doorbell.expense_id)
    return [doorbell.expense_id for doorbell in doorbells.rung]


def test_the_reading_that_ends_last_tells_the_host_how_all_of_them_ended(world: ReadingWorld) -> None:
    now = world.clock()
    world.batches.others = [Visit(Outcome.REJECTED, now, now), Visit(Outcome.DUPLICATE, now, now)]
    world.record_batch(BATCH)

    first, last = world.answer("a"), world.answer("b")

    assert (first.announcement, last.announcement) == (Announcement.UNREAD, Announcement.SENT)
    [event] = told(world)
    assert counts(world) == [(2, 1, 1)]
    assert (event["duplicate"], event["rejected"]) == (1, 1)
    assert (event["link_id"], event["user_id"], event["company_id"]) == ("user:alice", "alice", "atelier")
    assert (event["id"], event["correlation_id"]) == (f"ImportBatchRead/user:alice/{BATCH}/4", "request-1")
    assert world.batches.notes == {}


def test_nothing_is_told_before_its_files_have_all_ended(world: ReadingWorld) -> None:
    answers = [world.answer("a"), world.answer("b")]

    assert [answer.announcement for answer in answers] == [Announcement.NOTHING] * 2
    assert told(world) == []


def test_a_batch_that_was_read_before_its_files_had_all_ended_is_told_of_when_that_is_noted(
    world: ReadingWorld,
) -> None:
    world.answer("a")
    world.answer("b")
    world.record_batch(BATCH)

    answer = world.answer(key_of_batch(BATCH))

    assert answer.announcement is Announcement.SENT
    assert counts(world) == [(2, 1, 1)]


def test_a_document_that_cannot_be_read_or_waits_for_its_quota_is_to_be_checked(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.reader.before = always(DocumentUnreadable(ReadingFailure.NOTHING_FOUND))
    world.answer("a")

    world.reader.before = always(ReadingHeldBack(world.clock().date() + timedelta(days=1)))
    world.answer("b")

    assert counts(world) == [(2, 0, 2)]


def test_more_files_of_the_same_batch_are_told_again_under_another_id(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.answer("a")
    world.answer("b")
    world.clock.advance(minutes=2)
    world.imported("c", batch_id=BATCH)
    world.record_batch(BATCH)

    world.answer("c")

    assert counts(world) == [(2, 1, 1), (3, 1, 2)]
    assert len({event["id"] for event in told(world)}) == 2
    [[before], [same, later]] = [event["drops"] for event in told(world)]
    assert before == same
    assert (same["drop_id"], same["imported"], same["confirmed"], same["to_check"]) == (BATCH, 2, 1, 1)
    assert (later["drop_id"], later["imported"], later["confirmed"], later["to_check"]) == (
        f"{BATCH}.2",
        1,
        0,
        1,
    )


def test_a_note_made_while_its_event_was_sent_is_not_forgotten_with_it(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.answer("a")
    real = world.events

    def follow(*_args: object) -> None:
        world.imported("c", batch_id=BATCH)
        world.clock.advance(seconds=1)
        world.record_batch(BATCH)

    world.events = Failing(real, send=once(follow))

    world.answer("b")
    world.answer("c")

    assert counts(world) == [(2, 1, 1), (3, 1, 2)]


def test_a_document_of_no_batch_is_read_and_nothing_is_looked_at() -> None:
    world = ReadingWorld()
    world.imported("old")

    answer = world.answer("old")

    assert (answer.answer, answer.announcement) == ("done", None)


def test_a_reading_is_over_though_the_host_cannot_be_told_and_the_next_sweep_has_it_told(
    world: ReadingWorld,
) -> None:
    world.record_batch(BATCH)
    world.answer("a")
    real, world.events = world.events, Failing(world.events, send=always(DOWN))

    answer = world.answer("b")
    world.events = real
    too_early = sweep(world)
    world.clock.advance(minutes=5)

    assert (answer.answer, answer.announcement) == ("done", Announcement.NOT_SENT)
    assert too_early == []
    assert sweep(world) == [key_of_batch(BATCH)]
    assert counts(world) == [(2, 1, 1)]


def test_a_reading_is_over_though_its_batch_cannot_be_looked_at(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.answer("a")
    world.batches = Failing(world.batches, get=always(DOWN))

    answer = world.answer("b")

    assert (answer.answer, answer.announcement) == ("done", Announcement.NOT_SENT)
    assert world.job("b").next_try is None


def test_a_batch_that_stays_unread_is_rung_for_less_and_less_often(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    waits: list[timedelta] = []
    looked_at: datetime = world.clock()

    for _ in range(500):
        world.clock.advance(minutes=5)
        if sweep(world):
            waits.append(world.clock() - looked_at)
            looked_at = world.clock()

    assert waits[0] == timedelta(minutes=5)
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=6)
    assert told(world) == []


def test_a_sweep_whose_doorbell_is_lost_rings_again_an_hour_later(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.clock.advance(minutes=5)
    ring = RingRecordedBatches(world.batches, FakeReadingDoorbells().ring, world.clock)
    ring(lambda: True, Sweep(), "lost")

    world.clock.advance(minutes=59)
    too_early = sweep(world)
    world.clock.advance(minutes=1)

    assert too_early == []
    assert sweep(world) == [key_of_batch(BATCH)]


def test_a_sweep_without_time_leaves_them_due(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.clock.advance(minutes=5)
    late = Sweep()

    rung = RingRecordedBatches(world.batches, FakeReadingDoorbells().ring, world.clock)(
        lambda: False, late, "late"
    )

    assert (rung, late.is_complete) == (0, False)
    assert sweep(world) == [key_of_batch(BATCH)]


def _calls(of: Callable[[ReadingWorld, CallCounter], object]) -> int:
    world = ReadingWorld()
    world.imported("a", batch_id=BATCH)
    world.record_batch(BATCH)
    counter = CallCounter()
    of(world, counter)
    return counter.count


READ_ONE = _calls(lambda world, counter: world.answer("a", counter=counter))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", range(1, READ_ONE + 1))
def test_the_host_is_told_wherever_the_last_reading_dies(number: int, after: bool) -> None:
    world = ReadingWorld()
    world.imported("a", batch_id=BATCH)
    world.record_batch(BATCH)

    with pytest.raises(Killed):
        world.answer("a", counter=CallCounter(number, after=after))
    for _ in range(6):
        world.clock.advance(hours=7)
        _answer_what_is_due(world)

    assert {event["id"] for event in told(world)} == {f"ImportBatchRead/user:alice/{BATCH}/1"}
    assert set(counts(world)) == {(1, 0, 1)}
    assert world.batches.notes == {}


def _answer_what_is_due(world: ReadingWorld) -> None:
    """What the sweep and the queue do, to a document and to its batch."""
    try:
        world.answer("a")
    except ComeBackLater:
        return
    sweep(world)


def test_the_fake_bus_checks_what_it_is_sent_against_the_schema(world: ReadingWorld) -> None:
    world.record_batch(BATCH)
    world.answer("a")
    world.answer("b")
    [event] = world.events.sent

    broken = type(event)(event.name, {**event.detail, "to_check": "38"})

    with pytest.raises(Exception, match="38"):
        FakeEventBus().send([broken])
