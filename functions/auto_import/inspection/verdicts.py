"""What an inspection answers and what it needs: the document's type, the verdict and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from shared.confinement.limits import MEBIBYTE, Limits
from shared.domain.active_content import ActiveContent
from shared.domain.errors import Retryable

__all__ = ["MEBIBYTE", "DocumentType", "Inspection", "InspectionLimits", "InspectionUnavailable", "Inspector"]


class DocumentType(Enum):
    """The accepted types: what is stored in the document's metadata, and its usual extension."""

    PDF = ("application/pdf", "pdf")
    JPEG = ("image/jpeg", "jpg")
    PNG = ("image/png", "png")
    HEIC = ("image/heic", "heic")
    HEIF = ("image/heif", "heif")
    WEBP = ("image/webp", "webp")
    TIFF = ("image/tiff", "tiff")
    GIF = ("image/gif", "gif")
    XML = ("application/xml", "xml")
    """An invoice that is nothing but data: XRechnung, Factur-X without its page, UBL, Peppol."""

    def __init__(self, content_type: str, extension: str) -> None:
        self.content_type = content_type
        self.extension = extension


@dataclass(frozen=True, slots=True)
class Inspection:
    """A supporting document that common viewers show.

    `pages` counts those of a PDF or TIFF; every other type is one page, animated or not. `complete`
    is false where the document's end is missing: it is shown, but may still be on its way.
    `active_content` is what its readers are warned of.
    """

    type: DocumentType
    pages: int
    complete: bool
    active_content: tuple[ActiveContent, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type, such as `image/jpeg`."""
        return self.type.content_type

    @property
    def extension(self) -> str:
        """The usual extension, lower case and without a dot, such as `jpg`."""
        return self.type.extension


@dataclass(frozen=True, slots=True)
class InspectionLimits(Limits):
    """What one document may cost: a worker's limits, and these of what a document claims to hold."""

    pages: int = 2_000
    """A document beyond it is no receipt."""
    pixels: int = 256_000_000
    """Width times height; the largest cameras of phones make 200 million, a sheet at 1200 dpi 140."""
    decoding_bytes: int = 512 * MEBIBYTE
    """Memory a decoder may need for one picture, estimated from its header."""


class InspectionUnavailable(Retryable):
    """The inspection itself failed, for a reason that is not the document's: no verdict."""


class Inspector(Protocol):
    """Says what a file is."""

    def inspect(self, path: Path, *, owner: str) -> Inspection:
        """Look at a document of that user's.

        Raises `DocumentRejected` with the reason where no common viewer would show the file.
        """
        ...
