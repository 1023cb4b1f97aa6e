"""What `expense_accepted` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.config.environment import Settings, days, read_by


@dataclass(frozen=True, slots=True)
class ExpenseAcceptedSettings(Settings):
    """What makes deliveries of accepted expenses needs."""

    links_table: str
    deliveries_table: str
    sync_queue_url: str
    delivered_kept_for: timedelta = field(metadata=read_by(days, "DELIVERED_KEPT_DAYS"))
