"""The process that reads documents: what strangers send is parsed in here, and nowhere else.

A request is one of

- `{"read": path, "content_type": …}`: read the document; answered by `{"reading": …}`, or, where only an
  engine outside this process can, by `{"picture": …}`: its pages and the first one's size, with those that
  have ink, and their numbers, as a JPEG or a PDF attached where others are blank; by `{"blank": true}` where
  none has ink; of an email by `{"attachment": …}`: the type of the document that
  is attached to it, with its bytes, since a process that writes no file is to be asked about that one next;
- `{"judge": path}`: read the words and fields that a service found, which lie there as JSON;
- `{"preview": path, "content_type": …, "pages": […], "turns": […]}`: make small pictures of the pages that
  are wanted, turned so far, and of the first ones; answered by their sizes, and the JPEGs attached.

The first two name the `country` to assume where the document leaves doubt; the first `ocr`, whether there is
an engine in here, and `packages`, the folder to import it from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import cache
from pathlib import Path
from typing import Any

from functions.document_reading.pictures.pictures_to_send import PictureToSend, picture_to_send
from functions.document_reading.pictures.previews import previews_of
from functions.document_reading.reading.model import PageWords, Reading, Source, turns_of
from functions.document_reading.reading.read_document import XML, read_document
from functions.document_reading.reading.read_pages import read_pages
from functions.document_reading.textract.analysed_fields import completed
from functions.document_reading.worker.pages import Ocr, pages_of
from functions.document_reading.worker.reading_json import fields_from_json, pages_from_json, reading_to_json
from shared.confinement.limits import Limits
from shared.confinement.worker import Attached, WorkRefused, limits_argument, serve
from shared.domain.errors import DocumentRejected
from shared.file_types.document_type import EMAIL_CONTENT_TYPE
from shared.file_types.email_attachments import attached_document


def main() -> None:
    """Serve as the parent's pool asks."""
    serve(Limits(**limits_argument()), answer)


def answer(request: dict[str, Any]) -> dict[str, Any] | Attached:
    """Do what is asked for. Raises WorkRefused where the document cannot be opened."""
    try:
        if "preview" in request:
            return _preview(request)
        return _judged(request) if "judge" in request else _read(request)
    except DocumentRejected as rejected:
        raise WorkRefused(rejected.reason.value) from rejected


def _judged(request: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(Path(request["judge"]).read_text(encoding="utf-8"))
    country = request["country"] or None
    pages = pages_from_json(found["pages"])
    by_rules = read_pages(pages, country=country)
    reading = completed(by_rules, fields_from_json(found["fields"]), country=country)
    return {"reading": reading_to_json(replace(reading, turns=turns_of(pages)))}


def _preview(request: dict[str, Any]) -> Attached:
    path, turns = Path(request["preview"]), dict(request["turns"])
    count, pages = previews_of(path, request["content_type"], request["pages"], turns)
    sizes = [[*astuple(each.page), len(each.jpeg)] for each in pages]
    return Attached({"page_count": count, "pages": sizes}, b"".join(each.jpeg for each in pages))


def _read(request: dict[str, Any]) -> dict[str, Any] | Attached:
    path, content_type, country = Path(request["read"]), request["content_type"], request["country"] or None
    if content_type == EMAIL_CONTENT_TYPE:
        found = attached_document(path)
        return Attached({"attachment": found.type.content_type}, found.data)
    ocr = _ocr(request["packages"]) if request["ocr"] else None

    def words_of(path: Path, content_type: str) -> Sequence[PageWords]:
        return pages_of(path, content_type, ocr)

    reading = read_document(path, content_type, pages_of=words_of, country=country)
    if content_type not in XML and (reading.is_empty if ocr else not _is_enough(reading)):
        is_partly_read = reading.total is not None
        picture = picture_to_send(path, content_type, is_partly_read=is_partly_read)
        if picture and not picture.pages:
            return {"blank": True}
        if picture and ocr is None:
            return Attached({"picture": _described(picture)}, picture.data)
    return {"reading": reading_to_json(reading)}


def _is_enough(reading: Reading) -> bool:
    """Otherwise the page that matters may be a picture, though others have text."""
    total = reading.total
    return total is not None and (total.is_confirmed or total.source is Source.E_INVOICE)


def _described(picture: PictureToSend) -> dict[str, Any]:
    return {
        "pages": picture.pages,
        "width": picture.width,
        "height": picture.height,
        "numbers": picture.numbers,
    }


@cache
def _ocr(packages: str) -> Ocr:
    # Imported here: a worker that has no engine has no use for what it brings.
    from functions.document_reading.ocr.onboard import OnboardOcr  # noqa: PLC0415

    return OnboardOcr(Path(packages) if packages else None)
