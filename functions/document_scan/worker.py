"""The process that reads documents: what strangers send is parsed in here, and nowhere else.

A request is one of

- `{"read": path, "content_type": …, "jpeg": path}`: read the document; answered by `{"reading": …}`, or,
  where only an engine elsewhere can, by `{"picture": …}`: its pages, the first one's size, and
  whether that was written to `jpeg`;
- `{"judge": path}`: read the words and fields found elsewhere, which lie there as JSON.

Both name the `country` to assume where the document leaves doubt, and `ocr`, the engine to use in here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from functions.document_scan.analysed_fields import completed
from functions.document_scan.outcomes import DocumentUnreadable
from functions.document_scan.reading.model import PageWords
from functions.document_scan.reading.pdf import UnreadablePdf, open_pdf
from functions.document_scan.reading.read_document import PDF, PagesOf, read_document, text_pages
from functions.document_scan.reading.read_pages import read_pages
from functions.document_scan.reading_json import fields_from_json, pages_from_json, reading_to_json
from shared.confinement.limits import Limits
from shared.confinement.worker import WorkRefused, limits_argument, serve


def main() -> None:
    """Serve as the parent's pool asks."""
    serve(Limits(**limits_argument()), answer)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked for. Raises WorkRefused where the document cannot be opened."""
    return _judged(request) if "judge" in request else _read(request)


def _judged(request: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(Path(request["judge"]).read_text(encoding="utf-8"))
    country = request["country"] or None
    by_rules = read_pages(pages_from_json(found["pages"]), country=country)
    reading = completed(by_rules, fields_from_json(found["fields"]), country=country)
    return {"reading": reading_to_json(reading)}


def _read(request: dict[str, Any]) -> dict[str, Any]:
    path, content_type, country = Path(request["read"]), request["content_type"], request["country"] or None
    try:
        reading = read_document(path, content_type, pages_of=_pages_of(request), country=country)
    except _OnlyAPicture as picture:
        return {"picture": picture.described}
    except DocumentUnreadable as unreadable:
        raise WorkRefused(unreadable.reason) from unreadable
    return {"reading": reading_to_json(reading)}


class _OnlyAPicture(Exception):
    """The document has no text, and there is no engine in here."""

    def __init__(self, pages: int, size: tuple[float, float], *, has_jpeg: bool) -> None:
        super().__init__("a picture")
        self.described = {"pages": pages, "width": size[0], "height": size[1], "jpeg": has_jpeg}


def _pages_of(request: dict[str, Any]) -> PagesOf:
    jpeg = Path(request["jpeg"])
    return lambda path, content_type: _text_or_picture(path, content_type, jpeg)


def _text_or_picture(path: Path, content_type: str, jpeg: Path) -> Sequence[PageWords]:
    if content_type == PDF:
        return _text_of(path)
    # Imported here: a worker that meets only PDFs never loads an image library.
    from functions.document_scan.pictures import (  # noqa: PLC0415
        UnreadablePicture,
        frames_of,
        write_upright_jpeg,
    )

    try:
        frames = frames_of(path, content_type)
        raise _OnlyAPicture(frames, write_upright_jpeg(path, content_type, jpeg), has_jpeg=frames == 1)
    except UnreadablePicture as error:
        raise DocumentUnreadable("damaged") from error


def _text_of(path: Path) -> Sequence[PageWords]:
    try:
        with open_pdf(path) as pdf:
            if pages := text_pages(pdf):
                return pages
            first = pdf.page_words(0)
            size = (first.width, first.height) if first else (1.0, 1.0)
            raise _OnlyAPicture(pdf.page_count, size, has_jpeg=False)
    except UnreadablePdf as error:
        raise DocumentUnreadable("damaged") from error
