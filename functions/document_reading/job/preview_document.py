"""Makes the small pictures that a document is shown by beside what was read, once, when it is read.

They are a help: what cannot be shown is read all the same, and the expense says which pages there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from functions.document_reading.job.read_document import FetchDocument
from functions.document_reading.outcomes import DocumentUnreadable, ReaderDied
from functions.document_reading.reading.model import Reading
from shared.domain.errors import AwsFailed, ConfinementFailed, DocumentMissing
from shared.domain.expenses import SupportingDocument, sheet_id_for
from shared.domain.host_expenses import HostExpense
from shared.domain.previews import Preview, preview_key
from shared.workdir import temporary_workdir

StorePicture: TypeAlias = Callable[[str, bytes], None]
"""Keeps a JPEG under its key. Raises AwsFailed. See `PreviewStore.put`."""
MakePreview: TypeAlias = Callable[[HostExpense, SupportingDocument, Reading], Preview | None]
"""What there is to be seen of an expense's document; None where that is nothing."""

_WITHOUT_PAGES = frozenset({"application/xml", "text/xml"})


class RenderPages(Protocol):
    """See `ConfinedReader.preview`."""

    def __call__(
        self, path: Path, content_type: str, reading: Reading, *, owner: str
    ) -> tuple[Preview, list[bytes]]:
        """Pictures of a few pages. Raises DocumentUnreadable, ReaderDied, ConfinementFailed."""


@dataclass(frozen=True, slots=True)
class DocumentPreviewer:
    """A `MakePreview`; `on_failed` is told where there was to be one, and is none."""

    fetch: FetchDocument
    render: RenderPages
    store: StorePicture
    on_failed: Callable[[], None]

    def __call__(
        self, expense: HostExpense, document: SupportingDocument, reading: Reading
    ) -> Preview | None:
        """Never raises what reading would be tried again for."""
        shown = _sheet_of(expense, document) if document.content_type in _WITHOUT_PAGES else document
        if shown is None:
            return None
        try:
            preview = self._stored(expense, shown, reading)
        except (AwsFailed, ConfinementFailed, DocumentMissing, DocumentUnreadable, ReaderDied):
            preview = None
        if preview is None or not preview.pages:
            self.on_failed()
            return None
        return preview

    def _stored(self, expense: HostExpense, document: SupportingDocument, reading: Reading) -> Preview:
        with temporary_workdir() as workdir:
            path = workdir / "document"
            self.fetch(document.s3_key, path)
            preview, pictures = self.render(path, document.content_type, reading, owner=document.folder)
        for page, picture in zip(preview.pages, pictures, strict=True):
            self.store(preview_key(expense.user_id, expense.expense_id, page.number), picture)
        return preview


def _sheet_of(expense: HostExpense, invoice: SupportingDocument) -> SupportingDocument | None:
    """What was made of an e-invoice that is data alone, to look at; it lies among its user's own."""
    wanted = sheet_id_for(expense.expense_id)
    return next(
        (each for each in expense.documents if each.document_id == wanted and each.folder == invoice.folder),
        None,
    )


def no_preview(_: HostExpense, __: SupportingDocument, ___: Reading) -> None:
    """A `MakePreview` for where nobody looks."""
