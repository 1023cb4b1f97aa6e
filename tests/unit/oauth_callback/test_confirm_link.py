"""Confirming, where what meets it is hard to bring about for real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.oauth_callback.attempt_keys import AttemptKey, new_key
from functions.oauth_callback.confirm_link import ConfirmLink
from functions.oauth_callback.dropbox_apps import AUTO_IMPORT_SCOPES, DropboxApp
from shared.domain.errors import (
    AccessDenied,
    AccountAlreadyLinked,
    AppRefused,
    AwsUnavailable,
    CallNotUnderstood,
    CodeRejected,
    DropboxUnavailable,
    IntegrationError,
    LinkRefused,
    LinkSuspended,
    RateLimited,
    RefusalCode,
    RequestRefused,
)
from shared.domain.grants import AccountOwner, Grant
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Link, LinkProblem, Purpose
from shared.domain.revocations import Revocation
from shared.doorbells.messages import Doorbell
from shared.http.host_session import HostSession
from testing.fakes.linking import FakeLinkAttempts, FakeRevocations
from testing.fakes.stores import FakeLinks

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ALICE = HostSession("alice", "atelier", "employee", "solo", "en")
ACCOUNT = "dbid:alice"
GRANT = Grant("access", "refresh", ACCOUNT, frozenset(AUTO_IMPORT_SCOPES))


@dataclass
class World:
    """Cipher, Dropbox and queue in one, beside attempts and links, failing where a test wants it."""

    handle: AttemptKey = field(default_factory=lambda: new_key("0" * 32))
    grant: Grant = GRANT
    account_id: str = ACCOUNT
    code_is_dead: bool = False
    exchange_fails: list[IntegrationError] = field(default_factory=list)
    owner_fails: IntegrationError | None = None
    notes_fail: int = 0
    attempts_fail: bool = False
    slept: list[float] = field(default_factory=list)
    rung: list[Doorbell] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    before_transaction: list[Callable[[], None]] = field(default_factory=list)
    after_transaction: list[IntegrationError] = field(default_factory=list)
    while_sleeping: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.links = FakeLinks()
        self.attempts = _Attempts(self)
        attempt = LinkAttempt(
            attempt_id="0" * 32,
            purpose=Purpose.AUTO_IMPORT,
            user_id="alice",
            company_id="atelier",
            state_hash="",
            expires_at=NOW + timedelta(minutes=5),
            code_verifier="v" * 43,
            redirected_at=NOW,
            handle_hash=self.handle.secret_hash(),
            encrypted_code=b"code",
        )
        self.attempts.add(attempt)
        app = DropboxApp(
            AUTO_IMPORT_SCOPES, "/Auto-Import", self, lambda token: self, self.revoked.append, self.ring
        )
        self.confirm_link = ConfirmLink(
            self.attempts,
            self.links,
            self,
            {Purpose.AUTO_IMPORT: app},
            _Notes(self),
            lambda: NOW,
            self.sleep,
        )

    @property
    def attempt(self) -> LinkAttempt:
        return self.attempts.attempts["0" * 32]

    def change_attempt(self, **changes: Any) -> None:
        self.attempts.attempts["0" * 32] = replace(self.attempt, **changes)

    @property
    def link(self) -> Link | None:
        return self.links.get("user:alice")

    @property
    def revocations(self) -> list[Revocation]:
        return self.links.revocations

    def confirm(self, session: HostSession = ALICE) -> Link:
        return self.confirm_link(session, self.handle.text()).link

    def refusal(self, session: HostSession = ALICE) -> RefusalCode:
        with pytest.raises(RequestRefused) as refused:
            self.confirm(session)
        return refused.value.code

    def begin_another_confirm(self) -> None:
        self.attempts.begin_confirm(self.attempt, NOW, NOW)

    def complete_another_confirm(self) -> None:
        other = World(handle=self.handle)
        link = other.confirm()
        self.links.links[link.link_id] = link
        self.attempts.attempts = other.attempts.attempts

    def encrypt(self, secret: str, context: Mapping[str, str]) -> bytes:
        return secret.encode()

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        return ciphertext.decode()

    def authorize_url(self, **_: object) -> str:
        raise AssertionError("not part of a confirm")

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
        if self.exchange_fails:
            raise self.exchange_fails.pop(0)
        if self.code_is_dead:
            raise CodeRejected("invalid_grant")
        return self.grant

    def owner(self, grant: Grant) -> AccountOwner:
        if self.owner_fails:
            raise self.owner_fails
        return AccountOwner(self.account_id, "Alice", "alice@example.org")

    def ring(self, doorbell: Doorbell) -> None:
        self.rung.append(doorbell)

    def ensure_folder(self, path: str) -> None:
        assert path == "/Auto-Import"

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.while_sleeping:
            self.while_sleeping.pop(0)()


class _Attempts(FakeLinkAttempts):
    def __init__(self, world: World) -> None:
        super().__init__(world.links)
        self.world = world

    def get(self, attempt_id: str) -> LinkAttempt | None:
        if self.world.attempts_fail and self.world.slept:
            raise AwsUnavailable("throttled")
        return super().get(attempt_id)

    def complete(
        self, attempt: LinkAttempt, link: Link, previous: Link | None, grant_note_id: str, at: datetime
    ) -> None:
        if self.world.before_transaction:
            self.world.before_transaction.pop(0)()
        super().complete(attempt, link, previous, grant_note_id, at)
        if self.world.after_transaction:
            raise self.world.after_transaction.pop(0)


class _Notes(FakeRevocations):
    def __init__(self, world: World) -> None:
        super().__init__(world.links)
        self.world = world

    def add(self, revocation: Revocation) -> None:
        if self.world.notes_fail:
            self.world.notes_fail -= 1
            raise AwsUnavailable("throttled")
        super().add(revocation)


def test_a_confirm_that_meets_another_waits_for_it_and_answers_the_same() -> None:
    world = World()
    world.begin_another_confirm()
    world.while_sleeping = [lambda: None, world.complete_another_confirm]

    link = world.confirm()

    assert link == world.link
    assert len(world.slept) == 2


def test_a_confirm_that_meets_another_does_not_wait_for_ever() -> None:
    world = World()
    world.begin_another_confirm()

    assert world.refusal() is RefusalCode.EXPIRED
    assert sum(world.slept) <= 5


def test_a_confirm_that_meets_one_in_vain_is_told_as_soon_as_that_is_known() -> None:
    world = World()
    world.begin_another_confirm()
    world.while_sleeping = [lambda: world.attempts.end(world.attempt)]

    assert world.refusal() is RefusalCode.EXPIRED
    assert len(world.slept) == 1


def test_a_confirm_that_died_long_ago_is_not_waited_for() -> None:
    world = World()
    world.change_attempt(confirming_at=NOW - timedelta(seconds=31))

    link = world.confirm()

    assert link == world.link
    assert world.slept == []


def test_a_dead_code_is_answered_at_once_however_often() -> None:
    world = World(code_is_dead=True)

    assert [world.refusal(), world.refusal()] == [RefusalCode.EXPIRED] * 2
    assert world.slept == []


def test_a_code_that_was_not_spent_is_good_for_the_next_confirm() -> None:
    world = World(exchange_fails=[DropboxUnavailable("status 503")])
    with pytest.raises(DropboxUnavailable):
        world.confirm()

    link = world.confirm()

    assert link == world.link
    assert world.slept == []


def test_a_transaction_that_took_place_though_it_seemed_to_fail_is_recognised() -> None:
    world = World(after_transaction=[AwsUnavailable("no answer")])

    link = world.confirm()

    assert link == world.link
    assert link.generation == 1


def test_a_link_made_by_another_attempt_meanwhile_is_replaced() -> None:
    world = World()
    other = World().confirm()

    def make_another() -> None:
        world.links.links["user:alice"] = replace(other, generation=4)

    world.before_transaction = [make_another]

    link = world.confirm()

    assert link.generation == 5


def test_a_transaction_that_keeps_failing_asks_to_try_again() -> None:
    world = World()

    def fail() -> None:
        raise AwsUnavailable("throttled")

    world.before_transaction = [fail] * 99

    with pytest.raises(AwsUnavailable):
        world.confirm()

    assert world.link is None
    assert len(world.slept) < 10


@pytest.mark.parametrize("account_id", ["dbid:another", "not an account", ""])
def test_an_owner_that_is_not_the_one_who_granted_is_refused(account_id: str) -> None:
    world = World(account_id=account_id)

    assert world.refusal() is RefusalCode.DROPBOX_ERROR
    assert world.link is None


def test_an_account_id_that_no_queue_could_carry_is_refused() -> None:
    odd = "dbid:" + "a" * 200
    world = World(account_id=odd, grant=replace(GRANT, account_id=odd))

    assert world.refusal() is RefusalCode.DROPBOX_ERROR


def test_the_role_is_checked_again_on_the_confirming_token() -> None:
    world = World()
    world.change_attempt(purpose=Purpose.SYNCHRONISATION)

    assert world.refusal() is RefusalCode.NOT_ADMINISTRATOR


def test_the_plan_is_checked_again_on_the_confirming_token() -> None:
    world = World()
    world.change_attempt(purpose=Purpose.SYNCHRONISATION)

    with pytest.raises(RequestRefused) as refused:
        world.confirm(replace(ALICE, role="administrator"))

    assert refused.value.code is RefusalCode.PLAN_REQUIRED


def test_a_purpose_whose_app_is_gone_since_is_refused() -> None:
    world = World()
    world.change_attempt(purpose=Purpose.SYNCHRONISATION)

    with pytest.raises(RequestRefused) as refused:
        world.confirm(replace(ALICE, role="administrator", plan="team"))

    assert refused.value.code is RefusalCode.PURPOSE_UNAVAILABLE


def test_an_attempt_without_a_code_is_spent() -> None:
    world = World()
    world.change_attempt(encrypted_code=None)

    assert world.refusal() is RefusalCode.EXPIRED


IN_VAIN: dict[str, tuple[World, type[IntegrationError]]] = {
    "scope missing": (World(grant=replace(GRANT, scopes=frozenset())), LinkRefused),
    "another owner": (World(account_id="dbid:another"), LinkRefused),
    "suspended": (World(owner_fails=LinkSuspended(LinkProblem.DROPBOX_SUSPENDED)), LinkRefused),
    "Dropbox is down": (World(owner_fails=DropboxUnavailable("status 503")), DropboxUnavailable),
    "the call is not understood": (World(owner_fails=CallNotUnderstood("400")), CallNotUnderstood),
    "the app is refused": (World(owner_fails=AppRefused("401")), LinkRefused),
    "access is denied": (World(owner_fails=AccessDenied("403")), LinkRefused),
    "the rate is limited": (World(owner_fails=RateLimited(5)), RateLimited),
}


@pytest.mark.parametrize(("world", "error"), IN_VAIN.values(), ids=IN_VAIN.keys())
def test_what_was_granted_in_vain_is_to_be_revoked(world: World, error: type[IntegrationError]) -> None:
    with pytest.raises(error):
        world.confirm()

    assert world.revocations == [
        Revocation(
            link_id="user:alice",
            which="attempt-" + "0" * 32,
            purpose=Purpose.AUTO_IMPORT,
            account_id=ACCOUNT,
            encrypted_token=b"refresh",
            until=NOW + timedelta(minutes=2, days=7),
            next_try=NOW + timedelta(minutes=2),
        )
    ]


def test_the_grant_for_an_account_of_somebody_else_is_to_be_revoked() -> None:
    world = World()

    def refuse() -> None:
        raise AccountAlreadyLinked("another's")

    world.before_transaction = [refuse]

    assert world.refusal() is RefusalCode.ACCOUNT_ALREADY_LINKED
    assert [revocation.account_id for revocation in world.revocations] == [ACCOUNT]


def test_a_link_that_was_made_keeps_its_grant_though_every_answer_is_lost() -> None:
    world = World(after_transaction=[AwsUnavailable("no answer")] * 99, attempts_fail=True)

    with pytest.raises(AwsUnavailable):
        world.confirm()

    assert world.link is not None
    assert world.revocations == []


def test_the_grant_of_a_link_that_aws_did_not_store_is_to_be_revoked() -> None:
    world = World()

    def fail() -> None:
        raise AwsUnavailable("throttled")

    world.before_transaction = [fail] * 99
    with pytest.raises(AwsUnavailable):
        world.confirm()

    assert [revocation.account_id for revocation in world.revocations] == [ACCOUNT]


def test_no_link_is_made_of_a_grant_that_cannot_be_noted_and_dropbox_is_told_at_once() -> None:
    world = World(notes_fail=99)

    with pytest.raises(AwsUnavailable):
        world.confirm()

    assert world.link is None
    assert world.revoked == ["refresh"]
    assert len(world.slept) < 5


def test_a_note_that_fails_once_is_written_again() -> None:
    world = World(notes_fail=1)

    link = world.confirm()

    assert link == world.link
    assert (world.revoked, world.revocations) == ([], [])


def test_a_grant_that_is_revoked_by_now_makes_no_link() -> None:
    world = World()
    world.before_transaction = [world.links.revocations.clear]

    assert world.refusal() is RefusalCode.EXPIRED
    assert world.link is None
