"""An SDK client with a Dropbox of upload sessions behind it, to be told what goes wrong at which call."""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import requests
from dropbox import files
from dropbox.exceptions import ApiError

from local.dropbox_emulator.core import stone_json
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import RateLimited
from shared.dropbox_api.answers import RouteError
from shared.dropbox_api.statuses import Answer, error_of

START_BATCH = "upload_session/start_batch"
START = "upload_session/start"
APPEND = "upload_session/append"
APPEND_BATCH = "upload_session/append_batch"
FINISH_BATCH = "upload_session/finish_batch"
UPLOAD = "upload"
FIND = "get_metadata"

Step = Callable[[Callable[[], Any]], Any]


def lost(do: Callable[[], Any]) -> Any:
    """The call takes effect; its answer is lost."""
    do()
    raise requests.ConnectionError


def down(_do: Callable[[], Any]) -> Any:
    raise error_of(Answer("", 503, {}, ""))


def too_late(do: Callable[[], Any]) -> Any:
    do()
    raise requests.ReadTimeout


def limited(_do: Callable[[], Any]) -> Any:
    raise RateLimited(7)


def as_usual(do: Callable[[], Any]) -> Any:
    return do()


def refused(status: int) -> Step:
    def refuse(_do: Callable[[], Any]) -> Any:
        raise error_of(Answer("", status, {}, ""))

    return refuse


def failing(error: Any) -> Step:
    """The route answers with this error of its own."""

    def fail(_do: Callable[[], Any]) -> Any:
        raise ApiError("id", error, None, None)

    return fail


def content_hash(data: bytes) -> str:
    hashes = DocumentHashes()
    hashes.update(data)
    return hashes.content_hash


class UploadClient:
    """Every step of `script[route]` takes the place of one call of that route, in order.

    `committing` gives the answer to an entry of a commit in the place of the usual one, by path.
    Where it does not keep bytes it verifies no hash either, and nothing can be committed.
    """

    def __init__(self) -> None:
        self.script: dict[str, deque[Step]] = defaultdict(deque)
        self.committing: dict[str, deque[files.UploadSessionFinishError | None]] = defaultdict(deque)
        self.calls: list[str] = []
        self.entries: list[int] = []
        self.body_sizes: list[int] = []
        self.timeouts: list[tuple[float, float]] = []
        self.most_at_once: dict[str, int] = defaultdict(int)
        self.sessions: dict[str, bytearray] = {}
        self.closed: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.keeps_bytes = True
        self._lengths: dict[str, int] = defaultdict(int)
        self._at_once: dict[str, int] = defaultdict(int)
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    def count(self, route: str) -> int:
        return self.calls.count(route)

    def request(self, route: Any, _namespace: str, arg: Any, body: bytes | None, timeout: Any) -> Any:
        with self._lock:
            self.calls.append(route.name)
            self.timeouts.append(timeout)
            self.body_sizes.append(len(body or b""))
            self._at_once[route.name] += 1
            self.most_at_once[route.name] = max(self.most_at_once[route.name], self._at_once[route.name])
            steps = self.script[route.name]
            step = steps.popleft() if steps else as_usual
        try:
            result = step(lambda: self._answer(route.name, arg, body or b""))
            return result if isinstance(result, dict) else stone_json.encode_object(route.result_type, result)
        except ApiError as error:
            raise RouteError(stone_json.encode_object(route.error_type, error.error)) from error
        finally:
            with self._lock:
                self._at_once[route.name] -= 1

    def check_and_refresh_access_token(self) -> None:
        """Its token never expires."""

    def _answer(self, route: str, arg: Any, body: bytes) -> Any:
        with self._lock:
            if getattr(arg, "content_hash", None) is not None and self.keeps_bytes:
                assert arg.content_hash == content_hash(body)
            return getattr(self, "_" + route.rpartition("/")[2])(arg, body)

    def _begin(self) -> str:
        session_id = f"session{next(self._numbers)}"
        self.sessions[session_id] = bytearray()
        return session_id

    def _start_batch(self, arg: Any, _body: bytes) -> Any:
        ids = [self._begin() for _ in range(arg.num_sessions)]
        return files.UploadSessionStartBatchResult(session_ids=ids)

    def _start(self, arg: Any, body: bytes) -> Any:
        session_id = self._begin()
        self._put(session_id, 0, body, arg.close)
        return files.UploadSessionStartResult(session_id=session_id)

    def _append(self, arg: Any, body: bytes) -> None:
        refusal = self._put(arg.cursor.session_id, arg.cursor.offset, body, arg.close)
        if refusal is not None:
            raise ApiError("id", _as(files.UploadSessionAppendError, refusal), None, None)

    def _append_batch(self, arg: Any, body: bytes) -> Any:
        assert sum(entry.length for entry in arg.entries) == len(body)
        self.entries.append(len(arg.entries))
        results, start = [], 0
        for entry in arg.entries:
            part = body[start : start + entry.length]
            start += entry.length
            refusal = self._put(entry.cursor.session_id, entry.cursor.offset, part, entry.close)
            results.append(_append_result(refusal))
        return files.UploadSessionAppendBatchResult(entries=results)

    def _put(self, session_id: str, offset: int, data: bytes, close: bool) -> str | int | None:
        if session_id not in self.sessions:
            return "not_found"
        if session_id in self.closed:
            return "closed"
        session = self.sessions[session_id]
        length = len(session) if self.keeps_bytes else self._lengths[session_id]
        if offset != length:
            return length
        self._lengths[session_id] += len(data)
        if self.keeps_bytes:
            session += data
        if close:
            self.closed.add(session_id)
        return None

    def _finish_batch(self, arg: Any, _body: bytes) -> Any:
        return files.UploadSessionFinishBatchResult(entries=[self._finish(entry) for entry in arg.entries])

    def _finish(self, entry: Any) -> Any:
        answers = self.committing[entry.commit.path]
        error = (answers.popleft() if answers else None) or self._refusal_to_finish(entry)
        if error is not None:
            return files.UploadSessionFinishBatchResultEntry.failure(error)
        self.files[entry.commit.path] = bytes(self.sessions.pop(entry.cursor.session_id))
        return files.UploadSessionFinishBatchResultEntry.success(self._metadata(entry.commit.path))

    def _refusal_to_finish(self, entry: Any) -> Any:
        lookup = files.UploadSessionFinishError.lookup_failed
        session_id = entry.cursor.session_id
        if session_id not in self.sessions:
            return lookup(files.UploadSessionLookupError.not_found)
        if entry.cursor.offset != len(self.sessions[session_id]):
            return lookup(_as(files.UploadSessionLookupError, len(self.sessions[session_id])))
        if session_id not in self.closed:
            return lookup(files.UploadSessionLookupError.not_closed)
        existing = self.files.get(entry.commit.path)
        if existing is not None and existing != self.sessions[session_id]:
            return files.UploadSessionFinishError.path(_CONFLICT)
        return None

    def _upload(self, arg: Any, body: bytes) -> Any:
        existing = self.files.get(arg.path)
        replaces = arg.mode.is_update() and existing is not None and arg.mode.get_update() == _rev(existing)
        if existing not in {None, body} and not replaces:
            error = files.UploadError.path(
                files.UploadWriteFailed(reason=_CONFLICT, upload_session_id="session")
            )
            raise ApiError("id", error, None, None)
        self.files[arg.path] = body
        return self._metadata(arg.path)

    def _get_metadata(self, arg: Any, _body: bytes) -> Any:
        if arg.path not in self.files:
            error = files.GetMetadataError.path(files.LookupError.not_found)
            raise ApiError("id", error, None, None)
        return self._metadata(arg.path)

    def _metadata(self, path: str) -> files.FileMetadata:
        data = self.files[path]
        return files.FileMetadata(
            name=path.rpartition("/")[2],
            id=f"id:{len(path)}",
            client_modified=datetime(2026, 3, 14),  # noqa: DTZ001 - the SDK's are naive
            server_modified=datetime(2026, 3, 14),  # noqa: DTZ001
            rev=_rev(data),
            size=len(data),
            path_display=path,
            content_hash=content_hash(data),
        )


_CONFLICT = files.WriteError.conflict(files.WriteConflictError.file)


def _rev(data: bytes) -> str:
    return content_hash(data)[:16]


def _as(union: Any, refusal: str | int) -> Any:
    if isinstance(refusal, int):
        return union.incorrect_offset(files.UploadSessionOffsetError(correct_offset=refusal))
    return getattr(union, refusal)


def _append_result(refusal: str | int | None) -> Any:
    if refusal is None:
        return files.UploadSessionAppendBatchResultEntry.success
    return files.UploadSessionAppendBatchResultEntry.failure(
        _as(files.UploadSessionAppendBatchEntryError, refusal)
    )
