"""What an engine elsewhere is given to read: a picture of ours, or a document as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PIL import Image

from functions.document_scan.page_limits import PageLimits
from functions.document_scan.pages import PDF
from functions.document_scan.pictures import pictures_of
from functions.document_scan.reading.pdf import Pdf, UnreadablePdf, open_pdf
from shared.errors import DocumentRejected
from shared.rejections import RejectionReason

_TIFF = "image/tiff"
_QUALITY = 88
_FEW_WORDS = 12  # of a text layer: what a scanner or a stamp adds to a page that is a picture


@dataclass(frozen=True, slots=True)
class Picture:
    """So many pages, the first of that size in any unit; `is_written` where a JPEG shows all there is."""

    pages: int
    width: float
    height: float
    is_written: bool


def picture_to_send(path: Path, content_type: str, jpeg: Path) -> Picture | None:
    """What there is to send; None where every page has text. Raises DocumentRejected."""
    return _of_pdf(path) if content_type == PDF else _of_file(path, content_type, jpeg)


def _of_file(path: Path, content_type: str, jpeg: Path) -> Picture:
    first, *others = islice(pictures_of(path, content_type, PageLimits()), 2)
    if not others:
        first.save(jpeg, "JPEG", quality=_QUALITY)
    return Picture(_count(path) if others else 1, first.width, first.height, is_written=not others)


def _count(path: Path) -> int:
    with Image.open(path, formats=["TIFF"]) as image:
        return int(getattr(image, "n_frames", 1))


def _of_pdf(path: Path) -> Picture | None:
    try:
        with open_pdf(path) as pdf:
            return _pictures_among(pdf)
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error


def _pictures_among(pdf: Pdf) -> Picture | None:
    pages = [pdf.page_words(index) for index in pdf.telling_pages()]
    if all(page is not None and len(page.words) >= _FEW_WORDS for page in pages):
        return None
    width, height = next(((page.width, page.height) for page in pages if page is not None), (1.0, 1.0))
    return Picture(pdf.page_count, width, height, is_written=False)
