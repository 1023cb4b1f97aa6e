"""What decoding a picture may cost, estimated from its head before a decoder is asked to."""

from __future__ import annotations

from functions.auto_import.inspection.verdicts import InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

PROGRESSIVE_BYTES_PER_PIXEL = 3
"""All coefficients of a progressive JPEG are kept until its last scan has come."""


def check_cost(size: tuple[int, int], decoding_bytes: float, limits: InspectionLimits) -> None:
    """Reject a picture that is too large to be decoded."""
    width, height = size
    if width * height > limits.pixels or decoding_bytes > limits.decoding_bytes:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)
