"""Whether anything at all is printed on a picture: what is blank beyond doubt costs no engine's page.

A mark is where some neighbours differ from the paper around them, in any colour, by more than the paper's own
grain. A picture with coarse grain, dust, a fold or a hole is sent: a faint receipt may look like that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from PIL import Image, ImageChops, ImageFilter

_SHORTER_SIDE = 1_000
"""Pixels that are left of it, or up to twice as many: the smallest print of a sheet is then eight high."""
_MOST_PIXELS = 8_000_000  # of what is left: a longer strip is not looked through, and is sent
_EDGE = 0.015  # of the shorter side: 3 mm of a sheet, where scanners leave a shadow and no printer prints
_SURROUNDINGS = 12  # pixels: wider than a stroke, narrower than a lamp's shadow
_FAINTEST = 4  # shades of 255: paler than what thermal paper fades to
_COARSEST_GRAIN = 1  # shades, of half of all pixels: in coarser grain faint print would hide
_TIMES_GRAIN = 5
_CELL = 8
_FEWEST_OF_A_CELL = 5  # pixels of it: what single grains do not reach
_MOST_CELLS = 1  # a speck of dust; one digit in the smallest print has more


def is_blank(picture: Image.Image) -> bool:
    """Whether there is nothing on it but paper; where in doubt, there is."""
    reduced = _reduced(picture.convert("RGB"))
    if reduced.width * reduced.height > _MOST_PIXELS:
        return False
    differences = _differences(_inner(reduced))
    grain = _median(differences)
    if grain > _COARSEST_GRAIN:
        return False
    threshold = max(_FAINTEST, _TIMES_GRAIN * grain)
    marks = differences.point(lambda level: 255 if level >= threshold else 0)
    return _marked_cells(marks) <= _MOST_CELLS


def _reduced(picture: Image.Image) -> Image.Image:
    """By a whole number, so that each pixel counts alike; a strip stays as wide as it can be read."""
    return picture.reduce(max(min(picture.size) // _SHORTER_SIDE, 1))


def _inner(picture: Image.Image) -> Image.Image:
    edge = int(min(picture.size) * _EDGE)
    return picture.crop((edge, edge, picture.width - edge, picture.height - edge))


def _differences(picture: Image.Image) -> Image.Image:
    """From the surroundings, in the colour that differs most: some print is as light as its paper."""
    return reduce(ImageChops.lighter, map(_from_surroundings, _colours(picture)))


def _colours(picture: Image.Image) -> Sequence[Image.Image]:
    """One of them where all are alike, as most scanners make it."""
    red, green, blue = picture.split()
    return [red] if red.tobytes() == green.tobytes() == blue.tobytes() else [red, green, blue]


def _from_surroundings(colour: Image.Image) -> Image.Image:
    return ImageChops.difference(colour, colour.filter(ImageFilter.BoxBlur(_SURROUNDINGS)))


def _median(differences: Image.Image) -> int:
    left = differences.width * differences.height / 2
    for level, count in enumerate(differences.histogram()):
        left -= count
        if left <= 0:
            return level
    return 255


def _marked_cells(marks: Image.Image) -> int:
    share = 255 * _FEWEST_OF_A_CELL // (_CELL * _CELL)
    return sum(marks.reduce(_CELL).histogram()[share:])
