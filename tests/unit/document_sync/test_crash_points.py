"""A drain killed at any of its outside calls is finished by the next: no second file, none missing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.document_sync.sync_run import SyncLimits
from shared.domain.errors import AccessDenied, CallNotUnderstood, TransportLimitReached
from shared.domain.expenses import ExpenseStatus
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, times
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


def a_team_at_its_limit(world: SyncWorld) -> None:
    """The team has used up its month's upload calls, and it shows as the first documents are sent."""
    acceptances(world)
    world.dropbox = Failing(world.dropbox, send_documents=times(1, TransportLimitReached("403")))


def commits_refused_as_such(world: SyncWorld) -> None:
    """400 of a commit whose documents were sent."""
    acceptances(world)
    world.dropbox = Failing(world.dropbox, commit_documents=times(1, CallNotUnderstood("400")))


def manifests_refused_as_such(world: SyncWorld) -> None:
    """400 of a manifest, once the documents are on record."""
    acceptances(world)
    world.dropbox = Failing(world.dropbox, upload_small=times(1, CallNotUnderstood("400")))


def a_team_that_forbids_the_app(world: SyncWorld) -> None:
    """403 of a commit: it is the account's, no document's."""
    acceptances(world)
    world.dropbox = Failing(world.dropbox, commit_documents=times(1, AccessDenied("403 no_permission")))


SCENES: list[Scene] = [
    a_team_at_its_limit,
    commits_refused_as_such,
    manifests_refused_as_such,
    a_team_that_forbids_the_app,
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
            with suppress(ComeBackLater):
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

        world.clock.advance(days=32)  # past the end of a team's month
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

        world.clock.advance(days=32)
        world.come_to_rest()

        world.check_invariants()
