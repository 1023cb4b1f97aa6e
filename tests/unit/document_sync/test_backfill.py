"""A backfill that an administrator asks for: found page by page, delivered once, whatever comes between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.document_sync.sync_run import SyncLimits
from shared.domain.deliveries import DeliveryStatus
from shared.domain.expenses import ExpenseStatus
from shared.domain.links import Backfill
from testing.fakes.crashing import Killed
from testing.fakes.failing import Failing, once
from tests.unit.auto_import.simulated_world import Interruption
from tests.unit.document_sync.sync_world import COMPANY, SyncWorld, sync_world
from tests.unit.document_sync.test_races import answer

MOST_CALLS = 60
SMALL = SyncLimits(expenses_a_page=2, pages_at_once=2)


def old_receipts(world: SyncWorld, count: int) -> None:
    """Accepted a second apart, before the company linked anew."""
    for number in range(count):
        world.clock.advance(seconds=1)
        world.expense(b"receipt %d" % number)
    world.clock.advance(days=30)
    world.link(world.account)


def backfill_of(world: SyncWorld) -> Backfill:
    assert world.link_row.backfill is not None
    return world.link_row.backfill


def test_what_was_accepted_since_is_delivered_and_nothing_before(world: SyncWorld) -> None:
    world.expense(b"too old")
    world.clock.advance(days=1)
    since = world.clock()
    world.expense(b"refused", status=ExpenseStatus.REFUSED)
    old_receipts(world, 5)
    world.ask_for_backfill(since)

    world.answer()

    assert sorted(world.files().values()) == [b"receipt %d" % number for number in range(5)]
    done = backfill_of(world)
    assert (done.expenses, done.documents, done.cursor) == (5, 5, None)
    assert done.completed_at is not None


def test_what_is_there_already_is_found_and_not_made_again(world: SyncWorld) -> None:
    since = world.clock()
    world.accept(b"receipt")
    world.answer()
    world.ask_for_backfill(since)

    world.answer()

    assert (backfill_of(world).expenses, backfill_of(world).documents) == (1, 0)
    assert len(world.files()) == 1


def test_a_long_one_is_delivered_in_parts_and_goes_on_by_itself(world: SyncWorld) -> None:
    world.limits = SMALL
    since = world.clock()
    old_receipts(world, 9)
    world.ask_for_backfill(since)
    parts = []

    while not parts or parts[-1][0] == "more to do":
        answered = world.answer()
        parts.append((answered.reason, backfill_of(world).expenses, len(world.files())))

    assert parts == [("more to do", 4, 4), ("more to do", 8, 8), ("drained", 9, 9)]
    assert len(world.doorbells.rung) == 2


def test_what_is_accepted_meanwhile_does_not_wait_for_the_end_of_it(world: SyncWorld) -> None:
    world.limits = SMALL
    since = world.clock()
    old_receipts(world, 9)
    world.ask_for_backfill(since)
    world.accept(b"just now")

    world.answer()

    assert b"just now" in world.files().values()


def test_the_daily_search_goes_on_beside_it(world: SyncWorld) -> None:
    world.limits = SMALL
    since = world.clock()
    old_receipts(world, 9)
    world.link(world.account, reconcile=True)
    world.ask_for_backfill(since)
    world.expense(b"lost by the stream")

    world.answer()

    assert b"lost by the stream" in world.files().values()
    search = world.link_row.reconcile
    assert search is not None
    assert search.completed_at is not None
    assert backfill_of(world).completed_at is None


def test_without_time_nothing_is_searched_and_it_is_asked_for_again(world: SyncWorld) -> None:
    since = world.clock()
    old_receipts(world, 3)
    request = world.ask_for_backfill(since)
    world.has_time = lambda: False

    answer(world)
    world.has_time = lambda: True
    before = backfill_of(world)
    world.come_to_rest()

    assert before == request
    assert len(world.files()) == 3


def test_a_newer_request_takes_the_place_of_one_under_way(world: SyncWorld) -> None:
    world.limits = SMALL
    first = world.clock()
    old_receipts(world, 9)
    world.ask_for_backfill(first + timedelta(seconds=6))
    world.answer()

    newer = world.ask_for_backfill(first)
    world.come_to_rest()

    assert len(world.files()) == 9
    assert backfill_of(world) == replace(
        newer,
        started_at=backfill_of(world).started_at,
        completed_at=backfill_of(world).completed_at,
        expenses=9,
        documents=5,
    )


@pytest.mark.parametrize("after", [False, True])
def test_a_newer_request_at_any_moment_is_served_whole(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.limits = SMALL
            first = world.clock()
            old_receipts(world, 5)
            world.ask_for_backfill(first + timedelta(seconds=4))
            requests: list[Backfill] = []

            def request_again(
                world: SyncWorld = world, first: object = first, requests: list = requests
            ) -> None:
                requests.append(world.ask_for_backfill(first))  # type: ignore[arg-type]

            answer(world, Interruption(number, after, request_again))
            if not requests:
                continue
            world.come_to_rest()

            assert backfill_of(world).requested_at == requests[0].requested_at
            assert backfill_of(world).completed_at is not None
            assert len(world.files()) == 5
            world.check_invariants()


def test_a_request_made_under_the_hands_of_a_drain_is_filtered_by_its_own_date(world: SyncWorld) -> None:
    since = world.clock()
    old_receipts(world, 2)
    world.link(world.account, reconcile=True)
    made: list[Backfill] = []

    def request() -> None:
        made.append(world.ask_for_backfill(since))

    world.expenses = Failing(world.expenses, accepted_between=once(lambda *_, **__: request()))

    world.answer()
    world.come_to_rest()

    assert len(made) == 1
    assert len(world.files()) == 2


@pytest.mark.parametrize("after", [False, True])
def test_linked_anew_to_another_account_it_is_dropped_and_nothing_is_found_for_the_old(after: bool) -> None:
    for number in range(1, 30):
        with sync_world() as world:
            world.limits = SMALL
            since = world.clock()
            old_receipts(world, 3)
            world.ask_for_backfill(since)
            first = world.account

            def relink(world: SyncWorld = world) -> None:
                world.link(world.open_account("other"))

            answer(world, Interruption(number, after, relink))
            if world.account is first:
                continue
            world.come_to_rest()

            assert world.link_row.backfill is None
            delivered = [*first.tree_contents().items(), *world.account.tree_contents().items()]
            documents = [data for path, data in delivered if path.endswith(".pdf")]
            assert len(documents) == len(set(documents))
            assert not [row for row in world.rows() if row.status is DeliveryStatus.PENDING]


@pytest.mark.parametrize("after", [False, True])
def test_a_pause_at_any_moment_of_it_loses_nothing(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.limits = SMALL
            since = world.clock()
            old_receipts(world, 5)
            world.ask_for_backfill(since)

            def pause(world: SyncWorld = world) -> None:
                world.links.everything_is_paused = True

            answer(world, Interruption(number, after, pause))
            world.links.everything_is_paused = False
            world.come_to_rest()

            assert backfill_of(world).completed_at is not None
            assert (backfill_of(world).expenses, len(world.files())) == (5, 5)
            world.check_invariants()


def test_counts_are_right_however_often_drains_die() -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.limits = SMALL
            since = world.clock()
            old_receipts(world, 5)
            world.ask_for_backfill(since)

            def die() -> None:
                raise Killed

            answer(world, Interruption(number, True, die))
            world.come_to_rest()

            # A page gone through again finds its documents on their way: they count once at most.
            assert backfill_of(world).expenses == 5
            assert 3 <= backfill_of(world).documents <= 5
            assert len(world.files()) == 5


def test_a_link_without_a_request_is_none_the_wiser(world: SyncWorld) -> None:
    world.accept(b"ticket")

    answered = world.answer()

    assert answered.reason == "drained"
    assert world.links.get(f"company:{COMPANY}").backfill is None  # type: ignore[union-attr]
