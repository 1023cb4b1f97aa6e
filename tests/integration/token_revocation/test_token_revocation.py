"""Revoking against tables, key and a Dropbox that answers over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from dropbox import Dropbox
from dropbox.exceptions import AuthError

from functions.token_revocation import handler
from functions.token_revocation.composition import compose
from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    Account,
    DropboxEmulator,
    Fault,
    RateLimited,
    Status,
)
from shared.aws.stores.revocation_store import RevocationStore
from shared.aws.token_cipher import TokenCipher
from shared.config.token_revocation import TokenRevocationSettings
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.errors import RevocationIncomplete
from shared.domain.links import Purpose
from shared.domain.revocations import Revocation
from shared.dropbox_api import errors as dropbox_errors
from shared.dropbox_api.oauth import DropboxOauth
from testing.clocks import Clock
from tests.integration.conftest import CALLBACK_URL, Aws
from tests.lambda_context import FakeLambdaContext

APPS = {Purpose.AUTO_IMPORT: AUTO_IMPORT_APP, Purpose.SYNCHRONISATION: SYNCHRONISATION_APP}


@dataclass
class Revoking:
    """What a test does and looks at."""

    aws: Aws
    emulator: DropboxEmulator
    alice: Account
    clock: Clock
    log: StringIO
    store: RevocationStore

    def token(self, purpose: Purpose = Purpose.AUTO_IMPORT) -> str:
        """What alice's consent gives, by the flow the product uses: PKCE, without the app's secret."""
        key = APPS[purpose].key
        self.emulator.add_redirect_uri(key, CALLBACK_URL)
        oauth = DropboxOauth(
            app_key=key,
            authorize_url=f"{self.emulator.url}/oauth2/authorize",
            callback_url=CALLBACK_URL,
            session=self.emulator.session(),
        )
        verifier = "v" * 43
        url = oauth.authorize_url(
            state="s", code_verifier=verifier, scopes=["account_info.read"], locale="en"
        )
        code = parse_qs(urlsplit(self.emulator.consent(url, self.alice)).query)["code"][0]
        return oauth.exchange(code=code, code_verifier=verifier).refresh_token

    def add(self, token: str, purpose: Purpose = Purpose.AUTO_IMPORT, which: str = "1") -> Revocation:
        context = refresh_token_context("user:alice", purpose.value)
        revocation = Revocation(
            link_id="user:alice",
            which=which,
            purpose=purpose,
            account_id=self.alice.id,
            encrypted_token=TokenCipher(self.aws.key_id).encrypt(token, context),
            until=self.clock() + timedelta(days=7),
            next_try=self.clock(),
        )
        self.store.add(revocation)
        return revocation

    def run(self) -> None:
        handler.lambda_handler({}, FakeLambdaContext())

    def left(self) -> list[str]:
        return self.store.due_ids(self.clock() + timedelta(days=30))

    def client(self, token: str, purpose: Purpose = Purpose.AUTO_IMPORT) -> Dropbox:
        return Dropbox(oauth2_refresh_token=token, app_key=APPS[purpose].key, session=self.emulator.session())


@pytest.fixture
def revoking(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Iterator[Revoking]:
    monkeypatch.setenv("AUTO_IMPORT_APP_KEY", AUTO_IMPORT_APP.key)
    monkeypatch.setenv("SYNCHRONISATION_APP_KEY", SYNCHRONISATION_APP.key)
    monkeypatch.setattr(dropbox_errors, "FIRST_BACKOFF_SECONDS", 0.001)
    clock, log = Clock(), StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", log)
    with DropboxEmulator(clock=lambda: clock().timestamp()) as emulator:
        settings = TokenRevocationSettings.from_environment()
        composed = compose(settings, session=emulator.session(), clock=clock)
        monkeypatch.setattr(handler, "composed", lambda: composed)
        yield Revoking(aws, emulator, emulator.add_account("alice"), clock, log, RevocationStore("links"))


@pytest.mark.parametrize("purpose", Purpose)
def test_the_token_is_dead_with_every_access_token_made_of_it_and_forgotten_here(
    revoking: Revoking, purpose: Purpose
) -> None:
    token = revoking.token(purpose)
    used = revoking.client(token, purpose)
    used.users_get_current_account()
    revoking.add(token, purpose)

    revoking.run()

    assert revoking.left() == []
    for client in (used, revoking.client(token, purpose)):
        with pytest.raises(AuthError):
            client.users_get_current_account()


def test_a_newer_link_to_the_same_account_lives_on(revoking: Revoking) -> None:
    old, new = revoking.token(), revoking.token()
    revoking.add(old)

    revoking.run()

    account = revoking.client(new).users_get_current_account()
    assert account.account_id == revoking.alice.id


def test_a_token_that_its_user_has_revoked_is_forgotten(revoking: Revoking) -> None:
    revoking.add(revoking.token())
    revoking.emulator.authorizations.revoke(revoking.alice.id)

    revoking.run()

    assert revoking.left() == []


def test_a_dropbox_that_is_down_is_asked_again(revoking: Revoking) -> None:
    token = revoking.token()
    added = revoking.add(token)
    revoking.emulator.faults.add(Fault(route="auth/token/revoke", answer=Status(503)))
    revoking.run()
    put_off = revoking.store.get(added.revocation_id)
    revoking.emulator.faults.clear()

    revoking.run()
    still_there = revoking.left()
    revoking.clock.advance(minutes=1)
    revoking.run()

    assert put_off is not None
    assert put_off == replace(added, tries=1, next_try=put_off.next_try)
    assert put_off.next_try > added.next_try
    assert still_there == [added.revocation_id]
    assert revoking.left() == []


def test_an_answer_that_was_lost_is_no_trouble(revoking: Revoking) -> None:
    revoking.add(revoking.token())
    lost = Status(503, took_effect=True)
    revoking.emulator.faults.add(Fault(route="auth/token/revoke", times=1, answer=lost))

    revoking.run()

    assert revoking.left() == []


def test_a_rate_limit_puts_off_one_and_not_the_others(revoking: Revoking) -> None:
    first, second = revoking.token(), revoking.token()
    revoking.add(first, which="1")
    revoking.clock.advance(seconds=1)
    revoking.add(second, which="2")
    revoking.emulator.faults.add(
        Fault(route="auth/token/revoke", times=1, answer=RateLimited(retry_after=300))
    )

    revoking.run()

    assert revoking.left() == ["revoke:user:alice#1"]


def test_what_is_given_up_is_counted(revoking: Revoking, capsys: pytest.CaptureFixture[str]) -> None:
    revoking.add(revoking.token())
    revoking.emulator.faults.add(Fault(route="auth/token/revoke", answer=Status(503)))
    revoking.clock.advance(days=8)

    revoking.run()

    (emitted,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert emitted["RevocationsGivenUp"] == [1]
    assert revoking.left() == []


def test_no_token_is_ever_logged(revoking: Revoking) -> None:
    tokens = [revoking.token(), revoking.token()]
    for which, token in enumerate(tokens):
        revoking.add(token, which=str(which))
    revoking.emulator.faults.add(Fault(route="auth/token/revoke", times=8, answer=Status(500)))

    revoking.run()
    revoking.clock.advance(days=8)
    revoking.run()

    logged = revoking.log.getvalue()
    assert "revocation put off" in logged
    assert not [token for token in tokens if token in logged]


def test_an_unforeseen_failure_is_seen_by_the_alarm(
    revoking: Revoking, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = revoking.add(revoking.token())
    monkeypatch.setattr(RevocationStore, "get", lambda *_: 1 / 0)

    with pytest.raises(RevocationIncomplete):
        revoking.run()

    assert revoking.left() == [added.revocation_id]


def test_one_that_is_gone_is_not_put_off(revoking: Revoking) -> None:
    added = revoking.add(revoking.token())
    revoking.store.forget(added)

    revoking.store.put_off(added, tries=1, next_try=revoking.clock())

    assert revoking.left() == []
    assert revoking.store.get(added.revocation_id) is None
