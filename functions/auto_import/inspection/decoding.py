"""What every decoder of pictures is held to: its memory estimated beforehand, its errors made verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from functions.auto_import.inspection.verdicts import InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason


def check_cost(size: tuple[int, int], decoding_bytes: float, limits: InspectionLimits) -> None:
    """Reject a picture that is too large to be decoded, before a decoder is asked to."""
    width, height = size
    if width * height > limits.pixels or decoding_bytes > limits.decoding_bytes:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)


@contextmanager
def verdict_on_failure() -> Iterator[None]:
    """Turn every error of a decoder into `DocumentRejected`: the fault is the document's.

    But for lack of memory, which may be the fault of the documents before: that is for the caller.
    """
    try:
        yield
    except (DocumentRejected, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX) from error
    except Exception as error:
        raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True) from error
