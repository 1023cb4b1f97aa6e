"""What a call may be refused with; `dispatch` turns each into the answer Dropbox would give.

Refusal
├── LookupRefused   a path cannot be read (files.LookupError)
├── WriteRefused    a path cannot be written (files.WriteError)
├── RouteRefused    409: a value of the route's own error type
├── AuthRefused     401: a value of auth.AuthError
├── PathRootRefused 422: a value of common.PathRootError
├── TooMany         429
│   ├── TooManyRequests  more calls a second than the account may make
│   └── TooManyWrites    another commit into the account is under way
└── BadRequest      400: a sentence
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from dropbox import auth, common, files


class Refusal(Exception):
    """The call is answered with an error."""


class LookupRefused(Refusal):
    """Reading a path was refused; `error` is a `files.LookupError`."""

    def __init__(self, error: files.LookupError) -> None:
        super().__init__(error)
        self.error = error


class WriteRefused(Refusal):
    """Writing a path was refused; `error` is a `files.WriteError`."""

    def __init__(self, error: files.WriteError) -> None:
        super().__init__(error)
        self.error = error


class RouteRefused(Refusal):
    """The route answers 409 with `error`, a value of its error type, and may tell the user why."""

    def __init__(self, error: Any, user_message: str | None = None) -> None:  # noqa: ANN401 - an untyped union
        super().__init__(error)
        self.error = error
        self.user_message = user_message


class AuthRefused(Refusal):
    """The call is not authorised; `error` is an `auth.AuthError`."""

    def __init__(self, error: auth.AuthError) -> None:
        super().__init__(error)
        self.error = error


class PathRootRefused(Refusal):
    """The call asks for a root the account has not; `error` is a `common.PathRootError`."""

    def __init__(self, error: common.PathRootError) -> None:
        super().__init__(error)
        self.error = error


class TooMany(Refusal):
    """The call may be made again a second later; `reason` is a tag of `auth.RateLimitReason`."""

    reason: ClassVar[str]


class TooManyRequests(TooMany):
    """The account has used up its calls of this second."""

    reason = "too_many_requests"


class TooManyWrites(TooMany):
    """Another call is committing to the account at this moment."""

    reason = "too_many_write_operations"


class BadRequest(Refusal):
    """The request itself is wrong; the message is Dropbox's plain text."""


NOT_FOUND = files.LookupError.not_found
NOT_FILE = files.LookupError.not_file
NOT_FOLDER = files.LookupError.not_folder
MALFORMED_LOOKUP = files.LookupError.malformed_path(None)

MALFORMED_WRITE = files.WriteError.malformed_path(None)
DISALLOWED_NAME = files.WriteError.disallowed_name
INSUFFICIENT_SPACE = files.WriteError.insufficient_space
FILE_IN_THE_WAY = files.WriteError.conflict(files.WriteConflictError.file)
FOLDER_IN_THE_WAY = files.WriteError.conflict(files.WriteConflictError.folder)
FILE_ANCESTOR = files.WriteError.conflict(files.WriteConflictError.file_ancestor)


@contextmanager
def answering(
    *,
    lookup: Callable[[Any], Any] | None = None,
    write: Callable[[Any], Any] | None = None,
) -> Iterator[None]:
    """Wrap a refused lookup or write into the route's own error type."""
    try:
        yield
    except LookupRefused as refused:
        if lookup is None:
            raise
        raise RouteRefused(lookup(refused.error)) from refused
    except WriteRefused as refused:
        if write is None:
            raise
        raise RouteRefused(write(refused.error)) from refused
