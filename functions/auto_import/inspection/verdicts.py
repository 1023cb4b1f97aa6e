"""What an inspection answers and what it needs: the document's type, the verdict and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from shared.confinement.limits import MEBIBYTE, Limits
from shared.domain.active_content import ActiveContent
from shared.domain.errors import Retryable
from shared.file_types.document_type import MOST_BYTES_ATTACHED, DocumentType

__all__ = ["MEBIBYTE", "DocumentType", "Inspection", "InspectionLimits", "InspectionUnavailable", "Inspector"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """A supporting document that common viewers show.

    `pages` counts those of a PDF or TIFF; every other type is one page, animated or not. `complete`
    is false where the document's end is missing: it is shown, but may still be on its way.
    `active_content` is what its readers are warned of. `attached` is the document in an email, which is to be
    inspected as well; `sheet` a PDF to look at, of an invoice that is nothing but XML.
    """

    type: DocumentType
    pages: int
    complete: bool
    active_content: tuple[ActiveContent, ...] = ()
    attached: bytes = field(default=b"", repr=False)
    sheet: bytes = field(default=b"", repr=False)

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
    attachment_bytes: int = MOST_BYTES_ATTACHED


class InspectionUnavailable(Retryable):
    """The inspection itself failed, for a reason that is not the document's: no verdict."""


class Inspector(Protocol):
    """Says what a file is."""

    def prepare(self, documents: int, *, owner: str) -> None:
        """Get ready for so many of that user's, without having anybody wait for it. Never fails."""
        ...

    def inspect(self, path: Path, *, owner: str) -> Inspection:
        """Look at a document of that user's.

        Raises `DocumentRejected` with the reason where no common viewer would show the file.
        """
        ...
