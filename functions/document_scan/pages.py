"""The words of a document's pages, whatever it is: those of its text layer, or what OCR sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PIL import Image

from functions.document_scan.page_limits import PageLimits
from functions.document_scan.pdf_pictures import render_page
from functions.document_scan.pictures import pictures_of
from functions.document_scan.reading.model import PageWords
from functions.document_scan.reading.pdf import Pdf, UnreadablePdf, open_pdf
from shared.errors import DocumentRejected
from shared.rejections import RejectionReason

PDF = "application/pdf"

_FEW_WORDS = 12  # of a text layer: what a scanner or a stamp adds to a page that is a picture


class Ocr(Protocol):
    """Whoever recognises the words of a picture."""

    def read(self, image: Image.Image) -> PageWords:
        """The words, turned upright."""
        ...


def pages_of(
    path: Path, content_type: str, ocr: Ocr | None, *, limits: PageLimits | None = None
) -> list[PageWords]:
    """The words of those pages that have any; without `ocr` only those of a text layer.

    Time and address space are for whoever runs this in a process of its own. Raises `DocumentRejected`
    where the document cannot be opened or costs too much, or `MemoryError` where that is short.
    """
    limits = limits or PageLimits()
    if content_type == PDF:
        pages = _pdf_pages(path, ocr, limits)
    elif ocr:
        pages = [ocr.read(picture) for picture in pictures_of(path, content_type, limits)]
    else:
        pages = []
    return [replace(page, words=page.words[: limits.words]) for page in pages if page.words]


def _pdf_pages(path: Path, ocr: Ocr | None, limits: PageLimits) -> list[PageWords]:
    try:
        with open_pdf(path) as pdf:
            texts = {index: pdf.page_words(index) for index in pdf.telling_pages()}
            seen = dict(_seen(pdf, texts, ocr, limits)) if ocr else {}
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error
    return [page for index in texts if (page := _fuller(texts[index], seen.get(index)))]


def _seen(
    pdf: Pdf, texts: dict[int, PageWords | None], ocr: Ocr, limits: PageLimits
) -> Iterator[tuple[int, PageWords]]:
    """What OCR makes of the pages that have next to no text."""
    pictures = [index for index, page in texts.items() if not page or len(page.words) < _FEW_WORDS]
    for index in _first_and_last(pictures, limits.pictures):
        if picture := render_page(pdf, index, limits.longest_side):
            yield index, ocr.read(picture)


def _first_and_last(indices: Sequence[int], most: int) -> Sequence[int]:
    return indices if len(indices) <= most else [*indices[: most - 1], indices[-1]]


def _fuller(text: PageWords | None, seen: PageWords | None) -> PageWords | None:
    """A text layer is exact, but may be no more than what was added to a picture."""
    if not text or not seen:
        return text or seen
    return seen if len(seen.words) > len(text.words) else text
