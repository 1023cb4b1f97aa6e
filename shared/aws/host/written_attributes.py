"""Attributes of rows that the host writes and people fill in: read in the form they have.

PynamoDB's own attributes raise where a value has another form than was agreed. Of these each becomes plain
Python by its own form, so that one odd expense delays nobody else's; `expense_rows` decides what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pynamodb.attributes import Attribute, ListAttribute, MapAttribute
from pynamodb.constants import LIST, MAP, NULL, NUMBER, STRING, STRING_SET


class _WrittenAttribute(Attribute[Any]):
    """A value as it is written; its subclasses say what we write ourselves."""

    def get_value(self, value: dict[str, Any]) -> Any:  # noqa: ANN401 - PynamoDB's signature
        """Keep the form, which `deserialize` goes by."""
        return value

    def deserialize(self, value: Any) -> Any:  # noqa: ANN401 - PynamoDB's signature
        """Turn it into plain Python. Never raises."""
        return _plain(value)


class WrittenText(_WrittenAttribute):
    """A text, if it is as agreed."""

    attr_type = STRING


class WrittenList(_WrittenAttribute):
    """A list, if it is as agreed."""

    attr_type = LIST

    def serialize(self, value: Any) -> Any:  # noqa: ANN401 - PynamoDB's signature
        """Write a list of texts, numbers, maps and lists."""
        return ListAttribute[Any]().serialize(value)


class WrittenMap(_WrittenAttribute):
    """A map, if it is as agreed."""

    attr_type = MAP

    def serialize(self, value: Any) -> Any:  # noqa: ANN401 - PynamoDB's signature
        """Write a map of texts, numbers, truths, maps and lists."""
        return MapAttribute[str, Any]().serialize(value)  # type: ignore[no-untyped-call] # PynamoDB's


def _plain(value: object) -> Any:  # noqa: ANN401 - of any form
    """A text as UTF-8 can hold it, a Decimal, a list (also for a set of texts), a dict, a bool, None."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return None
    [(form, content)] = value.items()
    if not isinstance(content, _CONTENT_OF.get(form, object)):
        return None
    return _READERS.get(form, _as_it_is)(content)


def _as_it_is(content: object) -> object:
    return content


def _text(content: str) -> str:
    return content.encode(errors="replace").decode()


def _number(content: str) -> Decimal:
    try:
        return Decimal(content)
    except InvalidOperation:
        return Decimal("NaN")


def _list(content: list[object]) -> list[object]:
    return [_plain(each) for each in content]


def _map(content: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(each) for name, each in content.items()}


def _nothing(_: object) -> None:
    return None


# Of every form that DynamoDB has for a value: what it holds, and how it is read. Sets stay lists.
_CONTENT_OF: dict[str, type] = {STRING: str, NUMBER: str, LIST: list, STRING_SET: list, MAP: Mapping}
_READERS: dict[str, Callable[[Any], Any]] = {
    STRING: _text,
    NUMBER: _number,
    LIST: _list,
    MAP: _map,
    NULL: _nothing,
}
