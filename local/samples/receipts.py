"""Till receipts: what they say, and the paper they are printed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(reportlab.__file__).parent / "fonts"  # shipped with the package: the same on every machine
_REGULAR, _BOLD = "com_____.pfb", "cob_____.pfb"
_COLUMNS = 32
_TEXT_SIZE = 26
_LINE_HEIGHT = 34
_MARGIN = 38
_INK = 52
_PAPER = 252


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose amounts add up."""

    merchant: str
    address: tuple[str, ...]
    printed: str
    items: tuple[tuple[str, Decimal], ...]
    vat_rate: Decimal
    vat_label: str
    total_label: str
    payment: str
    farewell: str
    reference: str
    currency: str = "EUR"
    notes: tuple[str, ...] = field(default=())

    @property
    def total(self) -> Decimal:
        """The sum of the items, VAT included."""
        return sum((price for _, price in self.items), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """The VAT the total contains."""
        return (self.total * self.vat_rate / (100 + self.vat_rate)).quantize(Decimal("0.01"))


def print_receipt(receipt: Receipt) -> Image.Image:
    """The receipt as a grey picture of the paper alone, as wide as a till's roll."""
    lines = _lines(receipt)
    width = 2 * _MARGIN + round(_font(_REGULAR, _TEXT_SIZE).getlength("0" * _COLUMNS))
    height = 2 * _MARGIN + _LINE_HEIGHT * (len(lines) + 3)
    paper = Image.new("L", (width, height), _PAPER)
    draw = ImageDraw.Draw(paper)
    draw.text((width / 2, _MARGIN), receipt.merchant, _INK, _font(_BOLD, 40), anchor="ma")
    for row, line in enumerate(lines, start=2):
        name = _BOLD if line.startswith(receipt.total_label) else _REGULAR
        draw.text((_MARGIN, _MARGIN + row * _LINE_HEIGHT), line, _INK, _font(name, _TEXT_SIZE))
    return paper


def _lines(receipt: Receipt) -> list[str]:
    rule = "-" * _COLUMNS
    return [
        *(line.center(_COLUMNS) for line in receipt.address),
        "",
        _in_columns(receipt.printed, receipt.reference),
        rule,
        *(_in_columns(label, f"{price:.2f}") for label, price in receipt.items),
        rule,
        _in_columns(receipt.total_label, f"{receipt.total:.2f} {receipt.currency}"),
        _in_columns(f"{receipt.vat_label} {receipt.vat_rate:.2f} %", f"{receipt.vat:.2f}"),
        _in_columns(receipt.payment, f"{receipt.total:.2f}"),
        "",
        *(note.center(_COLUMNS) for note in receipt.notes),
        receipt.farewell.center(_COLUMNS),
    ]


def _in_columns(left: str, right: str) -> str:
    return left + right.rjust(_COLUMNS - len(left))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / name, size)
