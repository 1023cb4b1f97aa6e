"""Confirming, where what meets it is hard to bring about for real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

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
    LinkChanged,
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

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ALICE = HostSession("alice", "atelier", "employee", "solo", "en")
ACCOUNT = "dbid:alice"
GRANT = Grant("access", "refresh", ACCOUNT, frozenset(AUTO_IMPORT_SCOPES))


@dataclass
class World:
    """Attempts, links, cipher, Dropbox and queue in one, failing where a test wants it."""

    handle: AttemptKey = field(default_factory=lambda: new_key("0" * 32))
    link: Link | None = None
    grant: Grant = GRANT
    account_id: str = ACCOUNT
    code_is_dead: bool = False
    owner_fails: IntegrationError | None = None
    revocations: list[Revocation] = field(default_factory=list)
    revocations_fail: bool = False
    attempts_fail: bool = False
    slept: list[float] = field(default_factory=list)
    rung: list[Doorbell] = field(default_factory=list)
    before_transaction: list[Callable[[], None]] = field(default_factory=list)
    after_transaction: list[IntegrationError] = field(default_factory=list)
    while_sleeping: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.attempt = LinkAttempt(
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
        app = DropboxApp(AUTO_IMPORT_SCOPES, "/Auto-Import", self, lambda token: self, self.ring)
        self.confirm_link = ConfirmLink(
            self, _Links(self), self, {Purpose.AUTO_IMPORT: app}, self, lambda: NOW, self.sleep
        )

    def confirm(self, session: HostSession = ALICE) -> Link:
        return self.confirm_link(session, self.handle.text()).link

    def refusal(self) -> RefusalCode:
        with pytest.raises(RequestRefused) as refused:
            self.confirm()
        return refused.value.code

    def complete_elsewhere(self) -> None:
        """Another confirm of the same attempt completes."""
        other = World(handle=self.handle)
        self.link = other.confirm()
        self.attempt = other.attempt

    def get(self, attempt_id: str) -> LinkAttempt:
        if self.attempts_fail and self.slept:
            raise AwsUnavailable("throttled")
        return self.attempt

    def complete(self, attempt: LinkAttempt, link: Link, previous: Link | None, at: datetime) -> None:
        if self.before_transaction:
            self.before_transaction.pop(0)()
        if self.attempt.completed_at:
            raise LinkRefused(RefusalCode.ALREADY_USED)
        if previous != self.link:
            raise LinkChanged(link.link_id)
        self.link = link
        self.attempt = replace(
            attempt,
            completed_at=at,
            link_generation=link.generation,
            encrypted_code=None,
            code_verifier=None,
        )
        if self.after_transaction:
            raise self.after_transaction.pop(0)

    def encrypt(self, secret: str, context: Mapping[str, str]) -> bytes:
        return secret.encode()

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        return ciphertext.decode()

    def add(self, revocation: Revocation) -> None:
        if self.revocations_fail:
            raise AwsUnavailable("throttled")
        self.revocations.append(revocation)

    def authorize_url(self, **_: object) -> str:
        raise AssertionError("not part of a confirm")

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
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


@dataclass
class _Links:
    world: World

    def get(self, link_id: str) -> Link | None:
        assert link_id == "user:alice"
        return self.world.link


def test_a_confirm_that_lost_the_code_to_another_waits_for_it_and_answers_the_same() -> None:
    world = World(code_is_dead=True)
    world.while_sleeping = [lambda: None, world.complete_elsewhere]

    link = world.confirm()

    assert link == world.link
    assert len(world.slept) == 2


def test_a_confirm_whose_code_is_dead_does_not_wait_for_ever() -> None:
    world = World(code_is_dead=True)

    assert world.refusal() is RefusalCode.EXPIRED
    assert sum(world.slept) <= 5


def test_a_transaction_that_took_place_though_it_seemed_to_fail_is_recognised() -> None:
    world = World(after_transaction=[AwsUnavailable("no answer")])

    link = world.confirm()

    assert link == world.link
    assert link.generation == 1


def test_a_link_made_by_another_attempt_meanwhile_is_replaced() -> None:
    world = World()
    other = World().confirm()

    def make_another() -> None:
        world.link = replace(other, generation=4)

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
    world.attempt = replace(world.attempt, purpose=Purpose.SYNCHRONISATION)

    assert world.refusal() is RefusalCode.NOT_ADMINISTRATOR


def test_the_plan_is_checked_again_on_the_confirming_token() -> None:
    world = World()
    world.attempt = replace(world.attempt, purpose=Purpose.SYNCHRONISATION)

    with pytest.raises(RequestRefused) as refused:
        world.confirm(replace(ALICE, role="administrator"))

    assert refused.value.code is RefusalCode.PLAN_REQUIRED


def test_a_purpose_whose_app_is_gone_since_is_refused() -> None:
    world = World()
    world.attempt = replace(world.attempt, purpose=Purpose.SYNCHRONISATION)

    with pytest.raises(RequestRefused) as refused:
        world.confirm(replace(ALICE, role="administrator", plan="team"))

    assert refused.value.code is RefusalCode.PURPOSE_UNAVAILABLE


def test_an_attempt_without_a_code_is_spent() -> None:
    world = World()
    world.attempt = replace(world.attempt, encrypted_code=None)

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
            until=NOW + timedelta(days=7),
            next_try=NOW,
        )
    ]


def test_the_grant_for_an_account_of_somebody_else_is_to_be_revoked() -> None:
    world = World()

    def refuse() -> None:
        raise AccountAlreadyLinked("another's")

    world.before_transaction = [refuse]

    assert world.refusal() is RefusalCode.ACCOUNT_ALREADY_LINKED
    assert [revocation.account_id for revocation in world.revocations] == [ACCOUNT]


def test_nothing_is_revoked_where_the_link_may_have_been_made() -> None:
    world = World(after_transaction=[AwsUnavailable("no answer")] * 99)

    world.confirm()
    another = World()

    def fail() -> None:
        raise AwsUnavailable("no answer")

    another.before_transaction = [fail] * 99
    another.attempts_fail = True
    with pytest.raises(AwsUnavailable):
        another.confirm()

    assert world.revocations == another.revocations == []


def test_the_grant_of_a_link_that_aws_did_not_store_is_to_be_revoked() -> None:
    world = World()

    def fail() -> None:
        raise AwsUnavailable("throttled")

    world.before_transaction = [fail] * 99
    with pytest.raises(AwsUnavailable):
        world.confirm()

    assert [revocation.account_id for revocation in world.revocations] == [ACCOUNT]


def test_a_refusal_is_answered_as_such_though_its_grant_cannot_be_noted() -> None:
    world = World(account_id="dbid:another", revocations_fail=True)

    assert world.refusal() is RefusalCode.DROPBOX_ERROR
