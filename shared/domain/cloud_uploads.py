"""Documents on their way into Dropbox, as use cases speak of them: no SDK here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from shared.domain.cloud_files import RemoteFile
from shared.domain.errors import IntegrationError


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """A document to be sent. `key` is the caller's own name for it, unique within one call.

    `read` opens its bytes, in pieces of a megabyte or so, and may be called again. That they are `size`
    bytes with this SHA-256 (hexadecimal) is verified while they are sent; `read` need not.
    """

    key: str
    size: int
    sha256: str
    read: Callable[[], AbstractContextManager[Iterable[bytes]]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SentDocument:
    """Verified bytes that lie in a closed upload session, visible to nobody, for up to seven days.

    `content_hash` is Dropbox's.
    """

    key: str
    session_id: str = field(repr=False)
    size: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Make a sent document a file at this path."""

    document: SentDocument
    path: str


@dataclass(frozen=True, slots=True)
class CommittedFile:
    """A file in Dropbox and the revision that was written, or found to hold the same bytes."""

    file: RemoteFile
    rev: str


@dataclass(slots=True)
class SendReport:
    """What became of the documents, by key; those in neither were not begun, or their fate is unknown.

    `stopped_by` is the error that no document can be sent under: nothing is counted as failed for it.
    """

    sent: dict[str, SentDocument] = field(default_factory=dict)
    failed: dict[str, IntegrationError] = field(default_factory=dict)
    stopped_by: IntegrationError | None = None


@dataclass(slots=True)
class CommitReport:
    """What became of the commits, by their documents' keys, in the same manner.

    A failed commit leaves its session as it was, save where the error is DropboxUnavailable.
    """

    committed: dict[str, CommittedFile] = field(default_factory=dict)
    failed: dict[str, IntegrationError] = field(default_factory=dict)
    stopped_by: IntegrationError | None = None
