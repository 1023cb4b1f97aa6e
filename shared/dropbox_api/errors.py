"""Turns everything that a call of Dropbox raises into the project's own errors.

Statuses are judged in `statuses`, tags here, never text for people. The SDK's own retries are off; the
bounded retry is here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import requests
import urllib3
from dropbox.exceptions import DropboxException
from stone.backends.python_rsrc.stone_validators import ValidationError

from shared.domain.errors import (
    ContentRestricted,
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    ListingReset,
    PathConflict,
    QuotaFull,
    RateLimited,
)
from shared.dropbox_api.answers import NotDropboxs, RouteError
from shared.dropbox_api.statuses import DEFAULT_RETRY_AFTER_SECONDS, WRITE_CONTENTION_SECONDS

TRIES = 4
FIRST_BACKOFF_SECONDS = 0.25

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
    except RouteError as error:
        raise from_tag(error.tag) from error
    except DropboxException as error:
        raise DropboxUnavailable(type(error).__name__) from error
    except NotDropboxs as error:
        raise DropboxUnavailable(f"not an answer of Dropbox: {error}") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise DropboxUnavailable(type(error).__name__) from error
    except (AssertionError, KeyError, ValueError, ValidationError) as error:
        raise DropboxUnavailable("not an answer of Dropbox") from error


def with_retries(call: Callable[[], Answer], sleep: Sleep = time.sleep, tries: int = TRIES) -> Answer:
    """Try a repeatable call a few times while Dropbox is unavailable, with growing, jittered pauses.

    Anything else, a rate limit among them, is the caller's to decide. Lasts about two seconds at most.
    """
    for attempt in range(1, tries + 1):
        try:
            with dropbox_errors_translated():
                return call()
        except DropboxUnavailable:
            if attempt == tries:
                raise
            sleep(FIRST_BACKOFF_SECONDS * 2**attempt * random.uniform(0.5, 1))  # noqa: S311 - jitter
    raise AssertionError("unreachable")


# First match wins; a nested tag such as `conflict/file` is known by its outer part.
_BY_TAG: tuple[tuple[str, Callable[[str], IntegrationError]], ...] = (
    ("too_many_write_operations", lambda _: RateLimited(WRITE_CONTENTION_SECONDS)),
    ("too_many_requests", lambda _: RateLimited(DEFAULT_RETRY_AFTER_SECONDS)),
    ("insufficient_space", QuotaFull),
    ("insufficient_quota", QuotaFull),
    ("not_found", FileGone),
    ("conflict", PathConflict),
    ("reset", ListingReset),
    ("restricted_content", ContentRestricted),
    ("internal_error", DropboxUnavailable),
)


def from_tag(tag: str) -> IntegrationError:
    """The error that a tag path of a route's or a batch entry's error stands for."""
    tags = tag.split("/")
    for known, make in _BY_TAG:
        if known in tags:
            return make(tag)
    return DropboxRefused(tag)
