"""Dropbox's end of a link: `auth/token/revoke`.

It kills the access token it is called with, the refresh token behind it and that refresh token's other
access tokens; other grants of the same account, such as a newer link's, live on:
https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke
"""

from __future__ import annotations

import time

import requests
from dropbox import create_session

from shared.domain.errors import LinkRevoked
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import Sleep, with_retries
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told

TIMEOUT_SECONDS = (5.0, 15.0)
"""To connect, and for each read of a socket."""


class TokenRevoker:
    """One Dropbox app, giving tokens back; PKCE stands in for its secret."""

    def __init__(
        self,
        app_key: str,
        session: requests.Session | None = None,
        sleep: Sleep = time.sleep,
        on_refusal: OnRefusal = nobody_is_told,
    ) -> None:
        self._app_key = app_key
        self._session = session or create_session()
        self._sleep = sleep
        self._on_refusal = on_refusal

    def revoke(self, refresh_token: str) -> None:
        """Kill a refresh token; one that is dead already is what was wanted.

        The SDK fetches the access token it takes. Raises what other calls raise.
        """
        client = DropboxClient(
            refresh_token=refresh_token,
            app_key=self._app_key,
            session=self._session,
            timeout=TIMEOUT_SECONDS,
            on_refusal=self._on_refusal,
        )
        try:
            with_retries(client.auth_token_revoke, self._sleep)
        except LinkRevoked:
            return
