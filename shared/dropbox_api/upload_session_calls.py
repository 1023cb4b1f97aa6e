"""The Dropbox calls that upload sessions are made of, each tried again while Dropbox is unavailable.

The SDK's own methods take no timeout, and a timeout that suits a listing cuts off an upload: urllib3
allows the whole body of a request no more than the connect timeout. Hence `Dropbox.request`, with a
timeout that grows with the body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
from dropbox import files
from stone.backends.python_rsrc.stone_base import Route, Struct
from stone.backends.python_rsrc.stone_validators import ValidationError

from shared.domain.cloud_uploads import Commit, CommittedFile
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import DropboxUnavailable, FileGone, PathConflict
from shared.dropbox_api.answers import (
    OTHER,
    NotDropboxs,
    RouteError,
    correct_offset_in,
    member,
    objects_in,
    tag_path,
    text_in,
)
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import Sleep, dropbox_errors_translated, with_retries
from shared.dropbox_api.metadata import FILE, kind_of, to_committed_file

CONNECT_SECONDS = 5.0
SLOWEST_BYTES_PER_SECOND = 1024 * 1024
READ_SECONDS = 60.0
COMMIT_READ_SECONDS = 120.0
"""A thousand files are written before the answer; to give up sooner would be to write twice at once."""

UNKNOWN_RESULT = "unknown_result"
"""Our own tag, where Dropbox says of an entry neither that it succeeded nor that it failed."""
_ALTERED_ON_THE_WAY = frozenset({"content_hash_mismatch", "length_mismatch"})


Answer = TypeVar("Answer")


class _AnswerTooLate(Exception):
    """None of the errors that are worth another try at once."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Dropbox's word on one session: the path of its tags, and where it wants to go on, if it says so."""

    tag: str
    correct_offset: int | None = None


class UploadSessionCalls:
    """Made from one account's SDK client. Every method raises the project's errors only."""

    def __init__(self, client: DropboxClient, sleep: Sleep) -> None:
        self._client = client
        self._sleep = sleep

    def start_batch(self, count: int) -> list[str]:
        """Begin empty sessions, a thousand at most; their ids."""
        arg = files.UploadSessionStartBatchArg(num_sessions=count)
        return self._call(
            files.upload_session_start_batch, arg, read=lambda result: _session_ids_in(result, count)
        )

    def start(self, body: bytes, *, close: bool) -> str:
        """Begin a session with its first bytes; its id."""
        arg = files.UploadSessionStartArg(close=close, content_hash=_hash_of(body))
        return self._call(
            files.upload_session_start, arg, body, read=lambda result: text_in(result, "session_id")
        )

    def append(self, session_id: str, offset: int, body: bytes, *, close: bool) -> Refusal | None:
        """Add bytes to a session; None where it took them."""
        cursor = files.UploadSessionCursor(session_id=session_id, offset=offset)
        arg = files.UploadSessionAppendArg(cursor=cursor, close=close, content_hash=_hash_of(body))

        def attempt() -> Refusal | None:
            try:
                self._request(files.upload_session_append_v2, arg, body)
            except RouteError as error:
                return Refusal(error.tag, error.correct_offset)
            return None

        return self._retried(attempt)

    def append_batch(self, sizes: Sequence[tuple[str, int]], body: bytes) -> list[Refusal | None]:
        """Give fresh sessions all their bytes, which lie in the body one after the other, and close them.

        `sizes` are session ids and lengths. Answers one by one as `append` does.
        """
        entries = [
            files.UploadSessionAppendBatchArgEntry(
                cursor=files.UploadSessionCursor(session_id=session_id, offset=0), length=size, close=True
            )
            for session_id, size in sizes
        ]
        arg = files.UploadSessionAppendBatchArg(entries=entries, content_hash=_hash_of(body))
        results = self._call(
            files.upload_session_append_batch, arg, body, read=lambda result: _entries_of(result, entries)
        )
        return [_append_refusal(entry) for entry in results]

    def finish_batch(self, commits: Sequence[Commit]) -> list[CommittedFile | Refusal]:
        """Make closed sessions files, a thousand at most.

        Identical bytes at the path are success and nothing is written; nothing is ever overwritten.
        """
        arg = files.UploadSessionFinishBatchArg(entries=[_finish_arg(commit) for commit in commits])
        results = self._call(
            files.upload_session_finish_batch_v2,
            arg,
            read=lambda result: _entries_of(result, arg.entries),
            read_seconds=COMMIT_READ_SECONDS,
        )
        return [_finished(entry) for entry in results]

    def upload(self, path: str, data: bytes, rev: str | None) -> CommittedFile:
        """Write a small file: a new one, or in the place of its revision `rev`.

        Raises PathConflict, QuotaFull.
        """
        mode = files.WriteMode.update(rev) if rev else files.WriteMode.add
        arg = files.UploadArg(path=path, mode=mode, mute=True, content_hash=_hash_of(data))
        try:
            return self._call(files.upload, arg, data, read=to_committed_file)
        except PathConflict:
            # Perhaps with ourselves: the answer to the first try was lost.
            found = self.find(path)
            if found is None or found.file.content_hash != arg.content_hash:
                raise
            return found

    def find(self, path: str) -> CommittedFile | None:
        """The file at a path."""
        try:
            return self._call(files.get_metadata, files.GetMetadataArg(path=path), read=_file_in)
        except FileGone:
            return None

    def _call(
        self,
        route: Route,
        arg: Struct,
        body: bytes | None = None,
        *,
        read: Callable[[Any], Answer],
        read_seconds: float = READ_SECONDS,
    ) -> Answer:
        """What `read` makes of the answer; one that cannot be read is not asked for again at once."""
        result = self._retried(lambda: self._request(route, arg, body, read_seconds))
        with dropbox_errors_translated():
            return read(result)

    def _retried(self, call: Callable[[], Answer]) -> Answer:
        """Not where the answer took too long: the time is spent, and perhaps Dropbox is still writing."""
        try:
            return with_retries(call, self._sleep)
        except _AnswerTooLate as late:
            raise DropboxUnavailable("no answer in time") from late

    def _request(
        self, route: Route, arg: Struct, body: bytes | None, read_seconds: float = READ_SECONDS
    ) -> Any:  # noqa: ANN401 - the SDK ships no types
        timeout = (CONNECT_SECONDS + len(body or b"") / SLOWEST_BYTES_PER_SECOND, read_seconds)
        with _errors_told_apart():
            return self._client.request(route, "files", arg, body, timeout=timeout)


def can_be_a_path(path: str) -> bool:
    """Whether a request can carry this path: one that cannot would have the whole batch refused."""
    try:
        path.encode()
        files.CommitInfo(path=path)
    except (UnicodeEncodeError, ValidationError):
        return False
    return True


@contextmanager
def _errors_told_apart() -> Iterator[None]:
    try:
        yield
    except requests.ReadTimeout as timeout:
        raise _AnswerTooLate from timeout
    except RouteError as error:
        if error.tag in _ALTERED_ON_THE_WAY:
            raise DropboxUnavailable("the body was altered on the way") from error
        raise


def _finish_arg(commit: Commit) -> files.UploadSessionFinishArg:
    sent = commit.document
    return files.UploadSessionFinishArg(
        cursor=files.UploadSessionCursor(session_id=sent.session_id, offset=sent.size),
        commit=files.CommitInfo(
            path=commit.path, mode=files.WriteMode.add, autorename=False, mute=True, strict_conflict=False
        ),
    )


def _session_ids_in(result: object, count: int) -> list[str]:
    ids = member(result, "session_ids")
    if not isinstance(ids, list) or len(ids) != count:
        raise NotDropboxs("not as many sessions as asked for")
    return [str(session_id) for session_id in ids]


def _entries_of(result: object, entries: Sequence[Struct]) -> list[dict[str, Any]]:
    results = objects_in(result, "entries")
    if len(results) != len(entries):
        raise NotDropboxs("not as many results as entries")
    return results


def _append_refusal(entry: dict[str, Any]) -> Refusal | None:
    match entry.get(".tag"):
        case "success":
            return None
        case "failure":
            return _refusal(entry)
    return Refusal(UNKNOWN_RESULT)


def _finished(entry: dict[str, Any]) -> CommittedFile | Refusal:
    """A result that cannot be read spoils only its own entry."""
    match entry.get(".tag"):
        case "success":
            with suppress(NotDropboxs):
                return to_committed_file(entry)
        case "failure":
            return _refusal(entry)
    return Refusal(UNKNOWN_RESULT)


def _refusal(entry: dict[str, Any]) -> Refusal:
    failure = entry.get("failure")
    return Refusal(tag_path(failure) or OTHER, correct_offset_in(failure))


def _file_in(metadata: dict[str, Any]) -> CommittedFile | None:
    return to_committed_file(metadata) if kind_of(metadata) == FILE else None


def _hash_of(body: bytes) -> str:
    hashes = DocumentHashes()
    hashes.update(body)
    return hashes.content_hash
