"""Two drains of one account that meet, at every pair of outside calls: nothing records twice."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.dropbox_emulator.core.contents import ContentStore
from testing.fakes.crashing import Killed
from tests.unit.auto_import.simulated_world import Interruption, SimulatedWorld

pytestmark = pytest.mark.exhaustive

MOST_CALLS = 40
NEVER = 10**6
Scene = Callable[[SimulatedWorld], None]


def fresh_files(world: SimulatedWorld) -> None:
    world.drop("first", "new.pdf", "lunch")
    world.drop("first", "bad.pdf", "bad page")


def a_rejected_file_moved_back(world: SimulatedWorld) -> None:
    world.drop("first", "bad.pdf", "bad page")
    world.drain("first")
    world.move("first", "Rejected/Unsupported type/bad.pdf", "Auto-Import/bad.pdf")


@contextmanager
def simulated_world() -> Iterator[SimulatedWorld]:
    contents = ContentStore()
    try:
        with tempfile.TemporaryDirectory() as workdir:
            yield SimulatedWorld(contents, Path(workdir))
    finally:
        contents.close()


def die() -> None:
    raise Killed


def drain_that_dies(world: SimulatedWorld, number: int) -> Callable[[], None]:
    return lambda: world.drain("first", [Interruption(number, True, die)])


@pytest.mark.parametrize("scene", [fresh_files, a_rejected_file_moved_back])
@pytest.mark.parametrize("after", [False, True])
def test_a_drain_in_the_middle_of_another_changes_nothing(scene: Scene, after: bool) -> None:
    for number in range(1, MOST_CALLS):
        with simulated_world() as world:
            scene(world)

            world.drain("first", [Interruption(number, after, drain_that_dies(world, NEVER))])

            world.come_to_rest()
            world.check_invariants()


@pytest.mark.parametrize("scene", [fresh_files, a_rejected_file_moved_back])
def test_nor_does_one_that_dies_there(scene: Scene) -> None:
    for number in range(1, 30):
        for deadly in range(1, 30):
            with simulated_world() as world:
                scene(world)

                world.drain("first", [Interruption(number, True, drain_that_dies(world, deadly))])

                world.come_to_rest()
                world.check_invariants()
