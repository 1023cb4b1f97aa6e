"""API Gateway's HTTP API over functions in process, as a WSGI application: for clients that speak HTTP."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from tests.http_events import http_event
from tests.lambda_context import FakeLambdaContext

Handler = Callable[[dict[str, Any], FakeLambdaContext], dict[str, Any]]


class HttpFront:
    """Turns requests into events, payload version 2.0, for the function behind each route.

    `claims` are those of whoever sends any bearer token; without one, the authorizer answers.
    """

    def __init__(self, routes: Mapping[str, Handler], claims: dict[str, str]) -> None:
        self._routes = {_matcher(route): (route, handler) for route, handler in routes.items()}
        self._claims = claims

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._answer(environ)
        status = HTTPStatus(answer["statusCode"])
        headers = {"Content-Type": "application/json", **answer.get("headers", {})}
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [answer["body"].encode()]

    def _answer(self, environ: dict[str, Any]) -> dict[str, Any]:
        found = self._found(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        if found is None:
            return {"statusCode": 404, "body": '{"message":"Not Found"}'}
        if not environ.get("HTTP_AUTHORIZATION", "").startswith("Bearer "):
            return {"statusCode": 401, "body": '{"message":"Unauthorized"}'}
        route, handler = found
        return handler(self._event(route, environ), FakeLambdaContext(25))

    def _found(self, request: str) -> tuple[str, Handler] | None:
        return next((found for matcher, found in self._routes.items() if matcher.fullmatch(request)), None)

    def _event(self, route: str, environ: dict[str, Any]) -> dict[str, Any]:
        body, is_base64 = _body(environ)
        event = http_event(
            route,
            query=environ.get("QUERY_STRING", ""),
            body=body,
            headers=_headers(environ),
            claims=self._claims,
            base64_encoded=is_base64,
        )
        event["rawPath"] = event["requestContext"]["http"]["path"] = environ["PATH_INFO"]
        return event


def _matcher(route: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(route)))


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    headers = {
        name.removeprefix("HTTP_").lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return headers | {"content-type": environ.get("CONTENT_TYPE") or "application/json"}


def _body(environ: dict[str, Any]) -> tuple[str | None, bool]:
    """As text where it is text."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True
