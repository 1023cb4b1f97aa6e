"""Reads pictures by Amazon Textract, whose words then go through our own rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from functions.document_reading.outcomes import DocumentUnreadable, ReadingUnderWay
from functions.document_reading.pictures.page_limits import MOST_PAGES_SENT
from functions.document_reading.reading.model import PageWords, Reading
from functions.document_reading.textract.analysed_pages import Shape, to_pages
from functions.document_reading.textract.page_quota import PageQuota
from functions.document_reading.worker.confined_reader import Picture
from shared.domain.errors import AnalysisLost, AnalysisRefused, AwsFailed
from shared.domain.expense_analysis import AnalysedField, ExpenseAnalysis
from shared.domain.expenses import SupportingDocument
from shared.domain.page_quotas import Payer
from shared.domain.previews import key_of_pages_sent
from shared.domain.reading_jobs import ReadingFailure

MOST_BYTES_AT_ONCE = 10 * 1000 * 1000
"""The largest document, of one page, that is analysed while one waits."""
_A4 = Shape(210, 297)


class Analyses(Protocol):
    """Textract: see `shared.aws.documents.textract`. Every method may raise AnalysisRefused."""

    def analyse(self, s3_key: str) -> ExpenseAnalysis:
        """A stored document of one page."""

    def analyse_picture(self, picture: bytes) -> ExpenseAnalysis:
        """A JPEG or PNG, or a PDF or TIFF of one page."""

    def begin(self, s3_key: str) -> str:
        """Begin with a stored document of several pages; returns the job's id."""

    def result(self, analysis_id: str) -> ExpenseAnalysis | None:
        """What a job found, or None while it is under way. Raises AnalysisLost."""


class Judge(Protocol):
    """Our own rules, confined: see `functions.document_reading.worker.confined_reader`."""

    def judge(
        self, pages: Sequence[PageWords], fields: Sequence[AnalysedField], place: Path, *, owner: str
    ) -> Reading:
        """What these words of a document of that owner's say. Raises DocumentUnreadable, ReaderDied."""


@dataclass(frozen=True, slots=True)
class TextractReader:
    """A `PictureReader`; `on_pages_sent` is told of every page that is to be paid for.

    `keep` stores what is to be fetched in the place of the document.
    """

    analyses: Analyses
    judge: Judge
    quota: PageQuota
    on_pages_sent: Callable[[int], None]
    keep: Callable[[str, bytes], None]

    def read(self, document: SupportingDocument, picture: Picture, workdir: Path, *, payer: Payer) -> Reading:
        """One page at once; several are begun with, and asked for later."""
        if picture.pages > MOST_PAGES_SENT:
            raise DocumentUnreadable(ReadingFailure.UNREADABLE, "too many pages")
        try:
            analysis = self._paid(document, picture, payer)
        except AnalysisRefused as refused:
            raise DocumentUnreadable(ReadingFailure.UNREADABLE, refused.code) from refused
        if isinstance(analysis, str):
            raise ReadingUnderWay(_with_numbers(analysis, picture))
        self._book_unstated(payer, picture.pages, analysis)
        pages = to_pages(analysis.pages, Shape(picture.width, picture.height), picture.numbers)
        return self._judged(analysis, pages, document, workdir)

    def resume(
        self, document: SupportingDocument, analysis_id: str, workdir: Path, *, payer: Payer
    ) -> Reading:
        """What an analysis that was begun has found."""
        job_id, numbers = _without_numbers(analysis_id)
        try:
            analysis = self.analyses.result(job_id)
        except AnalysisRefused as refused:
            raise DocumentUnreadable(ReadingFailure.UNREADABLE, refused.code) from refused
        except AnalysisLost as lost:
            raise ReadingUnderWay("") from lost
        if analysis is None:
            raise ReadingUnderWay(analysis_id)
        if numbers:
            self._book_unstated(payer, len(numbers), analysis)
        return self._judged(analysis, to_pages(analysis.pages, _A4, numbers), document, workdir)

    def _paid(self, document: SupportingDocument, picture: Picture, payer: Payer) -> ExpenseAnalysis | str:
        """What AWS did not do is not counted, or a throttled document would use its quota up."""
        counters = self.quota.reserve(payer, picture.pages)
        try:
            analysis = self._analyse(document, picture, payer)
        except AwsFailed:
            self.quota.release(counters, picture.pages)
            raise
        self.on_pages_sent(picture.pages)
        return analysis

    def _book_unstated(self, payer: Payer, stated: int, analysis: ExpenseAnalysis) -> None:
        """How many pages there are is what the confined process says: a document may have made it lie.

        A reader that dies before it has noted the reading books them once more: against who has dropped it.
        """
        unstated = analysis.pages_read - stated
        if unstated > 0:
            self.quota.book(payer, unstated)
            self.on_pages_sent(unstated)

    def _analyse(self, document: SupportingDocument, picture: Picture, payer: Payer) -> ExpenseAnalysis | str:
        """What was found, or the id of an analysis that is under way."""
        size = document.size if picture.data is None else len(picture.data)
        is_answered_at_once = picture.pages == 1 and size <= MOST_BYTES_AT_ONCE
        if picture.data is None:
            key = document.s3_key
            return self.analyses.analyse(key) if is_answered_at_once else self.analyses.begin(key)
        if is_answered_at_once:
            return self.analyses.analyse_picture(picture.data)
        key = key_of_pages_sent(payer.user_id, document.document_id)
        self.keep(key, picture.data)
        return self.analyses.begin(key)

    def _judged(
        self,
        analysis: ExpenseAnalysis,
        pages: Sequence[PageWords],
        document: SupportingDocument,
        workdir: Path,
    ) -> Reading:
        return self.judge.judge(pages, analysis.fields, workdir / "words", owner=document.folder)


def _with_numbers(job_id: str, picture: Picture) -> str:
    """As the reading job keeps it: which of the document's pages were sent."""
    return f"{job_id}@{','.join(map(str, picture.numbers or range(picture.pages)))}"


def _without_numbers(analysis_id: str) -> tuple[str, list[int]]:
    """The inverse; none where an earlier release has sent the whole document."""
    job_id, _, numbers = analysis_id.partition("@")
    return job_id, [int(number) for number in numbers.split(",") if number]
