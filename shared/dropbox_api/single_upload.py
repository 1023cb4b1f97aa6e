"""Sends one document into one upload session, chunk by chunk, going on where Dropbox lost its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from shared.domain.cloud_uploads import OutgoingDocument, SentDocument
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import DropboxRefused, DropboxUnavailable, IntegrationError
from shared.dropbox_api.upload_bodies import read_in_chunks
from shared.dropbox_api.upload_session_calls import UNKNOWN_RESULT, Refusal, UploadSessionCalls

TIMES_TAKEN_UP = 4
# A fresh session solves these; of anything else Dropbox knows better than we do.
_NEEDS_ANOTHER_SESSION = frozenset({"not_found", "closed", "incorrect_offset", UNKNOWN_RESULT})


class SingleUpload:
    """A document on its way into a session of its own, or into one that holds its first bytes.

    `ensure_going` is asked before each call and raises where there is to be none.
    """

    def __init__(
        self,
        calls: UploadSessionCalls,
        document: OutgoingDocument,
        chunk_bytes: int,
        ensure_going: Callable[[], None],
        *,
        session_id: str | None = None,
        offset: int = 0,
    ) -> None:
        self._calls = calls
        self._document = document
        self._chunk_bytes = chunk_bytes
        self._ensure_going = ensure_going
        self._session_id = session_id
        self._offset = offset

    def send(self) -> SentDocument:
        """Send the rest and close the session. Raises what reading raises, besides Dropbox's errors."""
        for _ in range(TIMES_TAKEN_UP):
            content_hash = self._send_from_offset()
            if self._session_id is not None and content_hash is not None:
                document = self._document
                return SentDocument(document.key, self._session_id, document.size, content_hash)
        raise DropboxUnavailable("the upload session keeps losing its place")

    def _send_from_offset(self) -> str | None:
        """The document's hash, or None where Dropbox wants it to be read again from another offset."""
        hashes = DocumentHashes()
        with closing(
            read_in_chunks(self._document, hashes, self._chunk_bytes, offset=self._offset)
        ) as chunks:
            for chunk in chunks:
                self._ensure_going()
                if not self._is_taken(chunk):
                    return None
                del chunk  # or it would be in memory beside the next
        return hashes.content_hash

    def _is_taken(self, chunk: bytes) -> bool:
        end = self._offset + len(chunk)
        is_last = end == self._document.size
        if self._session_id is None:
            self._session_id = self._calls.start(chunk, close=is_last)
        else:
            refusal = self._calls.append(self._session_id, self._offset, chunk, close=is_last)
            if refusal is not None and not has_arrived(refusal, end, is_closing=is_last):
                self._offset = place_to_go_on(refusal, self._document)
                return False
        self._offset = end
        return True


def has_arrived(refusal: Refusal, end: int, *, is_closing: bool) -> bool:
    """Whether bytes are refused because they are there: a call is repeated when its answer was lost."""
    return refusal.correct_offset == end or (is_closing and refusal.tag == "closed")


def place_to_go_on(refusal: Refusal, document: OutgoingDocument) -> int:
    """The offset Dropbox asks for. Raises where it asks for none that the document has."""
    if refusal.correct_offset is None or refusal.correct_offset > document.size:
        raise session_error(refusal)
    return refusal.correct_offset


def session_error(refusal: Refusal) -> IntegrationError:
    """What a refusal of a session's bytes means for its document."""
    if refusal.tag in _NEEDS_ANOTHER_SESSION:
        return DropboxUnavailable(f"upload session {refusal.tag}")
    return DropboxRefused(refusal.tag)
