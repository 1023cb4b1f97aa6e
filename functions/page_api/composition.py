"""Wires the page's API: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from datetime import timedelta

from functions.page_api.backfill.count_backfill import CountBackfill
from functions.page_api.backfill.start_backfill import StartBackfill
from functions.page_api.deliveries.list_deliveries import ListDeliveries
from functions.page_api.deliveries.retry_deliveries import RetryDeliveries
from functions.page_api.filing.choose_filing import ChooseFiling, TryFiling
from functions.page_api.imports.dismiss_files import DismissFiles
from functions.page_api.imports.list_batches import ListBatches
from functions.page_api.imports.list_files import ListFiles
from functions.page_api.imports.list_waiting_files import ListWaitingFiles
from functions.page_api.imports.retry_files import RetryFiles
from functions.page_api.imports.show_preview import ShowPreview
from functions.page_api.imports.show_receipt import ShowReceipt
from functions.page_api.imports.split_file import SplitFile
from functions.page_api.links.choose_space import ChooseSpace
from functions.page_api.links.show_links import ShowLinks
from functions.page_api.links.take_over import TakeOver
from functions.page_api.links.unlink import Unlink
from functions.page_api.overview.count_months import CountMonths
from functions.page_api.overview.show_company_links import ShowCompanyLinks
from functions.page_api.proofs.request_proof import RequestProof
from functions.page_api.proofs.show_proof import ListFindings, ShowProof
from functions.page_api.resends.request_resend import ListResends, RequestResend
from functions.page_api.ringing import Ringing
from functions.page_api.sharing.request_change import RequestChange
from functions.page_api.sharing.show_sharing import LookAtSharing, ShowSharing
from shared.aws.documents.preview_store import URL_SECONDS, PreviewStore
from shared.aws.documents.proof_pages import ProofPages
from shared.aws.host.company_directory import CompanyDirectory
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.host.user_directory import UserDirectory
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.activity_store import ActivityStore
from shared.aws.stores.company_links import CompanyLinks
from shared.aws.stores.delivery_history import DeliveryHistory
from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.file_splits import FileSplits
from shared.aws.stores.import_history import ImportHistory
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.proof_store import ProofStore
from shared.aws.stores.request_counts import RequestCounts
from shared.aws.stores.resend_store import ResendStore
from shared.aws.stores.sharing_store import SharingStore
from shared.config import PageApiSettings
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock, utc_now
from shared.http.request_limits import CheckLimit


class Composition:
    """What is built once for each execution environment; tests give another clock."""

    def __init__(self, settings: PageApiSettings, *, clock: Clock = utc_now) -> None:
        links = LinkStore(
            settings.links_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        )
        imports = ImportHistory(
            import_records_table=settings.import_records_table,
            waiting_files_table=settings.waiting_files_table,
            reservations_table=settings.reservations_table,
            reading_jobs_table=settings.reading_jobs_table,
        )
        deliveries = DeliveryHistory(settings.deliveries_table)
        expenses = ExpenseReader(settings.expenses_table)
        splits = FileSplits(
            expenses_table=settings.expenses_table,
            import_records_table=settings.import_records_table,
            links_table=settings.links_table,
        )
        find_company = CompanyDirectory(settings.companies_table).get
        ring_for = {
            Purpose.AUTO_IMPORT: DoorbellQueue(settings.import_queue_url).ring,
            Purpose.SYNCHRONISATION: DoorbellQueue(settings.sync_queue_url).ring,
        }
        ring = Ringing(links, ring_for, clock)
        self.clock = clock
        self.check_limit = CheckLimit(RequestCounts(settings.link_attempts_table).count, clock)
        self.app_name = settings.auto_import_app_name
        self.show_links = ShowLinks(links, imports, deliveries, expenses, clock)
        self.unlink = Unlink(links, clock)
        self.take_over = TakeOver(links, ring, clock)
        self.choose_space = ChooseSpace(links, ring, clock)
        self.list_batches = ListBatches(links, imports)
        self.list_files = ListFiles(imports, expenses)
        self.show_receipt = ShowReceipt(links, imports, expenses, clock)
        previews = PreviewStore(settings.documents_bucket)
        self.show_preview = ShowPreview(expenses, previews.url, timedelta(seconds=URL_SECONDS), clock)
        self.list_waiting_files = ListWaitingFiles(links, imports)
        self.retry_files = RetryFiles(links, imports, ring, clock)
        self.dismiss_files = DismissFiles(links, imports)
        self.split_file = SplitFile(links, imports, expenses, splits, clock)
        self.list_deliveries = ListDeliveries(links, deliveries, expenses)
        self.retry_deliveries = RetryDeliveries(links, deliveries, ring, clock)
        resends = ResendStore(
            settings.deliveries_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        )
        self.list_resends = ListResends(links, resends)
        find_folder = EmployeeFolders(settings.employee_folders_table).find_folder
        self.request_resend = RequestResend(links, resends, deliveries, find_folder, ring, clock)
        self.count_backfill = CountBackfill(expenses, find_company, clock)
        self.start_backfill = StartBackfill(links, ring, find_company, clock)
        proofs = ProofStore(settings.deliveries_table)
        self.show_proof = ShowProof(links, proofs)
        self.list_findings = ListFindings(self.show_proof, ProofPages(settings.documents_bucket), clock)
        self.request_proof = RequestProof(self.show_proof, proofs, ring, clock)
        find_users = UserDirectory(settings.users_table).get_many
        self.show_company_links = ShowCompanyLinks(CompanyLinks(settings.links_table), find_users)
        activity = ActivityStore(settings.reading_jobs_table, settings.deliveries_table)
        self.count_months = CountMonths(activity, clock)
        sharings = SharingStore(settings.deliveries_table)
        self.show_sharing = ShowSharing(links, sharings, clock)
        self.look_at_sharing = LookAtSharing(links, sharings, self.show_sharing, ring, clock)
        self.change_sharing = RequestChange(links, sharings, self.show_sharing, ring, clock)
        self.try_filing = TryFiling(links, sharings)
        self.choose_filing = ChooseFiling(links, self.try_filing, ring, clock)
