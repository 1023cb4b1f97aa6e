"""A custom domain may serve the API under a key of its own."""

from __future__ import annotations

import pytest

from functions.page_api.own_path import with_own_path
from tests.http_events import http_event


@pytest.mark.parametrize(
    ("route", "path", "own"),
    [
        ("GET /links", "/links", "/links"),
        ("GET /links", "/dropbox/links", "/links"),
        ("GET /links", "/v1/dropbox/links", "/links"),
        ("PUT /links/{purpose}/space", "/dropbox/links/auto_import/space", "/links/auto_import/space"),
        ("GET /backfill", "/backfill/backfill", "/backfill"),
    ],
)
def test_the_key_that_a_custom_domain_serves_the_api_under_is_not_part_of_the_path(
    route: str, path: str, own: str
) -> None:
    event = {**http_event("GET /links"), "routeKey": route, "rawPath": path}

    assert with_own_path(event) == {**event, "rawPath": own}
