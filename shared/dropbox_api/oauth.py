"""Dropbox's OAuth endpoints: the address to send a user to, and the exchange of a code for tokens.

Code flow with PKCE and offline access: https://developers.dropbox.com/oauth-guide
The SDK's own flow object keeps the verifier in memory, so it cannot span two functions.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

import requests
from dropbox import Dropbox, create_session
from dropbox.session import API_HOST

from shared.domain.errors import CodeRejected, DropboxRefused, DropboxUnavailable
from shared.domain.grants import AccountOwner, Grant
from shared.dropbox_api.errors import dropbox_errors_translated, with_retries

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
    ) -> None:
        self._app_key = app_key
        self._authorize_url = authorize_url
        self._callback_url = callback_url
        self._session = session or create_session()

    def authorize_url(self, *, state: str, code_verifier: str, scopes: Sequence[str], locale: str) -> str:
        """Where to send the browser."""
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
        return f"{self._authorize_url}?{urlencode(query)}"

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
        """Spend a code. Raises CodeRejected where it is dead, DropboxUnavailable, DropboxRefused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": code_verifier,
            "client_id": self._app_key,
            "redirect_uri": self._callback_url,
        }
        with dropbox_errors_translated():
            response = self._session.post(
                f"https://{API_HOST}/oauth2/token",
                data=form,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
            fields = response.json()
            if not isinstance(fields, dict):
                raise DropboxUnavailable("not an answer of Dropbox")
            if response.status_code == requests.codes.ok:
                return _to_grant(fields)
            reason = fields.get("error")
        if reason == "invalid_grant":
            raise CodeRejected("invalid_grant")
        if response.status_code >= requests.codes.server_error or response.status_code == 429:
            raise DropboxUnavailable(f"status {response.status_code}")
        raise DropboxRefused(f"oauth2/token: {reason}")

    def owner(self, grant: Grant) -> AccountOwner:
        """The account behind a grant. Tried a few times: the code that gave the grant is spent."""
        client = Dropbox(
            grant.access_token,
            session=self._session,
            max_retries_on_error=0,
            max_retries_on_rate_limit=0,
            timeout=TIMEOUT_SECONDS,
        )
        account = with_retries(client.users_get_current_account)
        return AccountOwner(account.account_id, account.name.display_name, account.email)


def code_challenge(code_verifier: str) -> str:
    """RFC 7636, method S256."""
    digest = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _to_grant(fields: dict[str, str]) -> Grant:
    return Grant(
        access_token=fields["access_token"],
        refresh_token=fields["refresh_token"],
        account_id=fields["account_id"],
        scopes=frozenset(fields["scope"].split()),
    )
