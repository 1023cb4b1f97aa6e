"""Whether a file's end is there: a viewer may show a document that is still being written."""

from __future__ import annotations

import os
from pathlib import Path

from functions.auto_import.inspection.verdicts import DocumentType

_TAIL_BYTES = 64 * 1024

# What the last bytes hold, and how far from the end readers still look for it.
_ENDINGS = {
    DocumentType.PDF: (b"%%EOF", 1024),  # PDF 1.7, appendix H.3.4.4
    DocumentType.PNG: (b"IEND\xaeB`\x82", _TAIL_BYTES),
    DocumentType.GIF: (b";", 1),
}


def has_ending(path: Path, document_type: DocumentType) -> bool:
    """Whether the file ends as its type must; padding with NUL bytes or blanks is looked through.

    Types without a mark of their end always have it: their decoders notice what is missing.
    """
    if document_type not in _ENDINGS:
        return True
    ending, within = _ENDINGS[document_type]
    return ending in _tail(path).rstrip(b"\x00\r\n\t ")[-within:]


def has_every_box(path: Path) -> bool:
    """Whether the last box of an ISO base media file (HEIF) ends where the file ends, or before."""
    size = path.stat().st_size
    position = 0
    with path.open("rb") as file:
        while position + 8 <= size:
            file.seek(position)
            length = _box_length(file.read(16))
            if length < 8:
                break  # zero: to the end of the file; else not a box but something appended
            position += length
    return position <= size


def _box_length(header: bytes) -> int:
    if not header[4:8].isalnum():
        return 0
    length = int.from_bytes(header[:4], "big")
    return int.from_bytes(header[8:16], "big") if length == 1 else length


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL_BYTES))
        return file.read()
