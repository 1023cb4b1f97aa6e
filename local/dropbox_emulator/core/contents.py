"""The bytes of every revision, by content hash, in a temporary directory apart from any mirror on disk."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dropbox.content_hash import DropboxContentHasher

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Content:
    """Stored bytes: their Dropbox content hash and their size in bytes."""

    content_hash: str
    size: int


class StagedBody:
    """Bytes arriving: write them, then `keep` or `discard` them. Not for several threads at once."""

    def __init__(self, store: "ContentStore") -> None:
        self._store = store
        descriptor, name = tempfile.mkstemp(dir=store.directory, prefix="staged-")
        self.path = Path(name)
        self._file: IO[bytes] = os.fdopen(descriptor, "wb")
        self._hasher = DropboxContentHasher()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._hasher.update(data)
        self.size += len(data)

    def keep(self) -> Content:
        """Move the bytes into the store."""
        self._file.close()
        content = Content(self._hasher.hexdigest(), self.size)
        self.path.replace(self._store.path(content.content_hash))
        return content

    def discard(self) -> None:
        """Forget the bytes; harmless after `keep`."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class ContentStore:
    """Content-addressed files. Nothing is ever deleted before `close`, so old revisions stay readable."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="dropbox-emulator-")
        self.directory = Path(self._temporary.name)

    def path(self, content_hash: str) -> Path:
        """Where the bytes of a content hash lie."""
        return self.directory / content_hash

    def stage(self) -> StagedBody:
        """Begin to receive bytes."""
        return StagedBody(self)

    def add(self, chunks: Iterable[bytes]) -> Content:
        """Store the concatenation of `chunks`."""
        staged = self.stage()
        try:
            for chunk in chunks:
                staged.write(chunk)
            return staged.keep()
        finally:
            staged.discard()

    def read(self, content_hash: str) -> bytes:
        """All bytes of a content hash."""
        return self.path(content_hash).read_bytes()

    def close(self) -> None:
        """Delete everything."""
        self._temporary.cleanup()
