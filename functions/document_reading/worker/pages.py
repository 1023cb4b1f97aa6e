"""The words of a document's pages: those of its text layer, or what OCR sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PIL import Image

from functions.document_reading.ocr.strips import read_picture
from functions.document_reading.pictures.ink import is_blank
from functions.document_reading.pictures.open_pictures import are_more_than_read, pictures_of
from functions.document_reading.pictures.page_limits import PageLimits
from functions.document_reading.pictures.pdf_pictures import FEW_WORDS, is_picture, render_page
from functions.document_reading.reading.model import PageWords, Source
from functions.document_reading.reading.print.text_layer import Pdf, UnreadablePdf, open_pdf
from functions.document_reading.reading.read_document import PDF
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_MOST_OF_IT = 0.7  # words that one OCR parts, another one joins


class Ocr(Protocol):
    """Recognises the words of a picture."""

    def read(self, image: Image.Image) -> PageWords:
        """The words, turned upright."""
        ...


def pages_of(
    path: Path, content_type: str, ocr: Ocr | None, *, limits: PageLimits | None = None
) -> list[PageWords]:
    """The words of those pages that have any; without `ocr` only those of a text layer.

    Time and address space are limited by the process that runs this. Raises `DocumentRejected`
    where the document cannot be opened or costs too much, or `MemoryError` where that is short.
    """
    limits = limits or PageLimits()
    if content_type == PDF:
        pages = _pdf_pages(path, ocr, limits)
    elif ocr:
        pictures = enumerate(pictures_of(path, content_type, limits))
        pages = [
            replace(read_picture(picture, ocr.read, limits), number=index)
            for index, picture in pictures
            if not is_blank(picture)
        ]
        if are_more_than_read(path, content_type, limits):
            pages.append(_unread_page(limits.pictures))
    else:
        pages = []
    return [replace(page, words=page.words[: limits.words]) for page in pages if page.words or page.is_unread]


def _pdf_pages(path: Path, ocr: Ocr | None, limits: PageLimits) -> list[PageWords]:
    try:
        with open_pdf(path) as pdf:
            texts = {index: pdf.page_words(index) for index in pdf.telling_pages()}
            seen = _seen(pdf, texts, ocr, limits) if ocr else {}
            unread = _unread(pdf, texts, limits) if ocr else []
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error
    pages = (seen.get(index) or text for index, text in texts.items())
    return [*(page for page in pages if page), *unread]


def _unread(pdf: Pdf, texts: dict[int, PageWords | None], limits: PageLimits) -> list[PageWords]:
    """The page that stands for all that nobody looks at: in the middle of many, or one of many pictures."""
    pictures = [index for index, text in texts.items() if is_picture(pdf, index, text)]
    is_complete = pdf.page_count == len(texts) and len(pictures) <= limits.pictures
    return [] if is_complete else [_unread_page(pdf.page_count - 1)]


def _unread_page(number: int) -> PageWords:
    return PageWords((), 1, 1, Source.OCR, number, is_unread=True)


def _seen(pdf: Pdf, texts: dict[int, PageWords | None], ocr: Ocr, limits: PageLimits) -> dict[int, PageWords]:
    """What OCR makes of the pages that are pictures, where it is more than their text layer has."""
    seen = {}
    pictures = [index for index, text in texts.items() if is_picture(pdf, index, text)]
    for index in _first_and_last(pictures, limits.pictures):
        text, picture = texts[index], render_page(pdf, index, limits.longest_side)
        page = ocr.read(picture) if picture and not is_blank(picture) else None
        if page and (not text or _says_more(page, text)):
            seen[index] = replace(page, number=index)
    return seen


def _says_more(page: PageWords, text: PageWords) -> bool:
    """A visible text layer is exact, but may be a mere stamp; a hidden one is another's OCR, often worse."""
    share = 1.0 if len(text.words) < FEW_WORDS else _MOST_OF_IT
    return len(page.words) > share * len(text.words)


def _first_and_last(indices: Sequence[int], most: int) -> Sequence[int]:
    return indices if len(indices) <= most else [*indices[: most - 1], indices[-1]]
