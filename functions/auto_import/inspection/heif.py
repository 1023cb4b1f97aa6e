"""HEIC and HEIF photos, decoded by libheif."""

from __future__ import annotations

from pathlib import Path

import pillow_heif

from functions.auto_import.inspection.decoding import check_cost, verdict_on_failure
from functions.auto_import.inspection.endings import has_every_box
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits

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
        check_cost(photo.size, width * height * _BYTES_PER_PIXEL, limits)
        photo[photo.primary_index].load()
    return Inspection(document_type, 1, has_every_box(path))
