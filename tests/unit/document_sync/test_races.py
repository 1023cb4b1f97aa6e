"""Two drains of one company that meet, and expenses that change under their hands, at every outside call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.domain.errors import AwsUnavailable
from shared.domain.expenses import ExpenseStatus
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import Killed
from tests.unit.auto_import.simulated_world import Interruption, Wiring
from tests.unit.document_sync.sync_world import SyncWorld, sync_world

pytestmark = pytest.mark.exhaustive

MOST_CALLS = 36
NEVER = 10**6


def answer(world: SyncWorld, *interruptions: Interruption) -> None:
    """A drain, whatever comes of it."""
    try:
        world.answer(counter=Wiring(list(interruptions)))  # type: ignore[arg-type]
    except (ComeBackLater, AwsUnavailable, Killed):
        return


def die() -> None:
    raise Killed


def drain_that_dies(world: SyncWorld, number: int) -> Callable[[], None]:
    return lambda: answer(world, Interruption(number, True, die))


@pytest.mark.parametrize("deadly", [NEVER, *range(1, MOST_CALLS, 2)])
def test_a_drain_in_the_middle_of_another_delivers_nothing_twice(deadly: int) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.accept(b"ticket", b"seat reservation")
            world.accept(b"dinner", employee="alice-2")
            answer(world, Interruption(number, True, drain_that_dies(world, deadly)))

            world.come_to_rest()

            world.check_invariants()


@pytest.mark.parametrize("after", [False, True])
def test_acceptance_withdrawn_at_any_moment_is_cancelled_or_was_delivered_before(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            expense = world.accept(b"ticket")

            def withdraw(world: SyncWorld = world, expense_id: str = expense.expense_id) -> None:
                world.expenses.set_status(expense_id, ExpenseStatus.REFUSED)

            answer(world, Interruption(number, after, withdraw))
            world.come_to_rest()

            [row] = world.rows()
            assert (row.status.value, len(world.files())) in {("CANCELLED", 0), ("DELIVERED", 1)}


@pytest.mark.parametrize("after", [False, True])
def test_linked_anew_at_any_moment_everything_arrives_at_the_new_account(after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with sync_world() as world:
            world.accept(b"ticket")
            first = world.account

            def relink(world: SyncWorld = world) -> None:
                world.link(world.open_account("other"))

            answer(world, Interruption(number, after, relink))
            if world.account is first:
                continue
            world.come_to_rest()

            delivered = {**first.tree_contents(), **world.account.tree_contents()}
            documents = [data for path, data in delivered.items() if path.endswith(".pdf")]
            assert documents == [b"ticket"]
