"""Tokens are revoked, put off, given up and forgotten, whatever becomes of a single one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.token_revocation.revoke_due_tokens import RevokeDueTokens, Revoking
from shared.domain.errors import AwsUnavailable, DropboxUnavailable, IntegrationError
from shared.domain.links import Purpose
from shared.domain.revocations import Revocation
from testing.fakes.crashing import CallCounter, Killed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """Tokens to be revoked, the key, and both Dropbox apps, failing where a test wants it."""

    kept: dict[str, Revocation] = field(default_factory=dict)
    live: set[tuple[Purpose, str]] = field(default_factory=set)
    index: list[str] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)
    now: datetime = NOW

    def add(self, name: str, **fields: object) -> Revocation:
        revocation = Revocation(
            link_id=f"user:{name}",
            which="1",
            purpose=Purpose.AUTO_IMPORT,
            account_id=f"dbid:{name}",
            encrypted_token=f"user:{name}/auto_import/{name}".encode(),
            until=NOW + timedelta(days=7),
            next_try=NOW,
        )
        revocation = replace(revocation, **fields)
        self.kept[revocation.revocation_id] = revocation
        self.index.append(revocation.revocation_id)
        self.live.add((revocation.purpose, name))
        return revocation

    def run(self, time_for: int = 1000, wrap: CallCounter | None = None) -> Revoking:
        counter = wrap or CallCounter()
        revoke = RevokeDueTokens(
            revocations=counter.wrap(self),
            decrypt=counter.wrap(self).decrypt,
            revoke_for={purpose: counter.wrap(_App(self, purpose)).revoke for purpose in Purpose},
            now=lambda: self.now,
        )
        time = iter([True] * time_for)
        return revoke(lambda: next(time, False))

    def due_ids(self, now: datetime) -> list[str]:
        return list(self.index)

    def get(self, revocation_id: str) -> Revocation | None:
        return self.kept.get(revocation_id)

    def put_off(self, revocation: Revocation, *, tries: int, next_try: datetime) -> None:
        if revocation.revocation_id in self.kept:
            self.kept[revocation.revocation_id] = replace(revocation, tries=tries, next_try=next_try)

    def forget(self, revocation: Revocation) -> None:
        self.kept.pop(revocation.revocation_id, None)

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        link_id, purpose, token = ciphertext.decode().split("/")
        if context != {"link_id": link_id, "purpose": purpose}:
            raise AwsUnavailable("InvalidCiphertextException")
        return token


@dataclass
class _App:
    world: World
    purpose: Purpose

    def revoke(self, refresh_token: str) -> None:
        if refresh_token in self.world.failures:
            raise self.world.failures[refresh_token]
        self.world.live.discard((self.purpose, refresh_token))


@pytest.fixture
def world() -> World:
    return World()


def test_a_token_is_revoked_and_forgotten(world: World) -> None:
    world.add("alice")

    run = world.run()

    assert (world.live, world.kept, run.revoked) == (set(), {}, 1)


def test_each_token_is_given_back_to_the_app_it_is_of(world: World) -> None:
    world.add("alice")
    world.add(
        "atelier",
        link_id="company:atelier",
        purpose=Purpose.SYNCHRONISATION,
        encrypted_token=b"company:atelier/synchronisation/atelier",
    )

    world.run()

    assert world.live == set()


def test_a_dropbox_that_is_down_is_asked_again_later_and_later(world: World) -> None:
    added = world.add("alice")
    world.failures["alice"] = DropboxUnavailable("status 503")
    waits = []

    for _ in range(30):
        run = world.run()
        waits.append(world.kept[added.revocation_id].next_try - world.now)
        world.now = world.kept[added.revocation_id].next_try
        if world.now > NOW + timedelta(days=6):
            break

    assert list(run.put_off) == [added.revocation_id]
    assert timedelta(seconds=20) < waits[0] < timedelta(minutes=1)
    assert timedelta(hours=4) < waits[-1] <= timedelta(hours=6)


def test_what_cannot_be_revoked_for_a_week_is_given_up_and_forgotten(world: World) -> None:
    added = world.add("alice")
    world.failures["alice"] = DropboxUnavailable("status 503")
    world.now = added.until

    run = world.run()

    assert (list(run.given_up), run.put_off, world.kept) == ([added.revocation_id], {}, {})


def test_a_token_that_lay_for_longer_than_a_week_is_tried_once_more(world: World) -> None:
    world.add("alice")
    world.now = NOW + timedelta(days=30)

    run = world.run()

    assert (run.revoked, world.live, run.given_up) == (1, set(), {})


def test_a_token_that_does_not_open_is_put_off_and_hinders_no_other(world: World) -> None:
    broken = world.add("mallory", encrypted_token=b"user:alice/auto_import/alice")
    world.add("alice")

    run = world.run()

    assert list(run.put_off) == list(world.kept) == [broken.revocation_id]
    assert world.live == {(Purpose.AUTO_IMPORT, "mallory")}


def test_an_unforeseen_failure_leaves_its_token_due_and_hinders_no_other(world: World) -> None:
    broken = world.add("mallory")
    world.add("alice")
    world.failures["mallory"] = ZeroDivisionError()

    run = world.run()

    assert list(run.failures) == [broken.revocation_id]
    assert world.kept == {broken.revocation_id: broken}
    assert world.live == {(Purpose.AUTO_IMPORT, "mallory")}


def test_what_the_index_still_shows_is_looked_at_again(world: World) -> None:
    gone = world.add("gone")
    del world.kept[gone.revocation_id]
    put_off = world.add("later", next_try=NOW + timedelta(seconds=1))

    run = world.run()

    assert run == Revoking()
    assert world.kept == {put_off.revocation_id: put_off}


def test_no_token_is_begun_without_time(world: World) -> None:
    for name in ("alice", "bob", "carol"):
        world.add(name)

    run = world.run(time_for=2)

    assert (run.revoked, len(world.kept)) == (2, 1)


@pytest.mark.parametrize("after", [False, True], ids=["before it takes effect", "after"])
@pytest.mark.parametrize("error", [None, DropboxUnavailable("status 503")], ids=["revoked", "put off"])
def test_a_run_that_dies_at_any_call_is_finished_by_the_next(
    after: bool, error: IntegrationError | None
) -> None:
    for dies_at in range(1, 6):
        world = World()
        world.add("alice")
        if error:
            world.failures["alice"] = error
        with pytest.raises(Killed):
            world.run(wrap=CallCounter(dies_at, after=after))
        world.failures.clear()
        world.now += timedelta(minutes=5)

        world.run()

        assert (world.live, world.kept) == (set(), {}), dies_at
