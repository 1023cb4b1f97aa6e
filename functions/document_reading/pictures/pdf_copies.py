"""PDFs made of some pages of a document, as they are or of pictures of them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]  # ships no types
from PIL import Image

from functions.document_reading.reading.print.text_layer import Pdf
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_QUALITY = 88


def copy_of_pages(pdf: Pdf, numbers: Sequence[int]) -> bytes:
    """These pages by themselves, nothing of them drawn again. Raises DocumentRejected."""
    with _new_document() as copy:
        _append(copy, pdf.document, (ctypes.c_int * len(numbers))(*numbers), len(numbers))
        return _saved(copy)


def pdf_of_pictures(jpegs: Sequence[bytes]) -> bytes:
    """A page of each. Raises DocumentRejected."""
    with ExitStack() as until_saved, _new_document() as copy:
        for jpeg in jpegs:
            page = _page_of(jpeg)
            _append(copy, until_saved.enter_context(_opened(page)), None, 0)
        return _saved(copy)


def _page_of(jpeg: bytes) -> bytes:
    """One at a time: all of them decoded are more than a worker may have."""
    page = BytesIO()
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        picture.save(page, "PDF", quality=_QUALITY)
    return page.getvalue()


@contextmanager
def _new_document() -> Iterator[ctypes.c_void_p]:
    document = pdfium.FPDF_CreateNewDocument()
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _opened(data: bytes) -> Iterator[ctypes.c_void_p]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _append(copy: ctypes.c_void_p, source: ctypes.c_void_p, numbers: object, count: int) -> None:
    """All pages where there are no numbers."""
    place = pdfium.FPDF_GetPageCount(copy)
    if not pdfium.FPDF_ImportPagesByIndex(copy, source, numbers, count, place):
        raise DocumentRejected(RejectionReason.UNREADABLE)


def _saved(document: ctypes.c_void_p) -> bytes:
    pieces: list[bytes] = []

    def write(_writer: object, buffer: int, length: int) -> int:
        pieces.append(ctypes.string_at(buffer, length))
        return 1

    callback = dict(pdfium.FPDF_FILEWRITE._fields_)["WriteBlock"](write)
    writer = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=callback)
    if not pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), pdfium.FPDF_NO_INCREMENTAL):
        raise DocumentRejected(RejectionReason.UNREADABLE)
    return b"".join(pieces)
