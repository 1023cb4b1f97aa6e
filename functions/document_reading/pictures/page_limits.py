"""What reading one document's pages may cost."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 10 * 1000 * 1000
"""Of a JPEG made for Textract: the most that it takes in a call that waits for the answer."""

MOST_BYTES_HANDED_OVER = 25 * 1024 * 1024
"""Of a PDF of the pages of a document that have ink; as many as an email may have attached."""

MOST_PAGES_SENT = 20
"""Each page costs; what has more, and no text, is no receipt."""


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Limits of a process of 2 GB; its time and address space are set by the process that starts it."""

    pictures: int = 3
    """Pages read by OCR, seconds each: the first ones, and the last, where a total often is."""
    longest_side: int = 3_600
    """Pixels; what is larger is reduced. Small print of a sheet needs 2,500."""
    slender: float = 5.0
    """Times as long as wide: a screenshot of a whole page, which is read in strips rather than reduced."""
    strip_width: int = 1_280
    """Pixels across of such a one; what is wider is reduced."""
    strips: int = 8
    """Of one picture, twice as long as wide each: the first ones, and the last ones."""
    decoding_bytes: int = 384 * 1024 * 1024
    """Memory a decoder may need for one picture, estimated from its header."""
    words: int = 5_000
    """Of one page."""

    def is_slender(self, size: tuple[int, int]) -> bool:
        """Whether a picture is so much longer than wide."""
        return size[1] > self.slender * size[0]

    def longest_side_of(self, size: tuple[int, int]) -> int:
        """The pixels that a picture of this size may keep along its longer side."""
        if not self.is_slender(size):
            return self.longest_side
        return round(self.strip_width * size[1] / size[0])
