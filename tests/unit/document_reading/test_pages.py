from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.pictures.page_limits import PageLimits
from functions.document_reading.reading.model import PageWords, Source, Word
from functions.document_reading.reading.read_document import PDF
from functions.document_reading.worker import worker
from functions.document_reading.worker.pages import pages_of
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

A4 = (595, 842)
SENTENCE = "An invoice of the usual kind has more words than this many"


class RememberingOcr:
    """Sees the same words on every picture."""

    def __init__(self, *texts: str) -> None:
        self.pictures: list[Image.Image] = []
        self._words = tuple(Word(text, 10, 10, 50, 20, 0.9) for text in texts)

    def read(self, image: Image.Image) -> PageWords:
        self.pictures.append(image)
        return PageWords(self._words, image.width, image.height, Source.OCR)


def inked(size: tuple[int, int]) -> Image.Image:
    """White, with a black bar."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).rectangle((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 3), fill=0)
    return picture


def scan() -> ImageReader:
    return ImageReader(inked((256, 256)))


def pdf(path: Path, *pages: str, pagesize: tuple[float, float] = A4) -> Path:
    """Each page is a picture with this text over it."""
    canvas = Canvas(str(path), pagesize=pagesize)
    for text in pages:
        canvas.drawImage(scan(), 0, 0, *pagesize)
        canvas.drawString(60, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def texts(page: PageWords) -> str:
    return " ".join(word.text for word in page.words)


def test_the_text_layer_of_a_pdf_is_read_without_ocr(tmp_path: Path):
    ocr = RememberingOcr("nothing")

    (page,) = pages_of(pdf(tmp_path / "invoice.pdf", SENTENCE), PDF, ocr)

    assert (texts(page), page.source) == (SENTENCE, Source.TEXT)
    assert not ocr.pictures


def test_a_page_that_is_a_picture_is_read_by_ocr(tmp_path: Path):
    ocr = RememberingOcr("TOTAL", "12.50")

    (page,) = pages_of(pdf(tmp_path / "scan.pdf", ""), PDF, ocr)

    assert (texts(page), page.source) == ("TOTAL 12.50", Source.OCR)
    (picture,) = ocr.pictures
    assert picture.width / picture.height == pytest.approx(A4[0] / A4[1], rel=0.01)


def test_pages_keep_their_order_however_they_were_read(tmp_path: Path):
    path = pdf(tmp_path / "mixed.pdf", SENTENCE, "", SENTENCE)

    pages = pages_of(path, PDF, RememberingOcr("TOTAL"))

    assert [page.source for page in pages] == [Source.TEXT, Source.OCR, Source.TEXT]


def test_a_stamp_on_a_scan_does_not_pass_for_its_text(tmp_path: Path):
    seen = ["Scanned", "by", "somebody", "TOTAL", "12.50"]

    (page,) = pages_of(pdf(tmp_path / "scan.pdf", "Scanned by somebody"), PDF, RememberingOcr(*seen))

    assert page.source is Source.OCR


def test_a_short_text_is_kept_where_ocr_sees_no_more(tmp_path: Path):
    (page,) = pages_of(pdf(tmp_path / "ticket.pdf", "Taxi 23.50 EUR"), PDF, RememberingOcr("Taxi", "2350"))

    assert (texts(page), page.source) == ("Taxi 23.50 EUR", Source.TEXT)


def searchable(path: Path, text: str) -> Path:
    """A scan under which a scanner's own OCR has laid its words."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(scan(), 0, 0, *A4)
    hidden = canvas.beginText(60, 700)
    hidden.setTextRenderMode(3)
    hidden.textLine(text)
    canvas.drawText(hidden)
    canvas.save()
    return path


def test_the_words_a_scanner_has_laid_under_a_scan_do_not_pass_for_its_text(tmp_path: Path):
    path = searchable(tmp_path / "scan.pdf", SENTENCE)

    (page,) = pages_of(path, PDF, RememberingOcr(*SENTENCE.upper().split()))

    assert (texts(page), page.source) == (SENTENCE.upper(), Source.OCR)


def test_the_words_a_scanner_has_laid_under_a_scan_are_better_than_none(tmp_path: Path):
    path = searchable(tmp_path / "scan.pdf", SENTENCE)

    assert texts(pages_of(path, PDF, RememberingOcr("blur"))[0]) == SENTENCE
    assert texts(pages_of(path, PDF, None)[0]) == SENTENCE


def test_without_ocr_a_scan_has_no_words_and_a_short_text_has(tmp_path: Path):
    assert pages_of(pdf(tmp_path / "scan.pdf", ""), PDF, None) == []
    assert len(pages_of(pdf(tmp_path / "ticket.pdf", "Taxi 23.50 EUR"), PDF, None)) == 1


def test_of_a_long_scan_the_first_pages_and_the_last_are_read(tmp_path: Path):
    ocr = RememberingOcr("TOTAL")
    canvas = Canvas(str(tmp_path / "long.pdf"), pagesize=A4)
    for number in range(20):
        canvas.setPageSize((595, 800 + number))
        canvas.drawImage(scan(), 0, 0, 595, 800)
        canvas.showPage()
    canvas.save()

    pages = pages_of(tmp_path / "long.pdf", PDF, ocr, limits=PageLimits(pictures=3, longest_side=819))

    assert [picture.height for picture in ocr.pictures] == [819, 819, 819]
    assert [round(819 * 595 / picture.width) for picture in ocr.pictures] == pytest.approx(
        [800, 801, 819], abs=1
    )
    assert [page.number for page in pages if page.words] == [0, 1, 19]
    assert [page.is_unread for page in pages] == [False, False, False, True]


@pytest.mark.parametrize(("frames", "unread"), [(3, 0), (4, 1)])
def test_of_a_tiff_too_it_is_said_whether_all_pages_were_read(tmp_path: Path, frames: int, unread: int):
    first, *others = (inked((80, 60 + number)) for number in range(frames))
    first.save(tmp_path / "scan.tiff", save_all=True, append_images=others)

    pages = pages_of(
        tmp_path / "scan.tiff", "image/tiff", RememberingOcr("TOTAL"), limits=PageLimits(pictures=3)
    )

    assert len([page for page in pages if page.words]) == 3
    assert sum(page.is_unread for page in pages) == unread


@pytest.mark.parametrize(("count", "unread"), [(6, 0), (7, 1)])
def test_of_a_pdf_of_texts_the_middle_pages_may_be_unread(tmp_path: Path, count: int, unread: int):
    path = pdf(tmp_path / "long.pdf", *[SENTENCE] * count)

    pages = pages_of(path, PDF, RememberingOcr())

    assert sum(page.is_unread for page in pages) == unread


@pytest.mark.parametrize("pagesize", [(14_000, 20), (20, 14_000), (20, 20)])
def test_pages_of_monstrous_shapes_stay_within_the_limit(tmp_path: Path, pagesize):
    ocr = RememberingOcr("TOTAL")

    pages_of(pdf(tmp_path / "odd.pdf", "", pagesize=pagesize), PDF, ocr, limits=PageLimits(longest_side=2000))

    (picture,) = ocr.pictures
    assert max(picture.size) <= 2000


def test_a_turned_page_is_rendered_as_it_is_viewed(tmp_path: Path):
    ocr = RememberingOcr("TOTAL")
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4)
    canvas.setPageRotation(90)
    canvas.rect(0, 0, 100, 100, fill=1)
    canvas.save()

    pages_of(tmp_path / "turned.pdf", PDF, ocr)

    (picture,) = ocr.pictures
    assert picture.width < picture.height
    assert picture.getpixel((50, 50)) == (0, 0, 0)


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_the_words_of_a_turned_page_stand_where_they_are_viewed(tmp_path: Path, quarter):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4)
    canvas.setPageRotation(quarter)
    width, height = A4 if quarter % 180 == 0 else A4[::-1]
    canvas.translate(width / 2, height / 2)
    canvas.rotate(quarter)
    canvas.translate(-A4[0] / 2, -A4[1] / 2)
    canvas.drawString(60, 700, "TOTAL 12.50")
    canvas.save()

    (page,) = pages_of(tmp_path / "turned.pdf", PDF, None)

    assert (page.width, page.height) == A4
    assert texts(page) == "TOTAL 12.50"
    total, amount = page.words
    assert total.left == pytest.approx(60, abs=2)
    assert total.top < 842 - 700 < total.bottom
    assert total.right < amount.left
    assert total.right - total.left > total.height


def test_words_are_measured_from_the_corner_of_what_is_shown(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "cropped.pdf"), pagesize=A4)
    canvas.setCropBox((50, 400, 550, 800))
    canvas.drawString(60, 700, "TOTAL")
    canvas.save()

    (page,) = pages_of(tmp_path / "cropped.pdf", PDF, None)

    (total,) = page.words
    assert (page.width, page.height) == (500, 400)
    assert total.left == pytest.approx(10, abs=2)
    assert total.top < 100 < total.bottom


def test_a_picture_is_read_by_ocr_or_not_at_all(tmp_path: Path):
    path = tmp_path / "photo.png"
    inked((300, 400)).save(path)

    (page,) = pages_of(path, "image/png", RememberingOcr("TOTAL"))

    assert texts(page) == "TOTAL"
    assert pages_of(path, "image/png", None) == []


def test_a_page_without_words_is_left_out(tmp_path: Path):
    path = tmp_path / "photo.png"
    inked((300, 400)).save(path)

    assert pages_of(path, "image/png", RememberingOcr()) == []


def test_blank_pages_cost_no_ocr(tmp_path: Path):
    ocr = RememberingOcr("TOTAL")
    blank = Image.new("L", (300, 400), 255)
    sheets = [blank, inked((300, 400)), blank]
    sheets[0].save(tmp_path / "scan.tiff", save_all=True, append_images=sheets[1:])
    sheets[0].save(tmp_path / "scan.pdf", save_all=True, append_images=sheets[1:])

    of_tiff = pages_of(tmp_path / "scan.tiff", "image/tiff", ocr)
    of_pdf = pages_of(tmp_path / "scan.pdf", PDF, ocr)

    assert [page.number for page in [*of_tiff, *of_pdf] if page.words] == [1, 1]
    assert len(ocr.pictures) == 2


@pytest.mark.parametrize(
    ("picture", "outcome"), [(Image.new("L", (300, 400), 255), "blank"), (inked((300, 400)), "reading")]
)
def test_with_ocr_too_a_blank_document_is_told_from_one_on_which_nothing_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Image.Image, outcome: str
):
    picture.save(tmp_path / "photo.png")
    monkeypatch.setattr(worker, "_ocr", lambda _packages: RememberingOcr())
    request = {"read": str(tmp_path / "photo.png"), "content_type": "image/png"}

    answer = worker.answer(request | {"country": "", "ocr": True, "packages": ""})

    assert list(answer) == [outcome]


def test_words_are_limited(tmp_path: Path):
    limits = PageLimits(words=5)

    (page,) = pages_of(pdf(tmp_path / "invoice.pdf", SENTENCE), PDF, None, limits=limits)

    assert len(page.words) == 5


def test_a_pdf_that_does_not_open_is_refused(tmp_path: Path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nand no more")

    with pytest.raises(DocumentRejected) as refused:
        pages_of(path, PDF, None)

    assert refused.value.reason is RejectionReason.UNREADABLE


def test_a_pages_picture_shows_its_colours(tmp_path: Path):
    ocr = RememberingOcr("TOTAL")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 421, 595, 421, stroke=0, fill=1)
    canvas.save()
    path = tmp_path / "red.pdf"
    path.write_bytes(buffer.getvalue())

    pages_of(path, PDF, ocr)

    (picture,) = ocr.pictures
    assert picture.getpixel((picture.width // 2, picture.height // 4)) == (255, 0, 0)
    assert picture.getpixel((picture.width // 2, picture.height * 3 // 4)) == (255, 255, 255)


class OcrOfRows:
    """Sees each black row of a picture as a word that names its shade."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def read(self, image: Image.Image) -> PageWords:
        self.sizes.append(image.size)
        column = image.convert("L").crop((0, 0, 1, image.height)).tobytes()
        rows = [row for row, shade in enumerate(column) if shade < 200]
        words = tuple(Word(str(column[row]), 0, row, 10, row + 1) for row in rows)
        return PageWords(words, image.width, image.height, Source.OCR)


def screenshot(path: Path, rows: dict[int, int], size: tuple[int, int]) -> Path:
    picture = Image.new("L", size, 255)
    for row, shade in rows.items():
        picture.paste(shade, (0, row, size[0], row + 1))
    picture.save(path)
    return path


def test_a_screenshot_of_a_whole_page_is_read_in_strips_at_its_full_size(tmp_path: Path):
    path = screenshot(tmp_path / "page.png", {5: 10, 199: 20, 200: 30, 1_150: 40}, (100, 1_200))
    ocr = OcrOfRows()

    (page,) = pages_of(path, "image/png", ocr)

    assert [(word.text, word.top) for word in page.words] == [
        ("10", 5), ("20", 199), ("30", 200), ("40", 1_150),
    ]  # fmt: skip
    assert (page.width, page.height) == (100, 1_200)
    assert all(width == 100 for width, _height in ocr.sizes)


def test_of_an_endless_screenshot_the_first_and_the_last_strips_are_read(tmp_path: Path):
    path = screenshot(tmp_path / "page.png", {5: 10, 5_000: 20, 9_990: 30}, (100, 10_000))
    ocr = OcrOfRows()

    (page,) = pages_of(path, "image/png", ocr)

    assert [word.text for word in page.words] == ["10", "30"]
    assert len(ocr.sizes) == PageLimits().strips


def test_a_long_receipt_is_read_as_one_picture(tmp_path: Path):
    path = screenshot(tmp_path / "receipt.png", {5: 10}, (100, 500))
    ocr = OcrOfRows()

    pages_of(path, "image/png", ocr)

    assert ocr.sizes == [(100, 500)]
