"""Documents made to cost: each grows with a number, and is small for what it has a parser do."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PDF, JPEG, PNG, GIF, TIFF = "application/pdf", "image/jpeg", "image/png", "image/gif", "image/tiff"


@dataclass(frozen=True, slots=True)
class HostileDocument:
    """`make` is given a size: the smaller one, or twice that."""

    name: str
    content_type: str
    size: int
    make: Callable[[int], bytes]


def nested_taxes(depth: int) -> bytes:
    """Each element of an e-invoice within the one before: the text of each is that of all further in."""
    steps = (
        "<ram:ApplicableTradeTax><ram:CalculatedAmount>1",
        "</ram:CalculatedAmount></ram:ApplicableTradeTax>",
    )
    return pdf_with([_invoice(steps[0] * (depth // 2) + steps[1] * (depth // 2))])


def flat_taxes(count: int) -> bytes:
    """Elements side by side."""
    return pdf_with([_invoice("<ram:ApplicableTradeTax/>" * count)])


def many_attachments(kilobytes: int) -> bytes:
    """As many files as are looked at, all of them invoices, and alike in nothing."""
    filling = "<ram:Note>1</ram:Note>" * (kilobytes * 1024 // 22)
    return pdf_with([_invoice(f"<ram:ID>{number}</ram:ID>{filling}") for number in range(32)])


def page_of_amounts(lines: int) -> bytes:
    """Eighty amounts on each line, all different, as if each were a total."""
    rows = [
        "TOTAL " + " ".join(f"{(line * 80 + place) * 7 % 9973}.{place:02d}" for place in range(80))
        for line in range(lines)
    ]
    return pages([rows], size=1.2)


def labelled_amounts(lines: int) -> bytes:
    """Totals, taxes, payments, roundings and discounts, each line with some of its own."""
    labels = ("TOTAL", "VAT 20.00%", "PAID", "CHANGE", "ROUNDING", "DISCOUNT", "TIP", "NET", "DEPOSIT")
    rows = [
        " ".join(f"{labels[(line + place) % 9]} {line * 11 + place}.{place:02d}" for place in range(20))
        for line in range(lines)
    ]
    return pages([rows], size=1.2)


def pages_of_digits(count: int) -> bytes:
    """Nothing but digits, as many as fit."""
    rows = [f"{line:03d}" + "1234567890" * 60 for line in range(300)]
    return pages([rows] * count, size=0.8)


def page_of_dates(lines: int) -> bytes:
    """Dates that may be read either way, labels and ranges between them."""
    rows = [
        " ".join(f"date {1 + line % 12}/{1 + place % 12}/2026 -" for place in range(18))
        for line in range(lines)
    ]
    return pages([rows], size=1.2)


def page_of_names(lines: int) -> bytes:
    """Companies with legal forms, registers and domains, in every line and column."""
    rows = [
        "   ".join(
            f"Firma{line}x{place} Handels GmbH HRB {line}{place} www.firma{line}x{place}.de"
            for place in range(6)
        )
        for line in range(lines)
    ]
    return pages([rows], size=1.2)


def empty_segments(count: int) -> bytes:
    """A photo before which there is nothing, many times over."""
    photo = _photo("JPEG")
    return photo[:2] + b"\xff\xe5\x00\x02" * count + photo[2:]


def fill_bytes(count: int) -> bytes:
    """A marker of a photo before which any number of fill bytes may stand."""
    photo = _photo("JPEG")
    return photo[:2] + b"\xff" * count + photo[2:]


def empty_chunks(count: int) -> bytes:
    """A PNG of chunks without data."""
    picture = _photo("PNG")
    chunk = struct.pack(">I4sI", 0, b"teSt", zlib.crc32(b"teSt"))
    return picture[:33] + chunk * count + picture[33:]


def short_comments(count: int) -> bytes:
    """A GIF whose comment comes a letter at a time."""
    picture = _photo("GIF")
    palette_ends = 13 + (3 << ((picture[10] & 7) + 1))
    return picture[:palette_ends] + b"\x21\xfe" + b"\x01x" * count + b"\x00" + picture[palette_ends:]


def blanks_between_blocks(count: int) -> bytes:
    """A GIF with nothing between its head and its picture, a byte at a time."""
    picture = _photo("GIF")
    palette_ends = 13 + (3 << ((picture[10] & 7) + 1))
    return picture[:palette_ends] + bytes(count) + picture[palette_ends:]


def overlapping_directories(count: int) -> bytes:
    """A TIFF whose pages' lists of tags all lie in the same bytes."""
    entries = 60_000
    tag = struct.pack("<HHII", 0x9999, 4, 1, 1)
    head = b"II*\x00" + struct.pack("<I", 8)
    body = bytearray()
    for number in range(count):
        offset = 8 + number * (2 + 12 * entries // 50 + 4)
        body += struct.pack("<H", entries // 50) + tag * (entries // 50)
        body += struct.pack("<I", offset + 2 + 12 * (entries // 50) + 4 if number < count - 1 else 0)
    return head + bytes(body)


def pages(texts: list[list[str]], *, size: float) -> bytes:
    """A PDF with these lines on each page."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    for rows in texts:
        canvas.setFont("Helvetica", size)
        for number, row in enumerate(rows):
            canvas.drawString(20, 820 - number * max(size * 1.3, 800 / max(len(rows), 1)), row)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_with(attachments: list[str]) -> bytes:
    """A PDF of one page with these files attached."""
    streams = [zlib.compress(each.encode()) for each in attachments]
    names = " ".join(f"({number:02d}.xml) {10 + 2 * number} 0 R" for number in range(len(streams)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[" + names.encode() + b"]>>>>>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    }
    for number, stream in enumerate(streams):
        file, content = 10 + 2 * number, 11 + 2 * number
        objects[file] = b"<</Type/Filespec/F(%02d.xml)/UF(%02d.xml)/EF<</F %d 0 R>>>>" % (
            number,
            number,
            content,
        )
        objects[content] = (
            b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
            + stream
            + b"\nendstream"
        )
    return _written(objects)


def _written(objects: dict[int, bytes]) -> bytes:
    output = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(output)
        output += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(output)
    output += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        output += b"%d 1\n%010d 00000 n \n" % (number, place)
    output += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
    return bytes(output)


def _invoice(inside: str) -> str:
    return (
        '<rsm:CrossIndustryInvoice xmlns:rsm="urn:a" xmlns:ram="urn:b"><rsm:ExchangedDocument>'
        "<ram:ID>1</ram:ID><ram:TypeCode>380</ram:TypeCode></rsm:ExchangedDocument><ram:Settlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        "<ram:HeaderMonetarySummation><ram:GrandTotalAmount>10.00</ram:GrandTotalAmount>"
        f"</ram:HeaderMonetarySummation>{inside}</ram:Settlement></rsm:CrossIndustryInvoice>"
    )


def _photo(file_format: str) -> bytes:
    buffer = BytesIO()
    Image.new("L", (200, 300), 200).save(buffer, file_format)
    return buffer.getvalue()


DOCUMENTS = (
    HostileDocument("nested elements", PDF, 50_000, nested_taxes),
    HostileDocument("elements side by side", PDF, 100_000, flat_taxes),
    HostileDocument("32 attachments, so many kB each", PDF, 512, many_attachments),
    HostileDocument("lines of 80 amounts", PDF, 31, page_of_amounts),
    HostileDocument("lines of labelled amounts", PDF, 100, labelled_amounts),
    HostileDocument("pages of digits", PDF, 25, pages_of_digits),
    HostileDocument("lines of dates", PDF, 100, page_of_dates),
    HostileDocument("lines of companies", PDF, 100, page_of_names),
    HostileDocument("JPEG of empty segments", JPEG, 6_000_000, empty_segments),
    HostileDocument("JPEG of fill bytes", JPEG, 25_000_000, fill_bytes),
    HostileDocument("PNG of empty chunks", PNG, 2_000_000, empty_chunks),
    HostileDocument("GIF of a comment by letters", GIF, 12_000_000, short_comments),
    HostileDocument("GIF of blanks", GIF, 24_000_000, blanks_between_blocks),
    HostileDocument("TIFF of pages of tags", TIFF, 1_000, overlapping_directories),
)
