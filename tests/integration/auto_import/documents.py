"""Small real documents, each different, for the import to accept."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A6
from reportlab.pdfgen.canvas import Canvas


def jpeg(text: str) -> bytes:
    """A photo-like picture with this text on it."""
    picture = Image.new("RGB", (120, 160), "white")
    ImageDraw.Draw(picture).text((10, 20), text, fill="black")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A page with this text on it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A6, invariant=1)
    canvas.drawString(40, 200, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
