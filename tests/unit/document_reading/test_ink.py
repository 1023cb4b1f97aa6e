"""What is blank beyond doubt, and what is faint."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from functions.document_reading.pictures.ink import is_blank

A4, A4_AT_300 = (1654, 2339), (2480, 3508)
RECEIPT, PHOTO = (640, 1600), (1080, 1920)


def paper(size: tuple[int, int] = A4, *, shade: int = 250, grain: float = 0.0) -> Image.Image:
    return grained(Image.new("L", size, shade), grain)


def grained(page: Image.Image, grain: float) -> Image.Image:
    """With noise of that deviation, as a scanner's."""
    return ImageChops.add(page, Image.effect_noise(page.size, grain), 1, -128) if grain else page


def printed(
    page: Image.Image, text: str, *, ink: int, size: int = 26, at: tuple[int, int] = (200, 300)
) -> Image.Image:
    ImageDraw.Draw(page).text(at, text, fill=ink, font=ImageFont.load_default(size))
    return page


def drawn(page: Image.Image, *points: tuple[int, int], ink: int, width: int = 2) -> Image.Image:
    ImageDraw.Draw(page).line(points, fill=ink, width=width)
    return page


def shaded(page: Image.Image) -> Image.Image:
    """Darker towards one side, as under a lamp."""
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda level: 255 - level // 8)
    return Image.composite(page, Image.new("L", page.size, 0), shadow)


def photographed(page: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    page.save(file, "JPEG", quality=quality)
    return Image.open(file)


def with_an_edge_shadow(page: Image.Image) -> Image.Image:
    """Beside the sheet a scanner sees its own lid."""
    ImageDraw.Draw(page).rectangle((0, 0, 15, page.height), fill=60)
    return page


def with_dust(page: Image.Image) -> Image.Image:
    for x, y in ((100, 90), (800, 1_200), (1_400, 2_000), (300, 1_700)):
        page.putpixel((x, y), 0)
    return page


def coloured(paper: tuple[int, int, int], ink: tuple[int, int, int]) -> Image.Image:
    page = Image.new("RGB", RECEIPT, paper)
    ImageDraw.Draw(page).text((100, 300), "TOTAL 12,50", fill=ink, font=ImageFont.load_default(26))
    return page


BLANK = {
    "white": paper(shade=255),
    "yellowed": Image.new("RGB", A4, (236, 228, 196)),
    "black": paper(shade=0),
    "black and white": paper(shade=255).convert("1"),
    "a lamp's shadow": shaded(paper()),
    "a scanner's grey and its grain": paper(A4_AT_300, shade=235, grain=2.5),
    "a scan saved as a JPEG": photographed(paper(shade=240, grain=1.2), 75),
    "an edge's shadow": with_an_edge_shadow(paper(grain=1)),
    "dust": with_dust(paper()),
    "a speck": printed(paper(), ".", ink=90, size=12),
    "small": paper((40, 30)),
    "one pixel": paper((1, 1)),
}


@pytest.mark.parametrize("page", BLANK.values(), ids=BLANK.keys())
def test_paper_is_blank(page: Image.Image) -> None:
    assert is_blank(page)


PRINTED = {
    "one line": printed(paper(), "Total 12.50 EUR", ink=40),
    "one line at the edge": printed(paper(), "Total 12.50", ink=40, at=(1500, 2300)),
    "one amount in small print": printed(paper(), "12.50", ink=120, size=18),
    "one digit in the smallest print": printed(paper(), "8", ink=120, size=14),
    "faded thermal paper": printed(paper(RECEIPT), "TOTAL 12,50", ink=244),
    "faded and photographed": photographed(printed(paper(PHOTO), "TOTAL 12,50", ink=240, size=18), 60),
    "faded with grain": grained(printed(paper(RECEIPT), "TOTAL 12,50", ink=240), 1),
    "faded small print with grain": grained(printed(paper(PHOTO), "12,50 EUR", ink=240, size=12), 1.5),
    "faded, hidden in coarse grain": grained(printed(paper(RECEIPT), "TOTAL 12,50", ink=240), 4),
    "faded and blurred": printed(paper(RECEIPT), "TOTAL 12,50", ink=225).filter(
        ImageFilter.GaussianBlur(1.5)
    ),
    "faded in a shadow": shaded(printed(paper(RECEIPT), "TOTAL 12,50", ink=230)),
    "white on black": printed(paper(shade=10), "Total 12.50", ink=40),
    "a colour as light as its paper": coloured((150, 200, 150), (236, 154, 170)),
    "pale yellow": coloured((255, 255, 255), (255, 255, 225)),
    "a signature": drawn(paper(), (900, 1900), (960, 1840), (1010, 1930), (1100, 1870), ink=90),
    "a pale line": drawn(paper(), (100, 900), (500, 905), ink=235),
    "a line far down a long strip": printed(paper((1280, 15_000)), "Total", ink=120, at=(200, 9_000)),
    "a dark hole": drawn(paper(), (40, 1100), (40, 1130), ink=30, width=30),
}


@pytest.mark.parametrize("page", PRINTED.values(), ids=PRINTED.keys())
def test_what_is_faint_is_not_blank(page: Image.Image) -> None:
    assert not is_blank(page)


def test_paper_in_whose_grain_print_could_hide_is_not_taken_for_blank() -> None:
    assert not is_blank(paper(grain=8))


def test_a_page_full_of_print_is_not_taken_for_grain() -> None:
    page = paper(RECEIPT)
    for line in range(60):
        printed(page, "Lorem ipsum 12.50 dolor sit", ink=60, at=(20, 20 + line * 26))

    assert not is_blank(page)
