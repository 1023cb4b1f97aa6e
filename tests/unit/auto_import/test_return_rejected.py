"""Rejected files that their user wants tried again come back into `Auto-Import` and are recorded anew."""

from __future__ import annotations

import pytest

from functions.auto_import import return_rejected
from shared.domain.errors import DocumentChanged, DropboxRefused, DropboxUnavailable
from shared.domain.imports import Retry
from shared.domain.links import HOURLY
from shared.doorbells.received import ComeBackLater
from testing.fakes.dropbox import APP_FOLDER, open_account
from testing.fakes.failing import Failing, once, times
from tests.unit.auto_import.drain_world import DrainWorld

REJECTED = "Rejected/Unsupported type"


def reject(world: DrainWorld, *names: str) -> None:
    """Drop files that end as rejected."""
    for name in names:
        world.drop(name, f"bad {name}".encode())
    world.answer()
    world.clock.advance(minutes=20)


def retries(world: DrainWorld) -> dict[str, list[Retry | None]]:
    """What became of the requests, by name, the oldest visit first."""
    found: dict[str, list[Retry | None]] = {}
    for row in world.rows():
        found.setdefault(row.name, []).append(row.retry)
    return found


def test_a_file_comes_back_and_is_recorded_anew(world: DrainWorld) -> None:
    reject(world, "trip/bad.pdf")
    world.retry("trip/bad.pdf")

    world.answer()

    assert retries(world) == {"trip/bad.pdf": [Retry.DONE, None]}
    assert list(world.tree()) == [f"{REJECTED}/trip/bad.pdf"]
    world.check_invariants()


def test_a_file_that_was_mended_where_it_lay_becomes_an_expense(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.account.write(f"{APP_FOLDER}/{REJECTED}/bad.pdf", b"lunch")
    world.retry("bad.pdf")

    world.answer()

    assert [str(row.outcome) for row in world.rows()] == ["rejected", "imported"]
    world.check_invariants()


def test_a_file_that_was_taken_away_is_gone(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.account.delete(f"{APP_FOLDER}/{REJECTED}/bad.pdf")
    world.retry("bad.pdf")

    world.answer()

    assert retries(world) == {"bad.pdf": [Retry.GONE]}
    world.check_invariants()


def test_a_file_is_found_wherever_its_user_has_put_it(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.account.move(f"{APP_FOLDER}/{REJECTED}/bad.pdf", f"{APP_FOLDER}/kept/for later.pdf")
    world.retry("bad.pdf")

    world.answer()

    assert retries(world) == {"bad.pdf": [Retry.DONE, None]}


def test_a_file_that_its_user_has_moved_back_already_is_recorded_once(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.retry("bad.pdf")
    world.account.move(f"{APP_FOLDER}/{REJECTED}/bad.pdf", f"{APP_FOLDER}/Auto-Import/bad.pdf")

    world.answer()

    assert retries(world) == {"bad.pdf": [Retry.DONE, None]}
    world.check_invariants()


def test_a_file_that_has_become_an_expense_since_stays_where_it_is(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    file = world.account.entry(f"{APP_FOLDER}/{REJECTED}/bad.pdf")
    world.account.write(f"{APP_FOLDER}/{REJECTED}/bad.pdf", b"lunch")
    world.move_back(f"{REJECTED}/bad.pdf", "bad.pdf")
    world.answer()
    [imported] = [path for path in world.tree() if path.startswith("Imported/")]
    rejected = next(row for row in world.rows() if row.file_id == file.id)
    assert world.records.request_retry(rejected, world.clock())

    world.answer()

    assert list(world.tree()) == [imported]
    assert retries(world) == {"bad.pdf": [Retry.DONE, None]}


def test_a_file_that_was_rejected_twice_comes_back_once(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.move_back(f"{REJECTED}/bad.pdf", "bad.pdf")
    world.answer()
    for row in world.rows():
        assert world.records.request_retry(row, world.clock())
    world.visits[row.version] += 1

    world.answer()

    assert retries(world) == {"bad.pdf": [Retry.DONE, Retry.DONE, None]}
    world.check_invariants()


def test_a_name_that_is_taken_meanwhile_gets_another(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.retry("bad.pdf")
    world.drop("bad.pdf", b"another")

    world.answer()

    assert sorted(world.outcomes()) == ["bad (1).pdf", "bad.pdf"]
    world.check_invariants()


def test_a_request_waits_while_dropbox_does_not_answer(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.retry("bad.pdf")
    world.dropbox = Failing(world.dropbox, find=times(1, DropboxUnavailable("503")))
    with pytest.raises(ComeBackLater):
        world.answer()

    world.answer()

    assert retries(world) == {"bad.pdf": [Retry.DONE, None]}
    world.check_invariants()


def test_a_move_that_dropbox_refuses_is_tried_again_within_the_hour(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.retry("bad.pdf")
    healthy = world.dropbox
    world.dropbox = RefusingMoves(healthy)

    answer = world.answer()

    assert answer.reason == "drained"
    assert world.link_row.next_due is not None
    assert world.link_row.next_due <= world.clock() + HOURLY
    world.dropbox = healthy
    world.come_to_rest()
    world.check_invariants()


def test_many_requests_are_granted_as_far_as_there_is_time(
    world: DrainWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(return_rejected, "TOGETHER", 2)
    names = [f"{number}.pdf" for number in range(5)]
    reject(world, *names)
    for name in names:
        world.retry(name)
    looks = iter([True])
    world.has_time = lambda: next(looks, False)

    answer = world.answer()

    assert answer.reason == "more to do"
    assert len(world.records.outstanding("alice", world.account.id).retries) == 3
    world.has_time = lambda: True
    world.come_to_rest()
    world.check_invariants()


def test_a_request_made_during_a_listing_is_granted_by_its_own_doorbell(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    doorbells = []

    def request(*_: object) -> None:
        world.clock.advance(seconds=60)
        world.retry("bad.pdf")
        doorbells.append(world.received())

    world.dropbox = Failing(world.dropbox, list_files=once(request))
    world.answer()
    assert retries(world) == {"bad.pdf": [Retry.REQUESTED]}
    world.clock.advance(seconds=60)

    answer = world.answer(doorbells[0])

    assert answer.reason == "drained"
    world.check_invariants()


def test_a_request_made_before_a_second_listing_is_granted_with_it(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.drop("lunch.pdf", b"lunch")
    doorbells = []

    def request_and_change(*_: object) -> None:
        world.retry("bad.pdf")
        doorbells.append(world.received())
        world.clock.advance(seconds=60)
        raise DocumentChanged("lunch.pdf")

    world.dropbox = Failing(world.dropbox, download=once(request_and_change))
    world.answer()

    answer = world.answer(doorbells[0])

    assert answer.reason == "already looked"
    world.check_invariants()


def test_a_request_for_a_file_of_another_account_is_not_this_ones(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    first = world.account
    row = world.retry("bad.pdf")
    second = open_account("second", world.contents, world.seconds)
    world.link(second)

    world.answer()

    assert world.records.records["alice", row.visit_key].retry is Retry.REQUESTED
    world.link(first)
    world.come_to_rest()
    world.check_invariants()


def test_nothing_is_moved_once_the_link_has_changed(world: DrainWorld) -> None:
    reject(world, "bad.pdf")
    world.retry("bad.pdf")
    account = world.account
    world.records = Failing(world.records, outstanding=once(lambda *_: world.link(account)))

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert list(world.tree()) == [f"{REJECTED}/bad.pdf"]


class RefusingMoves:
    """Dropbox refuses to move anything into `Auto-Import`."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def move(self, moves):
        from shared.domain.cloud_files import MoveResult

        return [MoveResult(move, None, DropboxRefused("to/restricted")) for move in moves]
