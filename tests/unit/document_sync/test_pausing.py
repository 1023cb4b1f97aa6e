"""The operator's pause, and unlinking: at any moment of a drain, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.deliveries import DeliveryStatus
from shared.domain.links import LinkStatus
from testing.fakes.failing import Failing, once
from tests.unit.auto_import.simulated_world import Interruption, Wiring
from tests.unit.document_sync.sync_world import LINK_ID, SyncWorld, sync_world

MOST_CALLS = 54
Switch = Callable[[SyncWorld, bool], None]


def pause_the_link(world: SyncWorld, is_paused: bool) -> None:
    world.links.links[LINK_ID] = replace(world.link_row, is_paused=is_paused)


def pause_everything(world: SyncWorld, is_paused: bool) -> None:
    world.links.everything_is_paused = is_paused


def unlink(world: SyncWorld) -> None:
    world.links.unlink(world.link_row, by="bob", at=world.clock())


both_switches = pytest.mark.parametrize("pause", [pause_the_link, pause_everything])


@both_switches
def test_a_paused_company_is_not_looked_at_and_is_due_at_once(world: SyncWorld, pause: Switch) -> None:
    world.accept(b"ticket")
    pause(world, True)

    answer = world.answer()

    assert answer.reason == "paused"
    assert world.files() == {}
    assert world.link_row.next_due is not None
    assert world.clock() - world.link_row.next_due < timedelta(seconds=1)


@both_switches
def test_a_pause_between_sending_and_committing_lets_nothing_appear(world: SyncWorld, pause: Switch) -> None:
    world.accept(b"ticket")

    def meet_it(*_: Any) -> None:
        pause(world, True)

    world.dropbox = Failing(world.dropbox, send_documents=once(meet_it))

    answer = world.answer()

    assert answer.reason == "paused"
    assert world.files() == {}
    assert [row.status for row in world.rows()] == [DeliveryStatus.PENDING]


@both_switches
def test_a_pause_once_it_was_read_what_there_is_to_do_lets_nothing_be_sent(
    world: SyncWorld, pause: Switch
) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox)
    world.sharings = Failing(world.sharings, of_account=once(lambda *_: pause(world, True)))  # type: ignore[assignment]

    answer = world.answer()

    assert answer.reason == "paused"
    assert "send_documents" not in world.dropbox.calls


@both_switches
@pytest.mark.parametrize("after", [False, True])
def test_a_pause_at_any_moment_loses_nothing_and_repeats_nothing(pause: Switch, after: bool) -> None:
    met = set()
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.expense(b"old receipt")
            world.link(world.account, since=world.clock() - timedelta(days=1), reconcile=True)
            world.accept(b"ticket", b"seat reservation")

            def pause_it(world: SyncWorld = world) -> None:
                pause(world, True)

            answer = world.answer(counter=Wiring([Interruption(number, after, pause_it)]))  # type: ignore[arg-type]
            met.add(answer.reason)
            is_due_at_once = world.link_row.next_due is not None and world.link_row.next_due <= world.clock()
            pause(world, False)
            world.come_to_rest()

            assert is_due_at_once or answer.reason == "drained"
            world.check_invariants()
            assert len(world.files()) == 3
    assert met == {"paused", "drained"}


def test_unlinked_between_sending_and_committing_nothing_appears(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, send_documents=once(lambda *_: unlink(world)))

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert world.files() == {}
    assert [row.status for row in world.rows()] == [DeliveryStatus.PENDING]
    assert world.link_row.status is LinkStatus.UNLINKED


def test_unlinked_once_it_was_read_what_there_is_to_do_nothing_is_sent(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox)
    world.sharings = Failing(world.sharings, of_account=once(lambda *_: unlink(world)))  # type: ignore[assignment]

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert "send_documents" not in world.dropbox.calls


@pytest.mark.parametrize("after", [False, True])
def test_unlinked_at_any_moment_a_link_made_again_finishes_what_is_pending(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.accept(b"ticket", b"seat reservation")

            def unlink_it(world: SyncWorld = world) -> None:
                unlink(world)

            world.answer(counter=Wiring([Interruption(number, after, unlink_it)]))  # type: ignore[arg-type]
            world.link(world.account)
            world.come_to_rest()

            world.check_invariants()
            assert len(world.files()) == 2
