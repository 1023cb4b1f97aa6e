"""Documents that kill, hang or fool the process that reads them, and the function that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.outcomes import DocumentUnreadable, ReaderDied
from functions.document_reading.reading.model import Reading
from functions.document_reading.worker.confined_reader import LIMITS, ConfinedReader, Picture
from shared.domain.errors import ConfinementFailed
from shared.domain.previews import Preview, PreviewPage
from shared.domain.reading_jobs import ReadingFailure
from shared.file_types.document_type import EMAIL_CONTENT_TYPE
from tests.integration.document_reading.misbehaving_worker import DISHONEST, DISHONEST_PREVIEWS
from tests.unit.inspection.emails import email

MISBEHAVING = "tests.integration.document_reading.misbehaving_worker"


@pytest.fixture
def reader() -> Iterator[ConfinedReader]:
    reader = ConfinedReader(limits=replace(LIMITS, wall_seconds=3.0), worker_module=MISBEHAVING)
    yield reader
    reader.close()


def read(reader: ConfinedReader, path: Path, behaviour: str) -> object:
    document = path / "document"
    document.write_text(behaviour)
    return reader.read(document, "application/pdf", "alice")


@pytest.mark.parametrize("behaviour", ["crash", *DISHONEST])
def test_a_document_that_ruins_its_reader_is_told_from_others(
    reader: ConfinedReader, tmp_path: Path, behaviour: str
) -> None:
    with pytest.raises(ReaderDied):
        read(reader, tmp_path, behaviour)

    assert read(reader, tmp_path, "harmless") == Picture(1, 2, 3)


def test_a_document_that_takes_too_long_is_not_read_again(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable) as unreadable:
        read(reader, tmp_path, "hang")

    assert unreadable.value.reason is ReadingFailure.TOOK_TOO_LONG
    assert read(reader, tmp_path, "harmless") == Picture(1, 2, 3)


def test_a_document_that_is_refused_is_unreadable(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="damaged"):
        read(reader, tmp_path, "refuse")


def test_a_fault_of_ours_is_no_verdict_and_tells_nothing(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(ConfinementFailed) as failed:
        read(reader, tmp_path, "fail")

    assert "KeyError" in str(failed.value)
    assert "SECRET" not in str(failed.value)


def preview(reader: ConfinedReader, path: Path, behaviour: str) -> object:
    document = path / "document"
    document.write_text(behaviour)
    return reader.preview(document, "application/pdf", Reading(), owner="alice")


SHOWN = Preview(2, (PreviewPage(1, 704, 995),)), [b"\xff\xd8\xff"]


@pytest.mark.parametrize("behaviour", ["crash", "hang", *DISHONEST_PREVIEWS])
def test_a_document_that_puts_pictures_into_its_readers_mouth_is_not_shown(
    reader: ConfinedReader, tmp_path: Path, behaviour: str
) -> None:
    with pytest.raises(ReaderDied):
        preview(reader, tmp_path, behaviour)

    assert preview(reader, tmp_path, "harmless") == SHOWN


def test_a_document_that_cannot_be_opened_has_no_pages_to_show(
    reader: ConfinedReader, tmp_path: Path
) -> None:
    assert preview(reader, tmp_path, "refuse") == (Preview(0, ()), [])


def five_pages(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(400, 600))
    for number in range(5):
        canvas.drawString(40, 500, f"page {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_of_an_email_the_pages_of_what_is_attached_are_shown(tmp_path: Path) -> None:
    attached = five_pages(tmp_path / "five.pdf").read_bytes()
    path = tmp_path / "message"
    path.write_bytes(bytes(email(("application/pdf", "five.pdf", attached))))
    reader = ConfinedReader(limits=LIMITS)

    shown, pictures = reader.preview(path, EMAIL_CONTENT_TYPE, Reading(), owner="alice")

    reader.close()
    assert (shown.page_count, [page.number for page in shown.pages]) == (5, [0, 1, 2])
    assert all(picture.startswith(b"\xff\xd8\xff") for picture in pictures)


def test_the_confined_worker_itself_shows_the_pages_of_a_document(tmp_path: Path) -> None:
    path = five_pages(tmp_path / "five.pdf")
    reader = ConfinedReader()
    read = reader.read(path, "application/pdf", "alice")

    shown, pictures = reader.preview(path, "application/pdf", Reading(), owner="alice")

    reader.close()
    assert read is not None
    assert (shown.page_count, [page.number for page in shown.pages]) == (5, [0, 1, 2])
    sizes = [Image.open(BytesIO(picture)).size for picture in pictures]
    assert sizes == [(page.width, page.height) for page in shown.pages]
