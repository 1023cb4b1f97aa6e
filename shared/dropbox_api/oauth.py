"""Dropbox's OAuth endpoints: the address to send a user to, and the exchange of a code for tokens.

Code flow with PKCE and offline access: https://developers.dropbox.com/oauth-guide
The SDK's own flow object keeps the verifier in memory, so it cannot span two functions.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import requests
from dropbox import create_session

from shared.domain.errors import CodeRejected
from shared.domain.grants import AccountOwner, Grant
from shared.dropbox_api.answers import text_in
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import dropbox_errors_translated, with_retries
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told
from shared.dropbox_api.token_endpoint import GrantIsDead, request_token

TIMEOUT_SECONDS = (3.0, 6.0)
"""To connect, and for each read of a socket: somebody is waiting in front of a browser."""


class DropboxOauth:
    """One Dropbox app's side of the handshake; PKCE stands in for the app secret."""

    def __init__(
        self,
        *,
        app_key: str,
        authorize_url: str,
        callback_url: str,
        session: requests.Session | None = None,
        on_refusal: OnRefusal = nobody_is_told,
    ) -> None:
        self._app_key = app_key
        self._authorize_url = authorize_url
        self._callback_url = callback_url
        self._session = session or create_session()
        self._on_refusal = on_refusal

    def authorize_url(
        self,
        *,
        state: str,
        code_verifier: str,
        scopes: Sequence[str],
        locale: str,
        keeps_granted: bool = False,
    ) -> str:
        """Where to send the browser; with `keeps_granted`, what was granted before is granted again."""
        query = {
            "response_type": "code",
            "client_id": self._app_key,
            "redirect_uri": self._callback_url,
            "state": state,
            "token_access_type": "offline",
            "scope": " ".join(scopes),
            "code_challenge": code_challenge(code_verifier),
            "code_challenge_method": "S256",
            "locale": locale,
        }
        if keeps_granted:
            query["include_granted_scopes"] = "user"
        return f"{self._authorize_url}?{urlencode(query)}"

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
        """Spend a code. Raises CodeRejected where it is dead, DropboxUnavailable, RateLimited, AppRefused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": code_verifier,
            "client_id": self._app_key,
            "redirect_uri": self._callback_url,
        }
        with dropbox_errors_translated():
            try:
                fields = request_token(self._session, form, TIMEOUT_SECONDS, self._on_refusal)
            except GrantIsDead as dead:
                raise CodeRejected(str(dead)) from dead
            return _to_grant(fields)

    def owner(self, grant: Grant) -> AccountOwner:
        """The account behind a grant. Tried a few times: the code that gave the grant is spent.

        Of a team member's account Dropbox tells dozens of fields; five are wanted here.
        """
        client = DropboxClient(
            access_token=grant.access_token,
            session=self._session,
            timeout=TIMEOUT_SECONDS,
            on_refusal=self._on_refusal,
        )
        return with_retries(lambda: _to_owner(client.users_get_current_account()))


def code_challenge(code_verifier: str) -> str:
    """RFC 7636, method S256."""
    digest = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _to_grant(fields: dict[str, Any]) -> Grant:
    """RFC 6749 lets the scopes be left out where they are those asked for; Dropbox always tells them."""
    account_id, scope = fields.get("account_id"), fields.get("scope")
    return Grant(
        access_token=text_in(fields, "access_token"),
        refresh_token=text_in(fields, "refresh_token"),
        account_id=account_id if isinstance(account_id, str) else "",
        scopes=frozenset(scope.split() if isinstance(scope, str) else ()),
    )


def _to_owner(account: dict[str, Any]) -> AccountOwner:
    name, email = account.get("name"), account.get("email")
    email = email if isinstance(email, str) else ""
    display_name = name.get("display_name") if isinstance(name, dict) else None
    shown = display_name if isinstance(display_name, str) and display_name else email
    locale = account.get("locale")
    return AccountOwner(
        account_id=text_in(account, "account_id"),
        name=shown,
        email=email,
        locale=locale if isinstance(locale, str) else "",
        team_space_id=_team_space_in(account.get("root_info")),
    )


def _team_space_in(root_info: object) -> str | None:
    """Told apart by the ids alone: since 2023 the tag may be `user` either way."""
    if not isinstance(root_info, dict):
        return None
    root, home = root_info.get("root_namespace_id"), root_info.get("home_namespace_id")
    return root if isinstance(root, str) and isinstance(home, str) and root != home else None
