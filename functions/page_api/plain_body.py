"""Gives a request's body the one form that the event handler reads without stumbling.

By itself it would take forms for JSON, and fail on a body that is not what its headers say.
"""

from __future__ import annotations

import json
from typing import Any

from shared.http.http_api import body_of, json_object_in

MAX_BODY_BYTES = 64 * 1024


def with_plain_body(event: dict[str, Any]) -> dict[str, Any]:
    """The event, its body, where it has one, as JSON in plain text.

    Raises PayloadTooLarge, MalformedMessage where it is not a JSON object.
    """
    headers = {name: value for name, value in event["headers"].items() if name.lower() != "content-type"}
    plain = event | {"headers": headers, "isBase64Encoded": False}
    if not event.get("body"):
        return plain
    value = json_object_in(body_of(event, MAX_BODY_BYTES))
    return plain | {"body": json.dumps(value)}
