"""Pages of a PDF as pictures, for those that are nothing else."""

from __future__ import annotations

import ctypes

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]  # ships no types
from PIL import Image

from functions.document_reading.reading.print.text_layer import Pdf

_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 300
"""Finer than print needs, and than what scanners make by default."""
_WHITE = 0xFFFFFFFF

_MOST_OBJECTS = 20_000  # of one page


def is_text_hidden(pdf: Pdf, index: int) -> bool:
    """Whether all text of the page is invisible: then a scanner's own OCR laid it under the picture."""
    with pdf.page(index) as page:
        count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS) if page else 0
        shown = [_may_show_text(pdfium.FPDFPage_GetObject(page, number)) for number in range(count)]
    return bool(shown) and not any(shown)


def _may_show_text(page_object: ctypes.c_void_p) -> bool:
    kind = pdfium.FPDFPageObj_GetType(page_object)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(page_object)
        return bool(mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    return bool(kind == pdfium.FPDF_PAGEOBJ_FORM)  # holds further objects


def render_page(pdf: Pdf, index: int, longest_side: int) -> Image.Image | None:
    """The page in RGB, no side of it longer than that; None where it cannot be loaded."""
    with pdf.page(index) as page:
        if page is None:
            return None
        points = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, longest_side / max(*points, 1.0))
        width, height = (max(int(side * scale), 1) for side in points)
        return _rendered(page, width, height)


def _rendered(page: ctypes.c_void_p, width: int, height: int) -> Image.Image | None:
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("RGB", (width, height), pixels, "raw", "BGR", stride)
