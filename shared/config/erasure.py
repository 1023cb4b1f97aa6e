"""What `erasure` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, read_by


@dataclass(frozen=True, slots=True)
class ErasureSettings(Settings):
    """What forgetting somebody needs."""

    links_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=read_by(days, "AUDIT_KEPT_DAYS"))
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    users_table: str
    tokens_key_id: str
    documents_bucket: str
