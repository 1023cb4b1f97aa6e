"""Two users and two Dropbox accounts: whatever they do to each other's links, nobody is locked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from testing.fakes.crashing import CallCounter, Killed
from testing.schedules import Actor, Step, every_order
from tests.unit.oauth_callback.linking_world import ACCOUNTS, USERS, LinkingWorld, suppressed

# What a user can do: link an account, or unlink (None).
Move = tuple[str, str | None]
MOVES: list[Move] = [(user, account) for user in USERS for account in (*ACCOUNTS, None)]


def _do(world: LinkingWorld, move: Move) -> None:
    user_id, account_id = move
    if account_id is None:
        world.unlink(user_id)
    else:
        world.link(user_id, account_id)


def _after(moves: Sequence[Move]) -> LinkingWorld:
    world = LinkingWorld()
    for move in moves:
        _do(world, move)
    return world


def _histories() -> Iterator[tuple[Move, ...]]:
    """The shortest way to every state that four moves lead to."""
    seen: set[object] = set()
    for length in range(5):
        for moves in product(MOVES, repeat=length):
            state = _after(moves).state()
            if state not in seen:
                seen.add(state)
                yield moves


HISTORIES = list(_histories())


def test_four_moves_lead_to_every_state_there_is() -> None:
    # None, live X, live Y, left X, left Y, for each of two; no account is live twice.
    assert len(HISTORIES) == 5 * 5 - 2


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_whatever_two_users_did_before_nobody_is_locked_out(history: Sequence[Move]) -> None:
    world = _after(history)

    world.check()


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_whatever_two_users_do_at_once_nobody_is_locked_out(history: Sequence[Move]) -> None:
    alices = [move for move in MOVES if move[0] == "alice"]
    bobs = [move for move in MOVES if move[0] == "bob"]
    orders = sum(_in_every_order(history, pair) for pair in product(alices, bobs))

    assert orders > len(alices) * len(bobs)


@pytest.mark.parametrize("history", HISTORIES, ids=str)
@pytest.mark.exhaustive
def test_whatever_one_user_does_at_once_in_two_tabs_nobody_is_locked_out(history: Sequence[Move]) -> None:
    alices = [move for move in MOVES if move[0] == "alice"]
    orders = sum(_in_every_order(history, pair) for pair in product(alices, alices))

    assert orders > len(alices)


def _in_every_order(history: Sequence[Move], moves: Sequence[Move]) -> int:
    def set_up() -> tuple[LinkingWorld, list[Actor]]:
        world = _after(history)
        return world, [_actor(world, move) for move in moves]

    return every_order(set_up, LinkingWorld.check)


def _actor(world: LinkingWorld, move: Move) -> Actor:
    user_id, account_id = move
    handle = None if account_id is None else world.handle(user_id, account_id)

    def act(step: Step) -> None:
        def wrap(shared: Any) -> Any:
            return _Stepping(shared, step)

        if handle is None:
            suppressed(lambda: world.unlink(user_id, wrap))
        else:
            suppressed(lambda: world.confirm(user_id, handle, wrap))

    return act


@dataclass
class _Stepping:
    """Stops before every call of what links are read and written with; the rest nobody else sees."""

    inner: Any
    step: Step

    def __getattr__(self, name: str) -> Any:
        member: Callable[..., Any] = getattr(self.inner, name)
        if type(self.inner).__name__ != "FakeLinks" and name != "complete":
            return member

        def call(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return member(*args, **kwargs)

        return call


@pytest.mark.parametrize("history", HISTORIES, ids=str)
@pytest.mark.parametrize("after", [False, True], ids=["before it takes effect", "after"])
def test_a_confirm_that_dies_at_any_call_leaves_no_grant_that_nobody_knows_of(
    history: Sequence[Move], after: bool
) -> None:
    for account_id in ACCOUNTS:
        for dies_at in range(1, 99):
            world = _after(history)
            handle = world.handle("alice", account_id)
            calls = CallCounter(dies_at, after=after)
            if not _is_killed(lambda: world.confirm("alice", handle, calls.wrap)):  # noqa: B023 - called at once
                break
            if _died_with_the_answer(calls):
                continue
            world.check()


def _is_killed(confirm: Callable[[], None]) -> bool:
    try:
        suppressed(confirm)
    except Killed:
        return True
    return False


def _died_with_the_answer(calls: CallCounter) -> bool:
    """Between Dropbox's answer and the note there is nothing that could tell of the grant."""
    return calls.names[-1] in {"_Dropbox.exchange", "FakeRevocations.add"}
