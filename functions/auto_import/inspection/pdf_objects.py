"""The objects of a PDF as pdfium itself writes them: in one notation, however they were hidden.

pdfium resolves what a stranger's file may play with: names in `#xx` escapes, object streams, encryption,
earlier revisions, objects that nothing refers to. What it writes has a table of offsets of its own, and no
line break within a text, so that nothing in here looks for the end of anything that a stranger chose.
"""

from __future__ import annotations

import ctypes
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

_MOST_BYTES = 160 * 1024 * 1024
_MOST_BYTES_OF_ONE = 2 * 1024 * 1024  # of an object that is parsed, without its stream
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])\r\n")
_SECTION = re.compile(rb"(\d+) (\d+)\r\n")
_TABLE = re.compile(rb"startxref\r\n(\d+)\r\n%%EOF\s*$")
_TOKEN = re.compile(
    rb"<<|>>|[\[\]]"
    rb"|\((?:[^\\()]++|\\.)*+\)"  # pdfium escapes every bracket within
    rb"|<[0-9A-Fa-f]*+>"
    rb"|/[^\x00\t\n\f\r ()<>\[\]{}/%]*+"
    rb"|[^\x00\t\n\f\r ()<>\[\]{}/%]++",
    re.DOTALL,
)
_ESCAPED_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED_IN_TEXT = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STREAM = b">>stream\r\n"
_END_OF_TABLE_BYTES = 64


class TooMuchToLookThrough(Exception):
    """It takes more time or room than one document may."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the object of that number."""

    number: int


class Name(str):
    """A name, without its slash and escapes."""

    __slots__ = ()


@dataclass(slots=True)
class Deadline:
    """A limit of processor time, for everything that is done with one document."""

    seconds: float
    _began: float = field(default_factory=time.process_time)

    def check(self) -> None:
        """Raise TooMuchToLookThrough where it is over."""
        if self.is_over:
            raise TooMuchToLookThrough

    @property
    def is_over(self) -> bool:
        """Whether so much was used."""
        return time.process_time() - self._began > self.seconds


@dataclass(frozen=True, slots=True)
class PdfObjects:
    """A whole document, and where each of its objects begins and ends."""

    data: bytes
    places: dict[int, tuple[int, int]]
    deadline: Deadline

    def dictionary(self, number: int) -> bytes:
        """An object without its stream, empty where there is none."""
        begin, end = self.places.get(number, (0, 0))
        stream = self.data.find(_STREAM, begin, end)
        return self.data[begin : end if stream < 0 else stream + 2]

    def stream(self, number: int) -> bytes:
        """The bytes of an object's stream, as they are filtered; a little more may follow."""
        begin, end = self.places.get(number, (0, 0))
        stream = self.data.find(_STREAM, begin, end)
        return b"" if stream < 0 else self.data[stream + len(_STREAM) : end]

    def parsed(self, number: int) -> Any:  # noqa: ANN401 # any object of PDF
        """An object as Python has it: dict, list, Name, Ref, bytes, int; None for all else.

        Raises TooMuchToLookThrough.
        """
        self.deadline.check()
        text = self.dictionary(number)
        if len(text) > _MOST_BYTES_OF_ONE:
            raise TooMuchToLookThrough
        return parse(text)

    def resolved(self, value: Any) -> Any:  # noqa: ANN401 # any object of PDF
        """What a reference refers to, or the value itself."""
        for _ in range(8):
            if not isinstance(value, Ref):
                return value
            value = self.parsed(value.number)
        return None


def objects_of(pdfium: ModuleType, document: ctypes.c_void_p, deadline: Deadline) -> PdfObjects:
    """Have pdfium write the document. Raises TooMuchToLookThrough."""
    data = _written(pdfium, document, deadline)
    table = _TABLE.search(data, max(0, len(data) - _END_OF_TABLE_BYTES))
    if table is None:
        raise TooMuchToLookThrough
    begin = int(table[1])
    offsets = sorted((offset, number) for number, offset in _offsets(data, begin))
    ends = [offset for offset, _ in offsets[1:]] + [begin]
    places = {number: (offset, end) for (offset, number), end in zip(offsets, ends, strict=True)}
    deadline.check()
    return PdfObjects(data, places, deadline)


def _written(pdfium: ModuleType, document: ctypes.c_void_p, deadline: Deadline) -> bytes:
    pieces: list[bytes] = []
    size = 0

    def write(_writer: object, buffer: int, length: int) -> int:
        nonlocal size
        size += length
        if size > _MOST_BYTES or deadline.is_over:
            return 0
        pieces.append(ctypes.string_at(buffer, length))
        return 1

    callback = dict(pdfium.FPDF_FILEWRITE._fields_)["WriteBlock"](write)
    writer = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=callback)
    if not pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), pdfium.FPDF_REMOVE_SECURITY):
        raise TooMuchToLookThrough
    return b"".join(pieces)


def _offsets(data: bytes, table: int) -> Iterator[tuple[int, int]]:
    position = table + len(b"xref\r\n")
    while section := _SECTION.match(data, position):
        first, count = int(section[1]), int(section[2])
        position = section.end()
        for number in range(first, first + count):
            entry = _ENTRY.match(data, position)
            if entry is None:
                raise TooMuchToLookThrough
            position = entry.end()
            if entry[2] == b"n":
                yield number, int(entry[1])


def parse(text: bytes) -> Any:  # noqa: ANN401 # any object of PDF
    """The first object of a text in pdfium's notation, however deep it is."""
    stack: list[list[Any]] = [[]]
    for token in _TOKEN.findall(text.partition(b" obj\r\n")[2] or text):
        if token in {b"<<", b"["}:
            stack.append([])
        elif token in {b">>", b"]"} and len(stack) > 1:
            items = stack.pop()
            stack[-1].append(items if token == b"]" else _dict(items))
        elif token == b"R" and len(stack[-1]) > 1:
            stack[-1][-2:] = [_reference(stack[-1][-2])]
        else:
            stack[-1].append(_atom(token))
    return stack[0][0] if stack[0] else None


def _dict(items: list[Any]) -> dict[str, Any]:
    return {key: value for key, value in zip(items[::2], items[1::2], strict=False) if isinstance(key, Name)}


def _reference(number: object) -> Ref | None:
    return Ref(number) if isinstance(number, int) else None


def _atom(token: bytes) -> Name | bytes | int | None:
    if token[:1] == b"/":
        return Name(
            _ESCAPED_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), token[1:]).decode("latin-1")
        )
    if token[:1] == b"(":
        return _ESCAPED_IN_TEXT.sub(_unescaped, token[1:-1])
    if token[:1] == b"<":
        digits = token[1:-1]
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return int(token) if token.isdigit() and len(token) <= 10 else None


def _unescaped(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    if escaped.isdigit():
        return bytes([int(escaped, 8) & 0xFF])
    return _LETTERS.get(escaped, escaped)
