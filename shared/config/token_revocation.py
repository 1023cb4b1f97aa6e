"""What `token_revocation` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.config.environment import Settings


@dataclass(frozen=True, slots=True)
class TokenRevocationSettings(Settings):
    """What revoking tokens needs."""

    links_table: str
    tokens_key_id: str
    auto_import_app_key: str
    synchronisation_app_key: str
