"""Reads documents in a child process with limits: no document can take the function down with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from functions.document_reading.outcomes import DocumentUnreadable, ReaderDied
from functions.document_reading.pictures.page_limits import (
    MOST_BYTES,
    MOST_BYTES_HANDED_OVER,
    MOST_PAGES_SENT,
)
from functions.document_reading.pictures.previews import MOST_BYTES_OF_A_PAGE
from functions.document_reading.reading.model import PageWords, Reading
from functions.document_reading.worker.reading_json import fields_to_json, pages_to_json, reading_from_json
from shared.confinement.limits import MEBIBYTE, Limits
from shared.confinement.refusals import OnConfinementRefused, nobody_is_told
from shared.confinement.worker_pool import ConfinedWorkers
from shared.confinement.worker_process import WorkerLost
from shared.domain.expense_analysis import AnalysedField
from shared.domain.previews import LONGEST_SIDE, MOST_PAGES, Preview, PreviewPage
from shared.domain.reading_jobs import ReadingFailure
from shared.file_types.document_type import EMAIL_CONTENT_TYPE, MOST_BYTES_ATTACHED, DocumentType

_LONGEST_REASON = 40
MOST_PAGES_OF_DOCUMENT = 1_000_000
_ATTACHABLE = {each.content_type: each.content_type for each in DocumentType if each is not DocumentType.EML}
_JPEG = b"\xff\xd8\xff"
_PREVIEW_SECONDS = 10.0
"""After a reading there is little time left in an invocation: what takes longer has no preview."""
_WORKER_MODULE = "functions.document_reading.worker.worker"
LIMITS = Limits(
    memory_bytes=1024 * MEBIBYTE,
    cpu_seconds=10,
    wall_seconds=30.0,
    documents_per_worker=100,
    answer_bytes=64 * 1024,
    attachment_bytes=max(MOST_BYTES_HANDED_OVER, MOST_BYTES_ATTACHED),
)
"""Five times what the costliest made-up document takes: see `bench/hostile_documents.py`. Twice the time,
for a worker maimed before and a fresh one, is less than an invocation may last."""
LIMITS_WITH_OCR = replace(LIMITS, memory_bytes=1536 * MEBIBYTE, cpu_seconds=40, wall_seconds=45.0)
"""Recognising three pages of small print takes half a minute; the engine about a gigabyte of address space,
and half of it in memory."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A document without text, for another engine: its pages, and the size of the first in any unit.

    `data` is to be sent in the place of what is stored: a JPEG of its one page, or a PDF of those pages that
    have ink, whose `numbers` those are in the document; of an email what is attached.
    """

    pages: int
    width: float
    height: float
    data: bytes | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attachment:
    """The document in an email, which is to be read in its place."""

    content_type: str
    data: bytes


class ConfinedReader:
    """One worker, since an invocation reads one document."""

    def __init__(
        self,
        *,
        country: str = "",
        has_ocr: bool = False,
        ocr_packages: str = "",
        limits: Limits | None = None,
        worker_module: str = _WORKER_MODULE,
        on_refused: OnConfinementRefused = nobody_is_told,
    ) -> None:
        """`country` is assumed where a document leaves doubt, `ocr_packages` where the engine lies."""
        self._settings = {"country": country, "ocr": has_ocr, "packages": ocr_packages}
        limits = limits or (LIMITS_WITH_OCR if has_ocr else LIMITS)
        self._workers = ConfinedWorkers(limits, worker_module, workers=1, on_refused=on_refused)

    def read(self, path: Path, content_type: str, owner: str) -> Reading | Picture:
        """What a document of that owner's says. Raises DocumentUnreadable, ReaderDied, ConfinementFailed.

        What is attached to an email is put beside it, and read.
        """
        answer = self._ask({"read": str(path.absolute()), "content_type": content_type}, owner)
        if not isinstance(answer, _Attachment):
            return answer
        place = _put_beside(path, answer)
        of_attached = self._ask({"read": str(place.absolute()), "content_type": answer.content_type}, owner)
        if isinstance(of_attached, _Attachment):
            raise ReaderDied("no email is attached")
        return _with_its_bytes(of_attached, answer) if isinstance(of_attached, Picture) else of_attached

    def judge(
        self, pages: Sequence[PageWords], fields: Sequence[AnalysedField], place: Path, *, owner: str
    ) -> Reading:
        """What the words and fields say that a service found. Raises the same.

        `place` is a file to be made, to hand them over in.
        """
        found = {"pages": pages_to_json(pages), "fields": fields_to_json(fields)}
        with place.open("x", encoding="utf-8") as file:
            json.dump(found, file)
        answer = self._ask({"judge": str(place.absolute())}, owner)
        if not isinstance(answer, Reading):
            raise ReaderDied("words are no picture")
        return answer

    def preview(
        self, path: Path, content_type: str, reading: Reading, *, owner: str
    ) -> tuple[Preview, list[bytes]]:
        """Small pictures of a few pages of that owner's document, as it was read. Raises the same.

        Of an email they are those of what is attached to it, which was read.
        """
        if content_type == EMAIL_CONTENT_TYPE:
            answer = self._ask({"read": str(path.absolute()), "content_type": content_type}, owner)
            if not isinstance(answer, _Attachment):
                raise ReaderDied("an email has no pages of its own")
            path, content_type = _put_beside(path, answer), answer.content_type
        request = {
            "preview": str(path.absolute()),
            "content_type": content_type,
            "pages": reading.pages_found_on,
            "turns": reading.turns,
        }
        try:
            return self._workers.ask(request, _to_preview, owner=owner, wall_seconds=_PREVIEW_SECONDS)
        except WorkerLost as lost:
            raise ReaderDied(str(lost)) from lost

    def close(self) -> None:
        """End the worker."""
        self._workers.close()

    def _ask(self, request: dict[str, object], owner: str) -> Reading | Picture | _Attachment:
        try:
            answer = self._workers.ask(request | self._settings, _to_answer, owner=owner)
        except WorkerLost as lost:
            if lost.ran_out_of_time:
                raise DocumentUnreadable(ReadingFailure.TOOK_TOO_LONG) from lost
            raise ReaderDied(str(lost)) from lost
        if isinstance(answer, DocumentUnreadable):
            raise answer
        return answer


def _to_preview(answer: dict[str, Any]) -> tuple[Preview, list[bytes]]:
    """What is no small JPEG of a page is no honest answer: ValueError."""
    if "refused" in answer:
        return Preview(0, ()), []
    done, attached = answer["done"], BytesIO(answer["attached"])
    pages, pictures = [], []
    for number, width, height, length in done["pages"]:
        picture = attached.read(int(length))
        if not _is_small_jpeg(int(width), int(height), picture) or len(picture) != length:
            raise ValueError("no picture of a page")
        pages.append(PreviewPage(int(number), int(width), int(height)))
        pictures.append(picture)
    count = _pages_in(done["page_count"])
    if attached.read(1) or len(pages) > MOST_PAGES or not all(0 <= page.number < count for page in pages):
        raise ValueError("no pages of a document")
    return Preview(count, tuple(pages)), pictures


def _is_small_jpeg(width: int, height: int, picture: bytes) -> bool:
    is_size = 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE
    return is_size and picture.startswith(_JPEG) and len(picture) <= MOST_BYTES_OF_A_PAGE


def _pages_in(count: float) -> int:
    """What they cost is counted by it: fewer than one would be counted back."""
    if not 1 <= count <= MOST_PAGES_OF_DOCUMENT:
        raise ValueError("no number of pages")
    return int(count)


def _put_beside(email: Path, attached: _Attachment) -> Path:
    place = email.with_name(f"{email.name}-attached")
    place.write_bytes(attached.data)
    return place


def _with_its_bytes(picture: Picture, attached: _Attachment) -> Picture:
    """An engine that fetches what is stored would fetch the email."""
    return picture if picture.data is not None else replace(picture, data=attached.data)


def _to_answer(answer: dict[str, Any]) -> Reading | Picture | _Attachment | DocumentUnreadable:
    if "refused" in answer:
        return DocumentUnreadable(ReadingFailure.UNREADABLE, str(answer["refused"])[:_LONGEST_REASON])
    done = answer["done"]
    if "blank" in done:
        return DocumentUnreadable(ReadingFailure.BLANK)
    if "attachment" in done:
        return _Attachment(_ATTACHABLE[done["attachment"]], answer["attached"])
    if "picture" not in done:
        return reading_from_json(done["reading"])
    return _to_picture(done["picture"], answer["attached"] or None)


def _to_picture(picture: dict[str, Any], data: bytes | None) -> Picture:
    pages, numbers = _pages_in(picture["pages"]), tuple(map(int, picture["numbers"]))
    is_in_order = list(numbers) == sorted(set(numbers)) and all(
        0 <= each < MOST_PAGES_SENT for each in numbers
    )
    if not is_in_order or len(numbers) != (pages if data else 0):
        raise ValueError("no pages to send")
    if data and len(data) > (MOST_BYTES if pages == 1 else MOST_BYTES_HANDED_OVER):
        raise ValueError("no picture to send")
    return Picture(pages, float(picture["width"]), float(picture["height"]), data, numbers)
