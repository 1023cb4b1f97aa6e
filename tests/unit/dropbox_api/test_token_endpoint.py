"""Of the token endpoint's errors only one is the user's, and one the operator's."""

from __future__ import annotations

import json

import pytest
import requests

from shared.domain.errors import AppRefused, DropboxUnavailable, RateLimited
from shared.dropbox_api.errors import dropbox_errors_translated
from shared.dropbox_api.refused_calls import RefusedCall
from shared.dropbox_api.token_endpoint import GrantIsDead, request_token


class Answering(requests.Session):
    """A session whose posts are answered so, without a network."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__()
        self._status = status
        self._text = body if isinstance(body, str) else json.dumps(body)

    def post(self, url: str, **_: object) -> requests.Response:  # type: ignore[override] # what is called
        response = requests.Response()
        response.status_code, response.url, response._content = self._status, url, self._text.encode()
        return response


def ask(status: int, body: object, told: list[RefusedCall] | None = None) -> None:
    """Request a token; `told` is what the operator is told of it."""
    with dropbox_errors_translated():
        request_token(Answering(status, body), {}, (1, 1), ([] if told is None else told).append)


@pytest.mark.parametrize("status", [400, 401])
def test_a_dead_grant_is_the_users(status: int) -> None:
    with pytest.raises(GrantIsDead):
        ask(status, {"error": "invalid_grant", "error_description": "refresh token is invalid or revoked"})


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize("error", ["invalid_client", "invalid_client: Invalid client_id or client_secret"])
def test_a_client_that_is_not_accepted_is_the_operators(status: int, error: str) -> None:
    told: list[RefusedCall] = []

    with pytest.raises(AppRefused):
        ask(status, {"error": error}, told)

    assert [refused.route for refused in told] == ["oauth2/token"]


@pytest.mark.parametrize(
    "body",
    [
        {"error": "v1_retired"},
        {"error": "invalid request", "error_description": "more"},
        {"error": "unsupported_grant_type"},
        {"error": "unauthorized_client"},
        {"error": {".tag": "other"}},
        {"error": ["invalid_grant"]},
        {},
        [],
        "invalid_grant",
        "<html><body>400 Bad request</body></html>",
        "",
    ],
)
def test_anything_else_is_an_outage_that_is_counted(body: object) -> None:
    told: list[RefusedCall] = []

    with pytest.raises(DropboxUnavailable):
        ask(400, body, told)

    assert len(told) == 1


@pytest.mark.parametrize(
    ("status", "body"), [(503, ""), (502, "<html>"), (200, "<html>"), (200, {}), (200, [])]
)
def test_what_is_not_an_answer_is_an_outage_that_is_not_counted(status: int, body: object) -> None:
    told: list[RefusedCall] = []

    with pytest.raises(DropboxUnavailable):
        ask(status, body, told)

    assert told == []


def test_a_rate_limit_is_one() -> None:
    with pytest.raises(RateLimited):
        ask(429, "")
