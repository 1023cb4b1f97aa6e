"""Documents that should have been read are rung for, once in a while, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.sweep.ring_due_readings import RingDueReadings
from functions.sweep.sweep import Sweep
from shared.domain.errors import AwsUnavailable
from shared.domain.reading_jobs import ReadingJobStatus, new_reading_job
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.clocks import Clock
from testing.fakes.failing import Failing, always, once
from testing.fakes.reading_jobs import FakeReadingJobs
from testing.fakes.stores import FakeReadingDoorbells

IMPORTED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class World:
    def __init__(self) -> None:
        self.clock = Clock(IMPORTED)
        self.jobs: Any = FakeReadingJobs()
        self.doorbells: Any = FakeReadingDoorbells()

    def imported(self, *expense_ids: str) -> None:
        for expense_id in expense_ids:
            self.jobs.add(new_reading_job("alice", expense_id, self.clock()))

    def sweep(self, has_time: Any = lambda: True) -> Sweep:
        sweep = Sweep()
        RingDueReadings(self.jobs, self.doorbells.ring, self.clock)(has_time, sweep)
        return sweep

    def rung(self) -> list[str]:
        ids = sorted(doorbell.expense_id for doorbell in self.doorbells.rung)
        self.doorbells.rung.clear()
        return ids


@pytest.fixture
def world() -> World:
    return World()


def test_a_forgotten_document_is_rung_for_and_one_just_imported_is_not(world: World) -> None:
    world.imported("forgotten")
    world.clock.advance(minutes=10)
    world.imported("fresh")

    world.sweep()

    assert world.doorbells.rung == [ReadingDoorbell("alice", "forgotten")]


def test_it_is_not_rung_for_again_before_an_hour_has_passed(world: World) -> None:
    world.imported("forgotten")
    world.clock.advance(minutes=10)
    rung = []

    for _ in range(3):
        world.sweep()
        rung.append(world.rung())
        world.clock.advance(minutes=30)

    assert rung == [["forgotten"], [], ["forgotten"]]


def test_hundreds_are_all_rung_for(world: World) -> None:
    ids = [f"expense-{number:03}" for number in range(200)]
    world.imported(*ids)
    world.clock.advance(minutes=10)

    world.sweep()

    assert world.rung() == ids


def test_what_is_over_or_being_read_is_not_rung_for(world: World) -> None:
    world.imported("over", "read")
    over, read = world.jobs.get("alice", "over"), world.jobs.get("alice", "read")
    world.jobs.finish(over, ReadingJobStatus.DONE, None, "", world.clock())
    world.clock.advance(minutes=10)
    world.jobs.note(read, world.clock() + timedelta(minutes=2))

    world.sweep()

    assert world.rung() == []


def test_a_reading_that_begins_meanwhile_keeps_its_own_time(world: World) -> None:
    world.imported("raced")
    job = world.jobs.get("alice", "raced")
    world.clock.advance(minutes=10)
    noted = replace(job, attempts_started=1, next_try=world.clock() + timedelta(minutes=2))
    world.doorbells = Failing(world.doorbells, ring=once(lambda *_: world.jobs.add(noted)))

    sweep = world.sweep()

    assert not sweep.failures
    assert world.jobs.get("alice", "raced") == noted


def test_a_bucket_that_fails_stays_due_and_is_told(world: World) -> None:
    world.imported("forgotten")
    world.clock.advance(minutes=10)
    silent = world.doorbells
    world.doorbells = Failing(silent, ring=always(AwsUnavailable("no")))

    sweep = world.sweep()

    assert [type(error) for error in sweep.failures.values()] == [AwsUnavailable]
    world.doorbells = silent
    world.sweep()
    assert world.rung() == ["forgotten"]


def test_what_there_is_no_time_for_stays_due(world: World) -> None:
    world.imported("forgotten")
    world.clock.advance(minutes=10)

    sweep = world.sweep(has_time=lambda: False)

    assert not sweep.is_complete
    assert world.rung() == []
    world.sweep()
    assert world.rung() == ["forgotten"]
