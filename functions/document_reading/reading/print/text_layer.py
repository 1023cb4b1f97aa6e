"""What a PDF holds beside its looks: its attachments and the words of its text layer."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

from functions.document_reading.reading.model import PageWords, Source
from functions.document_reading.reading.print.glyphs import Glyph, upright, words_of
from functions.document_reading.reading.print.page_view import PageView, view_of

# What one document may cost. An invoice says everything on its first pages or on its last.
_MOST_ATTACHMENTS = 32
_MOST_ATTACHMENT_BYTES = 8 * 1024 * 1024
_MOST_BYTES_ATTACHED = 24 * 1024 * 1024  # of all together
_FIRST_PAGES = 4
_LAST_PAGES = 2
_MOST_GLYPHS = 16_000  # of one page; a page of dense small print has 10,000
_MOST_GLYPHS_READ = 48_000  # of all pages together
_FEWEST_GLYPHS = 2_000  # of each page nonetheless: they tell it from a picture
_ASKED, _MOST_UNMAPPED = 200, 0.3  # glyphs of a page, and the part of them that may lack a character


_MOST_WORDS_OF_COVER = 60
_PORTFOLIO = re.compile(r"(?i)portfolio|porte-documents|portafoglio|portefeuille|cartera|portef[oó]lio")


class UnreadablePdf(Exception):
    """pdfium does not open the file."""


class Pdf:
    """An open PDF."""

    def __init__(self, document: ctypes.c_void_p) -> None:
        self._document = document
        self._pdfium = _pdfium()
        self._glyphs_left = _MOST_GLYPHS_READ

    @property
    def document(self) -> ctypes.c_void_p:
        """As pdfium knows it."""
        return self._document

    @property
    def page_count(self) -> int:
        """How many pages the file says it has."""
        return int(self._pdfium.FPDF_GetPageCount(self._document))

    def telling_pages(self) -> list[int]:
        """The pages worth reading: the first ones and the last ones."""
        count = self.page_count
        last = range(max(_FIRST_PAGES, count - _LAST_PAGES), count)
        return [*range(min(_FIRST_PAGES, count)), *last]

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Every attached file of bearable size, by name."""
        count = min(self._pdfium.FPDFDoc_GetAttachmentCount(self._document), _MOST_ATTACHMENTS)
        left = _MOST_BYTES_ATTACHED
        for index in range(count):
            attachment = self._pdfium.FPDFDoc_GetAttachment(self._document, index)
            length = self._length(attachment) if attachment else 0
            left -= length
            if left < 0:  # to know a length is to have unpacked it
                return
            if 0 < length <= _MOST_ATTACHMENT_BYTES and (content := self._content(attachment, length)):
                yield self._name(attachment), content

    def first_words(self, index: int) -> PageWords | None:
        """As many of the page's words as tell whether it is a picture."""
        self._glyphs_left = 0
        return self.page_words(index)

    def contained_document(self) -> bytes | None:
        """The one document that a portfolio holds, whose own page is but a cover."""
        if self.page_count != 1:
            return None
        documents = [content for _name, content in self.attachments() if content[:5] == b"%PDF-"]
        if len(documents) != 1:
            return None
        cover = self.page_words(0)
        words = [word.text for word in cover.words] if cover else []
        is_cover = len(words) <= _MOST_WORDS_OF_COVER and _PORTFOLIO.search(" ".join(words)) is not None
        return documents[0] if is_cover else None

    def page_words(self, index: int) -> PageWords | None:
        """The words of a page's text layer, or None where the page cannot be loaded."""
        self.flatten(index)
        with self._text_page(index) as loaded:
            if loaded is None:
                return None
            page, text_page = loaded
            view = view_of(page, self._pdfium)
            glyphs = list(self._glyphs(text_page, view)) if self._has_sense(text_page) else []
        turned, width, height, turn = upright(glyphs, view.width, view.height)
        return PageWords(words_of(turned), width, height, Source.TEXT, index, turn=turn)

    def flatten(self, index: int) -> None:
        """Make what is typed into form fields and annotations part of the page, in memory alone."""
        with self.page(index) as page:
            if page and self._pdfium.FPDFPage_GetAnnotCount(page) > 0:
                self._pdfium.FPDFPage_Flatten(page, self._pdfium.FLAT_NORMALDISPLAY)

    def _has_sense(self, text_page: ctypes.c_void_p) -> bool:
        """Whether the glyphs say which characters they are: without a map to Unicode they are but shapes."""
        count = min(self._pdfium.FPDFText_CountChars(text_page), _MOST_GLYPHS)
        asked = range(0, count, max(count // _ASKED, 1))
        unmapped = sum(self._pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1 for index in asked)
        return bool(unmapped <= len(asked) * _MOST_UNMAPPED)

    @contextmanager
    def page(self, index: int) -> Iterator[ctypes.c_void_p | None]:
        """The page, or None where it cannot be loaded."""
        page = self._pdfium.FPDF_LoadPage(self._document, index)
        try:
            yield page or None
        finally:
            if page:
                self._pdfium.FPDF_ClosePage(page)

    @contextmanager
    def _text_page(self, index: int) -> Iterator[tuple[ctypes.c_void_p, ctypes.c_void_p] | None]:
        with self.page(index) as page:
            text_page = self._pdfium.FPDFText_LoadPage(page) if page else None
            try:
                yield (page, text_page) if page and text_page else None
            finally:
                if text_page:
                    self._pdfium.FPDFText_ClosePage(text_page)

    def _glyphs(self, text_page: ctypes.c_void_p, view: PageView) -> Iterator[Glyph]:
        """The page's glyphs in reading order, boxes measured from the upper left corner."""
        box = self._pdfium.FS_RECTF()
        pointer = ctypes.byref(box)
        # The loose box is as wide as the glyph's advance and as high as the font: neighbours touch.
        character, loose_box = self._pdfium.FPDFText_GetUnicode, self._pdfium.FPDFText_GetLooseCharBox
        most = min(_MOST_GLYPHS, max(self._glyphs_left, _FEWEST_GLYPHS))
        count = min(self._pdfium.FPDFText_CountChars(text_page), most)
        self._glyphs_left -= count
        for index in range(count):
            loose_box(text_page, index, pointer)
            edges = view.box(box.left, box.bottom, box.right, box.top)
            yield Glyph(chr(character(text_page, index)), *edges)

    def _length(self, attachment: ctypes.c_void_p) -> int:
        length = ctypes.c_ulong()
        has_file = self._pdfium.FPDFAttachment_GetFile(attachment, None, 0, ctypes.byref(length))
        return length.value if has_file else 0

    def _content(self, attachment: ctypes.c_void_p, length: int) -> bytes:
        buffer, written = ctypes.create_string_buffer(length), ctypes.c_ulong()
        get = self._pdfium.FPDFAttachment_GetFile
        return buffer.raw if get(attachment, buffer, length, ctypes.byref(written)) else b""

    def _name(self, attachment: ctypes.c_void_p) -> str:
        size = self._pdfium.FPDFAttachment_GetName(attachment, None, 0)
        buffer = ctypes.create_string_buffer(size)
        wide = ctypes.cast(buffer, ctypes.POINTER(self._pdfium.FPDF_WCHAR))
        self._pdfium.FPDFAttachment_GetName(attachment, wide, size)
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")


@contextmanager
def open_pdf(path: Path) -> Iterator[Pdf]:
    """Open a PDF with the empty password, or the one document of a portfolio in its place.

    Raises `UnreadablePdf` where that fails.
    """
    with _opened(os.fsencode(path) + b"\x00") as pdf:
        contained = pdf.contained_document()
        if contained is None:
            yield pdf
            return
        with _opened(contained, is_content=True) as document:
            yield document


@contextmanager
def _opened(source: bytes, *, is_content: bool = False) -> Iterator[Pdf]:
    """A PDF by its path, or by its content, which must outlive it."""
    pdfium = _pdfium()
    if is_content:
        document = pdfium.FPDF_LoadMemDocument64(source, len(source), None)
    else:
        document = pdfium.FPDF_LoadDocument(source, None)
    if not document:
        raise UnreadablePdf
    try:
        yield Pdf(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


@cache
def _pdfium() -> ModuleType:
    # The bare bindings: the package around them takes 40 ms longer to import.
    import pypdfium2_raw  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types

    pypdfium2_raw.FPDF_InitLibrary()
    module: ModuleType = pypdfium2_raw
    return module
