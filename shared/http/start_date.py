"""The date from which the acceptances of a company count, as an administrator asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.expenses import Company
from shared.domain.timestamps import from_iso

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def parse_since(value: object) -> datetime | None:
    """An ISO 8601 date, which begins at midnight UTC, or an instant with its offset; None where absent.

    Raises RequestRefused (invalid_start_date) for anything else.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise RequestRefused(RefusalCode.INVALID_START_DATE)
    try:
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    except ValueError:
        return _parse_instant(value)


def check_start_date(since: datetime, company: Company | None, now: datetime) -> None:
    """What is to come needs no date, and before a company was there it has accepted nothing.

    Where the host does not keep when that was, no company is older than the year 2000. Raises RequestRefused
    (invalid_start_date).
    """
    created_at = company.created_at if company is not None else None
    if since > now or since.date() < (created_at or EARLIEST).date():
        raise RequestRefused(RefusalCode.INVALID_START_DATE)


def parse_day(value: str) -> datetime:
    """The midnight (UTC) that a `YYYY-MM-DD` begins with. Raises RequestRefused (invalid_start_date)."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise RequestRefused(RefusalCode.INVALID_START_DATE) from error
    if day.isoformat() != value:  # Weeks, and dates without hyphens, are ISO 8601 too.
        raise RequestRefused(RefusalCode.INVALID_START_DATE)
    return datetime.combine(day, time(), UTC)


def _parse_instant(text: str) -> datetime:
    try:
        return from_iso(text)
    except ValueError as error:
        raise RequestRefused(RefusalCode.INVALID_START_DATE) from error
