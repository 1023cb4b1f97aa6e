"""What an HTTP status of Dropbox's means: decided before anything decodes the body as a route's answer.

By status, route and tag, never by the text for people. https://www.dropbox.com/developers/documentation/http/documentation#error-handling
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import requests

from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    CallNotUnderstood,
    DropboxFailing,
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    LinkSuspended,
    RateLimited,
    SpaceUnavailable,
    TransportLimitReached,
)
from shared.domain.links import LinkProblem
from shared.dropbox_api.answers import NotDropboxs, json_of, tag_path

# Dropbox's advice where a 429 names no time.
DEFAULT_RETRY_AFTER_SECONDS = 5.0
WRITE_CONTENTION_SECONDS = 1.0
LONGEST_RETRY_AFTER_SECONDS = 24 * 3600.0

EXPIRED = "expired_access_token"
# A proxy's or Dropbox's word against the call itself; Dropbox's routes answer neither 404 nor 501.
_AGAINST_THE_CALL = frozenset({400, 404, 405, 411, 413, 414, 415, 431, 501})
_UPLOADING = "files/upload"
_LIMIT_OF_A_PLAN = "invalid_account_type"
_SHOWABLE = re.compile(r"[a-z0-9_./ -]{1,64}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is no success. `route` is such as `files/upload`, or `oauth2/token`."""

    route: str
    status: int
    headers: Mapping[str, str]
    text: str

    @classmethod
    def of(cls, response: requests.Response) -> Answer:
        """Read the whole of it, so that its connection is free again."""
        route = urlsplit(response.url).path.removeprefix("/2/").strip("/")
        return cls(route, response.status_code, response.headers, response.text)

    @property
    def error(self) -> object:
        """The error in its JSON; None where there is none."""
        try:
            body = json_of(self.text)
        except NotDropboxs:
            return None
        return body.get("error") if isinstance(body, dict) else None

    @property
    def tag(self) -> str:
        """Dropbox's own name of the error: tags, or OAuth's code; "" where it gives none fit to show."""
        tag = tag_path(self.error)
        return tag if _SHOWABLE.fullmatch(tag) else ""

    @property
    def detail(self) -> str:
        """For operators."""
        return f"{self.route}: {self.status} {self.tag}".strip()


def error_of(answer: Answer) -> IntegrationError:
    """The error that an answer stands for; not of a 409, which is the route's own business."""
    special = _BY_STATUS.get(answer.status)
    if special is not None:
        return special(answer)
    if answer.status in _AGAINST_THE_CALL:
        return CallNotUnderstood(answer.detail)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return DropboxFailing(answer.detail)
    return DropboxUnavailable(answer.detail)


def retry_after(answer: Answer) -> float:
    """How long to wait: as the header says, else as the body does, else a default."""
    seconds = _seconds(answer.headers.get("Retry-After"), answer.headers.get("Date"))
    if seconds is None and isinstance(answer.error, Mapping):
        seconds = _number(answer.error.get("retry_after"))
    if seconds is None:
        reason = answer.error.get("reason") if isinstance(answer.error, Mapping) else None
        is_contention = tag_path(reason) == "too_many_write_operations"
        return WRITE_CONTENTION_SECONDS if is_contention else DEFAULT_RETRY_AFTER_SECONDS
    return min(max(seconds, WRITE_CONTENTION_SECONDS), LONGEST_RETRY_AFTER_SECONDS)


def _of_unauthorized(answer: Answer) -> IntegrationError:
    """Only what says that the user took something away asks them to link again."""
    match answer.tag.partition("/")[0]:
        case "expired_access_token":
            # It was refreshed just now: a token that expires at once is Dropbox's fault.
            return DropboxUnavailable(answer.detail)
        case "invalid_access_token":
            return LinkRevoked(LinkProblem.TOKEN_REVOKED, answer.detail)
        case "missing_scope":
            return LinkRevoked(LinkProblem.SCOPE_MISSING, answer.detail)
        case "user_suspended":
            return LinkSuspended(LinkProblem.DROPBOX_SUSPENDED, answer.detail)
    return AppRefused(answer.detail)


def _of_forbidden(answer: Answer) -> IntegrationError:
    """About the account or its team, never about a document."""
    is_upload = answer.route.startswith(_UPLOADING)
    if is_upload and answer.tag.partition("/")[0] == _LIMIT_OF_A_PLAN:
        return TransportLimitReached(answer.detail)
    return AccessDenied(answer.detail)


_BY_STATUS: dict[int, Callable[[Answer], IntegrationError]] = {
    HTTPStatus.UNAUTHORIZED: _of_unauthorized,
    HTTPStatus.FORBIDDEN: _of_forbidden,
    # The root of the paths: gone, or not ours any more.
    HTTPStatus.UNPROCESSABLE_ENTITY: lambda answer: SpaceUnavailable(answer.detail),
    HTTPStatus.TOO_MANY_REQUESTS: lambda answer: RateLimited(retry_after(answer)),
}


def _seconds(header: str | None, date: str | None) -> float | None:
    """Of a number of seconds, or of a date, which is counted from the answer's own."""
    seconds = _number(header)
    until = _instant(header)
    if seconds is None and until is not None:
        now = _instant(date) or datetime.now(UTC)
        return (until - now).total_seconds()
    return seconds


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type] # anything may be sent
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _instant(text: str | None) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text or "")
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
