"""The types of file that become expenses."""

from __future__ import annotations

from enum import Enum

EMAIL_CONTENT_TYPE = "message/rfc822"
MOST_BYTES_ATTACHED = 25 * 1024 * 1024
"""Of the document in an email; few servers take one that is larger."""


class DocumentType(Enum):
    """The accepted types: what is stored in the document's metadata, its usual extension, its name."""

    PDF = ("application/pdf", "pdf", "PDF")
    JPEG = ("image/jpeg", "jpg", "JPEG")
    PNG = ("image/png", "png", "PNG")
    HEIC = ("image/heic", "heic", "HEIC")
    HEIF = ("image/heif", "heif", "HEIF")
    WEBP = ("image/webp", "webp", "WebP")
    TIFF = ("image/tiff", "tiff", "TIFF")
    GIF = ("image/gif", "gif", "GIF")
    XML = ("application/xml", "xml", "XML")
    """An invoice that is nothing but data: XRechnung, Factur-X without its page, UBL, Peppol."""
    EML = (EMAIL_CONTENT_TYPE, "eml", ".eml")
    """An email with one document attached, of any other of these types."""

    def __init__(self, content_type: str, extension: str, shown_as: str) -> None:
        self.content_type = content_type
        self.extension = extension
        self.shown_as = shown_as
        """How texts for people call it."""
