"""What `auto_import` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, hours, megabytes, read_by, seconds


@dataclass(frozen=True, slots=True)
class AutoImportSettings(Settings):
    """What the import drain needs."""

    links_table: str
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    expenses_table: str
    users_table: str
    documents_bucket: str
    tokens_key_id: str
    event_bus_name: str
    import_queue_url: str
    reading_queue_url: str
    auto_import_app_key: str
    max_document_bytes: int = field(metadata=read_by(megabytes, "MAX_DOCUMENT_MEGABYTES"))
    reject_grace: timedelta = field(metadata=read_by(seconds, "REJECT_GRACE_SECONDS"))
    imported_kept_for: timedelta = field(metadata=read_by(days, "IMPORTED_KEPT_DAYS"))
    sweep_every: timedelta = field(metadata=read_by(hours, "SWEEP_HOURS"))
