from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw, ImageFile

from functions.document_reading.pictures.open_pictures import pictures_of
from functions.document_reading.pictures.page_limits import PageLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from tests.unit.inspection.documents import png

ORIENTATION = 0x0112
TOP_TO_THE_LEFT = 6  # EXIF 2.32, 4.6.4: what a telephone held upright notes

Kept = Callable[..., list[Image.Image]]


@pytest.fixture
def shown(tmp_path: Path) -> Kept:
    """The pictures of a file with this content."""

    def read(content: bytes, content_type: str, **limits: int) -> list[Image.Image]:
        path = tmp_path / "document"
        path.write_bytes(content)
        return list(pictures_of(path, content_type, PageLimits(**limits)))

    return read


def receipt(mode: str = "RGB", size: tuple[int, int] = (60, 100)) -> Image.Image:
    """White, with a black bar near its upper edge."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).rectangle((0, size[1] // 10, size[0], size[1] // 5), fill=0)
    return picture.convert(mode)


def saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def brightness(picture: Image.Image, x: float, y: float) -> int:
    """At a place given in shares of the width and height."""
    return picture.convert("L").getpixel((int(picture.width * x), int(picture.height * y)))


def assert_shows_receipt(picture: Image.Image) -> None:
    assert picture.mode == "RGB"
    assert brightness(picture, 0.5, 0.15) < 20
    assert brightness(picture, 0.5, 0.5) > 235


@pytest.mark.parametrize(
    ("content_type", "file_format", "mode"),
    [
        ("image/jpeg", "JPEG", "RGB"),
        ("image/jpeg", "JPEG", "L"),
        ("image/jpeg", "JPEG", "CMYK"),
        ("image/png", "PNG", "1"),
        ("image/png", "PNG", "P"),
        ("image/png", "PNG", "LA"),
        ("image/png", "PNG", "RGBA"),
        ("image/webp", "WEBP", "RGB"),
        ("image/gif", "GIF", "P"),
        ("image/tiff", "TIFF", "1"),
        ("image/tiff", "TIFF", "CMYK"),
        ("image/tiff", "TIFF", "LAB"),
    ],
)
def test_shows_every_kind_of_picture_in_plain_colours(shown: Kept, content_type, file_format, mode):
    source = receipt().convert("LAB") if mode == "LAB" else receipt(mode)

    (picture,) = shown(saved(source, file_format), content_type)

    assert_shows_receipt(picture)


def test_shows_photos_of_telephones(shown: Kept):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(receipt()).save(buffer, quality=90)

    (picture,) = shown(buffer.getvalue(), "image/heic")

    assert_shows_receipt(picture)


def test_sixteen_bits_keep_their_shades(shown: Kept):
    shades = receipt("L").point(lambda level: level * 0x0101, "I").convert("I;16")

    (picture,) = shown(saved(shades, "PNG"), "image/png")

    assert_shows_receipt(picture)


def test_what_is_transparent_is_paper(shown: Kept):
    ink = Image.new("RGBA", (60, 100), (0, 0, 0, 0))
    ImageDraw.Draw(ink).rectangle((0, 10, 60, 20), fill="black")

    (picture,) = shown(saved(ink, "PNG"), "image/png")

    assert_shows_receipt(picture)


@pytest.mark.parametrize(
    ("content_type", "file_format"), [("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/webp", "WEBP")]
)
def test_a_photo_is_turned_as_the_camera_noted(shown: Kept, content_type, file_format):
    exif = Image.Exif()
    exif[ORIENTATION] = TOP_TO_THE_LEFT
    lying = receipt().transpose(Image.Transpose.ROTATE_90)

    (picture,) = shown(saved(lying, file_format, exif=exif), content_type)

    assert picture.size == (60, 100)
    assert_shows_receipt(picture)


def test_a_telephones_photo_is_turned_once(shown: Kept):
    exif = Image.Exif()
    exif[ORIENTATION] = TOP_TO_THE_LEFT
    heif = pillow_heif.from_pillow(receipt().transpose(Image.Transpose.ROTATE_90))
    buffer = io.BytesIO()
    heif.save(buffer, quality=90, exif=exif.tobytes())

    (picture,) = shown(buffer.getvalue(), "image/heic")

    assert picture.size == (60, 100)
    assert_shows_receipt(picture)


def test_nonsense_in_place_of_a_cameras_notes_is_ignored(shown: Kept):
    nonsense = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\xff\xff" + bytes(20)

    (picture,) = shown(saved(receipt(), "JPEG", exif=nonsense), "image/jpeg")

    assert_shows_receipt(picture)


@pytest.mark.parametrize("mode", ["RGB", "1", "P"])
def test_a_large_picture_is_reduced_in_proportion(shown: Kept, mode):
    (picture,) = shown(saved(receipt(mode, (600, 1000)), "PNG"), "image/png", longest_side=250)

    assert picture.size == (150, 250)
    assert_shows_receipt(picture)


def test_a_large_photo_is_not_even_decoded_in_full(shown: Kept):
    photo = saved(receipt(size=(2400, 4000)), "JPEG")
    a_quarter_of_its_pixels = 2400 * 4000 // 4

    (picture,) = shown(photo, "image/jpeg", longest_side=1000, decoding_bytes=8 * a_quarter_of_its_pixels)

    assert picture.size == (600, 1000)


def test_a_picture_that_takes_too_much_memory_is_refused(shown: Kept):
    with pytest.raises(DocumentRejected) as refused:
        shown(saved(receipt(size=(600, 1000)), "PNG"), "image/png", decoding_bytes=1_000_000)

    assert refused.value.reason is RejectionReason.TOO_COMPLEX


def test_a_picture_that_reservations_a_monstrous_size_is_refused(shown: Kept):
    with pytest.raises(DocumentRejected) as refused:
        shown(png(60_000, 60_000, b""), "image/png")

    assert refused.value.reason is RejectionReason.TOO_COMPLEX


def test_the_pages_of_a_tiff_are_shown_up_to_the_limit(shown: Kept):
    pages = saved(receipt(), "TIFF", save_all=True, append_images=[receipt() for _ in range(4)])

    assert len(shown(pages, "image/tiff", pictures=9)) == 5
    assert len(shown(pages, "image/tiff", pictures=2)) == 2


def test_an_animation_is_one_picture(shown: Kept):
    frames = [receipt("P"), receipt("P").rotate(180)]
    animation = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])

    (picture,) = shown(animation, "image/gif")

    assert_shows_receipt(picture)


def test_a_picture_without_its_end_shows_what_has_come(shown: Kept):
    noise = Image.effect_noise((400, 400), 60)
    photo = saved(noise, "JPEG")

    (picture,) = shown(photo[: len(photo) // 2], "image/jpeg")

    assert picture.size == (400, 400)


def test_what_is_no_picture_is_refused_and_leaves_the_decoders_as_they_were(shown: Kept):
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES

    with pytest.raises(DocumentRejected) as refused:
        shown(b"\x89PNG\r\n\x1a\nbut no picture", "image/png")

    assert refused.value.reason is RejectionReason.UNREADABLE
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


def test_another_type_than_it_is_said_to_be_is_refused(shown: Kept):
    with pytest.raises(DocumentRejected):
        shown(saved(receipt(), "PNG"), "image/jpeg")
