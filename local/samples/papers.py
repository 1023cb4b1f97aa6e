"""PDFs as companies send them: train tickets and invoices."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 20 * mm, _WIDTH - 20 * mm
_INK, _FAINT = HexColor("#1c1f26"), HexColor("#6f7580")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TrainTicket:
    """One seat on one train, paid in euros, VAT included."""

    carrier: str
    colour: str
    origin: str
    departs: str
    destination: str
    arrives: str
    date: str
    train: str
    seat: str
    traveller: str
    reference: str
    price: Decimal
    vat_rate: Decimal
    bought: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice in euros: each line is a description, a quantity and a net unit price."""

    issuer: str
    colour: str
    address: tuple[str, ...]
    number: str
    date: str
    customer: tuple[str, ...]
    lines: tuple[tuple[str, int, Decimal], ...]
    vat_rate: Decimal
    payment: str
    conditions: str = ""


def train_ticket(ticket: TrainTicket) -> bytes:
    """The ticket to show on board, with its code, and what was paid for it."""
    buffer, canvas = _paper(ticket.carrier, ticket.colour, "E-ticket and proof of payment")
    top = _HEIGHT - 75 * mm
    ends = ((ticket.origin, ticket.departs), (ticket.destination, ticket.arrives))
    for x, (place, time) in zip((_LEFT, _WIDTH / 2 + 8 * mm), ends, strict=True):
        _text(canvas, x, top, place, size=22, bold=True)
        _text(canvas, x, top - 9 * mm, f"{ticket.date}  {time}", size=13)
    details = {
        "Train": ticket.train,
        "Seat": ticket.seat,
        "Traveller": ticket.traveller,
        "Reference": ticket.reference,
        "Bought on": ticket.bought,
    }
    for row, (label, value) in enumerate(details.items()):
        y = top - (30 + 9 * row) * mm
        _text(canvas, _LEFT, y, label, colour=_FAINT)
        _text(canvas, _LEFT + 32 * mm, y, value)
    _code(canvas, ticket.reference + ticket.traveller, _RIGHT - 42 * mm, top - 68 * mm)
    _ticket_price(canvas, ticket, top - 95 * mm)
    canvas.save()
    return buffer.getvalue()


def invoice(document: Invoice, password: str | None = None) -> bytes:
    """The invoice; with a password, it opens with that alone. Conditions make a second page."""
    lock = StandardEncryption(password, strength=128) if password else None
    buffer, canvas = _paper(document.issuer, document.colour, f"Invoice {document.number}", lock)
    y = _HEIGHT - 60 * mm
    for row in range(max(len(document.address), len(document.customer))):
        for x, block in ((_LEFT, document.address), (_WIDTH / 2 + 15 * mm, document.customer)):
            _text(canvas, x, y - row * 5.5 * mm, block[row] if row < len(block) else "")
    _text(canvas, _LEFT, y - 32 * mm, f"Date: {document.date}")
    _invoice_table(canvas, document, y - 48 * mm)
    if document.conditions:
        canvas.showPage()
        _text(canvas, _LEFT, _HEIGHT - 30 * mm, "General conditions", size=14, bold=True)
        _text(canvas, _LEFT, _HEIGHT - 42 * mm, document.conditions)
    canvas.save()
    return buffer.getvalue()


def _paper(
    heading: str, colour: str, subtitle: str, lock: StandardEncryption | None = None
) -> tuple[io.BytesIO, Canvas]:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=lock)  # invariant: the same bytes every time
    canvas.setTitle(f"{heading} - {subtitle}")
    canvas.setFillColor(HexColor(colour))
    canvas.rect(0, _HEIGHT - 40 * mm, _WIDTH, 40 * mm, stroke=0, fill=1)
    _text(canvas, _LEFT, _HEIGHT - 21 * mm, heading, size=22, bold=True, colour=HexColor("#ffffff"))
    _text(canvas, _LEFT, _HEIGHT - 31 * mm, subtitle, size=12, colour=HexColor("#ffffff"))
    return buffer, canvas


def _ticket_price(canvas: Canvas, ticket: TrainTicket, y: float) -> None:
    vat = (ticket.price * ticket.vat_rate / (100 + ticket.vat_rate)).quantize(_CENT)
    _rule(canvas, y + 8 * mm)
    _text(canvas, _LEFT, y, "Total paid by card", size=14, bold=True)
    _text(canvas, _RIGHT, y, f"{ticket.price:.2f} EUR", size=14, bold=True, flush_right=True)
    _text(canvas, _LEFT, y - 8 * mm, f"of which VAT {ticket.vat_rate} %", colour=_FAINT)
    _text(canvas, _RIGHT, y - 8 * mm, f"{vat:.2f} EUR", colour=_FAINT, flush_right=True)


def _invoice_table(canvas: Canvas, document: Invoice, y: float) -> None:
    columns = (_LEFT, 125 * mm, 155 * mm, _RIGHT)
    _row(canvas, y, columns, ("Description", "Quantity", "Unit price", "Amount"), bold=True)
    _rule(canvas, y - 3 * mm)
    for description, quantity, price in document.lines:
        y -= 9 * mm
        _row(canvas, y, columns, (description, str(quantity), f"{price:.2f}", f"{quantity * price:.2f}"))
    _rule(canvas, y - 4 * mm)
    net = sum((quantity * price for _, quantity, price in document.lines), Decimal(0))
    vat = (net * document.vat_rate / 100).quantize(_CENT)
    sums = (("Net total", net), (f"VAT {document.vat_rate} %", vat), ("Total to pay", net + vat))
    for label, amount in sums:
        y -= 10 * mm
        _row(canvas, y, columns, ("", "", label, f"{amount:.2f} EUR"), bold=label == sums[-1][0])
    _text(canvas, _LEFT, y - 25 * mm, document.payment, colour=_FAINT)


def _row(
    canvas: Canvas, y: float, columns: tuple[float, ...], cells: tuple[str, ...], *, bold: bool = False
) -> None:
    _text(canvas, columns[0], y, cells[0], bold=bold)
    for x, cell in zip(columns[1:], cells[1:], strict=True):
        _text(canvas, x, y, cell, bold=bold, flush_right=True)


def _text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    *,
    size: float = 10.5,
    bold: bool = False,
    colour: HexColor = _INK,
    flush_right: bool = False,
) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.setFillColor(colour)
    (canvas.drawRightString if flush_right else canvas.drawString)(x, y, text)


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(HexColor("#d5d8de"))
    canvas.line(_LEFT, y, _RIGHT, y)


def _code(canvas: Canvas, content: str, x: float, y: float) -> None:
    side = 42 * mm
    drawing = Drawing(side, side)
    drawing.add(QrCodeWidget(content, barWidth=side, barHeight=side, barBorder=0))
    renderPDF.draw(drawing, canvas, x, y)
