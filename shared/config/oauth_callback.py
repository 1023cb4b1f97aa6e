"""What `oauth_callback` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, optional, read_by


@dataclass(frozen=True, slots=True)
class OauthSettings(Settings):
    """What linking needs."""

    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=read_by(days, "AUDIT_KEPT_DAYS"))
    companies_table: str
    tokens_key_id: str
    import_queue_url: str
    host_settings_url: str
    callback_url: str = field(metadata=read_by(optional))
    dropbox_authorize_url: str
    auto_import_app_key: str
    sync_queue_url: str
    synchronisation_app_key: str
