"""How settings are read: in this package alone is the environment, one line a variable.

A field is read from the variable of its name in capitals, unless it says another. Standard library only, for
the webhook's sake.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import Field, fields
from datetime import timedelta
from typing import Any, Self

from shared.domain.errors import ConfigurationMissing

MEGABYTE = 1024 * 1024
_READ = "read"


def required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationMissing(f"environment variable {name} is not set")
    return value


def metrics_namespace() -> str:
    """Where metrics go that a function does not write by itself; Powertools reads the same variable."""
    return os.environ.get("POWERTOOLS_METRICS_NAMESPACE") or "JenjiDropbox"


def optional(name: str) -> str:
    return os.environ.get(name, "")


def number(name: str) -> float:
    value = required(name)
    try:
        return float(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} is not a number") from error


def megabytes(name: str) -> int:
    return int(number(name) * MEGABYTE)


def count(name: str) -> int:
    return int(number(name))


def seconds(name: str) -> timedelta:
    return timedelta(seconds=number(name))


def hours(name: str) -> timedelta:
    return timedelta(hours=number(name))


def days(name: str) -> timedelta:
    return timedelta(days=number(name))


def read_by(read: Callable[[str], object], name: str | None = None) -> dict[str, object]:
    """For a field that is read in another way than as a required text, or from a variable of another name."""
    return {_READ: (read, name)}


class Settings:
    """What a function is told by its environment."""

    __slots__ = ()

    @classmethod
    def from_environment(cls) -> Self:
        """Raises ConfigurationMissing naming the variable."""
        values = {}
        for each in fields(cls):  # type: ignore[arg-type] # every settings class is a dataclass
            read, _ = each.metadata.get(_READ, (required, None))
            values[each.name] = read(variable_of(each))
        return cls(**values)


def variable_of(setting: Field[Any]) -> str:
    """The environment variable that a field of a settings class is read from."""
    _, name = setting.metadata.get(_READ, (None, None))
    return name or setting.name.upper()
