"""Wires the revocation: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

import requests

from functions.token_revocation.revoke_due_tokens import RevokeDueTokens
from shared.aws.stores.revocation_store import RevocationStore
from shared.aws.token_cipher import TokenCipher
from shared.config.token_revocation import TokenRevocationSettings
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock, utc_now
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told
from shared.dropbox_api.revoking import TokenRevoker


def compose(
    settings: TokenRevocationSettings,
    *,
    session: requests.Session | None = None,
    clock: Clock = utc_now,
    on_refusal: OnRefusal = nobody_is_told,
) -> RevokeDueTokens:
    """What is built once for each execution environment; tests give another way out and another clock."""
    app_keys = {
        Purpose.AUTO_IMPORT: settings.auto_import_app_key,
        Purpose.SYNCHRONISATION: settings.synchronisation_app_key,
    }
    return RevokeDueTokens(
        revocations=RevocationStore(settings.links_table),
        decrypt=TokenCipher(settings.tokens_key_id).decrypt,
        revoke_for={
            purpose: TokenRevoker(app_key, session, on_refusal=on_refusal).revoke
            for purpose, app_key in app_keys.items()
        },
        now=clock,
    )
