"""What every decoder of pictures is held to: its errors are made verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason


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
