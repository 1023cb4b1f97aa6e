"""Small pictures of a document's pages: upright as they were read, so that places fit them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.pictures.previews import MOST_BYTES_OF_A_PAGE, PagePicture, previews_of
from functions.document_reading.reading.print.text_layer import open_pdf
from functions.document_reading.reading.read_document import PDF, read_document, text_pages
from shared.domain.errors import DocumentRejected
from shared.domain.previews import LONGEST_SIDE

JPEG = "image/jpeg"


def opened(picture: PagePicture, path: Path) -> Image.Image:
    path.write_bytes(picture.jpeg)
    with Image.open(path) as image:
        image.load()
        assert image.format == "JPEG"
        assert image.size == (picture.page.width, picture.page.height)
        return image


def numbers(pages: list[PagePicture]) -> list[int]:
    return [each.page.number for each in pages]


def sheet(path: Path, *pages: str, rotation: float = 0) -> Path:
    canvas = Canvas(str(path), pagesize=(400, 600))
    for text in pages:
        if rotation:
            canvas.translate(200, 300)
            canvas.rotate(rotation)
            canvas.translate(-300, -200)
        for row, line in enumerate(text.split("\n")):
            canvas.drawString(40, 340 - 30 * row, line)
        canvas.showPage()
    canvas.save()
    return path


def darkness_in(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = box
    width, height = image.size
    part = image.convert("L").crop(
        (int(left * width), int(top * height), math.ceil(right * width), math.ceil(bottom * height))
    )
    return sum(part.histogram()[:128]) / max(part.width * part.height, 1)


def test_a_page_is_small_and_says_its_size(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.effect_noise((3000, 4000), 20).convert("RGB").save(path)

    count, [page] = previews_of(path, JPEG, [], {})

    assert count == 1
    assert max(opened(page, tmp_path / "page.jpg").size) <= 1_000
    assert len(page.jpeg) <= MOST_BYTES_OF_A_PAGE


def test_a_long_screenshot_stays_legible_and_bounded(tmp_path: Path) -> None:
    path = tmp_path / "long.jpg"
    Image.new("RGB", (600, 9000), "white").save(path)

    _, [page] = previews_of(path, JPEG, [], {})

    assert page.page.width >= 190
    assert page.page.height <= LONGEST_SIDE


def test_the_pages_on_which_something_was_found_come_with_the_first_ones(tmp_path: Path) -> None:
    path = sheet(tmp_path / "long.pdf", *[f"page {number}" for number in range(12)])

    count, pages = previews_of(path, PDF, [11, 4, 99], {})

    assert count == 12
    assert numbers(pages) == [0, 4, 11]


@pytest.mark.parametrize("angle", [math.pi / 2, -math.pi / 2, math.pi, 0.05])
def test_a_page_that_was_turned_to_be_read_is_shown_as_it_was_read(tmp_path: Path, angle: float) -> None:
    path = tmp_path / "photo.png"
    picture = Image.new("RGB", (600, 400), "white")
    picture.paste("black", (20, 20, 80, 80))  # in the upper left corner
    picture.save(path)

    _, [page] = previews_of(path, "image/png", [], {0: angle})

    image = opened(page, tmp_path / "page.jpg")
    x, y = -250.0, -150.0  # its middle, seen from the picture's
    width = abs(600 * math.cos(angle)) + abs(400 * math.sin(angle))
    height = abs(600 * math.sin(angle)) + abs(400 * math.cos(angle))
    across = (x * math.cos(angle) - y * math.sin(angle)) / width + 0.5
    down = (x * math.sin(angle) + y * math.cos(angle)) / height + 0.5
    assert darkness_in(image, (across - 0.02, down - 0.02, across + 0.02, down + 0.02)) > 0.95


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_value_s_place_is_where_the_picture_shows_it_though_the_text_was_drawn_sideways(
    tmp_path: Path, rotation: float
) -> None:
    path = sheet(
        tmp_path / "sideways.pdf",
        "Kronberg Technik GmbH\nRechnung vom 14.03.2026\nNetto 100,00 EUR\nMwSt 19% 19,00 EUR\nGesamtbetrag 119,00 EUR",
        rotation=rotation,
    )

    with open_pdf(path) as pdf:
        pages = text_pages(pdf)
    reading = read_document(path, PDF, pages_of=lambda *_: pages, country=None)
    _, [page] = previews_of(path, PDF, [0], dict(reading.turns))

    assert reading.total is not None
    assert reading.total.place is not None
    place = reading.total.place
    image = opened(page, tmp_path / "page.jpg")
    assert image.width > image.height
    assert darkness_in(image, (place.left, place.top, place.right, place.bottom)) > 0.05
    assert darkness_in(image, (place.left, place.bottom + 0.02, place.right, 1)) == 0


def test_each_tax_says_where_it_stands(tmp_path: Path) -> None:
    path = sheet(tmp_path / "taxes.pdf", "Netto 100,00 EUR\nMwSt 19% 19,00 EUR\nGesamtbetrag 119,00 EUR")

    with open_pdf(path) as pdf:
        pages = text_pages(pdf)
    reading = read_document(path, PDF, pages_of=lambda *_: pages, country=None)

    [tax] = reading.vat
    [word] = [word for word in pages[0].words if word.text == "19,00"]
    assert tax.place is not None
    assert tax.place.left == pytest.approx(word.left / pages[0].width, abs=0.001)
    assert tax.place.top == pytest.approx(word.top / pages[0].height, abs=0.001)


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")

    with pytest.raises(DocumentRejected):
        previews_of(path, PDF, [], {})
