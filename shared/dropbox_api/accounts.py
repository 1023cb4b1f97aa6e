"""Opens the Dropbox account of a link, keeping what was opened for the next doorbell."""

from __future__ import annotations

from collections import OrderedDict

import requests

from shared.aws.token_cipher import TokenCipher
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.errors import LinkChanged
from shared.domain.links import Link
from shared.dropbox_api.gateway import DropboxAccount
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told

MOST_KEPT = 16


class DropboxAccounts:
    """Accounts by link and generation: a client never serves another generation's token.

    A kept client spares the KMS call and, for four hours, the refresh of its access token.
    """

    def __init__(
        self,
        *,
        app_key: str,
        cipher: TokenCipher,
        session: requests.Session | None = None,
        on_refusal: OnRefusal = nobody_is_told,
    ) -> None:
        self._app_key = app_key
        self._cipher = cipher
        self._session = session
        self._on_refusal = on_refusal
        self._kept: OrderedDict[tuple[str, int], DropboxAccount] = OrderedDict()

    def open(self, link: Link) -> DropboxAccount:
        """Raises AwsUnavailable, or LinkChanged where it is unlinked. A dead token shows later."""
        key = (link.link_id, link.generation)
        if key not in self._kept:
            self._kept[key] = self._open(link)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _open(self, link: Link) -> DropboxAccount:
        if link.encrypted_token is None:
            raise LinkChanged(link.link_id)
        context = refresh_token_context(link.link_id, link.purpose.value)
        token = self._cipher.decrypt(link.encrypted_token, context)
        return DropboxAccount(
            app_key=self._app_key,
            refresh_token=token,
            session=self._session,
            root_namespace_id=link.root_namespace_id,
            on_refusal=self._on_refusal,
        )
