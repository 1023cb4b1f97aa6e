"""Imports a function of the page and has it answer one request: a cold start, as a whole process.

`python -m bench.first_answer page_api|oauth_callback`, with the function's environment; prints its peak
memory in bytes. Nothing is imported here that the handlers do not import themselves.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

from bench.one_notification import CONTEXT, print_peak_memory

CLAIMS = {
    "sub": "alice",
    "company_id": "atelier",
    "role": "administrator",
    "plan": "team",
    "exp": "4102444800",
    "locale": "en",
}
# What the page asks for when it is opened, and what a click on "Link Dropbox" asks for.
REQUESTS: dict[str, tuple[str, str, object]] = {
    "page_api": ("GET", "/links", None),
    "oauth_callback": ("POST", "/links", {"purpose": "auto_import"}),
}


def main() -> None:
    """Fail unless the answer is one of success."""
    function = sys.argv[1]
    handler = import_module(f"functions.{function}.handler").lambda_handler
    answer = handler(_event(*REQUESTS[function]), CONTEXT)
    if answer["statusCode"] not in (200, 201):
        raise SystemExit(f"answered {answer['statusCode']}: {answer['body']}")
    print_peak_memory()


def _event(method: str, path: str, body: object) -> dict[str, Any]:
    """As API Gateway hands it over."""
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "api.example", "content-type": "application/json"},
        "requestContext": {
            "authorizer": {"jwt": {"claims": CLAIMS, "scopes": None}},
            "domainName": "api.example",
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1", "userAgent": "bench"},
            "requestId": "BoG0xhRAjoEEPwA=",
            "stage": "$default",
        },
        "body": json.dumps(body) if body else None,
        "isBase64Encoded": False,
    }


if __name__ == "__main__":
    main()
