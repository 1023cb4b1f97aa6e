"""Wires the reading: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from functions.document_scan.confined_reader import ConfinedReader
from functions.document_scan.read_expense_document import ExpenseDocumentReader
from functions.document_scan.scan_expense import ExpenseScanner
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
        self.reader = ConfinedReader(settings.ocr_engine, settings.ocr_packages)
        elsewhere = Textract(settings.documents_bucket) if settings.ocr_engine is OcrEngine.TEXTRACT else None
        self.scanner = ExpenseScanner(
            scans=ScanStore(settings.scans_table),
            expenses=ExpenseReadings(settings.expenses_table),
            reader=ExpenseDocumentReader(DocumentStore(settings.documents_bucket), self.reader, elsewhere),
            clock=clock,
        )
