"""Supporting documents made for tests: ordinary ones, and such as an attacker would make."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image

Objects = dict[int, bytes]

PAGE_CONTENT = b"BT /F1 12 Tf 50 700 Td (Total 12.50 EUR) Tj ET"


@cache
def picture(width: int = 320, height: int = 240) -> Image.Image:
    """A picture with something to see in every part of it."""
    gradient = Image.linear_gradient("L").resize((width, height))
    return Image.merge(
        "RGB", (gradient, gradient.rotate(180), gradient.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    )


def image(file_format: str, source: Image.Image | None = None, **options: object) -> bytes:
    buffer = io.BytesIO()
    (source or picture()).save(buffer, file_format, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


@cache
def heic() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(buffer, quality=50)
    return buffer.getvalue()


def pdf(objects: Objects | None = None, *, trailer: bytes = b"") -> bytes:
    """A PDF of one page, with the given objects instead of, or beside, its own."""
    numbered = one_page() | (objects or {})
    body = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in sorted(numbered.items()):
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(numbered) + 1
    table = b"".join(b"%010d 00000 n \n" % offsets.get(number, 0) for number in range(1, size))
    return bytes(
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    )


def packed_pdf(objects: Objects, packed: Objects, *, megabytes: int = 0) -> bytes:
    """A PDF of one page, some of whose objects lie deflated in an object stream: ISO 32000, section 7.5.7.

    So many megabytes of zeros follow them there.
    """
    stream_number, table_number = 90, 91
    bodies, index, offset = [], [], 0
    for number, content in packed.items():
        index.append(b"%d %d" % (number, offset))
        bodies.append(content + b" ")
        offset += len(content) + 1
    head = b" ".join(index) + b" "
    entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(packed), len(head))
    plain = (
        one_page() | objects | {stream_number: stream(_padded(head + b"".join(bodies), megabytes), entries)}
    )
    body, rows = bytearray(b"%PDF-1.7\n"), {0: (0, 0, 65535)}
    for number, content in sorted((n, c) for n, c in plain.items() if n not in packed):
        rows[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows |= {number: (2, stream_number, place) for place, number in enumerate(packed)}
    rows[table_number] = (1, len(body), 0)
    table = b"".join(struct.pack(">BIH", *rows.get(number, (0, 0, 0))) for number in range(table_number + 1))
    entries = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % (table_number + 1)
    start = len(body)
    body += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table_number, stream(table, entries), start)
    return bytes(body)


def _padded(data: bytes, megabytes: int) -> bytes:
    """Deflated; no reader minds that the checksum is that of the data alone."""
    compressor = zlib.compressobj(9)
    deflated = compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH)
    return deflated + _deflated_megabyte() * megabytes + compressor.flush()


@cache
def _deflated_megabyte() -> bytes:
    compressor = zlib.compressobj(9, wbits=-15)
    return compressor.compress(bytes(1 << 20)) + compressor.flush(zlib.Z_FULL_FLUSH)


def one_page() -> Objects:
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: pages(3),
        3: page(),
        4: stream(PAGE_CONTENT),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }


def pages(*kids: int, count: int | None = None) -> bytes:
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    return b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids) if count is None else count)


def page(parent: int = 2, media_box: bytes = b"0 0 595 842", contents: bytes = b"4 0 R") -> bytes:
    return (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [%s] /Contents %s /Resources << /Font << /F1 5 0 R >> >> >>"
        % (
            parent,
            media_box,
            contents,
        )
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


@cache
def zeros(megabytes: int, layers: int = 1) -> bytes:
    """So many megabytes of zeros, deflated in so many layers."""
    compressor = zlib.compressobj(9)
    header_and_block = compressor.compress(bytes(1 << 20)) + compressor.flush(zlib.Z_FULL_FLUSH)
    last_block = zlib.compressobj(9).flush()[2:-4]
    checksum = struct.pack(">HH", (megabytes << 20) % 65521, 1)  # Adler-32 of zeros
    deflated = header_and_block + header_and_block[2:] * (megabytes - 1) + last_block + checksum
    for _ in range(layers - 1):
        deflated = zlib.compress(deflated, 9)
    return deflated


def flate_bomb(megabytes: int, layers: int = 1) -> bytes:
    filters = b"/Filter [%s]" % (b" /FlateDecode" * layers)
    return pdf({4: stream(zeros(megabytes, layers), filters)})


def png(width: int, height: int, pixels: bytes, *extra: tuple[bytes, bytes]) -> bytes:
    """A grey PNG that claims these dimensions, whatever its deflated `pixels` say."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, data) for name, data in chunks)


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg_claiming(width: int, height: int, **options: object) -> bytes:
    """A small JPEG whose header has other dimensions written over its own."""
    small = image("JPEG", **options)
    frame = small.index(b"\xff\xc2" if options.get("progressive") else b"\xff\xc0")
    return small[: frame + 5] + struct.pack(">HH", height, width) + small[frame + 9 :]


def tiff(width: int, height: int, *, next_page: int = 0) -> bytes:
    """A grey TIFF of one strip of three bytes, whatever its dimensions say."""
    tags = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 273: 122, 277: 1, 278: height, 279: 3}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", next_page) + b"xxx"


def tiff_of_pages(count: int) -> bytes:
    pictures = [picture(8, 8)] * (count - 1)
    return image("TIFF", picture(8, 8), save_all=True, append_images=pictures)


def heif_with_brands(major: bytes, *compatible: bytes) -> bytes:
    """Only the first box of such a file."""
    return struct.pack(">I", 16 + 4 * len(compatible)) + b"ftyp" + major + bytes(4) + b"".join(compatible)
