"""The Integrations page's JSON API, behind the host's own session: each route is one use case (`routes`)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestValidationError,
    ResponseValidationError,
)
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.page_api import asking
from functions.page_api.areas import Areas
from functions.page_api.asking import logger
from functions.page_api.own_path import with_own_path
from functions.page_api.plain_body import with_plain_body
from functions.page_api.spoken import locale_of
from shared.domain.errors import MalformedMessage, RefusalCode, RequestRefused
from shared.http.host_session import session_of
from shared.http.http_api import claims_of, json_answer
from shared.http.refusals import UNFULFILLED, Unfulfilled, code_of, headers_of, refusal, status_of
from shared.http.request_limits import ASKING, CHANGING

NO_STORE = {"Cache-Control": "no-store"}
JSON = "application/json"

Event = dict[str, Any]
Answer = dict[str, Any]

app = APIGatewayHttpResolver(enable_validation=True, response_validation_error_http_code=500)
areas = Areas(app)
# What the page asks first: while a function starts it has more of a processor than at a request.
areas.include("/links")


@logger.inject_lambda_context(clear_state=True, correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
def lambda_handler(event: Event, context: LambdaContext) -> Answer:
    """Answer one request; see `routes` for what each takes and gives."""
    try:
        session = replace(session_of(claims_of(event)), locale=locale_of(event))
        is_question = event["requestContext"]["http"]["method"] == "GET"
        asking.composed().check_limit(ASKING if is_question else CHANGING, session.user_id)
        app.append_context(session=session)  # type: ignore[no-untyped-call] # Powertools' own
        request = with_own_path(with_plain_body(event))
        areas.include(request["rawPath"])
        answer = app.resolve(request, context)
    except UNFULFILLED as error:
        answer = json_answer(status_of(error), _refused(error, event), headers_of(error))
    answer["headers"] |= NO_STORE
    return answer


@app.not_found
def no_such_route(_: Exception) -> Response[str]:
    """API Gateway lets no other through; a caller that invokes the function itself is told the same."""
    return _refusal_response(RequestRefused(RefusalCode.NOT_FOUND))


@app.exception_handler(list(UNFULFILLED))  # type: ignore[untyped-decorator] # Powertools' own
def not_fulfilled(error: Unfulfilled) -> Response[str]:
    """What a use case has refused, or AWS failed or refused to do."""
    return _refusal_response(error)


@app.exception_handler(RequestValidationError)  # type: ignore[untyped-decorator] # Powertools' own
def not_understood(error: RequestValidationError) -> Response[str]:
    """Without the details: they repeat what was sent. A path that names nothing we have is not found."""
    if any(found["loc"][0] == "path" for found in error.errors()):
        return _refusal_response(RequestRefused(RefusalCode.NOT_FOUND))
    return _refusal_response(MalformedMessage("not as documented"))


@app.exception_handler(ResponseValidationError)  # type: ignore[untyped-decorator] # Powertools' own
def answer_not_as_documented(error: ResponseValidationError) -> Response[str]:
    """A mistake of ours. Where it is may be told, what it is not: it holds users' data."""
    logger.error("answer is not as documented", where=[str(found["loc"]) for found in error.errors()])
    raise RuntimeError("answer is not as documented") from None


def _refusal_response(error: Unfulfilled) -> Response[str]:
    body = _refused(error, app.current_event.raw_event)
    return Response(status_of(error), JSON, app._serializer(body))


def _refused(error: Unfulfilled, event: Event) -> dict[str, dict[str, str]]:
    """Log it, and word it."""
    cause = error.__cause__ or error
    logger.warning("request not fulfilled", code=code_of(error).value, cause=type(cause).__name__)
    return refusal(error, locale_of(event))
