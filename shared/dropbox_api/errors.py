"""Turns everything the Dropbox SDK and its HTTP client raise into the project's own errors.

Decisions are made on Dropbox's structured tags, never on message text. The SDK's own retries are
off (it would sleep inside the function, on 429 for ever); the bounded retry is here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import requests
import urllib3
from dropbox.exceptions import (
    ApiError,
    AuthError,
    BadInputError,
    DropboxException,
    InternalServerError,
    RateLimitError,
)
from stone.backends.python_rsrc.stone_base import Union
from stone.backends.python_rsrc.stone_validators import ValidationError

from shared.domain.errors import (
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    LinkRevoked,
    LinkSuspended,
    ListingReset,
    PathConflict,
    QuotaFull,
    RateLimited,
)
from shared.domain.links import LinkProblem

TRIES = 4
FIRST_BACKOFF_SECONDS = 0.25
# Dropbox's advice where a 429 names no time.
DEFAULT_RETRY_AFTER_SECONDS = 5.0
WRITE_CONTENTION_SECONDS = 1.0

Answer = TypeVar("Answer")
Sleep = Callable[[float], None]


@contextmanager
def dropbox_errors_translated() -> Iterator[None]:
    """Raise only errors of ours.

    Besides its documented exceptions the SDK lets out assertion, key and value errors where a proxy
    or a half-down Dropbox answers something that is not Dropbox's: these count as unavailable.
    """
    try:
        yield
    except AuthError as error:
        raise _from_auth(error) from error
    except RateLimitError as error:
        raise RateLimited(float(error.backoff or DEFAULT_RETRY_AFTER_SECONDS)) from error
    except ApiError as error:
        raise from_tag(tag_path(error.error)) from error
    except BadInputError as error:
        raise DropboxRefused("bad_input") from error
    except InternalServerError as error:
        raise DropboxUnavailable(f"status {error.status_code}") from error
    except DropboxException as error:
        raise DropboxUnavailable(type(error).__name__) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise DropboxUnavailable(type(error).__name__) from error
    except (AssertionError, KeyError, ValueError, ValidationError) as error:
        raise DropboxUnavailable("not an answer of Dropbox") from error


def with_retries(call: Callable[[], Answer], sleep: Sleep = time.sleep) -> Answer:
    """Try a repeatable call a few times while Dropbox is unavailable, with growing, jittered pauses.

    Anything else, a rate limit among them, is the caller's to decide. Lasts about two seconds at most.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with dropbox_errors_translated():
                return call()
        except DropboxUnavailable:
            if attempt == TRIES:
                raise
            sleep(FIRST_BACKOFF_SECONDS * 2**attempt * random.uniform(0.5, 1))  # noqa: S311 - jitter
    raise AssertionError("unreachable")


def tag_path(error: object) -> str:
    """The tags of a Stone union and of those nested in it: `path/conflict/file`."""
    tags = []
    while isinstance(error, Union):
        tags.append(str(error._tag))
        error = error._value
    return "/".join(tags)


# First match wins; a nested tag such as `conflict/file` is known by its outer part.
_BY_TAG: tuple[tuple[str, Callable[[str], IntegrationError]], ...] = (
    ("too_many_write_operations", lambda _: RateLimited(WRITE_CONTENTION_SECONDS)),
    ("operation_suppressed", lambda _: RateLimited(WRITE_CONTENTION_SECONDS)),
    ("insufficient_space", QuotaFull),
    ("insufficient_quota", QuotaFull),
    ("not_found", FileGone),
    ("conflict", PathConflict),
    ("reset", ListingReset),
    ("internal_error", DropboxUnavailable),
)


def from_tag(tag: str) -> IntegrationError:
    """The error that a tag path of a route's or a batch entry's error stands for."""
    tags = tag.split("/")
    for known, make in _BY_TAG:
        if known in tags:
            return make(tag)
    return DropboxRefused(tag)


def _from_auth(error: AuthError) -> IntegrationError:
    tag = tag_path(error.error)
    if tag == "user_suspended":
        return LinkSuspended(LinkProblem.DROPBOX_SUSPENDED, tag)
    if tag == "expired_access_token":
        # The SDK has refreshed once already; a token that expires at once is Dropbox's trouble.
        return DropboxUnavailable(tag)
    if tag.startswith("missing_scope"):
        return LinkRevoked(LinkProblem.SCOPE_MISSING, tag)
    return LinkRevoked(LinkProblem.TOKEN_REVOKED, tag)
