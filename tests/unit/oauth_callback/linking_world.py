"""Users, Dropbox accounts and every grant that Dropbox has given: what linking leaves behind, and may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.oauth_callback.attempt_keys import AttemptKey, new_key
from functions.oauth_callback.confirm_link import ConfirmLink
from functions.oauth_callback.dropbox_apps import AUTO_IMPORT_SCOPES, DropboxApp
from functions.page_api.links.unlink import Unlink
from shared.domain.errors import CodeRejected, IntegrationError, RefusalCode, RequestRefused
from shared.domain.grants import AccountOwner, Grant
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Purpose
from shared.doorbells.messages import AnyDoorbell
from shared.http.host_session import HostSession
from testing.fakes.linking import FakeLinkAttempts, FakeRevocations, is_live
from testing.fakes.stores import FakeLinks

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
USERS = ("alice", "bob")
ACCOUNTS = ("dbid:x", "dbid:y")

Wrap = Callable[[Any], Any]


@dataclass
class LinkingWorld:
    """`wrap` is put around everything that two requests share, to stop or to kill them there."""

    links: FakeLinks = field(default_factory=FakeLinks)
    granted: list[Grant] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    spent: set[str] = field(default_factory=set)
    attempts_made: int = 0

    def __post_init__(self) -> None:
        self.attempts = FakeLinkAttempts(self.links)

    def handle(self, user_id: str, account_id: str) -> AttemptKey:
        """A whole attempt up to its handle; its code is for that account."""
        self.attempts_made += 1
        handle = new_key(f"{self.attempts_made:032x}")
        attempt = LinkAttempt(
            attempt_id=handle.attempt_id,
            purpose=Purpose.AUTO_IMPORT,
            user_id=user_id,
            company_id="atelier",
            state_hash="",
            expires_at=NOW + timedelta(minutes=5),
            code_verifier="v" * 43,
        )
        self.attempts.add(attempt)
        code = f"{account_id} {self.attempts_made}".encode()
        self.attempts.spend_state(attempt, NOW, Consent(handle.secret_hash(), code))
        return handle

    def confirm(self, user_id: str, handle: AttemptKey, wrap: Wrap = lambda shared: shared) -> None:
        """Raises what the request is refused with."""
        dropbox = wrap(_Dropbox(self))
        app = DropboxApp(
            AUTO_IMPORT_SCOPES, "/Auto-Import", dropbox, lambda _: dropbox, self.revoked.add, _no_doorbell
        )
        ConfirmLink(
            attempts=wrap(self.attempts),
            links=wrap(self.links),
            cipher=_Cipher(),
            apps={Purpose.AUTO_IMPORT: app},
            revocations=wrap(FakeRevocations(self.links)),
            now=lambda: NOW,
            sleep=lambda _: None,
        )(_session(user_id), handle.text())

    def link(self, user_id: str, account_id: str) -> RefusalCode | None:
        """From the start to the end, alone; why it was refused, if it was."""
        try:
            self.confirm(user_id, self.handle(user_id, account_id))
        except RequestRefused as refused:
            return refused.code
        return None

    def unlink(self, user_id: str, wrap: Wrap = lambda shared: shared) -> None:
        """One that was never linked stays so."""
        with suppress(RequestRefused):
            Unlink(wrap(self.links), lambda: NOW)(_session(user_id), Purpose.AUTO_IMPORT)

    def state(self) -> tuple[object, ...]:
        """What matters of who has linked what."""
        return tuple(
            (link.account_id, link.status) if (link := self.links.get(f"user:{user_id}")) else None
            for user_id in USERS
        )

    def check(self) -> None:
        """No account is held twice, no grant lives for nobody, and nobody is locked out."""
        live = [link for link in self.links.links.values() if is_live(link)]
        assert len({link.account_id for link in live}) == len(live)
        self.check_grants()
        holders = {link.account_id: link.user_id for link in live}
        for account_id in ACCOUNTS:
            for user_id in USERS:
                refused = RefusalCode.ACCOUNT_ALREADY_LINKED
                expected = None if holders.get(account_id, user_id) == user_id else refused
                assert self.link(user_id, account_id) == expected, (user_id, account_id, holders)
                holders = {
                    link.account_id: link.user_id for link in self.links.links.values() if is_live(link)
                }

    def check_grants(self) -> None:
        """Each is a live link's, or to be revoked."""
        known = {each.encrypted_token.decode() for each in self.links.revocations} | self.revoked
        known |= {link.encrypted_token.decode() for link in self.links.links.values() if link.encrypted_token}
        assert known.issuperset(grant.refresh_token for grant in self.granted)


class _Dropbox:
    def __init__(self, world: LinkingWorld) -> None:
        self._world = world

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
        assert code_verifier
        if code in self._world.spent:
            raise CodeRejected("invalid_grant")
        self._world.spent.add(code)
        account_id = code.partition(" ")[0]
        grant = Grant("access", f"refresh {code}", account_id, frozenset(AUTO_IMPORT_SCOPES))
        self._world.granted.append(grant)
        return grant

    def owner(self, grant: Grant) -> AccountOwner:
        return AccountOwner(grant.account_id, "Somebody", "somebody@example.org")

    def ensure_folder(self, path: str) -> None:
        assert path

    def authorize_url(self, **_: object) -> str:
        raise AssertionError("not part of a confirm")


class _Cipher:
    def encrypt(self, secret: str, context: Mapping[str, str]) -> bytes:
        return secret.encode()

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        return ciphertext.decode()


def _no_doorbell(_: AnyDoorbell) -> None:
    return


def _session(user_id: str) -> HostSession:
    return HostSession(user_id, "atelier", "employee", "solo", "en")


def suppressed(act: Callable[[], None]) -> None:
    """Requests may be refused; what they leave behind is what is looked at."""
    with suppress(IntegrationError):
        act()
