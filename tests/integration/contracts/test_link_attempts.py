"""What linking may rely on of its attempts: one open at a time, one confirm at a time, one link each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from shared.aws.stores.link_attempt_store import LinkAttemptStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import RevocationRow
from shared.aws.stores.revocation_rows import to_revocation
from shared.aws.stores.revocation_store import RevocationStore
from shared.domain.errors import (
    AccountAlreadyLinked,
    ConfirmUnderWay,
    LinkChanged,
    LinkRefused,
    RefusalCode,
)
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.revocations import Revocation
from testing.fakes.linking import FakeLinkAttempts, FakeRevocations
from testing.fakes.stores import FakeLinks
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC)
LONG_AGO = NOW - timedelta(minutes=1)
X, Y = "dbid:x", "dbid:y"


class Attempts(Protocol):
    """What both do."""

    def add(self, attempt: LinkAttempt) -> None: ...

    def get(self, attempt_id: str) -> LinkAttempt | None: ...

    def spend_state(self, attempt: LinkAttempt, at: datetime, consent: Consent | None) -> None: ...

    def begin_confirm(self, attempt: LinkAttempt, at: datetime, died_before: datetime) -> None: ...

    def end_confirm(self, attempt: LinkAttempt) -> None: ...

    def end(self, attempt: LinkAttempt) -> None: ...

    def complete(
        self, attempt: LinkAttempt, link: Link, previous: Link | None, grant_note_id: str, at: datetime
    ) -> None: ...


class Links(Protocol):
    """What tests do with the links."""

    def get(self, link_id: str) -> Link | None: ...

    def find_by_account(self, account_id: str, purpose: Purpose) -> Link | None: ...

    def unlink(self, link: Link, *, by: str, at: datetime) -> Link: ...


@dataclass
class World:
    """Attempts and links, and what the tests do with them."""

    attempts: Attempts
    links: Links
    note: Callable[[Revocation], None]
    revocations: Callable[[], list[Revocation]]

    def link(self, user_id: str, account_id: str, *, previous: Link | None = None) -> Link:
        """A whole attempt, read with what is there now unless `previous` says otherwise."""
        attempt = self.open_attempt(user_id)
        link_id = f"user:{user_id}"
        before = previous or self.links.get(link_id)
        link = _link_of(user_id, account_id, before.generation + 1 if before else 1)
        note = _note_of(attempt, link)
        self.note(note)
        self.attempts.complete(attempt, link, before, note.revocation_id, NOW)
        return link

    def open_attempt(self, user_id: str = "alice") -> LinkAttempt:
        attempt = _attempt_of(user_id, f"{len(_IDS):032x}")
        _IDS.append(attempt.attempt_id)
        self.attempts.add(attempt)
        self.attempts.spend_state(attempt, NOW, Consent("hash", b"code"))
        found = self.attempts.get(attempt.attempt_id)
        assert found is not None
        return found


_IDS: list[str] = []


def _attempt_of(user_id: str, attempt_id: str) -> LinkAttempt:
    return LinkAttempt(
        attempt_id=attempt_id,
        purpose=Purpose.AUTO_IMPORT,
        user_id=user_id,
        company_id="atelier",
        state_hash="state",
        expires_at=NOW + timedelta(minutes=10),
        code_verifier="v" * 43,
    )


def _link_of(user_id: str, account_id: str, generation: int) -> Link:
    return Link(
        link_id=f"user:{user_id}",
        purpose=Purpose.AUTO_IMPORT,
        user_id=user_id,
        company_id="atelier",
        account_id=account_id,
        account_name="Somebody",
        account_email="somebody@example.com",
        encrypted_token=f"{user_id} {generation}".encode(),
        status=LinkStatus.ACTIVE,
        generation=generation,
        linked_at=NOW,
    )


def _note_of(attempt: LinkAttempt, link: Link) -> Revocation:
    return Revocation(
        link_id=attempt.link_id,
        which=f"attempt-{attempt.attempt_id}",
        purpose=attempt.purpose,
        account_id=link.account_id,
        encrypted_token=link.encrypted_token or b"",
        until=NOW + timedelta(days=7),
        next_try=NOW,
    )


@pytest.fixture
def world(kind: str, request: pytest.FixtureRequest) -> World:
    if kind == FAKE:
        fake = FakeLinks()
        return World(FakeLinkAttempts(fake), fake, FakeRevocations(fake).add, lambda: fake.revocations)
    request.getfixturevalue("aws")
    return World(
        LinkAttemptStore("link_attempts", "audit_trail"),
        LinkStore("links", "audit_trail"),
        RevocationStore("links").add,
        lambda: [to_revocation(row) for row in RevocationRow.scan()],
    )


def test_who_left_an_account_that_is_somebody_elses_now_links_another(world: World) -> None:
    left = world.links.unlink(world.link("alice", X), by="alice", at=NOW)
    theirs = world.link("bob", X)

    mine = world.link("alice", Y)

    assert world.links.find_by_account(X, Purpose.AUTO_IMPORT) == theirs
    assert world.links.find_by_account(Y, Purpose.AUTO_IMPORT) == mine
    assert mine.generation == left.generation + 1


def test_who_left_an_account_that_is_somebody_elses_now_cannot_have_it_back(world: World) -> None:
    world.links.unlink(world.link("alice", X), by="alice", at=NOW)
    theirs = world.link("bob", X)

    with pytest.raises(AccountAlreadyLinked):
        world.link("alice", X)

    assert world.links.find_by_account(X, Purpose.AUTO_IMPORT) == theirs


def test_who_moves_to_another_account_leaves_the_first_to_others(world: World) -> None:
    world.link("alice", X)

    world.link("alice", Y)
    theirs = world.link("bob", X)

    assert world.links.find_by_account(X, Purpose.AUTO_IMPORT) == theirs


def test_two_who_swap_their_accounts_end_with_the_others(world: World) -> None:
    for user_id, account_id in (("alice", X), ("bob", Y)):
        world.links.unlink(world.link(user_id, account_id), by=user_id, at=NOW)

    alices, bobs = world.link("alice", Y), world.link("bob", X)

    assert world.links.find_by_account(Y, Purpose.AUTO_IMPORT) == alices
    assert world.links.find_by_account(X, Purpose.AUTO_IMPORT) == bobs


def test_a_link_that_was_ended_since_it_was_read_is_not_replaced(world: World) -> None:
    read = world.link("alice", X)
    ended = world.links.unlink(read, by="alice", at=NOW)

    with pytest.raises(LinkChanged):
        world.link("alice", Y, previous=read)

    assert world.links.get("user:alice") == ended


def test_a_link_takes_the_note_of_its_grant_back(world: World) -> None:
    world.link("alice", X)

    assert world.revocations() == []


def test_a_link_that_is_not_made_leaves_its_grant_to_be_revoked(world: World) -> None:
    world.link("bob", X)

    with pytest.raises(AccountAlreadyLinked):
        world.link("alice", X)

    assert [revocation.link_id for revocation in world.revocations()] == ["user:alice"]


def test_no_link_is_made_of_a_grant_that_is_being_revoked(world: World) -> None:
    attempt = world.open_attempt()

    with pytest.raises(LinkRefused) as refused:
        world.attempts.complete(attempt, _link_of("alice", X, 1), None, "revoke:user:alice#gone", NOW)

    assert refused.value.code is RefusalCode.EXPIRED
    assert world.links.get("user:alice") is None


def test_an_attempt_is_completed_once(world: World) -> None:
    attempt = world.open_attempt()
    link = _link_of("alice", X, 1)
    note = _note_of(attempt, link)
    world.note(note)
    world.attempts.complete(attempt, link, None, note.revocation_id, NOW)
    world.note(note)

    with pytest.raises(LinkRefused) as refused:
        world.attempts.complete(attempt, replace(link, generation=2), link, note.revocation_id, NOW)

    assert refused.value.code is RefusalCode.ALREADY_USED
    assert world.links.get("user:alice") == link


def test_starting_again_closes_the_attempt_left_open(world: World) -> None:
    first = world.open_attempt()
    link = _link_of("alice", X, 1)
    world.note(_note_of(first, link))

    world.open_attempt()

    closed = world.attempts.get(first.attempt_id)
    assert closed is not None
    assert (closed.is_over, closed.encrypted_code) == (True, None)
    with pytest.raises(LinkRefused) as refused:
        world.attempts.complete(first, link, None, _note_of(first, link).revocation_id, NOW)
    assert refused.value.code is RefusalCode.EXPIRED


def test_starting_again_leaves_the_attempts_of_others_and_completed_ones_alone(world: World) -> None:
    theirs = world.open_attempt("bob")
    world.link("alice", X)
    completed = world.open_attempt("alice")

    world.open_attempt("alice")

    assert world.attempts.get(theirs.attempt_id) == theirs
    first = world.attempts.get(completed.attempt_id)
    assert first is not None
    assert first.is_over


def test_one_confirm_at_a_time_spends_the_code(world: World) -> None:
    attempt = world.open_attempt()
    world.attempts.begin_confirm(attempt, NOW, LONG_AGO)

    with pytest.raises(ConfirmUnderWay):
        world.attempts.begin_confirm(attempt, NOW, LONG_AGO)
    world.attempts.end_confirm(attempt)
    world.attempts.begin_confirm(attempt, NOW, LONG_AGO)


def test_a_confirm_that_died_does_not_hinder_the_next(world: World) -> None:
    attempt = world.open_attempt()
    world.attempts.begin_confirm(attempt, LONG_AGO - timedelta(microseconds=1), LONG_AGO - timedelta(hours=1))

    world.attempts.begin_confirm(attempt, NOW, LONG_AGO)

    found = world.attempts.get(attempt.attempt_id)
    assert found is not None
    assert found.confirming_at == NOW


def test_nobody_confirms_an_attempt_that_is_over(world: World) -> None:
    attempt = world.open_attempt()
    world.attempts.end(attempt)

    with pytest.raises(ConfirmUnderWay):
        world.attempts.begin_confirm(attempt, NOW, LONG_AGO)

    ended = world.attempts.get(attempt.attempt_id)
    assert ended is not None
    assert (ended.is_over, ended.encrypted_code) == (True, None)


def test_a_state_is_spent_once(world: World) -> None:
    attempt = world.open_attempt()

    with pytest.raises(LinkRefused) as refused:
        world.attempts.spend_state(attempt, NOW, Consent("another", b"another"))

    assert refused.value.code is RefusalCode.ALREADY_USED
    found = world.attempts.get(attempt.attempt_id)
    assert found is not None
    assert found.handle_hash == "hash"
