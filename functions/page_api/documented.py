"""How routes describe their answers in the OpenAPI document."""

from __future__ import annotations

from http import HTTPStatus

from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse

from functions.page_api.schemas.errors import Error, GatewayError, Unauthorised

_MEANINGS = {
    400: "The request cannot be understood.",
    403: "The caller may not do this, or their plan does not include it.",
    404: "There is no such thing of the caller's.",
    409: "Nothing is linked, or there is nothing to be tried again.",
    413: "The request is too large.",
    503: "AWS is not answering at the moment: try again.",
}
_SESSION = {
    401: "There is no session, or a dead one.",
    429: "Too many requests: try again in a moment.",
}


def answering(status: HTTPStatus, model: object, *errors: int) -> dict[int, OpenAPIResponse]:
    """The answer of success, and those of the errors that a route may give beside everybody's."""
    documented: dict[int, OpenAPIResponse] = {status.value: _answer("As asked.", model)}
    for error in sorted({*errors, 503}):
        documented[error] = _answer(_MEANINGS[error], Error)
    for error, meant in _SESSION.items():
        documented[error] = _answer(meant, Error | GatewayError if error == 429 else Unauthorised)
    return documented


def _answer(meaning: str, model: object) -> OpenAPIResponse:
    return {"description": meaning, "content": {"application/json": {"model": model}}}
