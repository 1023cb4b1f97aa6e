"""Ordinary, odd and broken documents, inspected in this process."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from tests.unit.inspection import documents

Inspect = Callable[[bytes], Inspection]


@pytest.fixture
def inspect(tmp_path: Path) -> Inspect:
    def inspect_bytes(content: bytes) -> Inspection:
        path = tmp_path / "été 😀.html"  # a name says nothing
        path.write_bytes(content)
        return inspect_file(path, InspectionLimits(pages=50))

    return inspect_bytes


def rotated() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return documents.image("JPEG", exif=exif)


def encrypted(user_password: str) -> bytes:
    buffer = io.BytesIO()
    lock = StandardEncryption(user_password, ownerPassword="owner", strength=128)
    canvas = Canvas(buffer, invariant=1, encrypt=lock)
    canvas.drawString(100, 700, "Total 12.50")
    canvas.save()
    return buffer.getvalue()


def with_zip_appended(content: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("payload.js", "alert(1)")
    return buffer.getvalue()


ANIMATION = {"save_all": True, "append_images": [documents.picture().rotate(angle) for angle in (90, 180)]}

WHOLE = {
    "PDF": (documents.pdf(), DocumentType.PDF),
    "JPEG": (documents.image("JPEG"), DocumentType.JPEG),
    "progressive JPEG": (documents.image("JPEG", progressive=True), DocumentType.JPEG),
    "grey JPEG": (documents.image("JPEG", documents.picture().convert("L")), DocumentType.JPEG),
    "CMYK JPEG": (documents.image("JPEG", documents.picture().convert("CMYK")), DocumentType.JPEG),
    "rotated JPEG": (rotated(), DocumentType.JPEG),
    "MPO": (documents.image("MPO", **ANIMATION), DocumentType.JPEG),
    "PNG": (documents.image("PNG"), DocumentType.PNG),
    "APNG": (documents.image("PNG", **ANIMATION), DocumentType.PNG),
    "bilevel PNG": (documents.image("PNG", documents.picture().convert("1")), DocumentType.PNG),
    "HEIC": (documents.heic(), DocumentType.HEIC),
    "WebP": (documents.image("WEBP"), DocumentType.WEBP),
    "lossless WebP": (documents.image("WEBP", lossless=True), DocumentType.WEBP),
    "animated WebP": (documents.image("WEBP", **ANIMATION), DocumentType.WEBP),
    "TIFF": (documents.image("TIFF"), DocumentType.TIFF),
    "fax TIFF": (
        documents.image("TIFF", documents.picture().convert("1"), compression="group4"),
        DocumentType.TIFF,
    ),
    "JPEG in TIFF": (documents.image("TIFF", compression="jpeg"), DocumentType.TIFF),
    "BigTIFF": (documents.image("TIFF", big_tiff=True), DocumentType.TIFF),
    "GIF": (documents.image("GIF"), DocumentType.GIF),
    "animated GIF": (documents.image("GIF", **ANIMATION), DocumentType.GIF),
    # Odd, and shown by viewers.
    "motion photo": (
        documents.image("JPEG") + documents.heif_with_brands(b"mp42") + bytes(9999),
        DocumentType.JPEG,
    ),
    "HEIC with something appended": (documents.heic() + b"\xff" * 999, DocumentType.HEIC),
    "WebP with something appended": (documents.image("WEBP") + b"\xff" * 999, DocumentType.WEBP),
    "PNG padded": (documents.image("PNG") + bytes(9999), DocumentType.PNG),
    "PDF padded": (documents.pdf() + bytes(9999), DocumentType.PDF),
    "PDF after junk": (b"From: billing\r\n" * 20 + documents.pdf(), DocumentType.PDF),
    "PDF and ZIP": (with_zip_appended(documents.pdf()), DocumentType.PDF),
    "PDF with a wrong startxref": (
        documents.pdf().replace(b"startxref\n", b"startxref\n9"),
        DocumentType.PDF,
    ),
    "PDF with a looping xref": (documents.pdf(trailer=b"/Prev 455"), DocumentType.PDF),
    "PDF with a wrong length": (documents.pdf().replace(b"/Length 46", b"/Length 9999"), DocumentType.PDF),
    "PDF that anybody may open": (encrypted(user_password=""), DocumentType.PDF),
    "PDF claiming no page": (documents.pdf({2: documents.pages(3, count=0)}), DocumentType.PDF),
    "PDF of a huge page": (documents.pdf({3: documents.page(media_box=b"0 0 1e9 1e9")}), DocumentType.PDF),
    "PDF of an empty page": (documents.pdf({3: documents.page(contents=b"99 0 R")}), DocumentType.PDF),
    "PDF page that inherits from itself": (
        documents.pdf({2: documents.pages(3)[:-2] + b"/Parent 2 0 R >>"}),
        DocumentType.PDF,
    ),
}


@pytest.mark.parametrize(("content", "expected"), WHOLE.values(), ids=WHOLE.keys())
def test_accepts_what_common_viewers_open(inspect: Inspect, content: bytes, expected: DocumentType) -> None:
    inspection = inspect(content)

    assert inspection == Inspection(expected, pages=1, complete=True)


def test_states_media_type_and_extension(inspect: Inspect) -> None:
    inspection = inspect(documents.image("JPEG"))

    assert (inspection.content_type, inspection.extension) == ("image/jpeg", "jpg")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(documents.pdf({2: documents.pages(3, 6), 6: documents.page()}), id="PDF"),
        pytest.param(documents.tiff_of_pages(2), id="TIFF"),
    ],
)
def test_counts_pages(inspect: Inspect, content: bytes) -> None:
    inspection = inspect(content)

    assert inspection.pages == 2


def test_shows_the_page_that_is_left(inspect: Inspect) -> None:
    first_page_missing = documents.pdf({2: documents.pages(99, 3)})

    inspection = inspect(first_page_missing)

    assert inspection.type is DocumentType.PDF


# What is shown although its end is missing, and what is not: the formats differ in what a decoder can do.
SHOWN_WHEN_CUT = ("JPEG", "progressive JPEG", "CMYK JPEG", "PNG", "GIF", "animated GIF", "TIFF")
NOT_SHOWN_WHEN_CUT = ("PDF", "HEIC", "WebP", "lossless WebP", "fax TIFF")


@pytest.mark.parametrize("tenths", range(1, 10))
@pytest.mark.parametrize("name", SHOWN_WHEN_CUT)
def test_says_of_a_picture_cut_short_that_it_is_incomplete(inspect: Inspect, name: str, tenths: int) -> None:
    content, expected = WHOLE[name]
    headers = 700  # of the JPEGs; in less there is no picture yet

    inspection = inspect(content[: max(len(content) * tenths // 10, headers)])

    assert inspection == Inspection(expected, pages=1, complete=False)


@pytest.mark.parametrize("tenths", range(1, 10))
@pytest.mark.parametrize("name", NOT_SHOWN_WHEN_CUT)
def test_waits_for_the_rest_of_what_cannot_be_shown_yet(inspect: Inspect, name: str, tenths: int) -> None:
    content, _ = WHOLE[name]

    with pytest.raises(DocumentRejected) as caught:
        inspect(content[: len(content) * tenths // 10])

    assert caught.value.reason is RejectionReason.DAMAGED
    assert caught.value.may_be_incomplete


@pytest.mark.parametrize(
    "name",
    [
        "PDF",
        "JPEG",
        "progressive JPEG",
        "PNG",
        "APNG",
        "HEIC",
        "WebP",
        "animated WebP",
        "TIFF",
        "animated GIF",
    ],
)
def test_no_document_without_its_last_bytes_is_believed_whole(inspect: Inspect, name: str) -> None:
    content, _ = WHOLE[name]

    try:
        complete = inspect(content[:-12]).complete
    except DocumentRejected as rejected:
        complete = not rejected.may_be_incomplete

    assert not complete


@pytest.mark.parametrize("end", [b"startxref", b"%%EOF"])
def test_says_of_a_repaired_pdf_without_its_end_that_it_is_incomplete(inspect: Inspect, end: bytes) -> None:
    whole = documents.pdf()

    inspection = inspect(whole[: whole.index(end)])

    assert inspection == Inspection(DocumentType.PDF, pages=1, complete=False)


def test_counts_the_pages_of_a_tiff_that_are_there_so_far(inspect: Inspect) -> None:
    whole = documents.tiff_of_pages(9)

    inspection = inspect(whole[: len(whole) // 2])

    assert 1 < inspection.pages < 9
    assert not inspection.complete


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(encrypted(user_password="secret"), id="RC4"),
        pytest.param(documents.pdf(trailer=b"/Encrypt << /Filter /FOPN_fLock /V 1 >>"), id="unknown handler"),
    ],
)
def test_rejects_what_needs_a_password(inspect: Inspect, content: bytes) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(content)

    assert caught.value.reason is RejectionReason.PASSWORD_PROTECTED
    assert not caught.value.may_be_incomplete


def deep_tree(levels: int) -> bytes:
    nodes = {number: documents.pages(number + 1) for number in range(6, 6 + levels)}
    return documents.pdf({2: documents.pages(6), **nodes, 6 + levels: documents.page()})


DAMAGED = {
    "PDF without pages": documents.pdf({2: documents.pages()}),
    "PDF whose page is missing": documents.pdf({2: documents.pages(99)}),
    "PDF whose tree of pages is a loop": documents.pdf({2: documents.pages(2)}),
    "PDF whose tree of pages is too deep": deep_tree(3000),
    "PDF header alone": b"%PDF-1.7\n",
    "JPEG header alone": b"\xff\xd8\xff\xe0",
    "JPEG of nothing but zeros": b"\xff\xd8\xff".ljust(9999, b"\x00"),
    "PNG without pixels": documents.image("PNG")[:33],
    "PNG of a corrupt header": documents.image("PNG").replace(b"IHDR\x00", b"IHDR\x01"),
    "GIF without a picture": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "TIFF without a page": b"II*\x00\x00\x00\x00\x00",
    "TIFF pointing past its end": b"II*\x00\xff\xff\xff\x7f",
    "WebP of nothing": b"RIFF\x04\x00\x00\x00WEBPVP8 ",
    "HEIC of nothing": documents.heif_with_brands(b"heic"),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_rejects_what_no_viewer_shows(inspect: Inspect, content: bytes) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(content)

    assert caught.value.reason is RejectionReason.DAMAGED


TOO_COMPLEX = {
    "PNG bomb": documents.png(60_000, 60_000, zlib.compress(bytes(9))),
    "PNG of impossible dimensions": documents.png(2**31 - 1, 2**31 - 1, zlib.compress(bytes(9))),
    "JPEG of huge dimensions": documents.jpeg_claiming(65_500, 65_500),
    "progressive JPEG kept whole in memory": documents.jpeg_claiming(15_900, 15_900, progressive=True),
    "TIFF of huge dimensions": documents.tiff(100_000, 100_000),
    "GIF of huge dimensions": b"GIF89a\xff\xff\xff\xff" + documents.image("GIF")[10:],
    "WebP bomb": documents.image("WEBP", Image.new("L", (9000, 9000)), lossless=True, method=0),
    "PDF of too many pages": documents.pdf({2: documents.pages(*[3] * 51)}),
    "TIFF of too many pages": documents.tiff_of_pages(51),
}


@pytest.mark.parametrize("content", TOO_COMPLEX.values(), ids=TOO_COMPLEX.keys())
def test_rejects_what_costs_too_much(inspect: Inspect, content: bytes) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(content)

    assert caught.value.reason is RejectionReason.TOO_COMPLEX
    assert not caught.value.may_be_incomplete


def test_does_not_believe_a_pdf_that_claims_too_many_pages(inspect: Inspect) -> None:
    inspection = inspect(documents.pdf({2: documents.pages(3, count=99_999)}))

    assert inspection.type is DocumentType.PDF


def test_reads_a_photo_larger_than_any_phone_makes_today(inspect: Inspect) -> None:
    inspection = inspect(documents.jpeg_claiming(16_000, 15_000))

    assert inspection.type is DocumentType.JPEG


def test_ends_a_tiff_whose_pages_are_a_loop(inspect: Inspect) -> None:
    inspection = inspect(documents.tiff(1, 1, next_page=8))

    assert inspection.pages == 1


@pytest.mark.parametrize("chunk", [b"zTXt", b"iCCP"])
def test_does_not_inflate_the_metadata_of_a_png(inspect: Inspect, chunk: bytes) -> None:
    bomb = documents.png(
        1, 1, zlib.compress(bytes(2)), (chunk, b"name\x00\x00" + documents.zeros(megabytes=100))
    )

    inspection = inspect(bomb)

    assert inspection.type is DocumentType.PNG


def test_leaves_the_settings_of_pillow_as_they_were(inspect: Inspect) -> None:
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES

    inspect(documents.image("JPEG")[:2000])

    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>7</ID></Invoice>'


def test_an_invoice_that_is_but_data_is_one_whole_page(inspect: Inspect) -> None:
    inspection = inspect(UBL)

    assert (inspection.content_type, inspection.extension) == ("application/xml", "xml")
    assert (inspection.pages, inspection.complete) == (1, True)


@pytest.mark.parametrize("length", range(70, len(UBL), 5))
def test_invoice_data_may_still_be_on_its_way(inspect: Inspect, length: int) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(UBL[:length])

    assert caught.value.reason in {RejectionReason.DAMAGED, RejectionReason.UNSUPPORTED_TYPE}
    assert caught.value.may_be_incomplete or length < UBL.index(b">")


def test_invoice_data_with_entities_is_turned_away(inspect: Inspect) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(b'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a "aaaa">]>' + UBL)

    assert caught.value.reason is RejectionReason.UNSUPPORTED_TYPE
    assert not caught.value.may_be_incomplete


def test_invoice_data_in_an_unknown_encoding_is_damaged(inspect: Inspect) -> None:
    with pytest.raises(DocumentRejected) as caught:
        inspect(b'<?xml version="1.0" encoding="klingon"?>' + UBL)

    assert caught.value.reason is RejectionReason.DAMAGED
