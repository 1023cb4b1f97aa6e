"""Both hashes are those of their reference implementations, however the bytes arrive."""

import hashlib
import random

import pytest
from dropbox.content_hash import DropboxContentHasher

from shared.domain.document_hashes import BLOCK_BYTES, DocumentHashes

SIZES = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 2 * BLOCK_BYTES, 2 * BLOCK_BYTES + 7]


@pytest.mark.parametrize("chunk", [65_521, 1024 * 1024, BLOCK_BYTES, 3 * BLOCK_BYTES])
@pytest.mark.parametrize("size", SIZES)
def test_agrees_with_dropbox_and_with_hashlib(size: int, chunk: int) -> None:
    data = random.Random(size).randbytes(size)
    theirs = DropboxContentHasher()
    theirs.update(data)
    ours = DocumentHashes()

    for start in range(0, size, chunk):
        ours.update(data[start : start + chunk])

    assert ours.content_hash == theirs.hexdigest()
    assert ours.sha256 == hashlib.sha256(data).hexdigest()


def test_may_be_asked_in_between() -> None:
    ours = DocumentHashes()
    ours.update(b"a" * BLOCK_BYTES)
    _ = ours.content_hash, ours.sha256

    ours.update(b"b")

    theirs = DropboxContentHasher()
    theirs.update(b"a" * BLOCK_BYTES + b"b")
    assert ours.content_hash == theirs.hexdigest()
    assert ours.sha256 == hashlib.sha256(b"a" * BLOCK_BYTES + b"b").hexdigest()
