"""Documents as a hand-held telephone delivers them: tilted, shaded, out of focus and compressed.

The same picture always gives the same result, so figures of two runs can be compared.
"""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

_TABLE = (112, 88, 66)
_TILT_DEGREES = 4
_DARKEST_CORNER = 90  # of 255: what a hand's shadow leaves of the light
_SHARPEST_DETAILS = 1_400  # along the longer side; what is finer is lost
_JPEG_QUALITY = 60


class Degradation(StrEnum):
    """One thing that goes wrong when a receipt is photographed, or all but the last."""

    TILTED = "tilted"
    SHADED = "shaded"
    BLURRED = "blurred"
    COMPRESSED = "compressed"
    PHOTOGRAPHED = "photographed"
    SIDEWAYS = "sideways"


def degrade(image: Image.Image, degradation: Degradation = Degradation.PHOTOGRAPHED) -> Image.Image:
    """The picture as a bad photo of it, in RGB."""
    picture = image.convert("RGB")
    for step in _STEPS[degradation]:
        picture = step(picture)
    return picture


def _tilted(picture: Image.Image) -> Image.Image:
    """Turned on a table, clockwise."""
    return picture.rotate(-_TILT_DEGREES, Image.Resampling.BICUBIC, expand=True, fillcolor=_TABLE)


def _shaded(picture: Image.Image) -> Image.Image:
    """Bright in the upper left corner, dark in the lower right one."""
    light = Image.linear_gradient("L").rotate(180).point(lambda level: max(level, 1))
    downwards = light.resize(picture.size, Image.Resampling.BILINEAR)
    rightwards = light.rotate(90).resize(picture.size, Image.Resampling.BILINEAR)
    light = Image.blend(downwards, rightwards, 0.5)
    light = light.point(lambda level: _DARKEST_CORNER + level * (255 - _DARKEST_CORNER) // 255)
    return ImageChops.multiply(picture, Image.merge("RGB", [light] * 3))


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(max(picture.size) / _SHARPEST_DETAILS))


def _compressed(picture: Image.Image) -> Image.Image:
    file = BytesIO()
    picture.save(file, "JPEG", quality=_JPEG_QUALITY)
    return Image.open(file).convert("RGB")


def _sideways(picture: Image.Image) -> Image.Image:
    """Its top to the right, and nothing in the file that says so."""
    return picture.transpose(Image.Transpose.ROTATE_270)


_STEPS = {
    Degradation.TILTED: [_tilted],
    Degradation.SHADED: [_shaded],
    Degradation.BLURRED: [_blurred],
    Degradation.COMPRESSED: [_compressed],
    Degradation.PHOTOGRAPHED: [_tilted, _shaded, _blurred, _compressed],
    Degradation.SIDEWAYS: [_sideways],
}
