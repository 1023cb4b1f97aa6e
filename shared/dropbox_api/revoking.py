"""Dropbox's end of a link: `auth/token/revoke`.

It kills the access token it is called with, the refresh token behind it and that refresh token's other
access tokens; other grants of the same account, such as a newer link's, live on:
https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke
"""

from __future__ import annotations

import time

import requests
from dropbox import Dropbox, create_session

from shared.domain.errors import LinkRevoked
from shared.dropbox_api.errors import Sleep, with_retries

TIMEOUT_SECONDS = (5.0, 15.0)
"""To connect, and for each read of a socket."""


class TokenRevoker:
    """One Dropbox app, giving tokens back; PKCE stands in for its secret."""

    def __init__(
        self, app_key: str, session: requests.Session | None = None, sleep: Sleep = time.sleep
    ) -> None:
        self._app_key = app_key
        self._session = session or create_session()
        self._sleep = sleep

    def revoke(self, refresh_token: str) -> None:
        """Kill a refresh token; one that is dead already is what was wanted.

        The SDK fetches the access token it takes. Raises RateLimited, DropboxUnavailable, AccountSuspended,
        DropboxRefused.
        """
        client = Dropbox(
            oauth2_refresh_token=refresh_token,
            app_key=self._app_key,
            session=self._session,
            max_retries_on_error=0,
            max_retries_on_rate_limit=0,
            timeout=TIMEOUT_SECONDS,
        )
        try:
            with_retries(client.auth_token_revoke, self._sleep)
        except LinkRevoked:
            return
