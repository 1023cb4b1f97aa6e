"""A drain killed at any of its outside calls is finished by the next: no second file, none missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.document_sync.sync_run import SyncLimits
from shared.domain.expenses import ExpenseStatus
from testing.fakes.crashing import CallCounter, Killed
from tests.unit.document_sync.sync_world import SyncWorld, sync_world

pytestmark = pytest.mark.exhaustive

Scene = Callable[[SyncWorld], None]


def acceptances(world: SyncWorld) -> None:
    """Two documents of one expense, one of a homonym, one withdrawn."""
    world.accept(b"ticket", b"seat reservation")
    world.accept(b"dinner", employee="alice-2")
    withdrawn = world.accept(b"taxi")
    world.set_status(withdrawn, ExpenseStatus.REFUSED)


def taken_places(world: SyncWorld) -> None:
    """Somebody's own file is where a document belongs."""
    world.accept(b"ticket")
    world.put_in_the_way(b"somebody's own")


def a_backfill(world: SyncWorld) -> None:
    """Acceptances from before the link, found by the search."""
    for number in range(3):
        world.expense(b"old receipt %d" % number)
    since = world.clock() - timedelta(days=1)
    world.link(world.account, since=since, reconcile=True)


def a_requested_backfill(world: SyncWorld) -> None:
    """More acceptances from before the link than one drain searches, asked for by an administrator."""
    world.limits = SyncLimits(expenses_a_page=2, pages_at_once=1)
    since = world.clock()
    for number in range(3):
        world.expense(b"old receipt %d" % number)
    world.link(world.account, reconcile=True)
    world.ask_for_backfill(since)


def portions(world: SyncWorld) -> None:
    """While one document is committed, the next is sent and another prepared."""
    world.limits = SyncLimits(documents_a_portion=1)
    for number in range(4):
        world.accept(b"receipt %d" % number)


def another_account(world: SyncWorld) -> None:
    """Linked anew to another account while a document was pending for the first."""
    world.accept(b"ticket")
    world.link(world.open_account("other"))


SCENES: list[Scene] = [
    acceptances,
    taken_places,
    a_backfill,
    a_requested_backfill,
    portions,
    another_account,
]


def crash_points() -> list[tuple[Scene, int, bool]]:
    points: list[tuple[Scene, int, bool]] = []
    for scene in SCENES:
        with sync_world() as world:
            scene(world)
            counter = CallCounter()
            world.answer(counter=counter)
        points += [
            (scene, number, after) for number in range(1, counter.count + 1) for after in (False, True)
        ]
    return points


@pytest.mark.parametrize(("scene", "number", "after"), crash_points())
def test_the_next_drain_finishes_what_a_killed_one_began(scene: Scene, number: int, after: bool) -> None:
    with sync_world() as world:
        scene(world)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))

        world.come_to_rest()

        world.check_invariants()
        assert world.manifest_files()
        assert set(world.others.items()) <= set(world.account.tree_contents().items())


@pytest.mark.parametrize(("scene", "number", "after"), crash_points())
def test_an_edit_in_between_makes_no_second_file(scene: Scene, number: int, after: bool) -> None:
    with sync_world() as world:
        scene(world)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))
        for expense in list(world.expenses.expenses.values()):
            world.expenses.put(replace(expense, merchant="Deutsche Bahn", employee_name="Alice Durand"))

        world.come_to_rest()

        world.check_invariants()
