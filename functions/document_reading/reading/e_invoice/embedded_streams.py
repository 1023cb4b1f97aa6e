"""Files embedded in a PDF that its list of attachments does not name: those of /AF alone, or of annotations.

pdfium knows the list only. The streams themselves can be found without it: a stream never lies within
another one, so that its dictionary stands in the file as it is (ISO 32000-1, 7.5.7 and 7.11.4).
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

_EMBEDDED = re.compile(rb"/Type ?/EmbeddedFile\b")
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = b"/FlateDecode"
_MOST_STREAMS = 8
_DICTIONARY = 512
"""Bytes around the type in which its dictionary begins and ends."""
_MOST_BYTES = 8 * 1024 * 1024
_MOST_COMPRESSED = 2 * 1024 * 1024


def embedded_streams(path: Path) -> Iterator[bytes]:
    """The contents of the first embedded files, under any name."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for _count, found in zip(range(_MOST_STREAMS), _EMBEDDED.finditer(data), strict=False):
            content = _content(data, found.start(), found.end())
            if content:
                yield content


def _content(data: mmap.mmap, start: int, end: int) -> bytes:
    """What the stream of a dictionary around that place holds; nothing where it cannot be had."""
    begun = _STREAM.search(data, end, end + _DICTIONARY)
    if begun is None:
        return b""
    opened = data.rfind(b" obj", max(0, start - _DICTIONARY), start)
    dictionary = data[opened if opened >= 0 else start : begun.start()]
    raw = data[begun.end() : begun.end() + _MOST_COMPRESSED]
    if _FLATE in dictionary:
        return _inflated(raw)
    if b"/Filter" in dictionary:
        return b""
    return raw.partition(b"endstream")[0].rstrip(b"\r\n")


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw, _MOST_BYTES)
    except zlib.error:
        return b""
