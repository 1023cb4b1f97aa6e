from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PIL import Image, ImageDraw

from functions.document_reading.ocr.onboard import OnboardOcr
from functions.document_reading.reading.model import PageWords, Source, Word
from local.ocr_packages import ocr_packages
from local.samples.photos import photograph
from local.samples.receipts import Receipt, print_receipt

RECEIPT = Receipt(
    merchant="Café Lumière",
    address=("12 rue des Écoles", "75005 Paris"),
    printed="14/03/2026 12:41",
    items=(("Croque-monsieur", Decimal("11.80")), ("Café crème", Decimal("4.35"))),
    vat_rate=Decimal(10),
    vat_label="TVA",
    total_label="TOTAL",
    payment="Carte bancaire",
    farewell="Merci et à bientôt",
    reference="No 5518",
)
PAPER = print_receipt(RECEIPT)
TABLE = ("#5d4634", "#7a6048")


@pytest.fixture(scope="module")
def ocr() -> Iterator[OnboardOcr]:
    path = list(sys.path)
    packages = ocr_packages()
    assert packages, "make ocr prepares the packages"
    yield OnboardOcr(packages)
    sys.path[:] = path


def found(page: PageWords, text: str) -> Word:
    """The uppermost one."""
    words = [word for word in page.words if word.text == text]
    assert words, f"no {text} in {' '.join(word.text for word in page.words)}"
    return min(words, key=lambda word: word.top)


def assert_says_what_the_receipt_says(page: PageWords) -> None:
    """Words with their accents, amounts with their points, and label and amount on one line."""
    for text in ("Lumière", "Écoles", "14/03/2026", "11.80", "4.35", "EUR"):
        found(page, text)
    label, amount = found(page, "TOTAL"), found(page, "16.15")
    assert label.right < amount.left
    assert abs(label.middle - amount.middle) < 0.3 * label.height
    assert found(page, "Lumière").bottom < label.top
    assert all(0 <= word.left < word.right <= page.width for word in page.words)
    assert all(0 <= word.top < word.bottom <= page.height for word in page.words)


def test_reads_a_receipt(ocr: OnboardOcr):
    page = ocr.read(PAPER)

    assert_says_what_the_receipt_says(page)
    assert (page.width, page.height) == pytest.approx(PAPER.size, rel=0.02)
    assert page.source is Source.OCR
    assert found(page, "16.15").confidence > 0.8


def test_reads_a_photo_of_a_tilted_receipt_in_uneven_light(ocr: OnboardOcr):
    page = ocr.read(photograph(PAPER, tilt=-5, table=TABLE, seed=7))

    assert_says_what_the_receipt_says(page)


@pytest.mark.parametrize(
    "turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270]
)
def test_reads_a_receipt_however_it_lies(ocr: OnboardOcr, turn: Image.Transpose):
    page = ocr.read(PAPER.transpose(turn))

    assert_says_what_the_receipt_says(page)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (400, 300)])
def test_sees_no_words_where_there_are_none(ocr: OnboardOcr, size: tuple[int, int]):
    page = ocr.read(Image.new("RGB", size, "white"))

    assert page.words == ()


def test_reads_the_sharp_original_of_a_picture_in_which_text_was_looked_for(ocr: OnboardOcr):
    sheet = Image.new("L", (2480, 3508), 255)
    sheet.paste(PAPER, (900, 1200))

    page = ocr.read(sheet)

    assert_says_what_the_receipt_says(page)


def test_reads_two_pictures_with_one_engine(ocr: OnboardOcr):
    slip = Image.new("L", (300, 60), 255)
    ImageDraw.Draw(slip).text((20, 12), "PARKING 3.20", 0, font_size=32)

    assert [found(ocr.read(slip), "3.20").text for _ in range(2)] == ["3.20", "3.20"]
