"""Instants as the tables keep them: UTC, ISO 8601, fixed width, so that strings sort by time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def to_iso(instant: datetime) -> str:
    """`2026-11-22T09:02:58.123456Z`; microseconds always written, for the width to be fixed."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The inverse of `to_iso`; also accepts any other ISO 8601 with an offset. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("not an instant of ours") from error


def optional_iso(instant: datetime | None) -> str | None:
    """`to_iso`, where there may be nothing to write."""
    return None if instant is None else to_iso(instant)


def optional_from_iso(text: str | None) -> datetime | None:
    """`from_iso`, where there may be nothing to read."""
    return None if text is None else from_iso(text)
