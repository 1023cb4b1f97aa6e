"""Whatever is asked of the JSON API, valid or not: it answers as docs/openapi.json says, and never with 5xx."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from functions.oauth_callback import handler as oauth_callback
from functions.page_api import handler as page_api
from local.openapi import DOCUMENT
from tests.http_front import HttpFront
from tests.integration.oauth_callback.conftest import Linking, emulator, linking
from tests.integration.page_api.conftest import BOB, Known, PageApi, api, clock, known

pytestmark = pytest.mark.exhaustive

__all__ = ["api", "clock", "emulator", "known", "linking"]

PUBLISHED = json.loads(DOCUMENT.read_text())
OF_LINKING = ["POST /links", "POST /links/confirm"]
ROUTES = [
    f"{method.upper()} {path}" for path, operations in PUBLISHED["paths"].items() for method in operations
]
EVERYBODY = BOB | {"sub": "alice"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
fuzzing = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def front(api: PageApi, known: Known, linking: Linking) -> HttpFront:
    handlers: dict[str, Callable[..., object]] = {
        route: oauth_callback.lambda_handler if route in OF_LINKING else page_api.lambda_handler
        for route in ROUTES
    }
    return HttpFront(handlers, EVERYBODY)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("route", ROUTES)
def test_answers_as_documented(front: HttpFront, route: str, mode: GenerationMode) -> None:
    method, path = route.split()
    schema = schemathesis.openapi.from_dict(PUBLISHED)
    schema.app = front
    operation = schema[path][method]
    parameters = PUBLISHED["paths"][path][method.lower()].get("parameters", [])
    known = {parameter["name"] for parameter in parameters if parameter["in"] == "query"}

    @fuzzing
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        # What nobody knows is ignored, as everywhere on the web, and so no reason to be refused.
        is_to_be_refused = mode is GenerationMode.NEGATIVE and set(case.query or {}) <= known
        checks = [*CHECKS, *([negative_data_rejection] if is_to_be_refused else [])]
        case.call_and_validate(headers={"Authorization": "Bearer token"}, checks=checks)

    ask()
