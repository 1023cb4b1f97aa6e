"""Pictures, decoded by Pillow as cheaply as their format allows."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile

from functions.auto_import.inspection.decoding import verdict_on_failure
from functions.auto_import.inspection.decoding_costs import PROGRESSIVE_BYTES_PER_PIXEL, check_cost
from functions.auto_import.inspection.endings import has_ending
from functions.auto_import.inspection.png_chunks import still_picture
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.pictures.parts import has_too_many_parts

# The plugin classes by name: `Image.open` would first import the plugins of formats not accepted.
_DECODERS = {
    DocumentType.JPEG: ("PIL.JpegImagePlugin", "JpegImageFile"),
    DocumentType.PNG: ("PIL.PngImagePlugin", "PngImageFile"),
    DocumentType.WEBP: ("PIL.WebPImagePlugin", "WebPImageFile"),
    DocumentType.TIFF: ("PIL.TiffImagePlugin", "TiffImageFile"),
    DocumentType.GIF: ("PIL.GifImagePlugin", "GifImageFile"),
}
# A decoder of WebP makes two canvases as soon as it opens the file, and then the picture.
_WEBP_BYTES_PER_PIXEL = 12
_BYTES_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2}

_STRIPS, _STRIP_LENGTHS, _TILES, _TILE_LENGTHS = 273, 279, 324, 325  # tags of TIFF 6.0
_KIND, _REDUCED, _PICTURES_WITHIN, _DNG_VERSION = 254, 1, 330, 50706  # of TIFF 6.0, TIFF/EP and DNG


def inspect_image(path: Path, document_type: DocumentType, limits: InspectionLimits) -> Inspection:
    """Decode the first picture; if that fails, once more as viewers do, showing what is there."""
    if has_too_many_parts(path, document_type.content_type):
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)
    with _pillow_settings(document_type, limits):
        pages, has_end = _pages(path, document_type, limits)
        is_whole = _decodes_whole(path, document_type, limits)
        if not is_whole:
            gc.collect()  # the error, its traceback and the picture in it hold on to each other
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            _decode(_as_viewers_see_it(path, document_type), document_type, limits)
    return Inspection(document_type, pages, complete=has_end and is_whole)


@contextmanager
def _pillow_settings(document_type: DocumentType, limits: InspectionLimits) -> Iterator[None]:
    """Set Pillow's globals for one document, and restore them."""
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    opening_bytes_per_pixel = _WEBP_BYTES_PER_PIXEL if document_type is DocumentType.WEBP else 1
    # Pillow warns above its limit and refuses above twice its limit.
    Image.MAX_IMAGE_PIXELS = limits.decoding_bytes // opening_bytes_per_pixel // 2
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is no concern here
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decodes_whole(path: Path, document_type: DocumentType, limits: InspectionLimits) -> bool:
    try:
        _decode(path, document_type, limits)
    except DocumentRejected as rejected:
        if not rejected.may_be_incomplete:
            raise
        return False
    return True


def _as_viewers_see_it(path: Path, document_type: DocumentType) -> Path | BytesIO:
    """An animated PNG with a bad animation still shows its picture."""
    still = still_picture(path) if document_type is DocumentType.PNG else None
    return still or path


def _decode(path: Path | BytesIO, document_type: DocumentType, limits: InspectionLimits) -> None:
    with _opened(path, document_type) as image, verdict_on_failure():
        size, progressive = image.size, image.info.get("progressive")
        # A JPEG is decoded in grey at an eighth of its size: every bit is read, few are computed.
        image.draft("L", (1, 1))
        pixels_made = image.width * image.height
        decoding_bytes = pixels_made * _BYTES_PER_PIXEL.get(image.mode, 4)
        if progressive:
            decoding_bytes += size[0] * size[1] * PROGRESSIVE_BYTES_PER_PIXEL
        check_cost(size, decoding_bytes, limits)
        image.load()


def _pages(path: Path, document_type: DocumentType, limits: InspectionLimits) -> tuple[int, bool]:
    """The number of pages, and whether the file has its end."""
    if document_type is not DocumentType.TIFF:
        return 1, has_ending(path, document_type)
    with _opened(path, document_type) as image:
        _refuse_raw_photo(image)
        return _tiff_pages(image, path.stat().st_size, limits)


def _tiff_pages(image: ImageFile.ImageFile, file_bytes: int, limits: InspectionLimits) -> tuple[int, bool]:
    complete = True
    for index in range(limits.pages + 1):
        try:
            image.seek(index)
            complete = complete and _data_end(image) <= file_bytes
        except EOFError:
            return index, complete
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as in `verdict_on_failure`; the pages before are shown
            return max(index, 1), False
    raise DocumentRejected(RejectionReason.TOO_COMPLEX)


def _refuse_raw_photo(image: ImageFile.ImageFile) -> None:
    """Refuse what viewers show a thumbnail of: the picture itself is in a form of its camera's maker."""
    tags = getattr(image, "tag_v2")  # noqa: B009 - of the TIFF class alone, which is imported lazily
    is_thumbnail = bool(tags.get(_KIND, 0) & _REDUCED) and _PICTURES_WITHIN in tags
    if is_thumbnail or _DNG_VERSION in tags:
        raise DocumentRejected(RejectionReason.UNSUPPORTED_TYPE)


def _data_end(image: ImageFile.ImageFile) -> int:
    """Where the pixels of the current page end in the file."""
    tags = getattr(image, "tag_v2")  # noqa: B009 - of the TIFF class alone, which is imported lazily
    starts = tags.get(_STRIPS) or tags.get(_TILES) or ()
    lengths = tags.get(_STRIP_LENGTHS) or tags.get(_TILE_LENGTHS) or ()
    return max((start + length for start, length in zip(starts, lengths, strict=False)), default=0)


@contextmanager
def _opened(path: Path | BytesIO, document_type: DocumentType) -> Iterator[ImageFile.ImageFile]:
    module, name = _DECODERS[document_type]
    decoder = getattr(import_module(module), name)
    with verdict_on_failure():
        image: ImageFile.ImageFile = decoder(path)
    with closing(image):
        yield image
