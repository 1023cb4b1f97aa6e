"""An inspection that reads the verdict off the document, so that a test says what it is testing."""

from __future__ import annotations

from pathlib import Path

from functions.auto_import.inspection.verdicts import DocumentType, Inspection
from shared.domain.active_content import ActiveContent
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason


class FakeInspector:
    """`bad…` is of an unsupported type, `half…` may still be on its way, the rest is a PDF.

    One that begins with `active` has a script.
    """

    def prepare(self, documents: int, *, owner: str) -> None:
        """It is always ready."""

    def inspect(self, path: Path, *, owner: str) -> Inspection:
        data = path.read_bytes()
        if data.startswith(b"bad"):
            raise DocumentRejected(RejectionReason.UNSUPPORTED_TYPE)
        if data.startswith(b"half"):
            raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True)
        kinds = (ActiveContent.JAVASCRIPT,) if data.startswith(b"active") else ()
        return Inspection(DocumentType.PDF, 1, complete=True, active_content=kinds)
