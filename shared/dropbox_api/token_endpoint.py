"""Dropbox's `oauth2/token`, the one place where a grant is found to be dead.

Of its errors only `invalid_grant` is the user's; others were seen for days while nothing was wrong with any
grant: https://github.com/samschott/maestral/issues/683
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests
from dropbox.session import API_HOST

from shared.domain.errors import AppRefused, DropboxFailing, DropboxUnavailable, IntegrationError, RateLimited
from shared.dropbox_api.answers import NotDropboxs, json_of, tag_path
from shared.dropbox_api.refused_calls import OnRefusal, RefusedCall
from shared.dropbox_api.statuses import Answer, retry_after

TOKEN_ROUTE = "oauth2/token"  # noqa: S105 - a route, not a token


class GrantIsDead(Exception):
    """`invalid_grant`: the code or refresh token is spent, revoked or was never ours."""


def request_token(
    session: requests.Session,
    form: Mapping[str, str],
    timeout: tuple[float, float],
    on_refusal: OnRefusal,
) -> dict[str, Any]:
    """The fields of a granted token.

    Raises GrantIsDead, AppRefused, RateLimited, DropboxUnavailable, and what `requests` raises.
    """
    url = f"https://{API_HOST}/{TOKEN_ROUTE}"
    response = session.post(url, data=dict(form), timeout=timeout, allow_redirects=False)
    answer = Answer.of(response)
    if response.status_code != requests.codes.ok:
        raise _error_of(answer, RefusedCall.of(response), on_refusal)
    fields = json_of(answer.text)
    if not isinstance(fields, dict) or not isinstance(fields.get("access_token"), str):
        raise NotDropboxs("no access token")
    return fields


def _error_of(answer: Answer, refused: RefusedCall, on_refusal: OnRefusal) -> IntegrationError | GrantIsDead:
    is_client_error = 400 <= answer.status < 500
    code = _code_of(answer)
    if is_client_error and code == "invalid_grant":
        return GrantIsDead(code)
    if answer.status == requests.codes.too_many_requests:
        return RateLimited(retry_after(answer))
    if not is_client_error:
        return DropboxFailing(answer.detail)
    on_refusal(refused)
    if code == "invalid_client":
        return AppRefused(f"{TOKEN_ROUTE}: {code}")
    return DropboxUnavailable(answer.detail)


def _code_of(answer: Answer) -> str:
    """OAuth's code of the error; Dropbox has sent `invalid_client: Invalid …`, its description with it."""
    return tag_path(answer.error).partition(":")[0].strip()
