"""Pictures as OCR wants them: upright by what the camera noted, in RGB on white, not too large."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pillow_heif
from PIL import Image, ImageFile, ImageOps

from functions.document_reading.pictures.page_limits import PageLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.pictures.parts import has_too_many_parts

_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/gif": "GIF",
}
_HEIF_TYPES = {"image/heic", "image/heif"}
_TIFF = "image/tiff"
_WEBP = "image/webp"

# While it is decoded, and made into what is handed on.
_BYTES_PER_PIXEL = {"1": 2, "L": 2, "P": 5}
_MOST_BYTES_PER_PIXEL = 8
_PROGRESSIVE_BYTES_PER_PIXEL = 3  # all coefficients are kept until the last scan has come
_WEBP_BYTES_PER_PIXEL = 12  # two canvases as soon as the file is opened, and then the picture
_REDUCING_GAP = 2.0  # what is much too large is first halved, which is quick and hardly seen

_SIXTEEN_BITS = {"I", "I;16", "I;16B", "I;16L"}
_HIGH_BYTE = 1 / 256


def pictures_of(path: Path, content_type: str, limits: PageLimits) -> Iterator[Image.Image]:
    """The pictures of a file, one at a time: the pages of a TIFF, the first frame of any other.

    Of a picture without its end there is what has come. Raises `DocumentRejected` where one cannot be
    decoded or would take too much memory.
    """
    if has_too_many_parts(path, content_type):
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)
    for index in range(limits.pictures if content_type == _TIFF else 1):
        picture = _picture(path, content_type, index, limits)
        if picture is None:
            return
        yield picture


def are_more_than_read(path: Path, content_type: str, limits: PageLimits) -> bool:
    """Whether a file has more pictures than `pictures_of` gives."""
    if content_type != _TIFF:
        return False
    with (
        suppress(DocumentRejected),  # there is one that cannot be opened
        _pillow_settings(content_type, limits),
        _verdict_on_failure(),
        Image.open(path, formats=[_FORMATS[content_type]]) as image,
    ):
        try:
            image.seek(limits.pictures)
        except EOFError:
            return False
    return True


def _picture(path: Path, content_type: str, index: int, limits: PageLimits) -> Image.Image | None:
    """The picture of that index, or None after the last."""
    with _pillow_settings(content_type, limits), _verdict_on_failure():
        if content_type in _HEIF_TYPES:
            return _on_white(_photo(path, limits))
        with Image.open(path, formats=[_FORMATS[content_type]]) as image:
            try:
                image.seek(index)
            except EOFError:
                return None
            return _on_white(_upright(image, limits))


def _photo(path: Path, limits: PageLimits) -> Image.Image:
    """A HEIC or HEIF picture, which libheif turns as the camera noted."""
    pillow_heif.options.DECODE_THREADS = 1
    photo = pillow_heif.open_heif(path)
    _check_cost(photo.size[0] * photo.size[1] * _MOST_BYTES_PER_PIXEL, limits)
    image: Image.Image = photo.to_pillow()
    return _reduced(image, limits)


def _upright(image: ImageFile.ImageFile, limits: PageLimits) -> Image.Image:
    progressive_bytes = image.width * image.height * _PROGRESSIVE_BYTES_PER_PIXEL
    _draft(image, limits)
    decoding_bytes = image.width * image.height * _BYTES_PER_PIXEL.get(image.mode, _MOST_BYTES_PER_PIXEL)
    _check_cost(decoding_bytes + (progressive_bytes if image.info.get("progressive") else 0), limits)
    return ImageOps.exif_transpose(_reduced(_in_eight_bits(image), limits))


def _draft(image: ImageFile.ImageFile, limits: PageLimits) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth of its size, if that is large enough."""
    scale = limits.longest_side_of(image.size) / max(image.size)
    if scale < 1:
        image.draft(None, (round(image.width * scale), round(image.height * scale)))


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Shades that can be reduced: neither black and white alone, nor a palette, nor 16 bits."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P":
        return image.convert("RGBA")
    if image.mode in _SIXTEEN_BITS:
        return image.point(lambda level: level * _HIGH_BYTE).convert("L")
    return image


def _reduced(image: Image.Image, limits: PageLimits) -> Image.Image:
    side = limits.longest_side_of(image.size)
    image.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=_REDUCING_GAP)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    picture = image.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _check_cost(decoding_bytes: int, limits: PageLimits) -> None:
    """Refuse a picture before its decoder is asked for it."""
    if decoding_bytes > limits.decoding_bytes:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)


@contextmanager
def _pillow_settings(content_type: str, limits: PageLimits) -> Iterator[None]:
    """Set Pillow's globals for one picture, and restore them."""
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    opening_bytes_per_pixel = _WEBP_BYTES_PER_PIXEL if content_type == _WEBP else 1
    # Pillow warns above its limit and refuses above twice its limit.
    Image.MAX_IMAGE_PIXELS = limits.decoding_bytes // opening_bytes_per_pixel // 2
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is no concern here
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


@contextmanager
def _verdict_on_failure() -> Iterator[None]:
    """Turn any error of a decoder into `DocumentRejected`: the fault is the document's.

    But for lack of memory, which may be the fault of the documents before: that is for the caller.
    """
    try:
        yield
    except (DocumentRejected, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX) from error
    except Exception as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error
