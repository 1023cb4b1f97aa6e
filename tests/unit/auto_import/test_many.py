"""Many files, many doorbells: work is done once, in bounded steps, and progress is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from functions.auto_import.byte_budget import ByteBudget
from shared.domain.errors import ValuesRefused
from shared.doorbells.received import ComeBackLater
from testing.fakes.failing import Failing, times
from tests.unit.auto_import.drain_world import DrainWorld

pytestmark = pytest.mark.exhaustive


def for_looks(count: int) -> Callable[[], bool]:
    """Time for so many looks at the clock."""
    left = iter([True] * count)
    return lambda: next(left, False)


def test_thousands_of_files_are_recorded_over_several_invocations_each_going_on_where_it_ended(
    world: DrainWorld,
) -> None:
    for number in range(2_000):
        world.drop(f"{number}.pdf", b"bad page %d" % number)
    progress = []

    while True:
        world.has_time = for_looks(520)
        answer = world.answer()
        progress.append(len(answer.recorded))
        if answer.reason == "drained":
            break
        world.doorbells.rung.clear()

    assert len(progress) == 4
    assert sum(progress) == 2_000
    world.check_invariants()


def test_a_drain_downloads_what_it_has_time_for_and_no_more(world: DrainWorld) -> None:
    for number in range(50):
        world.drop(f"{number}.pdf", b"receipt %d" % number)
    world.dropbox = Failing(world.dropbox)
    world.has_time = for_looks(10)

    answer = world.answer()

    assert answer.reason == "more to do"
    assert world.dropbox.calls.count("download") == len(answer.recorded) == 10


def test_no_more_documents_are_held_at_once_than_there_is_room_for(world: DrainWorld) -> None:
    world.threads, world.byte_budget = 8, ByteBudget(30)
    crowd, crowded = Barrier(4), []

    def hold(*_: object) -> None:
        with suppress(BrokenBarrierError):
            crowd.wait(0.2)
            crowded.append("four documents of ten bytes at once")

    for number in range(16):
        world.drop(f"{number}.pdf", b"%010d" % number)
    world.dropbox = Failing(world.dropbox, download=hold)

    world.answer()

    assert crowded == []
    world.check_invariants()


def test_hundreds_of_doorbells_for_one_change_cost_one_listing(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    burst = [world.received() for _ in range(300)]
    world.clock.advance(seconds=6)
    world.dropbox = Failing(world.dropbox)

    answers = [world.answer(received).reason for received in burst]

    assert answers == ["drained"] + ["already looked"] * 299
    assert world.dropbox.calls.count("list_files") == 1
    world.check_invariants()


def test_the_echo_of_our_own_moves_is_ended_by_an_empty_listing(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.answer()
    echoes = [world.received() for _ in range(3)]
    world.dropbox = Failing(world.dropbox)

    answers = [world.answer(echo) for echo in echoes]

    assert [answer.reason for answer in answers] == ["drained"] * 3
    assert set(world.dropbox.calls) == {"renew_access", "list_files"}
    assert world.doorbells.rung == []


def test_a_doorbell_that_was_rung_while_a_listing_left_something_to_do_is_answered(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    early = world.received()
    world.clock.advance(seconds=6)
    world.has_time = for_looks(0)
    with pytest.raises(ComeBackLater):
        world.answer()
    world.has_time = lambda: True

    answer = world.answer(early)

    assert answer.reason == "drained"
    world.check_invariants()


def test_a_file_of_which_aws_takes_no_values_keeps_no_other_waiting(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    world.drop("b.pdf", b"b")
    world.records = Failing(
        world.records, record_import=times(1, ValuesRefused("dynamodb", "UpdateItem", "ValidationException"))
    )

    world.answer()

    assert len(world.records.expenses) == 1
    assert [waiting.detail for waiting in world.records.outstanding("alice", world.account.id).files] == [
        "ValuesRefused"
    ]
