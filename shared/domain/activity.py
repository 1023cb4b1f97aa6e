"""What came in and what went out for a company, by month: numbers, and never a document or whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONTHS_SHOWN = 12
KEPT_FOR = timedelta(days=430)
"""How long the numbers of a batch are kept: for as long as their month is shown, and a little more."""


@dataclass(frozen=True, slots=True)
class BatchActivity:
    """How the files of one batch of one of a company's users ended, once they all had.

    It is written again where more files follow into the batch, and says then how all of them ended.
    """

    company_id: str
    batch_id: str
    began_at: datetime
    imported: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class MonthOfActivity:
    """A month (`YYYY-MM`, in UTC) of a company. Where it is not `is_complete` it is at least so much."""

    month: str
    imported: int
    duplicate: int
    rejected: int
    delivered: int
    is_complete: bool = True


def months_until(now: datetime, count: int = MONTHS_SHOWN) -> Sequence[str]:
    """The present month and those before it, the latest first."""
    number = now.astimezone(UTC).year * 12 + now.astimezone(UTC).month - 1
    return [f"{each // 12:04d}-{each % 12 + 1:02d}" for each in range(number, number - count, -1)]


def bounds_of(month: str) -> tuple[datetime, datetime]:
    """When a month begins, and when the next one does."""
    begins = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
    return begins, (begins + timedelta(days=31)).replace(day=1)
