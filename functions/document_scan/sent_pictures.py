"""Makes of any picture that is imported one that every engine takes."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 4000
"""Pixels; print on a receipt is legible with less."""
_HEIF = frozenset({"image/heic", "image/heif"})
_QUALITY = 88


class UnreadablePicture(Exception):
    """No decoder takes the file for a picture."""


def frames_of(path: Path, content_type: str) -> int:
    """The pages of a TIFF; of anything else, animated or not, the first picture is what counts."""
    if content_type != "image/tiff":
        return 1
    with _opened(path, content_type) as image:
        return int(getattr(image, "n_frames", 1))


def write_upright_jpeg(path: Path, content_type: str, destination: Path) -> tuple[int, int]:
    """Write the picture as a JPEG of bearable size; returns its width and height.

    Raises UnreadablePicture, or MemoryError where that is short.
    """
    with _opened(path, content_type) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # of a JPEG: no more pixels than are wanted
        try:
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright.convert("RGB").save(destination, "JPEG", quality=_QUALITY)
        except (OSError, SyntaxError, ValueError) as error:
            raise UnreadablePicture from error
        return upright.width, upright.height


def _opened(path: Path, content_type: str) -> Image.Image:
    # What was imported was held to limits already; what viewers show of it incomplete is shown here too.
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    if content_type in _HEIF:
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - loaded only where it is needed

        register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is no concern here
        try:
            return Image.open(path)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            raise UnreadablePicture from error
