"""What an external engine is given to read: a document as it is stored, or the pages of it that have ink."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import TypeVar

from PIL import Image

from functions.document_reading.pictures.ink import is_blank
from functions.document_reading.pictures.open_pictures import pictures_of
from functions.document_reading.pictures.page_limits import (
    MOST_BYTES,
    MOST_BYTES_HANDED_OVER,
    MOST_PAGES_SENT,
    PageLimits,
)
from functions.document_reading.pictures.pdf_copies import copy_of_pages, pdf_of_pictures
from functions.document_reading.pictures.pdf_pictures import is_page_blank, is_picture, render_page
from functions.document_reading.reading.print.text_layer import Pdf, UnreadablePdf, open_pdf
from functions.document_reading.reading.read_document import PDF
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

PageOf = TypeVar("PageOf")

_TIFF = "image/tiff"
_QUALITIES = (88, 60, 30)
_MOST_SECONDS = 4.0
"""Of looking for pages without ink, less than half of what a document may take."""


@dataclass(frozen=True, slots=True)
class PictureToSend:
    """So many pages, the first of that size in any unit; none where no page has ink.

    `data` is what is to be sent in the place of the document: a JPEG of its one page, or a PDF of several.
    `numbers` are those of the pages that are sent, counted from 0, where others are blank.
    """

    pages: int
    width: float
    height: float
    data: bytes = b""
    numbers: tuple[int, ...] = ()


def picture_to_send(path: Path, content_type: str, *, is_partly_read: bool) -> PictureToSend | None:
    """What there is to send; None where that has text. Raises DocumentRejected.

    What `is_partly_read` is sent only where no page has text of its own.
    """
    return _of_pdf(path, is_partly_read) if content_type == PDF else _of_file(path, content_type)


def _of_file(path: Path, content_type: str) -> PictureToSend:
    limits = replace(PageLimits(), pictures=MOST_PAGES_SENT)
    count = count_frames(path) if content_type == _TIFF else 1
    if count > MOST_PAGES_SENT:
        return PictureToSend(count, 1, 1)
    inked = _with_ink(enumerate(pictures_of(path, content_type, limits)), lambda frame: is_blank(frame[1]))
    shown = [_shown(number, frame) for number, frame in inked]
    if len(shown) in {0, 1}:
        return shown[0] if shown else PictureToSend(0, 1, 1)
    whole = PictureToSend(count, shown[0].width, shown[0].height)
    if len(shown) == count:
        return whole
    return _only(whole, [each.numbers[0] for each in shown], pdf_of_pictures([each.data for each in shown]))


def _with_ink(pages: Iterable[PageOf], is_without: Callable[[PageOf], bool]) -> Iterator[PageOf]:
    """A page that there is no time to look at is taken for one."""
    until = process_time() + _MOST_SECONDS
    return (page for page in pages if process_time() > until or not is_without(page))


def _shown(number: int, picture: Image.Image) -> PictureToSend:
    side = PageLimits().longest_side  # engines bear no longer ones
    picture.thumbnail((side, side))
    return PictureToSend(1, picture.width, picture.height, _jpeg(picture), (number,))


def _only(whole: PictureToSend, numbers: Sequence[int], data: bytes) -> PictureToSend:
    """What is too large to be handed over is sent as it is stored, with its blank pages."""
    if len(data) > MOST_BYTES_HANDED_OVER:
        return whole
    return replace(whole, pages=len(numbers), data=data, numbers=tuple(numbers))


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


def _of_pdf(path: Path, is_partly_read: bool) -> PictureToSend | None:
    try:
        with open_pdf(path) as pdf:
            return _pictures_among(pdf, all if is_partly_read else any)
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error


def _pictures_among(pdf: Pdf, enough: Callable[[Iterable[bool]], bool]) -> PictureToSend | None:
    """Look at no more pages than it takes to know."""
    if not enough(is_picture(pdf, index, pdf.first_words(index)) for index in pdf.telling_pages()):
        return None
    pages = (pdf.first_words(index) for index in pdf.telling_pages())
    width, height = next(((page.width, page.height) for page in pages if page is not None), (1.0, 1.0))
    whole = PictureToSend(pdf.page_count, width, height)
    return whole if pdf.page_count > MOST_PAGES_SENT else _what_has_ink(pdf, whole)


def _what_has_ink(pdf: Pdf, whole: PictureToSend) -> PictureToSend | None:
    """Pages that are sent for the sake of blank ones tell no more than they have told already."""
    pages = range(whole.pages)
    pictures = [index for index in pages if is_picture(pdf, index, pdf.first_words(index))]
    has_text = len(pictures) < len(pages)
    inked = list(_with_ink(pictures, lambda index: is_page_blank(pdf, index)))
    if not inked:
        return None if has_text else replace(whole, pages=0)
    if has_text or len(inked) == len(pages):
        return whole
    if len(inked) > 1:
        return _only(whole, inked, copy_of_pages(pdf, inked))
    picture = render_page(pdf, inked[0], PageLimits().longest_side)
    return _shown(inked[0], picture) if picture else whole
