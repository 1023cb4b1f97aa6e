"""How trying to read a document can end other than with a reading."""

from __future__ import annotations

from datetime import date

from shared.domain.errors import Rejected, Retryable
from shared.domain.reading_jobs import ReadingFailure


class DocumentUnreadable(Rejected):
    """Nothing can be read off this document, now or later; `detail` is for operators."""

    def __init__(self, reason: ReadingFailure, detail: str = "") -> None:
        super().__init__(detail or reason.value)
        self.reason = reason
        self.detail = detail


class ReaderDied(Retryable):
    """The process that read the document died of it, or was ended; a second time it is given up."""


class ReadingHeldBack(Retryable):
    """Its user or company may have no more pages read before this day, in UTC."""

    def __init__(self, until: date) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until


class ReadingUnderWay(Retryable):
    """A service is reading the document: ask it with this id, or start it again where the id is empty."""

    def __init__(self, analysis_id: str) -> None:
        super().__init__("under way")
        self.analysis_id = analysis_id
