"""Pages of a PDF as pictures, for those that are nothing else."""

from __future__ import annotations

import ctypes

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]  # ships no types
from PIL import Image

from functions.document_reading.pictures.ink import is_blank
from functions.document_reading.reading.model import PageWords
from functions.document_reading.reading.print.text_layer import Pdf

_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 300
"""Finer than print needs, and than what scanners make by default."""
_WHITE = 0xFFFFFFFF
FEW_WORDS = 12
"""Of a text layer: what a scanner or a stamp adds to a page that is a picture."""

_MOST_OBJECTS = 20_000  # of one page
_MOST_OBJECTS_OF_BLANK = 50  # a scan may be stored in strips
_MOST_PIXELS_OF_BLANK = 50_000_000  # of one picture: a sheet at 600 dots per inch has 35 million
_PLAIN = {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT}
_SIDE_TO_SEE_INK = 2_400  # pixels: a sheet at 200 dots per inch


def is_picture(pdf: Pdf, index: int, text: PageWords | None) -> bool:
    """Whether a page has next to no text of its own: what lies hidden under a scan is another's OCR."""
    return not text or len(text.words) < FEW_WORDS or is_text_hidden(pdf, index)


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


def is_page_blank(pdf: Pdf, index: int) -> bool:
    """Whether the page shows nothing but paper, as far as we can tell.

    Where it has words, though hidden ones, or a picture that pdfium may have left out, others may see more.
    """
    words = pdf.first_words(index)
    if words is None or words.words or not _is_plain(pdf, index):
        return False
    picture = render_page(pdf, index, _SIDE_TO_SEE_INK)
    return picture is not None and is_blank(picture) and _are_all_drawn(pdf, index)


def _is_plain(pdf: Pdf, index: int) -> bool:
    """Whether it is quickly drawn, and all of it by us: a scan, or nothing."""
    with pdf.page(index) as page:
        objects = _first_objects(page)
        return len(objects) <= _MOST_OBJECTS_OF_BLANK and all(_is_plain_object(each) for each in objects)


def _is_plain_object(page_object: ctypes.c_void_p) -> bool:
    if not _is_image(page_object):
        return bool(pdfium.FPDFPageObj_GetType(page_object) in _PLAIN)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    is_known = pdfium.FPDFImageObj_GetImagePixelSize(page_object, width, height)
    return bool(is_known) and width.value * height.value <= _MOST_PIXELS_OF_BLANK


def _are_all_drawn(pdf: Pdf, index: int) -> bool:
    with pdf.page(index) as page:
        return all(_is_decoded(each) for each in _first_objects(page) if _is_image(each))


def _first_objects(page: ctypes.c_void_p | None) -> list[ctypes.c_void_p]:
    """All that a blank page may have, and one more."""
    count = pdfium.FPDFPage_CountObjects(page) if page else 0
    numbers = range(min(count, _MOST_OBJECTS_OF_BLANK + 1))
    return [pdfium.FPDFPage_GetObject(page, number) for number in numbers]


def _is_decoded(image: ctypes.c_void_p) -> bool:
    bitmap = pdfium.FPDFImageObj_GetBitmap(image)
    if bitmap:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return bool(bitmap)


def _is_image(page_object: ctypes.c_void_p) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(page_object) == pdfium.FPDF_PAGEOBJ_IMAGE)


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
