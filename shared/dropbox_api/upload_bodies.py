"""Reads documents into the bodies of requests: verified on the way, and never in memory twice."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate

from shared.domain.cloud_uploads import OutgoingDocument
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import DocumentCorrupted, IntegrationError


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document whose bytes were read and found right, with Dropbox's hash of them."""

    document: OutgoingDocument
    content_hash: str


@dataclass(slots=True)
class SharedBody:
    """The bytes of several documents, one after the other; those that could not be read are left out."""

    data: bytes = b""
    documents: list[ReadDocument] = field(default_factory=list)
    failed: dict[str, IntegrationError] = field(default_factory=dict)


def read_verified(document: OutgoingDocument, hashes: DocumentHashes) -> Generator[bytes, None, None]:
    """The document's bytes as they come, while `hashes` takes them in.

    Raises DocumentCorrupted, at their end at the latest, where they are not those expected.
    """
    total = 0
    with document.read() as pieces:
        for piece in pieces:
            total += len(piece)
            if total > document.size:
                raise DocumentCorrupted(document.key)
            hashes.update(piece)
            yield piece
    if total != document.size or hashes.sha256 != document.sha256:
        raise DocumentCorrupted(document.key)


def read_in_chunks(
    document: OutgoingDocument, hashes: DocumentHashes, chunk_bytes: int, offset: int = 0
) -> Generator[bytes, None, None]:
    """The bytes from an offset on, cut where multiples of `chunk_bytes` lie; one empty chunk at least.

    The last chunk comes once the whole document has been verified, the bytes before the offset included.
    """
    chunk, byte_budget, skip = BytesIO(), chunk_bytes - offset % chunk_bytes, offset
    with closing(read_verified(document, hashes)) as pieces:
        for piece in pieces:
            left = memoryview(piece)[skip:]
            skip -= len(piece) - len(left)
            while left:
                if not byte_budget:
                    yield chunk.getvalue()
                    chunk, byte_budget = BytesIO(), chunk_bytes
                taken, left = left[:byte_budget], left[byte_budget:]
                byte_budget -= chunk.write(taken)
    yield chunk.getvalue()


def read_together(documents: Sequence[OutgoingDocument], readers: Executor) -> SharedBody:
    """Read documents at the same time, each into its own place of one body."""
    starts = [0, *accumulate(document.size for document in documents)]
    # A `BytesIO` gives its buffer away without a copy; the SDK takes nothing but `bytes`.
    buffer = BytesIO(bytes(starts.pop()))
    body, end = SharedBody(), 0
    with buffer.getbuffer() as whole:
        reading = [readers.submit(_read_into, whole, *place) for place in zip(starts, documents, strict=True)]
        for start, document, content_hash in zip(starts, documents, reading, strict=True):
            try:
                body.documents.append(ReadDocument(document, content_hash.result()))
            except IntegrationError as error:
                body.failed[document.key] = error
                continue
            if end != start:  # one before could not be read: close the gap
                whole[end : end + document.size] = whole[start : start + document.size]
            end += document.size
    buffer.truncate(end)
    body.data = buffer.getvalue()
    return body


def _read_into(whole: memoryview, start: int, document: OutgoingDocument) -> str:
    hashes, position = DocumentHashes(), start
    with closing(read_verified(document, hashes)) as pieces:
        for piece in pieces:
            whole[position : position + len(piece)] = piece
            position += len(piece)
    return hashes.content_hash
