"""Wires what is done with what users have dropped."""

from __future__ import annotations

from datetime import timedelta

from functions.page_api.composition import Composition
from functions.page_api.imports.dismiss_files import DismissFiles
from functions.page_api.imports.list_batches import ListBatches
from functions.page_api.imports.list_files import ListFiles
from functions.page_api.imports.list_waiting_files import ListWaitingFiles
from functions.page_api.imports.retry_files import RetryFiles
from functions.page_api.imports.show_preview import ShowPreview
from functions.page_api.imports.show_receipt import ShowReceipt
from functions.page_api.imports.split_file import SplitFile
from shared.aws.documents.preview_store import URL_SECONDS, PreviewStore
from shared.aws.stores.file_splits import FileSplits


class ImportUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        settings, links, clock = common.settings, common.links, common.clock
        imports, expenses = common.imports, common.expenses
        splits = FileSplits(
            expenses_table=settings.expenses_table,
            import_records_table=settings.import_records_table,
            links_table=settings.links_table,
        )
        previews = PreviewStore(settings.documents_bucket)
        self.list_batches = ListBatches(links, imports)
        self.list_files = ListFiles(imports, expenses)
        self.show_receipt = ShowReceipt(links, imports, expenses, clock)
        self.show_preview = ShowPreview(expenses, previews.url, timedelta(seconds=URL_SECONDS), clock)
        self.list_waiting_files = ListWaitingFiles(links, imports)
        self.retry_files = RetryFiles(links, imports, common.ring, clock)
        self.dismiss_files = DismissFiles(links, imports)
        self.split_file = SplitFile(links, imports, expenses, splits, clock)
