"""Upload sessions: bytes that arrive in parts, for one file each, before they are committed to a path."""

import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dropbox import files

from local.dropbox_emulator.core.contents import CHUNK, Content, ContentStore

LIFETIME_SECONDS = 7 * 24 * 3600
BLOCK = 4 * 1024 * 1024
MAX_FILE = 2**41 - 2**22


class SessionRefused(Exception):
    """A session cannot be used so; `tag` names a member that several of Dropbox's error types share."""

    def __init__(self, tag: str, correct_offset: int | None = None) -> None:
        super().__init__(tag)
        self.tag = tag
        self.correct_offset = correct_offset

    def as_error(self, union: Any) -> Any:  # noqa: ANN401 - Stone's unions are untyped
        """The refusal as a value of one of those error types."""
        if self.correct_offset is None:
            return getattr(union, self.tag)
        return union.incorrect_offset(files.UploadSessionOffsetError(correct_offset=self.correct_offset))


@dataclass(frozen=True)
class Part:
    """Bytes of a session: a range of one request's body."""

    body: Content
    start: int
    length: int


@dataclass
class _Session:
    owner: str
    is_concurrent: bool
    expires_at: float
    is_closed: bool = False
    parts: dict[int, Part] = field(default_factory=dict)  # by offset

    @property
    def size(self) -> int:
        return sum(part.length for part in self.parts.values())


class UploadSessions:
    """The sessions of all accounts. Safe for several threads; `owner` is an account's id."""

    def __init__(self, contents: ContentStore, clock: Callable[[], float]) -> None:
        self._contents = contents
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def start(self, owner: str, *, is_concurrent: bool) -> str:
        """Begin a session; returns its id."""
        session_id = f"pid_upload_session:{secrets.token_urlsafe(48)}"
        with self._lock:
            self._sessions[session_id] = _Session(owner, is_concurrent, self._clock() + LIFETIME_SECONDS)
        return session_id

    def append(self, owner: str, cursor: files.UploadSessionCursor, part: Part, *, close: bool) -> None:
        """Add bytes at the cursor's offset, and close the session when told to.

        Raises:
            SessionRefused: unknown or closed session, wrong offset.

        """
        with self._lock:
            session = self._find(owner, cursor.session_id)
            if session.is_closed:
                raise SessionRefused("closed")
            _check_position(session, cursor.offset, part.length, close=close)
            if part.length:
                session.parts[cursor.offset] = part
            session.is_closed = close

    def assemble(self, owner: str, cursor: files.UploadSessionCursor, *, must_be_closed: bool) -> Content:
        """All bytes of a session, in order. The session lives on until `forget`.

        Raises:
            SessionRefused: unknown session, not closed, wrong offset or a gap.

        """
        with self._lock:
            session = self._find(owner, cursor.session_id)
            if must_be_closed and not session.is_closed:
                raise SessionRefused("not_closed")
            if cursor.offset != session.size:
                raise SessionRefused("incorrect_offset", session.size)
            parts = [session.parts[offset] for offset in sorted(session.parts)]
        if len(parts) == 1 and parts[0].length == parts[0].body.size:
            return parts[0].body
        return self._contents.add(chunk for part in parts for chunk in self._read(part))

    def is_complete(self, owner: str, session_id: str) -> bool:
        """Whether a session's parts follow one another without a gap."""
        with self._lock:
            end = 0
            for offset, part in sorted(self._find(owner, session_id).parts.items()):
                if offset != end:
                    return False
                end += part.length
            return True

    def is_concurrent(self, owner: str, session_id: str) -> bool:
        """Whether a session takes its parts in any order."""
        with self._lock:
            return self._find(owner, session_id).is_concurrent

    def forget(self, session_id: str) -> None:
        """End a session whose bytes were committed."""
        with self._lock:
            self._sessions.pop(session_id, None)

    def _find(self, owner: str, session_id: str) -> _Session:
        session = self._sessions.get(session_id)
        if session is None or session.owner != owner or self._clock() >= session.expires_at:
            raise SessionRefused("not_found")
        return session

    def _read(self, part: Part) -> Iterator[bytes]:
        with self._contents.path(part.body.content_hash).open("rb") as file:
            file.seek(part.start)
            left = part.length
            while left and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk


def _check_position(session: _Session, offset: int, length: int, *, close: bool) -> None:
    if offset + length > MAX_FILE:
        raise SessionRefused("too_large")
    if not session.is_concurrent:
        if offset != session.size:
            raise SessionRefused("incorrect_offset", session.size)
        return
    if offset % BLOCK:
        raise SessionRefused("concurrent_session_invalid_offset")
    if length % BLOCK and not close:
        raise SessionRefused("concurrent_session_invalid_data_size")
