"""Files in Dropbox, as use cases speak of them: no SDK here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.domain.errors import IntegrationError


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as Dropbox lists it. `path` is the one to show; case may vary in its folders.

    `content_hash` is Dropbox's own (SHA-256 over the SHA-256 of 4 MiB blocks), or the file's id where it
    has none since there are no bytes to hand out, as with a Paper document: a revision would change with
    the move.
    """

    file_id: str
    path: str
    size: int
    content_hash: str
    server_modified: datetime
    is_downloadable: bool = True

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes that were verified and lie at `path`: their SHA-256 in hexadecimal and their length."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Move:
    """Bring the file with this id, wherever it lies, to this path."""

    file_id: str
    to_path: str


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What became of a move: the file in its new place, or why it was not moved."""

    move: Move
    moved: RemoteFile | None
    error: IntegrationError | None = None


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A place in a listing, and what lies there: a file's hash, "" of a folder, None of nothing any more."""

    path: str
    content_hash: str | None

    @property
    def is_folder(self) -> bool:
        """Whether something may lie below it; recursive listings have no entries of folders."""
        return self.content_hash == ""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of a listing, in Dropbox's order: of two entries of one place, the later one counts."""

    entries: tuple[ListedEntry, ...]
    cursor: str
    has_more: bool
