"""Photos of paper: laid on a table a little askew, with a shadow, uneven light and some noise."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

_SIZE = (900, 1200)


def photograph(paper: Image.Image, *, tilt: float, table: tuple[str, str], seed: int) -> Image.Image:
    """A photo of a grey picture of paper, tilted by so many degrees, on a table of two colours.

    The same arguments always make the same photo.
    """
    random = Random(seed)  # noqa: S311 - grain, not secrets
    photo = ImageOps.colorize(_noise(random, (60, 5), _SIZE), *table)
    sheet, outline = _tilted(_creased(paper), _torn_outline(paper.size, random), tilt)
    corner = ((_SIZE[0] - sheet.width) // 2, (_SIZE[1] - sheet.height) // 2)
    _cast_shadow(photo, outline, corner)
    photo.paste(ImageOps.colorize(sheet, "#14110f", "#fffdf6"), corner, outline)
    lit = ImageChops.multiply(photo, _light())
    grain = _noise(random, _SIZE, _SIZE).convert("RGB")
    return Image.blend(lit, grain, 0.035).filter(ImageFilter.GaussianBlur(0.7))


def _noise(random: Random, cells: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    noise = Image.frombytes("L", cells, random.randbytes(cells[0] * cells[1]))
    return noise if cells == size else noise.resize(size, Image.Resampling.BICUBIC)


def _creased(paper: Image.Image) -> Image.Image:
    shade = Image.new("L", paper.size, 255)
    draw = ImageDraw.Draw(shade)
    for part, strength in ((0.36, 46), (0.71, 30)):
        y = round(paper.height * part)
        draw.line((0, y, paper.width, y - 6), 255 - strength, 5)
    return ImageChops.multiply(paper, shade.filter(ImageFilter.GaussianBlur(3)))


def _torn_outline(size: tuple[int, int], random: Random) -> Image.Image:
    """The shape of the paper: straight sides, and the till's teeth above and below."""
    width, height = size
    steps = range(0, width + 1, 9)
    top = [(x, random.randrange(4)) for x in steps]
    bottom = [(x, height - 1 - (index % 2) * 6) for index, x in enumerate(steps)]
    outline = Image.new("L", size, 0)
    ImageDraw.Draw(outline).polygon([*top, *reversed(bottom)], fill=255)
    return outline


def _tilted(paper: Image.Image, outline: Image.Image, tilt: float) -> tuple[Image.Image, Image.Image]:
    scale = min(0.74 * _SIZE[0] / paper.width, 0.88 * _SIZE[1] / paper.height)
    size = (round(paper.width * scale), round(paper.height * scale))
    turned = [
        picture.resize(size, Image.Resampling.LANCZOS).rotate(
            tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=fill
        )
        for picture, fill in ((paper, 255), (outline, 0))
    ]
    return turned[0], turned[1]


def _cast_shadow(photo: Image.Image, outline: Image.Image, corner: tuple[int, int]) -> None:
    shadow = Image.new("L", photo.size, 0)
    shadow.paste(outline.point(lambda value: value // 2), (corner[0] + 9, corner[1] + 14))
    photo.paste("#0b0908", (0, 0), shadow.filter(ImageFilter.GaussianBlur(13)))


def _light() -> Image.Image:
    """Brightest above, where the window is."""
    falling = Image.linear_gradient("L").point(lambda value: 255 - value // 5)
    return falling.rotate(20, Image.Resampling.BICUBIC).crop((50, 50, 206, 206)).resize(_SIZE).convert("RGB")
