"""docs/openapi.json says what the code does."""

from __future__ import annotations

import json
from typing import Any

from local.http_api import is_public, routes_of
from local.openapi import DOCUMENT, as_text, openapi_document
from local.template import load_template
from shared.domain.errors import RefusalCode
from shared.http.refusals import STATUS_OF

PUBLISHED: dict[str, Any] = json.loads(DOCUMENT.read_text())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, operations in PUBLISHED["paths"].items()
    for method, operation in operations.items()
}


def test_the_document_is_what_the_code_generates() -> None:
    """Otherwise run `make openapi`."""
    assert DOCUMENT.read_text() == as_text(openapi_document())


def test_it_describes_every_route_behind_the_hosts_session_and_no_other() -> None:
    guarded = {key for key, _, route in routes_of(load_template()) if not is_public(route)}

    assert set(OPERATIONS) == guarded


def test_every_operation_documents_what_api_gateway_and_aws_may_answer() -> None:
    for route, operation in OPERATIONS.items():
        assert {"401", "429", "503"} <= set(operation["responses"]), route


def test_every_status_of_a_refusal_is_documented_somewhere() -> None:
    documented = {status for operation in OPERATIONS.values() for status in operation["responses"]}

    assert {str(status) for status in STATUS_OF.values()} <= documented
    assert set(PUBLISHED["components"]["schemas"]["RefusalCode"]["enum"]) == set(RefusalCode)


def test_every_operation_says_what_it_is_for() -> None:
    for route, operation in OPERATIONS.items():
        assert operation["summary"], route
        assert operation["description"].endswith("."), route


def test_a_session_is_a_bearer_token() -> None:
    assert PUBLISHED["security"] == [{"session": []}]
    assert PUBLISHED["components"]["securitySchemes"]["session"] == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
    }


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(PUBLISHED)
    references = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}

    assert references == set(PUBLISHED["components"]["schemas"])
