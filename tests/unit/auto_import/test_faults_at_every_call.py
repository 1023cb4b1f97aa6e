"""Each fault at each outside call of a drain, and each moment a file can be replaced at: none sampled."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.dropbox_emulator.core.contents import ContentStore
from shared.domain.imports import Retry
from tests.unit.auto_import.simulated_world import Interruption, SimulatedWorld
from tests.unit.auto_import.test_simulation import FAULTS

pytestmark = pytest.mark.exhaustive

THREE_FATES = {"a.pdf": "lunch", "trip/c.pdf": "lunch", "b.pdf": "bad page"}
"""One new file, its duplicate, and one to be rejected."""
ALONE = {"a.pdf": "lunch"}


@contextmanager
def dropped(files: Mapping[str, str]) -> Iterator[SimulatedWorld]:
    contents = ContentStore()
    try:
        with tempfile.TemporaryDirectory() as workdir:
            world = SimulatedWorld(contents, Path(workdir))
            for name, text in files.items():
                world.drop("first", name, text)
            yield world
    finally:
        contents.close()


def calls_of_a_drain(files: Mapping[str, str]) -> range:
    """The numbers of its outside calls when nothing is wrong."""
    made: list[int] = []
    with dropped(files) as world:
        looks = [Interruption(number, False, lambda: made.append(0)) for number in range(1, 100)]
        world.drain("first", looks)
    return range(1, len(made) + 1)


def outcomes(world: SimulatedWorld) -> list[str]:
    return sorted(str(row.outcome) for row in world.records.records.values())


def raising(fault: str) -> Callable[[], None]:
    def act() -> None:
        error = FAULTS[fault]()
        raise error

    return act


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_after_any_fault_at_any_call_every_file_ends_as_it_should(fault: str, after: bool) -> None:
    for number in calls_of_a_drain(THREE_FATES):
        with dropped(THREE_FATES) as world:
            world.drain("first", [Interruption(number, after, raising(fault))])

            world.come_to_rest()

            world.check_invariants()
            assert outcomes(world) == ["duplicate", "imported", "rejected"], f"at call {number}"


REQUESTS = {"a.pdf": "bad page", "trip/c.pdf": "bad map", "b.pdf": "bad and gone"}


@contextmanager
def wanted_back() -> Iterator[SimulatedWorld]:
    """Three rejected files wanted back, one of which its user has taken away."""
    with dropped(REQUESTS) as world:
        world.drain("first")
        for which in range(3):
            world.retry("alice", which)
        world.delete("first", "Rejected/Unsupported type/b.pdf")
        yield world


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_after_any_fault_at_any_call_every_request_is_granted(fault: str, after: bool) -> None:
    for number in range(1, 30):
        with wanted_back() as world:
            world.drain("first", [Interruption(number, after, raising(fault))])

            world.come_to_rest()

            world.check_invariants()
            retries = Counter(row.retry for row in world.records.records.values())
            assert (retries[Retry.DONE], retries[Retry.GONE]) == (2, 1), f"at call {number}"
            assert retries[None] == 2, f"recorded anew: at call {number}"


def test_aws_that_fails_anywhere_leaves_no_half_expense() -> None:
    for number in calls_of_a_drain(THREE_FATES):
        with dropped(THREE_FATES) as world:
            world.drain("first", [Interruption(number, False, raising("AWS throttles"))])

            for stored in world.records.expenses.values():
                assert world.documents.objects[stored.expense.document.s3_key]
            imported = [row for row in world.records.records.values() if row.outcome == "imported"]
            assert len(imported) == len(world.records.expenses)


def replacing(world: SimulatedWorld) -> Callable[[], None]:
    return lambda: world.drop("first", "a.pdf", "taxi")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_file_replaced_at_any_call_is_never_filed_away_unseen(after: bool) -> None:
    for number in calls_of_a_drain(THREE_FATES):
        with dropped(THREE_FATES) as world:
            world.drain("first", [Interruption(number, after, replacing(world))])

            world.come_to_rest()

            world.check_invariants()
            assert "taxi of first" in imported_texts(world), f"at call {number}"


def test_nor_where_the_drain_dies_after_it_was_replaced() -> None:
    calls = calls_of_a_drain(ALONE)
    for number in calls:
        for deadly in range(number, len(calls) + 1):
            with dropped(ALONE) as world:
                replaced = Interruption(number, False, replacing(world))
                world.drain("first", [replaced, Interruption(deadly, True, raising("killed"))])

                world.come_to_rest()

                world.check_invariants()
                assert "taxi of first" in imported_texts(world), f"at call {number}, dead at {deadly}"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_link_moved_to_another_account_at_any_call_stops_the_drain_and_can_come_back(after: bool) -> None:
    for number in calls_of_a_drain(THREE_FATES):
        with dropped(THREE_FATES) as world:
            world.drain("first", [Interruption(number, after, lambda: world.link("alice", "third"))])
            moved_to = world.paths("third")

            world.link("alice", "first")
            world.come_to_rest()

            world.check_invariants()
            assert moved_to == []
            assert outcomes(world) == ["duplicate", "imported", "rejected"], f"at call {number}"


def imported_texts(world: SimulatedWorld) -> set[str]:
    return {
        world.documents.objects[stored.expense.document.s3_key].decode()
        for stored in world.records.expenses.values()
    }
