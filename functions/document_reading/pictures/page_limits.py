"""What reading one document's pages may cost."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 10 * 1000 * 1000
"""Of a JPEG made for an engine elsewhere: the most that Textract takes while one waits."""


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Limits of a process of 2 GB; its time and address space are set by the process that starts it."""

    pictures: int = 3
    """Pages read by OCR, seconds each: the first ones, and the last, where a total often is."""
    longest_side: int = 3_600
    """Pixels; what is larger is reduced. Small print of a sheet needs 2,500."""
    decoding_bytes: int = 384 * 1024 * 1024
    """Memory a decoder may need for one picture, estimated from its header."""
    words: int = 5_000
    """Of one page."""
