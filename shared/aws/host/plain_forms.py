"""Values of rows that the host owns, by their form: what has another form counts as missing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from shared.domain.timestamps import from_iso


def as_text(value: object) -> str:
    """A text; empty where it is none."""
    return value if isinstance(value, str) else ""


def as_list(value: object) -> list[Any]:
    """A list; empty where it is none."""
    return value if isinstance(value, list) else []


def as_map(value: object) -> Mapping[str, Any]:
    """A map; empty where it is none."""
    return value if isinstance(value, Mapping) else {}


def as_instant(value: object) -> datetime | None:
    """An instant; None where it is none."""
    with suppress(ValueError):
        return from_iso(as_text(value))
    return None
