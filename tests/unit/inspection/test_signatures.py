"""What the first bytes of a file announce."""

import pytest

from functions.auto_import.inspection.verdicts import DocumentType
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.file_types.signatures import recognise
from tests.unit.inspection.documents import heif_with_brands

UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
CII = b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.4\n", DocumentType.PDF),
        (b"\r\n\r\n%PDF-1.7\n", DocumentType.PDF),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n%PDF-1.4\n", DocumentType.PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", DocumentType.JPEG),
        (b"\x89PNG\r\n\x1a\n", DocumentType.PNG),
        (b"GIF87a", DocumentType.GIF),
        (b"GIF89a%PDF-1.4", DocumentType.GIF),
        (b"II*\x00\x08\x00\x00\x00", DocumentType.TIFF),
        (b"MM\x00*\x00\x00\x00\x08", DocumentType.TIFF),
        (b"II+\x00\x08\x00\x00\x00", DocumentType.TIFF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", DocumentType.WEBP),
        (heif_with_brands(b"heic", b"mif1", b"heic"), DocumentType.HEIC),
        (UBL, DocumentType.XML),
        (UBL.replace(b"Invoice", b"CreditNote"), DocumentType.XML),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <a> -->\n' + CII, DocumentType.XML),
        (CII.decode().encode("utf-16"), DocumentType.XML),
        (heif_with_brands(b"mif1", b"mif1", b"heic", b"hevc"), DocumentType.HEIC),
        (heif_with_brands(b"mif1", b"mif1", b"miaf"), DocumentType.HEIF),
    ],
)
def test_recognises_the_accepted_types(head: bytes, expected: DocumentType) -> None:
    assert recognise(head) is expected


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"<!DOCTYPE html><html><body>%PDF-1.4 is gone</body>", id="HTML"),
        pytest.param(b"\xef\xbb\xbf  <html>%PDF-1.4", id="HTML with a byte order mark"),
        pytest.param(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', id="SVG"),
        pytest.param(b'<?xml version="1.0"?><Invoice xmlns="urn:another"/>', id="XML of something else"),
        pytest.param(b"<Order>" + UBL, id="XML that holds an invoice"),
        pytest.param(UBL.replace(b"Invoice ", b"Order "), id="UBL order"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: %PDF-1.4", id="EPS"),
        pytest.param(b"PK\x03\x04\x14\x00invoice.pdf%PDF-1.4", id="ZIP of a stored PDF"),
        pytest.param(
            b"invoice.pdf".ljust(257, b"\x00") + b"ustar".ljust(255, b"\x00") + b"%PDF-1.4", id="tar"
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00"), id="older Office"),
        pytest.param(b"{\\rtf1\\ansi\\deff0", id="RTF"),
        pytest.param(b"%FDF-1.2\n1 0 obj", id="FDF"),
        pytest.param(b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(64), id="raw photo of Canon"),
        pytest.param(b"\x78\x9f\x3e\x22" + b"%PDF-1.4", id="winmail.dat"),
        pytest.param(b"%PDF-1.4".rjust(1100), id="PDF header too far in"),
        pytest.param(heif_with_brands(b"avif", b"avif", b"mif1", b"miaf"), id="AVIF"),
        pytest.param(heif_with_brands(b"mp42", b"isom"), id="MP4"),
        pytest.param(heif_with_brands(b"qt  "), id="QuickTime"),
        pytest.param(b"\x00\x00\x00\x0cJXL \r\n\x87\n", id="JPEG XL"),
        pytest.param(b"\xff\x0a".ljust(99), id="bare JPEG XL"),
        pytest.param(b"\x00\x00\x00\x0cjP  \r\n\x87\n", id="JPEG 2000"),
        pytest.param(b"BM".ljust(54, b"\x00"), id="BMP"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVEfmt ", id="WAV"),
        pytest.param(b"MZ\x90\x00".ljust(64, b"\x00"), id="Windows program"),
        pytest.param(rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", id="EICAR"),
        pytest.param(b"Milk 1.20, bread 2.10", id="text"),
    ],
)
def test_turns_everything_else_away_for_good(head: bytes) -> None:
    with pytest.raises(DocumentRejected) as caught:
        recognise(head)

    assert caught.value.reason is RejectionReason.UNSUPPORTED_TYPE
    assert not caught.value.may_be_incomplete


@pytest.mark.parametrize(
    "head", [b"a", b"\xff\xd8", b"\x89PN", b"%PDF", b"GIF8", b"RIFF\x10\x00", b"\x00\x00\x00\x18fty"]
)
def test_waits_for_what_may_only_have_begun(head: bytes) -> None:
    with pytest.raises(DocumentRejected) as caught:
        recognise(head)

    assert caught.value.reason is RejectionReason.UNSUPPORTED_TYPE
    assert caught.value.may_be_incomplete


@pytest.mark.parametrize("size", [1, 4096])
def test_waits_for_space_that_is_only_reserved(size: int) -> None:
    with pytest.raises(DocumentRejected) as caught:
        recognise(bytes(size))

    assert caught.value.reason is RejectionReason.DAMAGED
    assert caught.value.may_be_incomplete


def test_waits_for_a_file_of_zero_bytes() -> None:
    with pytest.raises(DocumentRejected) as caught:
        recognise(b"")

    assert caught.value.reason is RejectionReason.EMPTY
    assert caught.value.may_be_incomplete
