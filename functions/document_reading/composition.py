"""Wires the reading: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from functions.document_reading.job.announce_batch import AnnounceBatch
from functions.document_reading.job.answer_doorbell import AnswerReadingDoorbell
from functions.document_reading.job.preview_document import DocumentPreviewer
from functions.document_reading.job.read_document import ExpenseDocumentReader
from functions.document_reading.job.read_expense import LEASE, ExpensePrefiller
from functions.document_reading.job.reader_share import ReaderShare
from functions.document_reading.textract.page_quota import PageQuota
from functions.document_reading.textract.textract_reader import TextractReader
from functions.document_reading.worker.confined_reader import ConfinedReader
from shared.aws.documents.document_store import DocumentStore
from shared.aws.documents.preview_store import PreviewStore
from shared.aws.documents.textract import Textract
from shared.aws.host.event_bus import EventBus
from shared.aws.host.expense_readings import ExpenseReadings
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.page_counts import PageCounts
from shared.aws.stores.reader_leases import ReaderLeases
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.aws.stores.recorded_batches import RecordedBatchStore
from shared.config import DocumentReadingSettings, OcrEngine
from shared.confinement.refusals import OnConfinementRefused, nobody_is_told
from shared.domain.page_quotas import PageQuotas
from shared.domain.reader_shares import ReaderShares
from shared.domain.timestamps import Clock, utc_now


class Composition:
    """What is built once for each execution environment; tests give another clock."""

    def __init__(
        self,
        settings: DocumentReadingSettings,
        *,
        on_confinement_refused: OnConfinementRefused = nobody_is_told,
        on_pages_sent: Callable[[int], None],
        on_preview_failed: Callable[[], None] = lambda: None,
        clock: Clock = utc_now,
    ) -> None:
        self.queue = DoorbellQueue(settings.reading_queue_url)
        self.reader = ConfinedReader(
            country=settings.default_country,
            has_ocr=settings.ocr_engine is OcrEngine.ONBOARD,
            ocr_packages=settings.ocr_packages,
            on_refused=on_confinement_refused,
        )
        documents = DocumentStore(settings.documents_bucket)
        picture_reader = self._picture_reader(settings, clock, on_pages_sent)
        prefiller = ExpensePrefiller(
            jobs=ReadingJobStore(
                settings.reading_jobs_table,
                settings.imported_kept_for,
                import_records_table=settings.import_records_table,
            ),
            expenses=ExpenseReadings(settings.expenses_table),
            reader=ExpenseDocumentReader(documents.fetch, self.reader.read, picture_reader),
            hold_reader=_reader_share(settings, clock).held,
            clock=clock,
            make_preview=DocumentPreviewer(
                documents.fetch,
                self.reader.preview,
                PreviewStore(settings.documents_bucket).put,
                on_preview_failed,
            ),
        )
        announce = AnnounceBatch(
            batches=RecordedBatchStore(settings.reading_jobs_table, settings.import_records_table),
            send_events=EventBus(settings.event_bus_name).send,
            clock=clock,
        )
        self.answer_doorbell = AnswerReadingDoorbell(prefiller, announce)

    def _picture_reader(
        self, settings: DocumentReadingSettings, clock: Clock, on_pages_sent: Callable[[int], None]
    ) -> TextractReader | None:
        if settings.ocr_engine is not OcrEngine.TEXTRACT:
            return None
        quotas = PageQuotas(
            settings.textract_pages_user_day,
            settings.textract_pages_user_month,
            settings.textract_pages_company_day,
            settings.textract_pages_company_month,
        )
        quota = PageQuota(PageCounts(settings.reading_jobs_table), quotas, clock)
        return TextractReader(
            Textract(settings.documents_bucket),
            self.reader,
            quota,
            on_pages_sent,
            partial(PreviewStore(settings.documents_bucket).put, content_type="application/octet-stream"),
        )


def _reader_share(settings: DocumentReadingSettings, clock: Clock) -> ReaderShare:
    shares = ReaderShares.of(
        settings.reading_concurrency,
        user_percent=settings.user_readers_percent,
        at_first_percent=settings.user_readers_at_first_percent,
        company_percent=settings.company_readers_percent,
    )
    return ReaderShare(ReaderLeases(settings.reading_jobs_table, LEASE), shares, clock)
