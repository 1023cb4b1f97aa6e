"""The operator's pause, and unlinking: at any moment of a drain, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.links import LinkStatus
from testing.fakes.crashing import CallCounter
from testing.fakes.failing import Failing, once
from tests.unit.auto_import.drain_world import DrainWorld, drain_world
from tests.unit.auto_import.simulated_world import Interruption, Wiring

MOST_CALLS = 30
Switch = Callable[[DrainWorld, bool], None]


def pause_the_link(world: DrainWorld, is_paused: bool) -> None:
    world.links.links["user:alice"] = replace(world.link_row, is_paused=is_paused)


def pause_everything(world: DrainWorld, is_paused: bool) -> None:
    world.links.everything_is_paused = is_paused


def unlink(world: DrainWorld) -> None:
    world.links.unlink(world.link_row, by="alice", at=world.clock())


both_switches = pytest.mark.parametrize("pause", [pause_the_link, pause_everything])


@both_switches
def test_a_paused_account_is_not_looked_at_and_is_due_at_once(world: DrainWorld, pause: Switch) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox)
    pause(world, True)

    answer = world.answer()

    assert answer.reason == "paused"
    assert world.dropbox.calls == []
    assert world.link_row.next_due is not None
    assert world.clock() - world.link_row.next_due < timedelta(seconds=1)


def test_a_pause_is_told_before_anything_else(world: DrainWorld) -> None:
    world.links.update(world.link_row, not_before=world.clock() + timedelta(hours=1))
    pause_everything(world, True)

    answer = world.answer()

    assert answer.reason == "paused"


@both_switches
def test_a_drain_that_meets_a_pause_records_and_moves_nothing_more(world: DrainWorld, pause: Switch) -> None:
    world.drop("lunch.pdf", b"lunch")

    def meet_it(*_: Any) -> None:
        pause(world, True)

    world.dropbox = Failing(world.dropbox, list_files=once(meet_it))

    answer = world.answer()

    assert answer.reason == "paused"
    assert sorted(world.dropbox.calls) == ["list_files", "renew_access"]
    assert list(world.tree()) == ["Auto-Import/lunch.pdf"]
    assert world.rows() == []


@both_switches
def test_what_was_left_by_a_pause_is_finished_after_it(world: DrainWorld, pause: Switch) -> None:
    world.drop("lunch.pdf", b"lunch")
    pause(world, True)
    world.answer()
    pause(world, False)

    world.come_to_rest()

    world.check_invariants()
    assert world.outcomes() == {"lunch.pdf": "imported"}


@both_switches
@pytest.mark.parametrize("after", [False, True])
def test_a_pause_at_any_moment_loses_nothing_and_repeats_nothing(pause: Switch, after: bool) -> None:
    met = set()
    for number in range(1, MOST_CALLS):
        with drain_world() as world:
            for name in ("lunch.pdf", "dinner.pdf", "again.pdf"):
                world.drop(name, name.replace("again", "lunch").encode())

            def pause_it(world: DrainWorld = world) -> None:
                pause(world, True)

            answer = world.answer(counter=Wiring([Interruption(number, after, pause_it)]))  # type: ignore[arg-type]
            met.add(answer.reason)
            is_due_at_once = world.link_row.next_due is not None and world.link_row.next_due <= world.clock()
            pause(world, False)
            world.come_to_rest()

            assert is_due_at_once or answer.reason == "drained"
            world.check_invariants()
    assert met == {"paused", "drained"}


def test_unlinked_meanwhile_nothing_more_is_read_written_or_noted(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, list_files=once(lambda *_: unlink(world)))

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert sorted(world.dropbox.calls) == ["list_files", "renew_access"]
    assert list(world.tree()) == ["Auto-Import/lunch.pdf"]
    assert (world.rows(), world.link_row.status) == ([], LinkStatus.UNLINKED)


@pytest.mark.parametrize("after", [False, True])
def test_unlinked_at_any_moment_a_link_made_again_finishes_it(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with drain_world() as world:
            world.drop("lunch.pdf", b"lunch")
            world.drop("dinner.pdf", b"dinner")
            dropbox = world.dropbox
            counter: CallCounter = Wiring([Interruption(number, after, lambda: unlink(world))])  # type: ignore[assignment]
            world.answer(counter=counter)
            world.link(world.account)
            world.dropbox = dropbox

            world.come_to_rest()

            world.check_records()
