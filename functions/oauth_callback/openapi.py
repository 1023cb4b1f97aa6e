"""The two JSON routes of linking, as the OpenAPI document describes them beside the page's.

A plain dictionary: what is deployed here does without the library that models are made of.
"""

from __future__ import annotations

from typing import Any

_MEANINGS = {
    400: "The request cannot be understood, or the start date is not one of the past.",
    401: "There is no session, or a dead one.",
    403: "The caller may not link this, or their plan does not include it; or somebody else started.",
    409: "The Dropbox account is linked by somebody else or another than before, or nothing is linked.",
    410: "Linking took too long: start again.",
    413: "The request is too large.",
    429: "Too many requests: try again in a moment.",
    502: "Dropbox refused.",
    503: "Dropbox or AWS is not answering at the moment: try again.",
}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model}"}


_MODELS: dict[int, dict[str, Any]] = {
    401: _ref("Unauthorised"),
    429: {"anyOf": [_ref("Error"), _ref("GatewayError")]},
}


def _json(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _answers(status: int, schema: dict[str, Any], *errors: int) -> dict[str, Any]:
    refusals = {str(error): _json(_MODELS.get(error, _ref("Error")), _MEANINGS[error]) for error in errors}
    return {str(status): _json(schema, "As asked."), **refusals}


def _request(properties: dict[str, Any], required: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": [required]}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_PURPOSE = {"$ref": "#/components/schemas/Purpose"}
PATHS: dict[str, Any] = {
    "/links": {
        "post": {
            "operationId": "startLink",
            "summary": "Start to link a Dropbox account",
            "description": "Send the browser to `authorize_url`; it comes back with a handle.",
            "requestBody": _request(
                {
                    "purpose": _PURPOSE,
                    "since": {
                        "type": "string",
                        "format": "date",
                        "description": "Of synchronisation: from when on acceptances count.",
                    },
                    "sharing": {
                        "type": "boolean",
                        "description": "Of a synchronisation that is linked: allow its folder to be shared.",
                    },
                },
                "purpose",
            ),
            "responses": _answers(
                201,
                {
                    "type": "object",
                    "properties": {"authorize_url": {"type": "string", "format": "uri"}},
                    "required": ["authorize_url"],
                },
                400, 401, 403, 409, 413, 429, 503,
            ),
        }
    },
    "/links/confirm": {
        "post": {
            "operationId": "confirmLink",
            "summary": "Confirm a link",
            "description": "With the handle that the browser brought back, as often as one likes.",
            "requestBody": _request({"handle": {"type": "string"}}, "handle"),
            "responses": _answers(
                200,
                {
                    "type": "object",
                    "properties": {
                        "purpose": _PURPOSE,
                        "status": {"$ref": "#/components/schemas/LinkStatus"},
                        "account": {"$ref": "#/components/schemas/Account"},
                        "since": {"type": "string", "format": "date-time"},
                        "may_share": {"type": "boolean"},
                    },
                    "required": ["purpose", "status", "account"],
                },
                400, 401, 403, 409, 410, 413, 429, 502, 503,
            ),
        }
    },
}  # fmt: skip
