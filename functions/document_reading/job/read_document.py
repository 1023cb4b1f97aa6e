"""Reads a stored document: an e-invoice or text by ourselves, a picture by an engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from functions.document_reading.outcomes import DocumentUnreadable
from functions.document_reading.reading.model import Reading
from functions.document_reading.worker.confined_reader import Picture
from shared.domain.errors import DocumentMissing
from shared.domain.expenses import SupportingDocument, document_prefix_of
from shared.domain.page_quotas import Payer
from shared.domain.reading_jobs import ReadingFailure
from shared.workdir import temporary_workdir

FetchDocument: TypeAlias = Callable[[str, Path], None]
"""Writes a document's bytes to a file. Raises DocumentMissing. See `DocumentStore.fetch`."""
ReadFile: TypeAlias = Callable[[Path, str, str], Reading | Picture]
"""What a file of that type and owner says: see `ConfinedReader.read`, also for what it raises."""


class PictureReader(Protocol):
    """A service that reads pictures: see `functions.document_reading.textract.textract_reader`."""

    def read(self, document: SupportingDocument, picture: Picture, workdir: Path, *, payer: Payer) -> Reading:
        """What a picture says. Raises DocumentUnreadable, ReaderDied, ReadingUnderWay, ReadingHeldBack."""

    def resume(
        self, document: SupportingDocument, analysis_id: str, workdir: Path, *, payer: Payer
    ) -> Reading:
        """What an analysis that was begun has found. Raises the same but the last."""


@dataclass(frozen=True, slots=True)
class ExpenseDocumentReader:
    """A `DocumentReader`; without `picture_reader`, what is left as a picture stays unread."""

    fetch: FetchDocument
    read_file: ReadFile
    picture_reader: PictureReader | None = None

    def read(self, document: SupportingDocument, analysis_id: str, payer: Payer) -> Reading:
        """What the document says. Raises as `DocumentReader` does."""
        with temporary_workdir() as workdir:
            if analysis_id and self.picture_reader:
                return self.picture_reader.resume(document, analysis_id, workdir, payer=payer)
            return self._read(document, workdir, payer)

    def _read(self, document: SupportingDocument, workdir: Path, payer: Payer) -> Reading:
        if not document.s3_key.startswith(document_prefix_of(payer.user_id)):
            raise DocumentUnreadable(ReadingFailure.DOCUMENT_MISSING, "not among its user's")
        path = workdir / "document"
        try:
            self.fetch(document.s3_key, path)
        except DocumentMissing as missing:
            raise DocumentUnreadable(ReadingFailure.DOCUMENT_MISSING) from missing
        answer = self.read_file(path, document.content_type, document.folder)
        if isinstance(answer, Reading):
            return answer
        if self.picture_reader is None:
            raise DocumentUnreadable(ReadingFailure.UNREADABLE, "a picture")
        return self.picture_reader.read(document, answer, workdir, payer=payer)
