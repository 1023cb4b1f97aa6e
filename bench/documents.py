"""Makes folders of real, incompressible documents: photos and scans, no two the same, of one size each."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

KILOBYTE, MEGABYTE = 1000, 1000_000
_COMMENT = b"\xff\xfe"  # a JPEG segment that viewers skip
_LONGEST_COMMENT = 65_533
_START = b"\xff\xd8"
_QUALITY = 85
_BYTES_PER_PIXEL = 0.28  # of the noise below at that quality
_SHARE_OF_PICTURE = 0.93
_MOST_PIXELS = 48_000_000  # of a phone; a larger document is padded


def make_photos_and_scans(folder: Path, *, count: int, size: int) -> Path:
    """Fill a new folder with `count` files of about `size` bytes, every second one a PDF."""
    folder.mkdir(parents=True)
    photo = _photo(size)
    scan = _scan(photo)
    for number in range(count):
        if number % 2:
            (folder / f"scan {number:05}.pdf").write_bytes(_padded_pdf(scan, size))
        else:
            (folder / f"photo {number:05}.jpg").write_bytes(_padded_jpeg(photo, size))
    return folder


def make_small_papers(folder: Path, count: int) -> Path:
    """Fill a new folder with `count` different PDFs of a kilobyte."""
    folder.mkdir(parents=True)
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.drawString(72, 720, "Taxi, 23.50 EUR")
    canvas.save()
    for number in range(count):
        (folder / f"paper {number:05}.pdf").write_bytes(_padded_pdf(paper.getvalue(), 0))
    return folder


def _photo(size: int) -> bytes:
    """A noisy JPEG of a little less than `size` bytes, four by three, as a phone takes it."""
    pixels = min(size * _SHARE_OF_PICTURE / _BYTES_PER_PIXEL, _MOST_PIXELS)
    height = round((pixels / 4 * 3) ** 0.5)
    bands = [Image.effect_noise((height * 4 // 3, height), sigma) for sigma in (12, 13, 14)]
    jpeg = io.BytesIO()
    Image.merge("RGB", bands).save(jpeg, "JPEG", quality=_QUALITY)
    return jpeg.getvalue()


def _scan(photo: bytes) -> bytes:
    """A PDF of one page that is the picture."""
    pdf = io.BytesIO()
    canvas = Canvas(pdf)
    canvas.drawImage(ImageReader(io.BytesIO(photo)), 0, 0, 595, 842)
    canvas.save()
    return pdf.getvalue()


def _padded_jpeg(photo: bytes, size: int) -> bytes:
    """Random comments make it unique and bring it to its size."""
    missing = max(size - len(photo), 16)
    comments = b""
    while missing > 0:
        data = os.urandom(min(missing, _LONGEST_COMMENT))
        comments += _COMMENT + (len(data) + 2).to_bytes(2, "big") + data
        missing -= len(data)
    return _START + comments + photo.removeprefix(_START)


def _padded_pdf(scan: bytes, size: int) -> bytes:
    """A stream that no object refers to, before the cross-reference table, whose place it shifts."""
    body, _, rest = scan.rpartition(b"xref\n0 ")
    table, _, _ = rest.rpartition(b"startxref")
    filler = os.urandom(max(size - len(scan), 16))
    padded = body + b"<< /Length %d >> stream\n" % len(filler) + filler + b"\nendstream\n"
    return padded + b"xref\n0 " + table + b"startxref\n%d\n%%%%EOF\n" % len(padded)
