"""What `page_api` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, read_by


@dataclass(frozen=True, slots=True)
class PageApiSettings(Settings):
    """What the page's API needs."""

    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=read_by(days, "AUDIT_KEPT_DAYS"))
    reservations_table: str
    import_records_table: str
    waiting_files_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    companies_table: str
    users_table: str
    import_queue_url: str
    sync_queue_url: str
    auto_import_app_name: str
    documents_bucket: str
