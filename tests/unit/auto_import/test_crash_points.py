"""A drain killed at any of its outside calls is finished by the next one: no file lost, none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from shared.domain.errors import CallNotUnderstood, ContentRestricted, DropboxFailing
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.dropbox import APP_FOLDER
from testing.fakes.failing import Failing, times
from tests.unit.auto_import.drain_world import DrainWorld, drain_world

pytestmark = pytest.mark.exhaustive

Scene = Callable[[DrainWorld], None]


def three_fates(world: DrainWorld) -> None:
    """One new, one duplicate of an earlier import, one rejected."""
    world.drop("first.pdf", b"taxi")
    world.answer()
    world.clock.advance(minutes=1)
    world.drop("new.pdf", b"lunch")
    world.drop("taxi again.pdf", b"taxi")
    world.drop("bad.pdf", b"bad page")


def twins(world: DrainWorld) -> None:
    """Two of the same content at once, and an empty one past its grace time."""
    world.drop("one.pdf", b"same")
    world.drop("two.pdf", b"same")
    world.drop("empty.pdf", b"")
    world.clock.advance(minutes=3)


def come_backs(world: DrainWorld) -> None:
    """A rejected file moved back, and the document of a deleted expense dropped again."""
    world.drop("bad.pdf", b"bad page")
    world.drop("taxi.pdf", b"taxi")
    world.answer()
    for stored in world.records.expenses.values():
        stored.status = type(stored.status).DELETED
    world.move_back("Rejected/Unsupported type/bad.pdf", "bad.pdf")
    world.drop("taxi again.pdf", b"taxi")


def requests(world: DrainWorld) -> None:
    """Rejected files wanted back: one as it was, one mended, one taken away, beside a new one."""
    for name in ("bad.pdf", "trip/mended.pdf", "gone.pdf"):
        world.drop(name, f"bad {name}".encode())
    world.answer()
    world.account.write(f"{APP_FOLDER}/Rejected/Unsupported type/trip/mended.pdf", b"lunch")
    world.account.delete(f"{APP_FOLDER}/Rejected/Unsupported type/gone.pdf")
    for name in ("bad.pdf", "trip/mended.pdf", "gone.pdf"):
        world.retry(name)
    world.drop("new.pdf", b"taxi")


def a_restricted_file(world: DrainWorld) -> None:
    """One that Dropbox wrongly restricts for a while, beside one that it hands out."""
    world.drop("lunch.pdf", b"lunch")
    world.drop("taxi.pdf", b"taxi")
    world.dropbox = Failing(world.dropbox, download=times(2, ContentRestricted("path/restricted_content")))


def downloads_refused_as_such(world: DrainWorld) -> None:
    """400 of a download, for no fault of its file."""
    world.drop("lunch.pdf", b"lunch")
    world.drop("taxi.pdf", b"taxi")
    world.dropbox = Failing(world.dropbox, download=times(1, CallNotUnderstood("400")))


def moves_refused_as_such(world: DrainWorld) -> None:
    """400 of a move, once everything is on record."""
    world.drop("lunch.pdf", b"lunch")
    world.drop("bad.pdf", b"bad page")
    world.dropbox = Failing(world.dropbox, move=times(1, CallNotUnderstood("400")))


def a_listing_that_breaks_off(world: DrainWorld) -> None:
    """5xx of a listing behind its first page, which is on record by then."""
    for number in range(5):
        world.drop(f"{number}.pdf", b"receipt %d" % number)
    world.dropbox = _BreaksOff(world.dropbox)


class _BreaksOff:
    """An account whose first listing ends in an outage."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._is_broken = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def list_files(self, *args: Any) -> Iterator[Any]:
        pages = self._inner.list_files(*args)
        yield next(pages)
        if self._is_broken:
            self._is_broken = False
            raise DropboxFailing("503")
        yield from pages


SCENES: list[Scene] = [
    three_fates,
    twins,
    come_backs,
    requests,
    a_restricted_file,
    downloads_refused_as_such,
    moves_refused_as_such,
    a_listing_that_breaks_off,
]


def calls_of_a_drain(scene: Scene) -> int:
    with drain_world() as world:
        scene(world)
        counter = CallCounter()
        with suppress(ComeBackLater):
            world.answer(counter=counter)
        return counter.count


def crash_points() -> list[tuple[Scene, int, bool]]:
    return [
        (scene, number, after)
        for scene in SCENES
        for number in range(1, calls_of_a_drain(scene) + 1)
        for after in (False, True)
    ]


def test_the_crash_points_cover_what_a_drain_does() -> None:
    with drain_world() as world:
        three_fates(world)
        counter = CallCounter()

        world.answer(counter=counter)

    assert {
        "FakeLinks.find_by_account",
        "FakeDropbox.list_files",
        "FakeDropbox.download",
        "FakeDocuments.put",
        "FakeImportStore.record_import",
        "FakeImportStore.record",
        "FakeDropbox.move",
        "FakeImportStore.mark_filed",
        "FakeLinks.update",
    } <= set(counter.names)


def test_and_what_it_does_for_a_request() -> None:
    with drain_world() as world:
        requests(world)
        counter = CallCounter()

        world.answer(counter=counter)

    assert {"FakeImportStore.outstanding", "FakeDropbox.find", "FakeImportStore.grant_retry"} <= set(
        counter.names
    )


@pytest.mark.parametrize(("scene", "number", "after"), crash_points())
def test_the_next_drain_finishes_what_a_killed_one_began(scene: Scene, number: int, after: bool) -> None:
    with drain_world() as world:
        scene(world)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))

        world.come_to_rest()

        world.check_invariants()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_drain_killed_twice_is_finished_by_the_third(scene: Scene) -> None:
    for first in range(1, calls_of_a_drain(scene) + 1, 2):
        for second in range(1, calls_of_a_drain(scene) + 1, 3):
            with drain_world() as world:
                scene(world)
                for number in (first, second):
                    with suppress(Killed, ComeBackLater):
                        world.answer(counter=CallCounter(number, after=True))

                world.come_to_rest()

                world.check_invariants()
