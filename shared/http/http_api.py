"""Reads the events of an API Gateway HTTP API, payload version 2.0, and words its answers.

Standard library only, for the webhook's sake. The event's format:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from shared.domain.errors import MalformedMessage, PayloadTooLarge

# API Gateway hands over 10 kB of request line and headers at most.
MAX_QUERY_FIELDS = 50


def header_of(event: Mapping[str, Any], name: str) -> str | None:
    """The value of a header, its name in any case; None where it is absent."""
    for key, value in (event.get("headers") or {}).items():
        if key.lower() == name.lower():
            return str(value)
    return None


def claims_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The claims of the session token that API Gateway's authorizer has verified; every one is a string."""
    claims: dict[str, str] = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return claims


def query_of(event: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every parameter of the query string with all its values, empty ones too.

    `queryStringParameters` would do less: it joins repeated parameters with commas.
    Raises MalformedMessage where there are too many.
    """
    try:
        return parse_qs(
            event.get("rawQueryString") or "", keep_blank_values=True, max_num_fields=MAX_QUERY_FIELDS
        )
    except ValueError as error:
        raise MalformedMessage("too many parameters") from error


def body_of(event: Mapping[str, Any], limit: int) -> bytes:
    """The body's raw bytes.

    Raises PayloadTooLarge where there are more than `limit`, MalformedMessage where they are not what
    the event says.
    """
    text = event.get("body") or ""
    if len(text) > limit * 2:
        raise PayloadTooLarge(f"more than {limit} bytes")
    body = _decoded(text) if event.get("isBase64Encoded") else text.encode("utf-8", "surrogatepass")
    if len(body) > limit:
        raise PayloadTooLarge(f"more than {limit} bytes")
    return body


def json_object_in(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is. Raises MalformedMessage for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        # Without the cause: a decoding error carries the whole body.
        raise MalformedMessage("not JSON") from None
    if not isinstance(value, dict):
        raise MalformedMessage("not a JSON object")
    return value


def answer(
    status: int, body: str = "", *, content_type: str = "", headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A response, never cached."""
    typed = {"Content-Type": content_type} if content_type else {}
    return {
        "statusCode": status,
        "headers": {"Cache-Control": "no-store", **typed, **(headers or {})},
        "body": body,
    }


def json_answer(
    status: int, value: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A response that is a JSON object."""
    return answer(status, json.dumps(value), content_type="application/json", headers=headers)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedMessage("not base64") from error
