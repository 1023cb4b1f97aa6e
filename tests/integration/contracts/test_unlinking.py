"""Unlinking: the account is free, the token only to be revoked, and the trail says who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import AuditRow, RevocationRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.revocation_rows import to_revocation
from shared.aws.stores.transactions import transaction
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.errors import LinkChanged
from shared.domain.links import Link, LinkProblem, LinkStatus, Purpose
from shared.domain.revocations import Revocation
from testing.audit_rows import to_audit_entry
from testing.fakes.stores import FakeLinks
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
LINK = Link(
    link_id="user:alice",
    purpose=Purpose.AUTO_IMPORT,
    user_id="alice",
    company_id="atelier",
    account_id="dbid:first",
    account_name="Alice",
    account_email="alice@example.com",
    encrypted_token=b"\x00ciphertext\xff",
    status=LinkStatus.RECONNECT,
    problem=LinkProblem.TOKEN_REVOKED,
    generation=3,
    linked_at=NOW,
    next_due=NOW,
    not_before=NOW,
)
UNLINKED = replace(
    LINK,
    generation=4,
    status=LinkStatus.UNLINKED,
    problem=None,
    status_since=LATER,
    encrypted_token=None,
    account_name="",
    account_email="",
    next_due=None,
    not_before=None,
)


class Links(Protocol):
    """What both do."""

    def get(self, link_id: str) -> Link | None: ...

    def find_by_account(self, account_id: str, purpose: Purpose) -> Link | None: ...

    def unlink(self, link: Link, *, by: str, at: datetime) -> Link: ...

    def take_over(self, link: Link, *, by: str, at: datetime) -> Link: ...


@dataclass
class World:
    """The store, and what tests ask beyond what it does."""

    links: Links
    save: Callable[[Link], None]
    audit_trail: Callable[[], list[AuditEntry]]
    revocations: Callable[[], list[Revocation]]


@pytest.fixture
def world(kind: str, request: pytest.FixtureRequest) -> World:
    if kind == FAKE:
        fake = FakeLinks()

        def put(link: Link) -> None:
            fake.links[link.link_id] = link

        return World(fake, put, lambda: fake.audit_trail, lambda: fake.revocations)
    request.getfixturevalue("aws")
    store = LinkStore("links", "audit_trail")

    def save(link: Link) -> None:
        with transaction() as writes:
            add_link(writes, link, store.get(link.link_id))

    return World(
        store,
        save,
        lambda: [to_audit_entry(row) for row in AuditRow.scan()],
        lambda: [to_revocation(row) for row in RevocationRow.scan()],
    )


def test_an_unlinked_link_says_whose_it_was_and_holds_no_token(world: World) -> None:
    world.save(LINK)

    unlinked = world.links.unlink(LINK, by="alice", at=LATER)

    assert unlinked == UNLINKED
    assert world.links.get("user:alice") == UNLINKED


def test_the_account_is_free_for_somebody_else(world: World) -> None:
    world.save(LINK)
    world.links.unlink(LINK, by="alice", at=LATER)

    theirs = replace(LINK, link_id="user:bob", user_id="bob", generation=1)
    world.save(theirs)

    assert world.links.find_by_account("dbid:first", Purpose.AUTO_IMPORT) == theirs


def test_the_token_is_to_be_revoked(world: World) -> None:
    world.save(LINK)

    world.links.unlink(LINK, by="alice", at=LATER)

    assert world.revocations() == [
        Revocation(
            link_id="user:alice",
            which="3",
            purpose=Purpose.AUTO_IMPORT,
            account_id="dbid:first",
            encrypted_token=b"\x00ciphertext\xff",
            until=LATER + timedelta(days=7),
            next_try=LATER,
        )
    ]


def test_the_trail_says_who_unlinked(world: World) -> None:
    world.save(LINK)

    world.links.unlink(LINK, by="an administrator", at=LATER)

    assert world.audit_trail() == [
        AuditEntry("user:alice", LATER, AuditAction.UNLINKED, "an administrator", "dbid:first", 4)
    ]


def test_unlinking_again_changes_nothing_and_answers_the_same(world: World) -> None:
    world.save(LINK)
    unlinked = world.links.unlink(LINK, by="alice", at=LATER)

    again = world.links.unlink(unlinked, by="bob", at=LATER + timedelta(days=1))

    assert again == unlinked
    assert len(world.audit_trail()) == len(world.revocations()) == 1


def test_of_two_that_unlink_at_once_the_second_is_told_what_the_first_did(world: World) -> None:
    world.save(LINK)
    first = world.links.unlink(LINK, by="alice", at=LATER)

    second = world.links.unlink(LINK, by="alice", at=LATER + timedelta(seconds=1))

    assert second == first
    assert len(world.audit_trail()) == len(world.revocations()) == 1


def test_a_link_made_anew_meanwhile_is_left_alone(world: World) -> None:
    world.save(LINK)
    anew = replace(LINK, generation=4)
    world.save(anew)

    with pytest.raises(LinkChanged):
        world.links.unlink(LINK, by="alice", at=LATER)

    assert world.links.get("user:alice") == anew
    assert world.links.find_by_account("dbid:first", Purpose.AUTO_IMPORT) == anew
    assert world.audit_trail() == world.revocations() == []


def test_a_link_that_was_unlinked_and_made_anew_meanwhile_is_left_alone(world: World) -> None:
    world.save(LINK)
    world.links.unlink(LINK, by="alice", at=LATER)
    anew = replace(LINK, generation=5)
    world.save(anew)

    with pytest.raises(LinkChanged):
        world.links.unlink(LINK, by="alice", at=LATER)

    assert world.links.get("user:alice") == anew


def test_a_link_that_is_not_there_cannot_be_unlinked(world: World) -> None:
    with pytest.raises(LinkChanged):
        world.links.unlink(LINK, by="alice", at=LATER)

    assert world.revocations() == []


def test_a_link_that_is_taken_over_is_anothers_and_works_again(world: World) -> None:
    company = replace(LINK, link_id="company:atelier", purpose=Purpose.SYNCHRONISATION)
    world.save(company)

    taken = world.links.take_over(company, by="eve", at=LATER)

    assert taken == world.links.get("company:atelier")
    assert (taken.user_id, taken.generation, taken.status) == ("eve", 4, LinkStatus.ACTIVE)
    assert (taken.problem, taken.next_due, taken.encrypted_token) == (None, LATER, LINK.encrypted_token)
    assert world.audit_trail() == [
        AuditEntry("company:atelier", LATER, AuditAction.TAKEN_OVER, "eve", "dbid:first", 4)
    ]


def test_a_link_that_was_ended_in_the_meantime_is_not_taken_over(world: World) -> None:
    world.save(LINK)
    ended = world.links.unlink(LINK, by="alice", at=LATER)

    with pytest.raises(LinkChanged):
        world.links.take_over(LINK, by="eve", at=LATER)

    assert world.links.get("user:alice") == ended
