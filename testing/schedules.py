"""Runs actors side by side in every order that their steps can take, one after the other.

An actor is a function; a step begins wherever it calls `step()`. Orders are found by running: each run is
told which actor moves at its first decisions and takes the first one that can move at the others.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Step = Callable[[], None]
Actor = Callable[[Step], None]
World = TypeVar("World")
_PATIENCE_SECONDS = 20


@dataclass
class _Running:
    """One actor in a thread of its own, which moves only when it is told to."""

    actor: Actor
    may_move: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    has_stopped: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    is_over: bool = False
    error: BaseException | None = None

    def __post_init__(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def move(self) -> None:
        """Up to its next step, or to its end."""
        self.may_move.release()
        if not self.has_stopped.acquire(timeout=_PATIENCE_SECONDS):
            raise AssertionError("an actor neither ended nor came to a step")

    def _run(self) -> None:
        self.may_move.acquire()
        try:
            self.actor(self._step)
        except BaseException as error:  # noqa: BLE001 - it is for the test to see
            self.error = error
        self.is_over = True
        self.has_stopped.release()

    def _step(self) -> None:
        self.has_stopped.release()
        self.may_move.acquire()


def every_order(set_up: Callable[[], tuple[World, Sequence[Actor]]], check: Callable[[World], None]) -> int:
    """Run the actors of a new world in every order, and check each outcome. How many orders there were."""
    orders, chosen = 0, list[int]()
    while True:
        world, actors = set_up()
        taken = _run(actors, chosen)
        check(world)
        orders += 1
        while taken and taken[-1][0] + 1 == taken[-1][1]:
            taken.pop()
        if not taken:
            return orders
        chosen = [choice for choice, _ in taken[:-1]] + [taken[-1][0] + 1]


def _run(actors: Sequence[Actor], chosen: Sequence[int]) -> list[tuple[int, int]]:
    """Which of the actors that could move did, and of how many, at each decision."""
    running = [_Running(actor) for actor in actors]
    taken: list[tuple[int, int]] = []
    while able := [each for each in running if not each.is_over]:
        choice = chosen[len(taken)] if len(taken) < len(chosen) else 0
        taken.append((choice, len(able)))
        able[choice].move()
    for each in running:
        if each.error is not None:
            raise each.error
    return taken
