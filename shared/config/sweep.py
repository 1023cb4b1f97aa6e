"""What `sweep` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, hours, read_by


@dataclass(frozen=True, slots=True)
class SweepSettings(Settings):
    """What the sweep needs."""

    links_table: str
    reading_jobs_table: str
    import_records_table: str
    import_queue_url: str
    sync_queue_url: str
    reading_queue_url: str
    event_bus_name: str
    sweep_every: timedelta = field(metadata=read_by(hours, "SWEEP_HOURS"))
