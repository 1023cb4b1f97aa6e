"""Small documents, no two the same unless they are meant to be: papers that are read without OCR."""

from __future__ import annotations

import io
from random import Random

from reportlab.pdfgen.canvas import Canvas

_SHOPS = ("Taxi Bleu", "Boulangerie Morel", "Hotel Astoria", "Rail Hexagone", "Papeterie du Lac")
_CONDITIONS = (
    "All prices include value added tax. Please keep this receipt: it is proof of your purchase,",
    "and goods are taken back within thirty days where they are unused and in their packing.",
)
"""So much text that no page counts as a picture."""


def make_paper(number: int, random: Random) -> bytes:
    """A receipt as a PDF of one page."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=True)
    cents = random.randrange(300, 30_000)
    lines = (
        random.choice(_SHOPS),
        "12 rue de la Gare, 67000 Strasbourg",
        f"Receipt no. {number:06}",
        f"Date: {random.randrange(1, 28):02}/11/2026",
        *_CONDITIONS,
        f"Total EUR {cents // 100}.{cents % 100:02}",
        "Paid by card. Thank you for your visit, and see you soon.",
    )
    for row, line in enumerate(lines):
        canvas.drawString(72, 720 - row * 20, line)
    canvas.save()
    return paper.getvalue()


def make_rubbish(number: int) -> bytes:
    """What is called a PDF and is none."""
    return b"no document at all, %d" % number
