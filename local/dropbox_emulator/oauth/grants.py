"""OAuth state: authorization codes, grants, refresh and access tokens, and Dropbox's rules for them."""

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

ACCESS_TOKEN_SECONDS = 14_400
CODE_SECONDS = 600
INVALID_CLIENT = "invalid_client: Invalid client_id or client_secret"


class GrantRefused(Exception):
    """The token endpoint answers 400 with this `error` and `description`."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description


@dataclass(frozen=True)
class Consent:
    """What a user allowed, as bound to an authorization code."""

    app_key: str
    account_id: str
    scopes: frozenset[str]
    redirect_uri: str | None
    code_challenge: str | None
    challenge_method: str
    is_offline: bool


@dataclass(eq=False)
class Grant:
    """An app's link to an account: what every token of one consent hangs on."""

    app_key: str
    account_id: str
    scopes: frozenset[str]
    refresh_token: str | None
    is_public: bool  # the app proved itself by PKCE alone, and may go on without its secret
    is_revoked: bool = False


@dataclass(frozen=True)
class AccessToken:
    """A short-lived token; `expires_at` in seconds since the epoch."""

    grant: Grant
    scopes: frozenset[str]
    expires_at: float


@dataclass
class _Code:
    consent: Consent
    expires_at: float
    is_used: bool = False


@dataclass
class Authorizations:
    """All codes and tokens. Safe for several threads; never takes an account's lock."""

    clock: Callable[[], float]
    _codes: dict[str, _Code] = field(default_factory=dict)
    _grants: list[Grant] = field(default_factory=list)
    _by_refresh_token: dict[str, Grant] = field(default_factory=dict)
    _access_tokens: dict[str, AccessToken] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def new_code(self, consent: Consent) -> str:
        """A code for a consent, good once and for ten minutes."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._codes[code] = _Code(consent, self.clock() + CODE_SECONDS)
        return code

    def redeem(
        self,
        app_key: str,
        code: str,
        redirect_uri: str | None,
        verifier: str | None,
        *,
        has_secret: bool,
    ) -> tuple[Grant, str]:
        """Exchange a code for a grant and its first access token.

        `has_secret`: the app has proved itself with its secret.

        Raises:
            GrantRefused: unknown, expired or used code; another app, redirect URI or verifier.

        """
        with self._lock:
            consent = self._take(app_key, code, redirect_uri, verifier)
            refresh_token = secrets.token_urlsafe(48) if consent.is_offline else None
            grant = Grant(app_key, consent.account_id, consent.scopes, refresh_token, not has_secret)
            self._grants.append(grant)
            if refresh_token:
                self._by_refresh_token[refresh_token] = grant
            return grant, self._new_access_token(grant, grant.scopes)

    def refresh(
        self, app_key: str, refresh_token: str, scopes: frozenset[str] | None, *, has_secret: bool
    ) -> str:
        """A new access token, narrowed to `scopes` when given.

        Raises:
            GrantRefused: dead refresh token, another app's, or a scope it never had.

        """
        with self._lock:
            grant = self._by_refresh_token.get(refresh_token)
            if grant is None or grant.is_revoked or grant.app_key != app_key:
                raise GrantRefused("invalid_grant", "refresh token is invalid or revoked")
            if not (has_secret or grant.is_public):
                raise GrantRefused(INVALID_CLIENT, "the app's secret is needed")
            if scopes is not None and not scopes <= grant.scopes:
                raise GrantRefused("invalid_scope", "scope exceeds what was granted")
            return self._new_access_token(grant, scopes or grant.scopes)

    def find(self, access_token: str) -> AccessToken | None:
        """The access token, expired or not; `None` when unknown or revoked."""
        with self._lock:
            token = self._access_tokens.get(access_token)
        return None if token is None or token.grant.is_revoked else token

    def grant_of(self, refresh_token: str) -> Grant | None:
        """The grant of a refresh token, revoked or not; `None` when unknown."""
        with self._lock:
            return self._by_refresh_token.get(refresh_token)

    def is_expired(self, token: AccessToken) -> bool:
        """Whether an access token's time is over."""
        return self.clock() >= token.expires_at

    def revoke_grant(self, grant: Grant) -> None:
        """Kill a grant with its refresh token and all its access tokens."""
        with self._lock:
            grant.is_revoked = True

    def revoke(self, account_id: str, app_key: str | None = None) -> None:
        """Kill every grant of an account, or only one app's; what a user does who removes the app."""
        for grant in self._live_grants(account_id):
            if app_key in {None, grant.app_key}:
                self.revoke_grant(grant)

    def expire_access_tokens(self, account_id: str | None = None) -> None:
        """End the time of every access token, or of one account's; refreshing still works."""
        with self._lock:
            for text, token in self._access_tokens.items():
                if account_id in {None, token.grant.account_id}:
                    self._access_tokens[text] = AccessToken(token.grant, token.scopes, self.clock())

    def narrow(self, account_id: str, app_key: str, scopes: frozenset[str]) -> None:
        """Leave an app's grants and tokens only these scopes, as when its permissions were changed."""
        with self._lock:
            for text, token in self._access_tokens.items():
                if (token.grant.account_id, token.grant.app_key) == (account_id, app_key):
                    self._access_tokens[text] = AccessToken(
                        token.grant, token.scopes & scopes, token.expires_at
                    )
            for grant in self._grants:
                if (grant.account_id, grant.app_key) == (account_id, app_key):
                    grant.scopes &= scopes

    def granted_scopes(self, account_id: str, app_key: str) -> frozenset[str]:
        """What an account's user has granted an app, by all that has not been revoked."""
        grants = [grant for grant in self._live_grants(account_id) if grant.app_key == app_key]
        return frozenset().union(*(grant.scopes for grant in grants))

    def linked_apps(self, account_id: str) -> set[str]:
        """Keys of the apps linked to an account."""
        return {grant.app_key for grant in self._live_grants(account_id)}

    def _live_grants(self, account_id: str) -> list[Grant]:
        with self._lock:
            return [g for g in self._grants if g.account_id == account_id and not g.is_revoked]

    def _take(self, app_key: str, text: str, redirect_uri: str | None, verifier: str | None) -> Consent:
        code = self._codes.get(text)
        if code is None or code.consent.app_key != app_key or self.clock() >= code.expires_at:
            raise GrantRefused("invalid_grant", "code doesn't exist or has expired")
        if code.is_used:
            raise GrantRefused("invalid_grant", "code has already been used")
        if code.consent.redirect_uri != redirect_uri:
            raise GrantRefused("invalid_grant", "redirect_uri mismatch")
        if not _verifies(code.consent, verifier):
            raise GrantRefused("invalid_grant", "invalid code verifier")
        code.is_used = True
        return code.consent

    def _new_access_token(self, grant: Grant, scopes: frozenset[str]) -> str:
        text = f"sl.u.{secrets.token_urlsafe(96)}"
        self._access_tokens[text] = AccessToken(grant, scopes, self.clock() + ACCESS_TOKEN_SECONDS)
        return text


def _verifies(consent: Consent, verifier: str | None) -> bool:
    """Whether the PKCE verifier is the one the challenge was made of (RFC 7636, section 4.6)."""
    if consent.code_challenge is None:
        return verifier is None
    if verifier is None:
        return False
    if consent.challenge_method == "plain":
        return hmac.compare_digest(verifier.encode(), consent.code_challenge.encode())
    digest = hashlib.sha256(verifier.encode()).digest()
    expected = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(expected, consent.code_challenge.encode())
