"""Small JPEGs of a document's pages, upright as they were read, for people to look at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path

from PIL import Image

from functions.document_reading.pictures.open_pictures import pictures_of
from functions.document_reading.pictures.page_limits import PageLimits
from functions.document_reading.pictures.pdf_pictures import render_page
from functions.document_reading.pictures.pictures_to_send import count_frames
from functions.document_reading.reading.print.text_layer import UnreadablePdf, open_pdf
from functions.document_reading.reading.read_document import PDF
from shared.domain.errors import DocumentRejected
from shared.domain.previews import LONGEST_SIDE, MOST_PAGES, PreviewPage
from shared.domain.rejections import RejectionReason

MOST_BYTES_OF_A_PAGE = 300_000
_PIXELS = 700_000
"""An A4 page of 704 by 995, on which small print can just be read."""
_WIDEST = 1_000
_DECODED_SIDE = 1_600
"""What a picture is decoded to before it is turned and reduced."""
_QUALITIES = (70, 40, 20)
_TIFF = "image/tiff"
_NEARLY_SQUARE = math.radians(0.1)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page and its JPEG."""

    page: PreviewPage
    jpeg: bytes


def previews_of(
    path: Path, content_type: str, wanted: Sequence[int], turns: Mapping[int, float]
) -> tuple[int, list[PagePicture]]:
    """How many pages the document has, and pictures of a few: of the wanted ones and of the first ones.

    Raises DocumentRejected where it cannot be opened or costs too much, MemoryError.
    """
    if content_type == PDF:
        count, pages = _of_pdf(path, wanted)
    else:
        count = count_frames(path) if content_type == _TIFF else 1
        limits = replace(PageLimits(), pictures=MOST_PAGES, longest_side=_DECODED_SIDE)
        pages = islice(enumerate(pictures_of(path, content_type, limits)), MOST_PAGES)
    made = (_picture(number, picture, turns.get(number, 0.0)) for number, picture in pages)
    return count, [page for page in made if page]


def _of_pdf(path: Path, wanted: Sequence[int]) -> tuple[int, Iterable[tuple[int, Image.Image]]]:
    try:
        with open_pdf(path) as pdf:
            chosen = list(_chosen(wanted, pdf.page_count))
            for number in chosen:
                pdf.flatten(number)
            rendered = ((number, render_page(pdf, number, _DECODED_SIDE)) for number in chosen)
            return pdf.page_count, [(number, picture) for number, picture in rendered if picture]
    except UnreadablePdf as error:
        raise DocumentRejected(RejectionReason.UNREADABLE) from error


def _chosen(wanted: Sequence[int], count: int) -> Iterator[int]:
    """Those on which something was found come before those that only come first."""
    found = [number for number in dict.fromkeys(wanted) if 0 <= number < count]
    first = [number for number in range(min(count, MOST_PAGES)) if number not in found]
    yield from sorted([*found, *first][:MOST_PAGES])


def _picture(number: int, picture: Image.Image, turn: float) -> PagePicture | None:
    """None for what even the coarsest JPEG of is too large: it is noise."""
    small = _reduced(_turned(picture, turn))
    for quality in _QUALITIES:
        file = BytesIO()
        small.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= MOST_BYTES_OF_A_PAGE:
            return PagePicture(PreviewPage(number, small.width, small.height), file.getvalue())
    return None


def _turned(picture: Image.Image, turn: float) -> Image.Image:
    """By that much clockwise, in radians; nothing of it is cut off, as in reading."""
    square = round(turn / (math.pi / 2)) * (math.pi / 2)
    angle = square if abs(turn - square) < _NEARLY_SQUARE else turn
    if not angle:
        return picture
    degrees = -math.degrees(angle)
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def _reduced(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    scale = min(1.0, _WIDEST / width, LONGEST_SIDE / height, math.sqrt(_PIXELS / (width * height)))
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
