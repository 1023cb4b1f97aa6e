"""docs/openapi.json says what the code does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from local.http_api import is_public, routes_of
from local.openapi import DOCUMENT, as_text, openapi_document
from local.openapi_examples import ANSWERS, REQUESTS
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


@pytest.mark.parametrize("route", OPERATIONS)
def test_the_examples_of_an_operation_are_valid(route: str) -> None:
    operation = OPERATIONS[route]
    [answer] = [each for status, each in operation["responses"].items() if status.startswith("2")]
    shown = [answer, *([operation["requestBody"]] if "requestBody" in operation else [])]

    for content in (each["content"]["application/json"] for each in shown):
        schema = {**content["schema"], "components": PUBLISHED["components"]}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(content["example"])


def test_every_example_is_of_an_operation() -> None:
    names = {operation["operationId"] for operation in OPERATIONS.values()}

    assert set(ANSWERS) == names
    assert set(REQUESTS) == {each["operationId"] for each in OPERATIONS.values() if "requestBody" in each}


def test_every_operation_has_a_tag_that_is_described() -> None:
    tags = [operation["tags"] for operation in OPERATIONS.values()]

    assert {tag for [tag] in tags} == {tag["name"] for tag in PUBLISHED["tags"]}


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
