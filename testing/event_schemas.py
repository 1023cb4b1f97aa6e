"""The schemas of the events, as the host has them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from shared.domain.host_events import HostEvent

SCHEMAS = Path(__file__).parent.parent / "docs" / "events"


@cache
def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    return schema


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name), format_checker=FormatChecker())


def check(event: HostEvent) -> None:
    """Raises ValidationError, or AssertionError for what the schema does not speak of."""
    detail = json.loads(event.body)
    _validator(event.name).validate(detail)
    assert set(detail) <= set(schema_of(event.name)["properties"]), f"undocumented: {event.name}"
