"""Requests as API Gateway's HTTP API hands them to a function, payload version 2.0."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import parse_qs

REQUEST_ID = "BoG0xhRAjoEEPwA="
# Recorded from an HTTP API with a JWT authorizer; addresses and names are invented.
_RECORDED: dict[str, Any] = {
    "version": "2.0",
    "routeKey": "POST /links",
    "rawPath": "/links",
    "rawQueryString": "",
    "headers": {
        "accept": "*/*",
        "content-length": "25",
        "content-type": "application/json",
        "host": "api.jenji.example",
        "user-agent": "Mozilla/5.0",
        "x-amzn-trace-id": "Root=1-6741a2b3-1a2b3c4d5e6f708192a3b4c5",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    },
    "requestContext": {
        "accountId": "123456789012",
        "apiId": "0de50001",
        "domainName": "api.jenji.example",
        "domainPrefix": "api",
        "http": {
            "method": "POST",
            "path": "/links",
            "protocol": "HTTP/1.1",
            "sourceIp": "203.0.113.7",
            "userAgent": "Mozilla/5.0",
        },
        "requestId": REQUEST_ID,
        "routeKey": "POST /links",
        "stage": "$default",
        "time": "22/Nov/2026:09:00:00 +0000",
        "timeEpoch": 1795338000000,
    },
    "isBase64Encoded": False,
}


def http_event(
    route: str,
    *,
    query: str = "",
    body: str | None = None,
    headers: dict[str, str] | None = None,
    claims: dict[str, str] | None = None,
    base64_encoded: bool = False,
) -> dict[str, Any]:
    """One request to a route such as `POST /links`; claims are those of a verified session token."""
    method, _, path = route.partition(" ")
    event = copy.deepcopy(_RECORDED)
    event |= {"routeKey": route, "rawPath": path, "rawQueryString": query, "isBase64Encoded": base64_encoded}
    event["headers"] |= headers or {}
    event["requestContext"]["routeKey"] = route
    event["requestContext"]["http"] |= {"method": method, "path": path}
    if query:
        parameters = parse_qs(query, keep_blank_values=True)
        event["queryStringParameters"] = {name: ",".join(values) for name, values in parameters.items()}
    if body is not None:
        event["body"] = body
    if claims is not None:
        event["requestContext"]["authorizer"] = {
            "jwt": {"claims": {"exp": "1795341600"} | claims, "scopes": None}
        }
    return event
