"""Wires the reading: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from functions.document_scan.confined_reader import ConfinedReader
from functions.document_scan.read_expense_document import ExpenseDocumentReader
from functions.document_scan.scan_expense import ExpenseScanner
from functions.document_scan.textract_reader import TextractReader
from shared.aws.document_store import DocumentStore
from shared.aws.doorbell_queue import DoorbellQueue
from shared.aws.expense_readings import ExpenseReadings
from shared.aws.scan_store import ScanStore
from shared.aws.textract import Textract
from shared.config import DocumentScanSettings, OcrEngine
from shared.timestamps import Clock, utc_now


class Composition:
    """What is built once for each execution environment; tests give another clock."""

    def __init__(self, settings: DocumentScanSettings, *, clock: Clock = utc_now) -> None:
        self.queue = DoorbellQueue(settings.scan_queue_url)
        self.reader = ConfinedReader(
            country=settings.default_country,
            has_ocr=settings.ocr_engine is OcrEngine.ONBOARD,
            ocr_packages=settings.ocr_packages,
        )
        documents, elsewhere = DocumentStore(settings.documents_bucket), self._elsewhere(settings)
        self.scanner = ExpenseScanner(
            scans=ScanStore(settings.scans_table),
            expenses=ExpenseReadings(settings.expenses_table),
            reader=ExpenseDocumentReader(documents, self.reader, elsewhere),
            clock=clock,
        )

    def _elsewhere(self, settings: DocumentScanSettings) -> TextractReader | None:
        if settings.ocr_engine is not OcrEngine.TEXTRACT:
            return None
        return TextractReader(Textract(settings.documents_bucket), self.reader)
