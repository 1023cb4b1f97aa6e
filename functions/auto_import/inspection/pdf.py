"""PDFs: opened, and a page of them loaded, by the engine of the browser most people view them with."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

from functions.auto_import.inspection.active_content import SECONDS, active_content_of
from functions.auto_import.inspection.endings import has_ending
from functions.auto_import.inspection.pdf_objects import Deadline
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.active_content import ActiveContent
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_PAGES_TRIED = 20


def inspect_pdf(path: Path, limits: InspectionLimits) -> Inspection:
    """Open the document with the empty password and load its first page, or the first that loads.

    Loading parses the page's content; nothing is rendered, since rendering reports no failure and
    what it costs (a scan at 600 dpi, a map) says nothing about whether viewers show the page.
    """
    with _opened(path) as document:
        claimed = _pdfium().FPDF_GetPageCount(document)
        if claimed > limits.pages and _exists(document, limits.pages):
            raise DocumentRejected(RejectionReason.TOO_COMPLEX)
        pages = min(claimed, limits.pages)
        if not any(_loads(document, index) for index in range(min(pages, _PAGES_TRIED))):
            raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True)
    return Inspection(DocumentType.PDF, pages, has_ending(path, DocumentType.PDF))


def look_for_active_content(path: Path) -> set[ActiveContent]:
    """What a document that was inspected does beside being shown; never a reason to reject it."""
    try:
        with _opened(path) as document:
            return active_content_of(_pdfium(), document, Deadline(SECONDS))
    except DocumentRejected:
        return {ActiveContent.NOT_KNOWN}


@contextmanager
def _opened(path: Path) -> Iterator[ctypes.c_void_p]:
    pdfium = _pdfium()
    document = pdfium.FPDF_LoadDocument(os.fsencode(path) + b"\x00", None)
    if not document:
        raise _refusal(pdfium.FPDF_GetLastError())
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _refusal(error: int) -> DocumentRejected:
    pdfium = _pdfium()
    # An unknown security handler (FPDF_ERR_SECURITY) is a lock as well: only its owner can open it.
    if error in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return DocumentRejected(RejectionReason.PASSWORD_PROTECTED)
    return DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True)


def _exists(document: ctypes.c_void_p, index: int) -> bool:
    """Whether the page is there at all: the number of pages is what the document claims."""
    pdfium = _pdfium()
    return bool(pdfium.FPDF_GetPageSizeByIndexF(document, index, ctypes.byref(pdfium.FS_SIZEF())))


def _loads(document: ctypes.c_void_p, index: int) -> bool:
    pdfium = _pdfium()
    page = pdfium.FPDF_LoadPage(document, index)
    if page:
        pdfium.FPDF_ClosePage(page)
    return bool(page)


@cache
def _pdfium() -> ModuleType:
    # The bare bindings: the package around them takes 40 ms longer to import.
    import pypdfium2_raw  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types

    pypdfium2_raw.FPDF_InitLibrary()
    module: ModuleType = pypdfium2_raw
    return module
