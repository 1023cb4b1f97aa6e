"""The type a file's first bytes announce."""

from __future__ import annotations

from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.file_types.document_type import DocumentType
from shared.file_types.email_heads import is_email
from shared.file_types.invoice_heads import is_invoice_data

HEAD_BYTES = 4096
"""How much of a file's beginning `recognise` wants to see."""

_PDF_HEADER_WITHIN = 1024  # readers accept junk before the header up to here: PDF 1.7, appendix H.3.4.1

_SIGNATURES = {
    b"\xff\xd8\xff": DocumentType.JPEG,
    b"\x89PNG\r\n\x1a\n": DocumentType.PNG,
    b"GIF87a": DocumentType.GIF,
    b"GIF89a": DocumentType.GIF,
    b"II*\x00": DocumentType.TIFF,
    b"MM\x00*": DocumentType.TIFF,
    b"II+\x00": DocumentType.TIFF,  # BigTIFF
    b"MM\x00+": DocumentType.TIFF,
}
_TIFFS = (b"II*\x00", b"MM\x00*")
_RAW_OF_CANON = b"CR"
# Types that may hold a whole PDF further on, and are not one for that.
_CONTAINERS = (
    b"PK\x03\x04",
    b"\x1f\x8b",  # gzip
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",  # older Office files and Outlook's messages
    b"{\\rtf",
    b"\x78\x9f\x3e\x22",  # what Outlook packs: winmail.dat
    b"%!PS",
    b"<",
)
_LONGEST_SIGNATURE = 12

# File type brands: ISO/IEC 23008-12 for HEIF and HEVC, the AV1 Image File Format for AVIF.
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEIF_BRANDS = {b"mif1", b"mif2", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}


def recognise(head: bytes) -> DocumentType:
    """Name the type that the first `HEAD_BYTES` of a file announce.

    Raises `DocumentRejected`: empty, of a type that is not accepted, or too little written to tell.
    """
    if not head:
        raise DocumentRejected(RejectionReason.EMPTY, may_be_incomplete=True)
    if document_type := _announced_type(head):
        return document_type
    if not head.strip(b"\x00"):  # space that is reserved, and not written yet
        raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True)
    may_have_begun = len(head) < _LONGEST_SIGNATURE
    raise DocumentRejected(RejectionReason.UNSUPPORTED_TYPE, may_be_incomplete=may_have_begun)


def _announced_type(head: bytes) -> DocumentType | None:
    if head[8:10] == _RAW_OF_CANON and head.startswith(_TIFFS):
        return None
    for signature, document_type in _SIGNATURES.items():
        if head.startswith(signature):
            return document_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return DocumentType.WEBP
    if head[4:8] == b"ftyp":
        return _heif_type(head)
    return _type_of_text(head)


def _type_of_text(head: bytes) -> DocumentType | None:
    """The types that begin with characters, and have something before what tells of them."""
    if is_invoice_data(head):
        return DocumentType.XML
    if is_email(head):
        return DocumentType.EML
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN] and not _is_container(head):
        return DocumentType.PDF
    return None


def _is_container(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(_CONTAINERS) or head[257:262] == b"ustar"


def _heif_type(head: bytes) -> DocumentType | None:
    brands_end = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, min(brands_end, len(head)), 4))}
    if brands & _HEVC_BRANDS:
        return DocumentType.HEIC
    if brands & _HEIF_BRANDS and not brands & _AVIF_BRANDS:
        return DocumentType.HEIF
    return None
