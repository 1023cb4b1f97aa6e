"""JPEGs that are in order by their markers, which nearly all are: no decoder is loaded for them."""

from __future__ import annotations

from pathlib import Path

from functions.auto_import.inspection.decoding_costs import PROGRESSIVE_BYTES_PER_PIXEL, check_cost
from functions.auto_import.inspection.jpeg_markers import plain_jpeg
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.pictures.parts import has_too_many_parts


def inspect_plain_jpeg(path: Path, limits: InspectionLimits) -> Inspection | None:
    """What it is; None where a decoder is to say. Decoding takes most of the time of 200 photos."""
    if has_too_many_parts(path, DocumentType.JPEG.content_type):
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)
    plain = plain_jpeg(path)
    if plain is None:
        return None
    pixels = plain.width * plain.height
    kept_by_viewers = pixels * PROGRESSIVE_BYTES_PER_PIXEL if plain.is_progressive else 0
    check_cost((plain.width, plain.height), kept_by_viewers, limits)
    return Inspection(DocumentType.JPEG, 1, complete=True)
