"""Pictures much longer than wide, such as screenshots of whole web pages: read strip by strip.

Text is looked for on a picture reduced to what the engine bears: of a long one nothing would be left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PIL import Image

from functions.document_reading.pictures.page_limits import PageLimits
from functions.document_reading.reading.model import PageWords, Word

Read = Callable[[Image.Image], PageWords]
"""An engine's."""

_LENGTH = 2
"""Of a strip, in widths of the picture."""
_OVERLAP = 0.06
"""Of its length: more than a line of print, so that none is cut in both strips."""


def read_picture(picture: Image.Image, read: Read, limits: PageLimits) -> PageWords:
    """The words of a picture, by strips where it is slender."""
    if not limits.is_slender(picture.size):
        return read(picture)
    strips = [(top, bottom, _strip(picture, top, bottom, read)) for top, bottom in _strips(picture, limits)]
    words = tuple(word for top, bottom, page in strips for word in _own_words(page, top, bottom))
    return PageWords(words, picture.width, picture.height, strips[0][2].source)


def _strips(picture: Image.Image, limits: PageLimits) -> Iterator[tuple[int, int]]:
    """Where the strips begin and end that are read: the first ones and the last ones."""
    length = _LENGTH * picture.width
    tops = list(range(0, picture.height, length))
    kept = tops if len(tops) <= limits.strips else [*tops[: limits.strips // 2], *tops[-limits.strips // 2 :]]
    yield from ((top, min(top + length, picture.height)) for top in kept)


def _strip(picture: Image.Image, top: int, bottom: int, read: Read) -> PageWords:
    """The words of a strip and a little more above and below, with their places on the picture."""
    margin = round(_OVERLAP * _LENGTH * picture.width)
    upper = max(0, top - margin)
    page = read(picture.crop((0, upper, picture.width, min(bottom + margin, picture.height))))
    moved = (replace(word, top=word.top + upper, bottom=word.bottom + upper) for word in page.words)
    return replace(page, words=tuple(moved))


def _own_words(page: PageWords, top: int, bottom: int) -> Iterator[Word]:
    """The words that lie in the strip itself: those around it are its neighbours'."""
    return (word for word in page.words if top <= word.middle < bottom)
