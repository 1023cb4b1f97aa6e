"""The two hashes of a document's bytes as they arrive, at the price of little more than one."""

from __future__ import annotations

import hashlib

BLOCK_BYTES = 4 * 1024 * 1024


class DocumentHashes:
    """SHA-256 of the whole, and Dropbox's content hash: SHA-256 over the SHA-256 of each 4 MiB block.

    A document of one block, which is nearly all of them, has both from a single pass.
    https://www.dropbox.com/developers/reference/content-hash
    """

    def __init__(self) -> None:
        self._blocks = hashlib.sha256()
        self._block = hashlib.sha256()
        self._whole = self._block  # the same until a second block begins
        self._room = BLOCK_BYTES

    def update(self, data: bytes) -> None:
        """The next bytes."""
        left = memoryview(data)
        while left:
            if not self._room:
                self._begin_block()
            part, left = left[: self._room], left[self._room :]
            self._room -= len(part)
            self._block.update(part)
            if self._whole is not self._block:
                self._whole.update(part)

    @property
    def sha256(self) -> str:
        """Of all bytes so far, in hexadecimal."""
        return self._whole.hexdigest()

    @property
    def content_hash(self) -> str:
        """Dropbox's, of all bytes so far, in hexadecimal."""
        blocks = self._blocks.copy()
        if self._room < BLOCK_BYTES:
            blocks.update(self._block.digest())
        return blocks.hexdigest()

    def _begin_block(self) -> None:
        if self._whole is self._block:
            self._whole = self._block.copy()
        self._blocks.update(self._block.digest())
        self._block = hashlib.sha256()
        self._room = BLOCK_BYTES
