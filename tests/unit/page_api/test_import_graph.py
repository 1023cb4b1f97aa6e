"""What answers the page's first question is imported; what answers all others waits until they are asked."""

from __future__ import annotations

import subprocess
import sys

import pytest
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from functions.page_api import handler
from functions.page_api.areas import AREAS, Areas
from local.http_api import routes_of
from local.template import load_template

HEAVY = {"boto3", "dropbox", "requests", "s3transfer"}
_LATER = ("filing", "overview", "proofs", "resends", "sharing")
_PROGRAM = "import sys, functions.page_api.handler as handler; {}; print(*sys.modules, sep='\\n')"


def _loaded_after(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(statement)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_handler_loads_the_links_and_no_sdk_that_they_do_without() -> None:
    loaded = _loaded_after("pass")

    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert "functions.page_api.routes.links" in loaded
    for room in _LATER:
        assert f"functions.page_api.routes.{room}" not in loaded
        assert f"functions.page_api.schemas.{room}" not in loaded
    assert {"shared.domain.proofs", "shared.domain.resends"} & loaded == set()


def test_a_request_loads_what_lies_around_its_path() -> None:
    loaded = _loaded_after("handler.areas.include('/sharing/changes')")

    assert "functions.page_api.routes.sharing" in loaded
    assert "functions.page_api.routes.proofs" not in loaded


@pytest.mark.parametrize("path", ["/", "/nothing", "/__init__", "/../links"])
def test_a_path_of_no_area_loads_nothing(path: str) -> None:
    app = APIGatewayHttpResolver()

    Areas(app).include(path)

    assert [*app._static_routes, *app._dynamic_routes] == []


def test_every_deployed_route_lies_in_the_area_of_its_first_part() -> None:
    """Asked of the handler's own app: what another one includes, answers with the other one's session."""
    routes = [key for key, function, _ in routes_of(load_template()) if function == "PageApiFunction"]

    for route in routes:
        handler.areas.include(route.partition(" ")[2])
        handler.areas.include(route.partition(" ")[2])

    included = [*handler.app._static_routes, *handler.app._dynamic_routes]
    answered = {f"{route.method} {route.openapi_path}" for route in included}
    assert len(answered) == len(included)
    assert answered == set(routes)
    assert {route.split("/")[1] for route in routes} == set(AREAS)
