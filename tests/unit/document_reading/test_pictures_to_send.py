"""What of a document goes to an engine that is paid by the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.pictures import pictures_to_send
from functions.document_reading.pictures.pdf_pictures import is_page_blank
from functions.document_reading.pictures.pictures_to_send import PictureToSend, picture_to_send
from functions.document_reading.reading.print.text_layer import open_pdf

PDF, TIFF = "application/pdf", "image/tiff"
SENTENCE = "An invoice of the usual kind has more words on its page than this many"
BLANK, FAINT, HIDDEN, FORM, BUSY = "", "faint", "hidden", "form", "busy"


def sheet(*, ink: int | None = None) -> Image.Image:
    paper = Image.new("L", (827, 1170), 250)
    if ink is not None:
        ImageDraw.Draw(paper).text((80, 90), "TOTAL 46.00", fill=ink, font=ImageFont.load_default(18))
    return paper


def pdf(path: Path, *pages: str) -> Path:
    """Of each page what is said of it, or else that text."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    for page in pages:
        canvas.drawImage(ImageReader(sheet(ink=238 if page == FAINT else None)), 0, 0, *A4)
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return path


def _draw(canvas: Canvas, page: str) -> None:
    if page == HIDDEN:
        hidden = canvas.beginText(60, 700)
        hidden.setTextRenderMode(3)
        hidden.textLine("TOTAL 46.00")
        canvas.drawText(hidden)
    elif page == FORM:
        canvas.beginForm("stamp")
        canvas.endForm()
        canvas.doForm("stamp")
    elif page == BUSY:
        canvas.setFillGray(1)
        for number in range(100):
            canvas.rect(number, 300, 1, 1, stroke=0, fill=1)
    elif page not in {BLANK, FAINT}:
        canvas.drawString(60, 700, page)


def to_send(path: Path, content_type: str = PDF) -> PictureToSend | None:
    return picture_to_send(path, content_type, is_partly_read=False)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_of_blank_pages_none_is_sent(tmp_path: Path, count: int) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", *[BLANK] * count))

    assert picture is not None
    assert picture.pages == 0


def test_a_page_that_holds_nothing_at_all_is_blank(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "empty.pdf"), pagesize=A4)
    canvas.showPage()
    canvas.save()

    picture = to_send(tmp_path / "empty.pdf")

    assert picture is not None
    assert picture.pages == 0


def test_the_one_faint_page_of_a_stack_is_sent_by_itself(tmp_path: Path) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", BLANK, FAINT, BLANK))

    assert picture is not None
    assert (picture.pages, picture.numbers) == (1, (1,))
    shown = Image.open(BytesIO(picture.data))
    assert (shown.format, shown.size) == ("JPEG", (picture.width, picture.height))
    assert shown.width / shown.height == pytest.approx(A4[0] / A4[1], rel=0.01)


@pytest.mark.parametrize("page", [HIDDEN, FORM, BUSY, "Paid"])
def test_a_page_of_which_we_may_not_see_all_is_not_blank(tmp_path: Path, page: str) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", page))

    assert picture is not None
    assert picture.pages == 1


def test_a_picture_that_we_cannot_decode_is_not_blank(tmp_path: Path) -> None:
    file = BytesIO()
    sheet(ink=40).save(file, "PDF")
    data = file.getvalue()
    start = data.index(b"\xff\xd8\xff")
    (tmp_path / "scan.pdf").write_bytes(data[:start] + bytes(200) + data[start + 200 :])

    picture = to_send(tmp_path / "scan.pdf")

    assert picture is not None
    assert picture.pages == 1


def test_blank_pages_are_no_reason_to_send_a_text(tmp_path: Path) -> None:
    assert to_send(pdf(tmp_path / "letter.pdf", SENTENCE, BLANK)) is None


def test_a_text_with_a_picture_is_sent_whole(tmp_path: Path) -> None:
    picture = to_send(pdf(tmp_path / "letter.pdf", SENTENCE, BLANK, FAINT))

    assert picture is not None
    assert (picture.pages, picture.data) == (3, b"")


def test_a_stack_without_blank_pages_is_sent_as_it_is_stored(tmp_path: Path) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", FAINT, FAINT))

    assert picture is not None
    assert (picture.pages, picture.data, picture.numbers) == (2, b"", ())


def test_of_a_stack_the_pages_with_ink_are_sent_by_themselves(tmp_path: Path) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", FAINT, BLANK, FAINT, BLANK))

    assert picture is not None
    assert (picture.pages, picture.numbers) == (2, (0, 2))
    (tmp_path / "sent.pdf").write_bytes(picture.data)
    with open_pdf(tmp_path / "sent.pdf") as sent:
        assert sent.page_count == 2
        assert not any(is_page_blank(sent, index) for index in range(2))


def test_what_is_too_large_to_be_handed_over_is_sent_as_it_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures_to_send, "MOST_BYTES_HANDED_OVER", 100)

    picture = to_send(pdf(tmp_path / "scan.pdf", FAINT, BLANK, FAINT))

    assert picture is not None
    assert (picture.pages, picture.data, picture.numbers) == (3, b"", ())


def test_pages_in_the_middle_of_a_stack_are_looked_at_too(tmp_path: Path) -> None:
    picture = to_send(pdf(tmp_path / "scan.pdf", *[BLANK] * 5, FAINT, *[BLANK] * 5))

    assert picture is not None
    assert (picture.pages, picture.numbers) == (1, (5,))


def test_what_there_is_no_time_to_look_at_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures_to_send, "_MOST_SECONDS", -1.0)

    picture = to_send(pdf(tmp_path / "scan.pdf", BLANK, BLANK, BLANK))

    assert picture is not None
    assert picture.pages == 3


def tiff(path: Path, *inks: int | None) -> Path:
    first, *others = (sheet(ink=ink) for ink in inks)
    first.save(path, "TIFF", save_all=True, append_images=others)
    return path


@pytest.mark.parametrize(
    ("inks", "pages", "numbers"),
    [
        ((None,), 0, ()),
        ((None, None, None, None), 0, ()),
        ((None, None, None, None, 238), 1, (4,)),
        ((40,), 1, (0,)),
        ((40, None, 238), 2, (0, 2)),
        ((40, 238), 2, ()),
        ((None,) * 21, 21, ()),
    ],
)
def test_of_a_tiff_the_pages_with_ink_are_sent(
    tmp_path: Path, inks: tuple[int | None, ...], pages: int, numbers: tuple[int, ...]
) -> None:
    picture = to_send(tiff(tmp_path / "scan.tiff", *inks), TIFF)

    assert picture is not None
    assert (picture.pages, picture.numbers, bool(picture.data)) == (pages, numbers, bool(numbers))
    if pages > 1 and picture.data:
        (tmp_path / "sent.pdf").write_bytes(picture.data)
        with open_pdf(tmp_path / "sent.pdf") as sent:
            assert sent.page_count == pages
