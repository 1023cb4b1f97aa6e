"""A screenshot of a telephone: the receipt an app shows after a ride."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(reportlab.__file__).parent / "fonts"
_SIZE = (750, 1334)
_INK, _FAINT, _ACCENT, _RULE = "#16181d", "#7b808a", "#0f9d76", "#e4e6ea"

_STOPS = ((522, "Aéroport Lyon-Saint-Exupéry", "22:39"), (616, "Hôtel des Lumières, Lyon 2e", "23:05"))
_FARE = (
    ("Base fare", "4.00"),
    ("Distance, 11.8 km", "17.70"),
    ("Time, 26 min", "7.80"),
    ("Airport fee", "2.50"),
)
_TOTAL = "32.00"
_STREETS = (
    ((0, 70), (750, 150)),
    ((0, 260), (750, 190)),
    ((140, 0), (90, 330)),
    ((420, 0), (470, 330)),
    ((640, 0), (610, 330)),
)
_ROUTE = ((96, 276), (104, 238), (436, 212), (428, 118), (648, 142), (640, 62))


def ride_receipt() -> Image.Image:
    """The screen, as the phone stores it."""
    screen = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(screen)
    _status_bar(draw)
    screen.paste(_map(), (0, 150))
    draw.text((40, 84), "VéloTaxi", _INK, _font("VeraBd.ttf", 36))
    draw.text((710, 92), "5 November 2026", _FAINT, _font("Vera.ttf", 24), anchor="ra")
    _stops(draw)
    _fare(draw)
    return screen


def _status_bar(draw: ImageDraw.ImageDraw) -> None:
    draw.text((40, 22), "23:08", _INK, _font("VeraBd.ttf", 24))
    for bar in range(4):
        draw.rectangle((588 + 11 * bar, 42 - 5 * bar, 594 + 11 * bar, 46), fill=_INK)
    draw.rounded_rectangle((654, 24, 704, 46), 6, outline=_INK, width=2)
    draw.rounded_rectangle((658, 28, 690, 42), 3, fill=_INK)


def _map() -> Image.Image:
    scale = 2  # drawn larger, for smooth lines
    large = Image.new("RGB", (750 * scale, 330 * scale), "#eef0ea")
    draw = ImageDraw.Draw(large)
    draw.ellipse((980, 320, 1620, 720), fill="#d3e8cc")
    for start, end in _STREETS:
        draw.line([(x * scale, y * scale) for x, y in (start, end)], "white", 22 * scale)
    draw.line([(x * scale, y * scale) for x, y in _ROUTE], _ACCENT, 8 * scale, joint="curve")
    for (x, y), fill in ((_ROUTE[0], "white"), (_ROUTE[-1], _ACCENT)):
        box = [(x - 13) * scale, (y - 13) * scale, (x + 13) * scale, (y + 13) * scale]
        draw.ellipse(box, fill=fill, outline=_INK, width=5 * scale)
    return large.resize((750, 330), Image.Resampling.LANCZOS)


def _stops(draw: ImageDraw.ImageDraw) -> None:
    draw.line((61, 546, 61, 626), _RULE, 4)
    draw.ellipse((50, 528, 72, 550), outline=_INK, width=4)
    draw.ellipse((50, 622, 72, 644), fill=_ACCENT)
    for y, place, hour in _STOPS:
        draw.text((100, y), place, _INK, _font("Vera.ttf", 28))
        draw.text((710, y + 3), hour, _FAINT, _font("Vera.ttf", 24), anchor="ra")


def _fare(draw: ImageDraw.ImageDraw) -> None:
    draw.line((40, 700, 710, 700), _RULE, 2)
    for row, (label, amount) in enumerate(_FARE):
        y = 736 + 62 * row
        draw.text((40, y), label, _INK, _font("Vera.ttf", 28))
        draw.text((710, y), f"{amount} €", _INK, _font("Vera.ttf", 28), anchor="ra")
    draw.line((40, 1000, 710, 1000), _RULE, 2)
    draw.text((40, 1034), "Total", _INK, _font("VeraBd.ttf", 38))
    draw.text((710, 1034), f"{_TOTAL} €", _INK, _font("VeraBd.ttf", 38), anchor="ra")
    draw.text((40, 1096), "VAT 10 % included: 2.91 €", _FAINT, _font("Vera.ttf", 24))
    draw.rounded_rectangle((40, 1180, 710, 1270), 20, fill=_ACCENT)
    draw.text((375, 1225), "Paid · Visa 4242", "white", _font("VeraBd.ttf", 28), anchor="mm")


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / name, size)
