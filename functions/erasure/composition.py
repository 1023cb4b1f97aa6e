"""Wires the erasure: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from functions.erasure.erase_subject import EraseSubject
from functions.erasure.work_off_erasures import WorkOffErasures
from shared.aws.documents.document_eraser import DocumentEraser
from shared.aws.host.expense_scan import ExpenseScan
from shared.aws.host.user_directory import UserDirectory
from shared.aws.stores.erasable_records import ErasableRecords
from shared.aws.stores.erasure_store import ErasureStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.pseudonyms import Pseudonyms
from shared.aws.token_cipher import TokenCipher
from shared.config.erasure import ErasureSettings
from shared.domain.timestamps import Clock, utc_now


def compose(settings: ErasureSettings, *, clock: Clock = utc_now) -> WorkOffErasures:
    """What is built once for each execution environment; tests give another clock."""
    pseudonyms = Pseudonyms(settings.links_table, TokenCipher(settings.tokens_key_id))
    erasures = ErasureStore(
        settings.links_table,
        settings.audit_trail_table,
        pseudonyms.of,
        audit_kept_for=settings.audit_kept_for,
    )
    erase = EraseSubject(
        erasures=erasures,
        links=LinkStore(
            settings.links_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        ),
        records=ErasableRecords(
            links_table=settings.links_table,
            audit_trail_table=settings.audit_trail_table,
            reservations_table=settings.reservations_table,
            waiting_files_table=settings.waiting_files_table,
            import_records_table=settings.import_records_table,
            reading_jobs_table=settings.reading_jobs_table,
            deliveries_table=settings.deliveries_table,
            employee_folders_table=settings.employee_folders_table,
        ),
        traces_of=ExpenseScan(settings.expenses_table).traces_of,
        erase_documents=DocumentEraser(settings.documents_bucket).erase,
        find_user=UserDirectory(settings.users_table).get,
        clock=clock,
    )
    return WorkOffErasures(erasures, erase, clock)
