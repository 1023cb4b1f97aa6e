"""Walks the markers of a JPEG: what is in order by them, every viewer shows, and need not be decoded.

Damage inside the scans shows as damage in the picture, never as no picture, so decoding them could not
change the verdict. Anything unusual is left to a decoder. Markers and limits: ITU-T T.81, annex B.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# A marker that ends entropy-coded data: neither a stuffed byte nor a restart.
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_BASELINE_EXTENDED_PROGRESSIVE = {0xC0, 0xC1, 0xC2}
_OTHER_FRAMES = set(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DHT, _SOS, _EOI, _DQT, _DNL, _ARITHMETIC = 0xC4, 0xDA, 0xD9, 0xDB, 0xDC, 0xCC
_RESTARTS = range(0xD0, 0xD8)
_FIRST_DEFINED = 0xC0
# Encoders make about ten; thousands make a decoder go over the picture as often.
_MOST_READING_JOBS = 50


@dataclass(frozen=True, slots=True)
class PlainJpeg:
    """A JPEG that is in order and has its end. A decoder keeps a progressive one whole in memory."""

    width: int
    height: int
    is_progressive: bool


class _Unusual(Exception):
    """Not in order, or not in a way this module knows."""


@dataclass
class _Seen:
    """What the segments so far have declared."""

    size: tuple[int, int] | None = None
    components: dict[int, int] = field(default_factory=dict)
    quantisation: set[int] = field(default_factory=set)
    huffman: set[tuple[int, int]] = field(default_factory=set)
    is_progressive: bool = False
    scans: int = 0


def plain_jpeg(path: Path) -> PlainJpeg | None:
    """What the markers say of a JPEG that is in order; None where a decoder must decide."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            return _walk(data)
        except (_Unusual, IndexError):
            return None


def _walk(data: mmap.mmap) -> PlainJpeg:
    seen = _Seen()
    position = 2
    while True:
        marker, position = _marker_at(data, position)
        if marker == _EOI and seen.scans and seen.size is not None:
            return PlainJpeg(*seen.size, seen.is_progressive)
        if marker < _FIRST_DEFINED or marker in _RESTARTS:
            raise _Unusual
        segment = _segment_at(data, position)
        position += 2 + len(segment)
        _note(seen, marker, segment)
        if marker == _SOS:
            found = _NEXT_MARKER.search(data, position)
            if found is None:
                raise _Unusual
            position = found.start()


def _marker_at(data: mmap.mmap, position: int) -> tuple[int, int]:
    """The marker and the position after it; any number of fill bytes may stand before it."""
    if data[position] != 0xFF:
        raise _Unusual
    while data[position] == 0xFF:
        position += 1
    return data[position], position + 1


def _segment_at(data: mmap.mmap, position: int) -> bytes:
    length = int.from_bytes(data[position : position + 2], "big")
    if length < 2 or position + length > len(data):
        raise _Unusual
    return data[position + 2 : position + length]


def _note(seen: _Seen, marker: int, segment: bytes) -> None:
    if marker in _BASELINE_EXTENDED_PROGRESSIVE:
        _note_frame(seen, segment)
        seen.is_progressive = marker == 0xC2
    elif marker == _DQT:
        seen.quantisation.update(_quantisation_tables(segment))
    elif marker == _DHT:
        seen.huffman.update(_huffman_tables(segment))
    elif marker == _SOS:
        _note_reading_job(seen, segment)
    elif marker in _OTHER_FRAMES or marker in {_DNL, _ARITHMETIC, _EOI, 0xD8}:
        raise _Unusual


def _note_frame(seen: _Seen, segment: bytes) -> None:
    precision, count = segment[0], segment[5]
    height, width = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
    if seen.size or precision != 8 or not (width and height) or count not in {1, 3, 4}:
        raise _Unusual
    if len(segment) != 6 + 3 * count:
        raise _Unusual
    seen.size = (width, height)
    for identifier, sampling, table in zip(segment[6::3], segment[7::3], segment[8::3], strict=True):
        if not (1 <= sampling >> 4 <= 4 and 1 <= sampling & 15 <= 4):
            raise _Unusual
        seen.components[identifier] = table
    if len(seen.components) != count:
        raise _Unusual


def _note_reading_job(seen: _Seen, segment: bytes) -> None:
    count = segment[0]
    if len(segment) != 4 + 2 * count or not 1 <= count <= len(seen.components):
        raise _Unusual
    first, last, approximation = segment[1 + 2 * count :]
    for identifier, tables in zip(
        segment[1 : 1 + 2 * count : 2], segment[2 : 2 + 2 * count : 2], strict=True
    ):
        if identifier not in seen.components or seen.components[identifier] not in seen.quantisation:
            raise _Unusual
        _check_huffman(seen, tables, needs_dc=first == 0 and not approximation >> 4, needs_ac=last > 0)
    if not seen.is_progressive and (first, last, approximation) != (0, 63, 0):
        raise _Unusual
    if seen.is_progressive and not first <= last <= 63:
        raise _Unusual
    seen.scans += 1
    if seen.scans > _MOST_READING_JOBS:
        raise _Unusual


def _check_huffman(seen: _Seen, tables: int, *, needs_dc: bool, needs_ac: bool) -> None:
    if needs_dc and (0, tables >> 4) not in seen.huffman:
        raise _Unusual
    if needs_ac and (1, tables & 15) not in seen.huffman:
        raise _Unusual


def _quantisation_tables(segment: bytes) -> Iterator[int]:
    while segment:
        is_wide, identifier = segment[0] >> 4, segment[0] & 15
        length = 1 + 64 * (1 + is_wide)
        if is_wide > 1 or identifier > 3 or len(segment) < length:
            raise _Unusual
        yield identifier
        segment = segment[length:]


def _huffman_tables(segment: bytes) -> Iterator[tuple[int, int]]:
    while segment:
        kind, identifier = segment[0] >> 4, segment[0] & 15
        counts = segment[1:17]
        length = 17 + sum(counts)
        if kind > 1 or identifier > 3 or len(counts) < 16 or sum(counts) > 256 or len(segment) < length:
            raise _Unusual
        if not _is_prefix_code(counts):
            raise _Unusual
        yield kind, identifier
        segment = segment[length:]


def _is_prefix_code(counts: bytes) -> bool:
    """Whether so many codes of each length, 1 to 16 bits, leave each its own."""
    code = 0
    for bits, count in enumerate(counts, start=1):
        code = (code << 1) + count
        if code > 1 << bits:
            return False
    return True
