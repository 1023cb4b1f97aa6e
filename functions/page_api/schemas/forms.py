"""What the models of the API are made of.

What is absent is left out of an answer, and not null.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeVar

from annotated_types import Ge, Le
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from shared.domain.timestamps import to_iso

Value = TypeVar("Value")


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Absent = Annotated[
    Value | SkipJsonSchema[None],
    Field(exclude_if=lambda value: value is None, json_schema_extra=_without_default),
]
"""A value that may not be there."""


def _must_be_true(value: bool) -> bool:
    """Literal[True] would let 1 pass."""
    if not value:
        raise ValueError("must be true")
    return value


def _must_be_digits(value: object) -> str:
    """A number of a query, said once; by itself Pydantic would also take 1_0, 5.0 and +5."""
    if not (isinstance(value, str) and value.isascii() and value.isdigit()):
        raise ValueError("must be digits")
    return value


_PlainDigits = BeforeValidator(_must_be_digits)


UpTo50 = Annotated[int, Ge(1), Le(50), _PlainDigits]


UpTo200 = Annotated[int, Ge(1), Le(200), _PlainDigits]


Instant = Annotated[
    dt.datetime, PlainSerializer(to_iso), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""UTC, ISO 8601, ending in `Z`."""


_EARLIEST, _LATEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


Moment = Annotated[AwareDatetime, Ge(_EARLIEST), Le(_LATEST)]
"""An instant of a query, with its offset."""


Words = Annotated[str, StringConstraints(max_length=100)]


Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""Read by the use case, which tells what is wrong with it."""


Opaque = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
"""Text that clients take from one answer and give back in another request."""


HostId = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
"""An id of the host's own."""


Yes = Literal["true"]
"""Said in a query, of what is asked for at all."""


# Built when they are first used: an answer shows few of them, and a cold start does not wait for the rest.
class Shown(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, defer_build=True)


class Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Requested(Shown):
    """How many will be tried again."""

    requested: int


class RetryAll(Asked):
    """All that have not been tried again since."""

    all: Annotated[bool, AfterValidator(_must_be_true), WithJsonSchema({"const": True})]
