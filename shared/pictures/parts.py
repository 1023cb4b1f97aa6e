"""Whether a picture is of so many parts that its decoder, which goes through them in turn, would take long.

Only heads are looked at: a step for each part, and an end after more than any camera, scanner or program
writes. What does not follow its format is left to the decoder, which ends there too.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable
from pathlib import Path

_MOST_SEGMENTS = 5_000  # of a JPEG before its picture: notes and profiles of 64 kB each
_MOST_FILL = 4_096  # bytes of 0xFF before a marker
_MOST_CHUNKS = 50_000  # of a PNG: 50 MB in pieces of a kilobyte
_MOST_BLOCKS = 300_000  # of a GIF: 50 MB in pieces of 255 bytes, and some
_MOST_ENTRIES = 50_000  # of all directories of a TIFF

_NOT_FILL = re.compile(rb"[^\xff]")
_START_OF_SCAN, _END = 0xDA, 0xD9
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_TIFF_SIZES = (1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 4, 4, 8, 8, 8)


class _TooMany(Exception):
    """There are more parts than a decoder is to go through."""


def has_too_many_parts(path: Path, content_type: str) -> bool:
    """Whether a decoder would take longer for its parts than for its pixels."""
    count = _COUNTERS.get(content_type)
    if count is None or path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            count(data)
        except _TooMany:
            return True
        except IndexError:  # it ends in the middle of a part
            return False
    return False


def _jpeg(data: mmap.mmap) -> None:
    position = 2
    for _ in range(_MOST_SEGMENTS):
        if data[position] != 0xFF:
            return
        found = _NOT_FILL.search(data, position, position + _MOST_FILL)
        if found is None and position + _MOST_FILL < len(data):
            raise _TooMany
        if found is None:
            return
        marker, position = data[found.start()], found.end()
        if marker in {_START_OF_SCAN, _END}:
            return
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2:
            return
        position += length
    raise _TooMany


def _png(data: mmap.mmap) -> None:
    position = 8
    for _ in range(_MOST_CHUNKS):
        if position >= len(data):
            return
        position += int.from_bytes(data[position : position + 4], "big") + 12
    raise _TooMany


def _gif(data: mmap.mmap) -> None:
    """As far as the first picture: no other is shown."""
    left, position = _MOST_BLOCKS, 13 + _palette(data[10])
    while data[position] not in {_IMAGE, _TRAILER}:
        if data[position] == _EXTENSION:
            left, position = _without_blocks(data, position + 2, left)
        else:  # decoders look for the next block byte by byte
            left, position = left - 1, position + 1
        if left < 0:
            raise _TooMany
    if data[position] == _IMAGE:
        _without_blocks(data, position + 11 + _palette(data[position + 9]), left)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _without_blocks(data: mmap.mmap, position: int, left: int) -> tuple[int, int]:
    while length := data[position]:
        position += length + 1
        left -= 1
        if left < 0:
            raise _TooMany
    return left, position + 1


def _tiff(data: mmap.mmap) -> None:
    order: Callable[[bytes], int] = _little if data[:2] == b"II" else _big
    is_large = order(data[2:4]) == 43
    count_bytes, entry_bytes, value_bytes = (8, 20, 8) if is_large else (2, 12, 4)
    start = order(data[8:16]) if is_large else order(data[4:8])
    left, bytes_left, seen = _MOST_ENTRIES, 2 * len(data), set[int]()
    while start and start not in seen and start < len(data):
        seen.add(start)
        count = order(data[start : start + count_bytes])
        left -= count + 1
        if left < 0:
            raise _TooMany
        for place in range(start + count_bytes, start + count_bytes + count * entry_bytes, entry_bytes):
            kind, values = (
                order(data[place + 2 : place + 4]),
                order(data[place + 4 : place + 4 + value_bytes]),
            )
            bytes_left -= values * _TIFF_SIZES[kind] if kind < len(_TIFF_SIZES) else 0
        if bytes_left < 0:
            raise _TooMany
        end = start + count_bytes + count * entry_bytes
        start = order(data[end : end + value_bytes])


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


_COUNTERS: dict[str, Callable[[mmap.mmap], None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/gif": _gif,
    "image/tiff": _tiff,
}
