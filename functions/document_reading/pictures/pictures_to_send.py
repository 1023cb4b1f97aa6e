"""What an external engine is given to read: a picture of ours, or a document as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TypeVar

from PIL import Image

from functions.document_reading.pictures.ink import is_blank
from functions.document_reading.pictures.open_pictures import pictures_of
from functions.document_reading.pictures.page_limits import MOST_BYTES, MOST_PAGES_SENT, PageLimits
from functions.document_reading.pictures.pdf_pictures import is_page_blank, render_page
from functions.document_reading.reading.print.text_layer import Pdf, UnreadablePdf, open_pdf
from functions.document_reading.worker.pages import PDF, is_picture
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

PageOf = TypeVar("PageOf")

_TIFF = "image/tiff"
_QUALITIES = (88, 60, 30)
_MOST_SECONDS = 4.0
"""Of looking for pages without ink, less than half of what a document may take."""


@dataclass(frozen=True, slots=True)
class Picture:
    """So many pages, the first of that size in any unit; with a `jpeg` where one shows all there is.

    There are no pages where none has ink. `number` is that of the page with ink where the others are blank.
    """

    pages: int
    width: float
    height: float
    jpeg: bytes = b""
    number: int = 0


def picture_to_send(path: Path, content_type: str, *, is_partly_read: bool) -> Picture | None:
    """What there is to send; None where that has text. Raises DocumentRejected.

    What `is_partly_read` is sent only where no page has text of its own.
    """
    return _of_pdf(path, is_partly_read) if content_type == PDF else _of_file(path, content_type)


def _of_file(path: Path, content_type: str) -> Picture:
    limits = replace(PageLimits(), pictures=MOST_PAGES_SENT)
    frames = enumerate(pictures_of(path, content_type, limits))
    inked = _with_ink(frames, lambda frame: is_blank(frame[1]))
    count = count_frames(path) if content_type == _TIFF else 1
    if not inked:
        return Picture(count if count > MOST_PAGES_SENT else 0, 1, 1)
    number, first = inked[0]
    if len(inked) > 1 or count > MOST_PAGES_SENT:
        return Picture(count, first.width, first.height)
    return _alone(number, first)


def _with_ink(pages: Iterable[PageOf], is_without: Callable[[PageOf], bool]) -> list[PageOf]:
    """The first two, which is enough to know; a page that there is no time to look at is taken for one."""
    until = process_time() + _MOST_SECONDS
    inked = (page for page in pages if process_time() > until or not is_without(page))
    return list(islice(inked, 2))


def _alone(number: int, picture: Image.Image) -> Picture:
    side = PageLimits().longest_side  # engines bear no longer ones
    picture.thumbnail((side, side))
    return Picture(1, picture.width, picture.height, _jpeg(picture), number)


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
    whole = Picture(pdf.page_count, width, height)
    return whole if pdf.page_count > MOST_PAGES_SENT else _what_has_ink(pdf, whole)


def _what_has_ink(pdf: Pdf, whole: Picture) -> Picture | None:
    """Pages that are sent for the sake of blank ones tell no more than they have told already."""
    pages = range(whole.pages)
    pictures = [index for index in pages if is_picture(pdf, index, pdf.first_words(index))]
    has_text = len(pictures) < len(pages)
    inked = _with_ink(pictures, lambda index: is_page_blank(pdf, index))
    if not inked:
        return None if has_text else replace(whole, pages=0)
    if len(inked) > 1 or has_text or len(pages) == 1:
        return whole
    picture = render_page(pdf, inked[0], PageLimits().longest_side)
    return _alone(inked[0], picture) if picture else whole
