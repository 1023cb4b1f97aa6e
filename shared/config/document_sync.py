"""What `document_sync` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, hours, read_by


@dataclass(frozen=True, slots=True)
class DocumentSyncSettings(Settings):
    """What the synchronisation drain needs."""

    links_table: str
    audit_trail_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    companies_table: str
    users_table: str
    documents_bucket: str
    tokens_key_id: str
    event_bus_name: str
    sync_queue_url: str
    synchronisation_app_key: str
    audit_kept_for: timedelta = field(metadata=read_by(days, "AUDIT_KEPT_DAYS"))
    delivered_kept_for: timedelta = field(metadata=read_by(days, "DELIVERED_KEPT_DAYS"))
    sweep_every: timedelta = field(metadata=read_by(hours, "SWEEP_HOURS"))
