"""Flat dataclasses to JSON and back, strictly: no unknown fields, no other types."""

from collections.abc import Mapping
from dataclasses import fields
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def read(kind: type[T], data: object, **given: object) -> T:
    """A `kind` made of a JSON object's members; `given` are fields that were read already.

    Raises:
        ValueError: not an object, a field too many or too few, or of another type.

    """
    if not isinstance(data, dict):
        raise ValueError("expected a JSON object")  # noqa: TRY004 - the caller sent it, no programmer
    hints = get_type_hints(kind)
    for name, value in data.items():
        if name not in hints or name in given:
            raise ValueError(f"unknown field {name!r}")
        if not _is_of(value, hints[name]):
            raise ValueError(f"{name}: unexpected {value!r}")
    try:
        return kind(**data, **given)
    except TypeError as error:
        raise ValueError(f"a field of {kind.__name__} is missing") from error


def write(value: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """The fields that differ from their defaults."""
    found = {each.name: (getattr(value, each.name), each.default) for each in fields(value)}
    return {name: field for name, (field, default) in found.items() if field != default}


def _is_of(value: object, hint: object) -> bool:
    """Whether a JSON value fits a field: a number is no boolean, and a whole number is a fraction too."""
    choices = get_args(hint) if get_origin(hint) not in {None, Mapping} else (hint,)
    if Any in choices:
        return True
    for choice in choices:
        kind = get_origin(choice) or choice
        if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
            return True
        if kind is int and isinstance(value, bool):
            continue
        if value is None if kind is NoneType else isinstance(value, kind):
            return True
    return False
