"""HEIC and HEIF photos, decoded by libheif."""

from __future__ import annotations

from pathlib import Path

import pillow_heif

from functions.auto_import.inspection.decoding import verdict_on_failure
from functions.auto_import.inspection.decoding_costs import check_cost
from functions.auto_import.inspection.endings import has_every_box
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits

_MOST_PIXELS_PER_BYTE = 1000
_BYTES_PER_PIXEL = 6  # the decoder's planes and the picture made of them, rounded up


def inspect_heif(path: Path, document_type: DocumentType, limits: InspectionLimits) -> Inspection:
    """Decode the primary picture, the one that viewers show.

    libheif leaves blank those tiles of a photo that are missing. There is no second, more tolerant
    try: where it decodes nothing, Pillow would show a black picture for the asking.
    """
    pillow_heif.options.DECODE_THREADS = 1  # there is a worker for each processor already
    with verdict_on_failure():
        photo = pillow_heif.open_heif(path)
        width, height = photo.size
        if _is_whole_but_huge(path, width * height, limits):
            return Inspection(document_type, 1, complete=True)
        check_cost(photo.size, width * height * _BYTES_PER_PIXEL, limits)
        photo[photo.primary_index].load()
    return Inspection(document_type, 1, has_every_box(path))


def _is_whole_but_huge(path: Path, pixels: int, limits: InspectionLimits) -> bool:
    """Whether it is what the largest phones make: too much to decode here, but all there.

    A picture of so many pixels in next to no bytes is a bomb, and not decoded by viewers either.
    """
    is_huge = pixels * _BYTES_PER_PIXEL > limits.decoding_bytes and pixels <= limits.pixels
    return is_huge and path.stat().st_size * _MOST_PIXELS_PER_BYTE > pixels and has_every_box(path)
