"""What a status means: by status, route and tag, never by the text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    CallNotUnderstood,
    DropboxFailing,
    DropboxUnavailable,
    IntegrationError,
    LinkBroken,
    LinkRevoked,
    LinkSuspended,
    RateLimited,
    SpaceUnavailable,
    TransportLimitReached,
)
from shared.domain.links import LinkProblem
from shared.dropbox_api.statuses import Answer, error_of

LISTING = "files/list_folder"
UPLOADS = [
    "files/upload",
    "files/upload_session/start",
    "files/upload_session/start_batch",
    "files/upload_session/append_v2",
    "files/upload_session/append_batch",
    "files/upload_session/finish_batch_v2",
]
HTML = "<html><body>No.</body></html>"


def judged(status: int, body: object = "", route: str = LISTING, **headers: str) -> IntegrationError:
    text = body if isinstance(body, str) else json.dumps(body)
    return error_of(
        Answer(route, status, {name.replace("_", "-"): value for name, value in headers.items()}, text)
    )


def tagged(*tags: str) -> dict[str, Any]:
    error: dict[str, Any] = {".tag": tags[-1]}
    for tag in reversed(tags[:-1]):
        error = {".tag": tag, tag: error}
    return {"error_summary": "/".join(tags) + "/..", "error": error}


# 403


@pytest.mark.parametrize("route", UPLOADS)
@pytest.mark.parametrize("tags", [("invalid_account_type", "feature"), ("invalid_account_type",)])
def test_an_upload_that_the_plan_forbids_is_the_teams_limit(route: str, tags: tuple[str, ...]) -> None:
    error = judged(403, tagged(*tags), route)

    assert isinstance(error, TransportLimitReached)
    assert error.stops_account


@pytest.mark.parametrize("route", [LISTING, *UPLOADS])
@pytest.mark.parametrize(
    "body",
    [
        tagged("no_permission"),
        tagged("paper_access_denied", "not_paper_user"),
        tagged("unheard_of"),
        tagged("other"),
        HTML,
        "",
        {},
        [],
        {"error": None},
    ],
)
def test_any_other_403_is_the_links(route: str, body: object) -> None:
    error = judged(403, body, route)

    assert isinstance(error, AccessDenied)
    assert error.stops_account


def test_what_the_plan_forbids_beside_uploads_is_the_links() -> None:
    assert isinstance(judged(403, tagged("invalid_account_type", "endpoint")), AccessDenied)


@pytest.mark.parametrize("tag", ["invalid_root", "no_permission", "other", "unheard_of"])
def test_a_root_that_is_refused_is_the_links(tag: str) -> None:
    assert isinstance(judged(422, tagged(tag)), SpaceUnavailable)


# 400


@pytest.mark.parametrize("status", [400, 404, 405, 411, 413, 414, 415, 431, 501])
@pytest.mark.parametrize("body", ["Error in call to API function", HTML, "", tagged("other"), {"error": "x"}])
def test_a_call_that_is_refused_as_such_is_tried_again(status: int, body: object) -> None:
    error = judged(status, body, UPLOADS[0])

    assert isinstance(error, CallNotUnderstood)
    assert not error.stops_account


@pytest.mark.parametrize("status", [302, 402, 408, 409 + 1, 418, 421, 451, 460, 499])
def test_a_status_that_nobody_knows_is_an_outage(status: int) -> None:
    assert isinstance(judged(status, HTML), DropboxUnavailable)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 599])
def test_5xx_is_dropbox_failing(status: int) -> None:
    assert isinstance(judged(status, HTML), DropboxFailing)


# 401


@pytest.mark.parametrize(
    ("tags", "kind", "problem"),
    [
        (("invalid_access_token",), LinkRevoked, LinkProblem.TOKEN_REVOKED),
        (("missing_scope",), LinkRevoked, LinkProblem.SCOPE_MISSING),
        (("user_suspended",), LinkSuspended, LinkProblem.DROPBOX_SUSPENDED),
    ],
)
def test_401_says_what_was_taken_away(
    tags: tuple[str, ...], kind: type[LinkBroken], problem: LinkProblem
) -> None:
    error = judged(401, tagged(*tags))

    assert isinstance(error, kind)
    assert error.problem is problem


@pytest.mark.parametrize(
    "body",
    [
        tagged("route_access_denied"),
        tagged("invalid_select_user"),
        tagged("other"),
        tagged("unheard_of", "deeper"),
        {"error": "invalid_client"},
        "Invalid app key",
        HTML,
        "",
    ],
)
def test_an_unknown_401_is_the_apps(body: object) -> None:
    error = judged(401, body)

    assert isinstance(error, AppRefused)
    assert error.stops_account


# 429


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ({"error": {"reason": {".tag": "too_many_requests"}, "retry_after": 15}}, {}, 15),
        ({"error": {"reason": {".tag": "too_many_requests"}, "retry_after": 15}}, {"Retry_After": "37"}, 37),
        ({"error": {"reason": {".tag": "too_many_write_operations"}}}, {"Retry_After": "2"}, 2),
        ({"error": {"reason": {".tag": "too_many_write_operations"}}}, {}, 1),
        ({"error": {"reason": {".tag": "unheard_of"}, "more": [1]}}, {}, 5),
        ({"error": {"reason": "too_many_requests"}}, {}, 5),
        ({"error": "too_many_requests"}, {}, 5),
        ("", {}, 5),
        ("", {"Retry_After": "1.5"}, 1.5),
        ("", {"Retry_After": "0"}, 1),
        ("", {"Retry_After": "-7"}, 1),
        ("", {"Retry_After": "soon"}, 5),
        ("", {"Retry_After": "nan"}, 5),
        ("", {"Retry_After": "inf"}, 5),
        ("", {"Retry_After": "9999999"}, 24 * 3600),
        (HTML, {"Retry_After": "15"}, 15),
        ("Too many requests", {}, 5),
        (
            "",
            {"Retry_After": "Thu, 27 Feb 2020 09:35:28 GMT", "Date": "Thu, 27 Feb 2020 09:34:58 GMT"},
            30,
        ),
        ("", {"Retry_After": "Thu, 27 Feb 2020 09:34:58 GMT"}, 1),
    ],
)
def test_429_waits_as_the_header_says_else_as_the_body_does(
    body: object, headers: dict[str, str], seconds: float
) -> None:
    error = judged(429, body, **headers)

    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


# What is told of it


@pytest.mark.parametrize("status", [400, 401, 403, 422, 500])
def test_nothing_that_dropbox_says_for_people_is_kept(status: int) -> None:
    body = {
        "error": {".tag": "/Contracts/Jane Doe.pdf; and more of a path"},
        "user_message": {"text": "secret"},
    }

    assert "Jane" not in str(judged(status, body))
    assert "secret" not in str(judged(status, "Error: secret"))
