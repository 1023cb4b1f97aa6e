"""A PNG without its animation: what viewers show that know nothing of animations, or do not mind a bad one.

Chunks: PNG (third edition), sections 5.3 and 11.3.6.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

_SIGNATURE = 8
_AROUND_DATA = 12  # length, type and checksum
_ANIMATION = {b"acTL", b"fcTL", b"fdAT"}


def still_picture(path: Path) -> BytesIO | None:
    """The file without its animation's chunks; None where it has none."""
    data = path.read_bytes()
    kept, position, is_animated = [data[:_SIGNATURE]], _SIGNATURE, False
    while position < len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        end = position + length + _AROUND_DATA
        if data[position + 4 : position + 8] in _ANIMATION:
            is_animated = True
        else:
            kept.append(data[position:end])
        position = end
    return BytesIO(b"".join(kept)) if is_animated else None
