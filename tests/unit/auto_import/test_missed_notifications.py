"""What is known of Dropbox's ringing: a link it rings for is looked at less often, until it is found not to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.errors import LinkRevoked
from shared.domain.links import LinkProblem
from shared.doorbells.messages import RungBy
from testing.fakes.failing import Failing, always
from tests.unit.auto_import.drain_world import DrainWorld

LATER = timedelta(minutes=16)


def hear(world: DrainWorld) -> None:
    """Dropbox rings."""
    world.answer(world.received(rung_by=RungBy.DROPBOX))


def next_look(world: DrainWorld) -> timedelta:
    assert world.link_row.next_due is not None
    return world.link_row.next_due - world.clock()


@pytest.mark.parametrize("rung_by", [RungBy.SWEEP, RungBy.OTHER])
def test_a_link_that_dropbox_has_not_rung_for_is_looked_at_every_six_hours(
    world: DrainWorld, rung_by: RungBy
) -> None:
    world.answer(world.received(rung_by=rung_by))

    assert timedelta(hours=5.4) <= next_look(world) <= timedelta(hours=6)


def test_one_that_it_has_rung_for_is_looked_at_once_a_day(world: DrainWorld) -> None:
    hear(world)
    world.clock.advance(days=1)

    world.answer(world.received(rung_by=RungBy.SWEEP))

    assert timedelta(hours=21.6) <= next_look(world) <= timedelta(hours=24)
    assert world.links.missed_at is None


def test_a_file_that_a_routine_look_finds_has_it_look_more_often_everywhere(world: DrainWorld) -> None:
    hear(world)
    world.drop("lunch.pdf", b"lunch")
    world.clock.now += LATER

    answer = world.answer(world.received(rung_by=RungBy.SWEEP))

    assert answer.missed_notification
    assert world.links.missed_at is not None
    assert next_look(world) <= timedelta(hours=6)
    assert world.outcomes() == {"lunch.pdf": "imported"}


def test_a_file_that_was_dropped_just_now_may_still_be_rung_for(world: DrainWorld) -> None:
    hear(world)
    world.clock.now += LATER
    world.drop("lunch.pdf", b"lunch")

    answer = world.answer(world.received(rung_by=RungBy.SWEEP))

    assert not answer.missed_notification
    assert world.links.missed_at is None


@pytest.mark.parametrize("rung_by", [RungBy.DROPBOX, RungBy.OTHER])
def test_nothing_is_missed_where_somebody_has_rung(world: DrainWorld, rung_by: RungBy) -> None:
    hear(world)
    world.drop("lunch.pdf", b"lunch")
    world.clock.now += LATER

    answer = world.answer(world.received(rung_by=rung_by))

    assert not answer.missed_notification


def test_a_file_that_waits_for_another_try_was_rung_for(world: DrainWorld) -> None:
    hear(world)
    world.drop("new.pdf", b"")
    hear(world)
    world.clock.now += LATER

    answer = world.answer(world.received(rung_by=RungBy.SWEEP))

    assert not answer.missed_notification


def test_what_arrives_during_a_pause_was_rung_for(world: DrainWorld) -> None:
    hear(world)
    world.drop("lunch.pdf", b"lunch")
    world.links.everything_is_paused = True
    hear(world)
    world.links.everything_is_paused = False
    world.clock.now += LATER

    answer = world.answer(world.received(rung_by=RungBy.SWEEP))

    assert not answer.missed_notification
    assert world.outcomes() == {"lunch.pdf": "imported"}


def test_what_arrives_while_a_link_is_broken_was_rung_for(world: DrainWorld) -> None:
    hear(world)
    world.drop("lunch.pdf", b"lunch")
    alive = world.dropbox
    world.dropbox = Failing(alive, list_files=always(LinkRevoked(LinkProblem.TOKEN_REVOKED)))
    hear(world)
    world.dropbox = alive
    world.clock.now += LATER

    answer = world.answer(world.received(rung_by=RungBy.SWEEP))

    assert not answer.missed_notification


def test_a_continuation_is_nobodys_ringing(world: DrainWorld) -> None:
    received = world.received(rung_by=RungBy.SWEEP)

    again = received.again(is_careful=False)

    assert (
        again
        == world.received(notified_at=received.notified_at, correlation_id=received.correlation_id).doorbell
    )
