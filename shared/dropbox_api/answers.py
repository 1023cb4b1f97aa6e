"""Reads Dropbox's answers as JSON: the tags of errors, and the fields the product needs, no others.

The SDK's own types refuse a whole answer for one field or tag that they do not know, although Dropbox adds
some without notice, and even for their own catch-all where Dropbox sends it: https://github.com/dropbox/stone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

OTHER = "other"


class NotDropboxs(ValueError):
    """An answer, or a part of one, that is not as Dropbox's are."""


class RouteError(Exception):
    """409: a route's own error, known by the path of its tags, such as `path/conflict/file`.

    `correct_offset` is where an upload session wants to go on.
    """

    def __init__(self, error: object) -> None:
        self.tag = tag_path(error)
        self.correct_offset = correct_offset_in(error)
        super().__init__(self.tag)


def json_of(text: str) -> Any:  # noqa: ANN401 - anything may be sent
    """The JSON of an answer. Raises NotDropboxs."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotDropboxs("not JSON") from error


def object_of(text: str) -> dict[str, Any]:
    """The object of a successful answer; routes that have nothing to say answer null. Raises NotDropboxs."""
    fields = json_of(text)
    if fields is not None and not isinstance(fields, dict):
        raise NotDropboxs("not an object")
    return fields or {}


def route_error(text: str) -> RouteError:
    """The error in the body of a 409. Raises NotDropboxs where there is none."""
    body = json_of(text)
    error = RouteError(body.get("error") if isinstance(body, dict) else None)
    if not error.tag:
        raise NotDropboxs("an error without a tag")
    return error


def tag_path(value: object) -> str:
    """The tags of a union and of those nested in it: `path/conflict/file`; "" where there is none.

    A tag's value lies beside it under its own name or, where the value is a struct that was flattened into
    the union, its reason under `reason`. A tag without a value may be a plain string.
    """
    tags: list[str] = []
    while (tag := _tag(value)) is not None:
        tags.append(tag)
        value = _nested(value, tag)
    return "/".join(tags)


def correct_offset_in(value: object) -> int | None:
    """The offset that the innermost union names, if it does."""
    offset = None
    while (tag := _tag(value)) is not None and isinstance(value, Mapping):
        offset = value.get("correct_offset")
        value = _nested(value, tag)
    if isinstance(value, Mapping):
        offset = value.get("correct_offset", offset)
    return offset if isinstance(offset, int) and not isinstance(offset, bool) else None


def objects_in(fields: object, name: str) -> list[dict[str, Any]]:
    """The list of objects under a name. Raises NotDropboxs."""
    values = member(fields, name)
    if not isinstance(values, list):
        raise NotDropboxs(name)
    return [value if isinstance(value, dict) else {} for value in values]


def text_in(fields: object, name: str) -> str:
    """The string under a name. Raises NotDropboxs."""
    value = member(fields, name)
    if not isinstance(value, str) or not value:
        raise NotDropboxs(name)
    return value


def member(fields: object, name: str) -> Any:  # noqa: ANN401 - anything may be sent
    """What lies under a name. Raises NotDropboxs."""
    if not isinstance(fields, Mapping) or name not in fields:
        raise NotDropboxs(name)
    return fields[name]


def _tag(value: object) -> str | None:
    tag = value.get(".tag") if isinstance(value, Mapping) else value
    return tag if isinstance(tag, str) and tag else None


def _nested(value: object, tag: str) -> object:
    """None for a tag without a value of its own."""
    if not isinstance(value, Mapping):
        return None
    nested = value.get(tag, value.get("reason"))
    return nested if _tag(nested) is not None or isinstance(nested, Mapping) else None
