"""What an external engine is given to read: a picture of ours, or a document as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from PIL import Image

from functions.document_reading.pictures.open_pictures import pictures_of
from functions.document_reading.pictures.page_limits import MOST_BYTES, PageLimits
from functions.document_reading.reading.print.text_layer import Pdf, UnreadablePdf, open_pdf
from functions.document_reading.worker.pages import PDF, is_picture
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_TIFF = "image/tiff"
_QUALITIES = (88, 60, 30)


@dataclass(frozen=True, slots=True)
class Picture:
    """So many pages, the first of that size in any unit; with a `jpeg` where one shows all there is."""

    pages: int
    width: float
    height: float
    jpeg: bytes = b""


def picture_to_send(path: Path, content_type: str, *, is_partly_read: bool) -> Picture | None:
    """What there is to send; None where every page has text. Raises DocumentRejected.

    What `is_partly_read` is sent only where no page has text of its own.
    """
    return _of_pdf(path, is_partly_read) if content_type == PDF else _of_file(path, content_type)


def _of_file(path: Path, content_type: str) -> Picture:
    limits = PageLimits()
    first, *others = islice(pictures_of(path, content_type, limits), 2)
    if others:
        return Picture(count_frames(path), first.width, first.height)
    first.thumbnail((limits.longest_side, limits.longest_side))  # engines bear no longer ones
    return Picture(1, first.width, first.height, _jpeg(first))


def _jpeg(picture: Image.Image) -> bytes:
    """As good as it may be; what is mere noise comes out large, and is nothing to read."""
    for quality in _QUALITIES:
        file = BytesIO()
        picture.save(file, "JPEG", quality=quality)
        data = file.getvalue()
        if len(data) <= MOST_BYTES:
            return data
    raise DocumentRejected(RejectionReason.TOO_COMPLEX)


def count_frames(path: Path) -> int:
    """How many pictures a TIFF has."""
    with Image.open(path, formats=["TIFF"]) as image:
        return int(getattr(image, "n_frames", 1))


def _of_pdf(path: Path, is_partly_read: bool) -> Picture | None:
    try:
        with open_pdf(path) as pdf:
            return _pictures_among(pdf, all if is_partly_read else any)
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error


def _pictures_among(pdf: Pdf, enough: Callable[[Iterable[bool]], bool]) -> Picture | None:
    """Look at no more pages than it takes to know."""
    if not enough(is_picture(pdf, index, pdf.first_words(index)) for index in pdf.telling_pages()):
        return None
    pages = (pdf.first_words(index) for index in pdf.telling_pages())
    width, height = next(((page.width, page.height) for page in pages if page is not None), (1.0, 1.0))
    return Picture(pdf.page_count, width, height)
