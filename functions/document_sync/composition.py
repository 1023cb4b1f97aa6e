"""Wires the synchronisation: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable

import requests

from functions.document_sync.answer_doorbell import AnswerDoorbell
from functions.document_sync.sync_run import SyncRun, SyncServices
from shared.aws.documents.document_store import DocumentStore
from shared.aws.documents.proof_pages import ProofPages
from shared.aws.host.company_directory import CompanyDirectory
from shared.aws.host.event_bus import EventBus
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.host.user_directory import UserDirectory
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.manifest_store import ManifestStore
from shared.aws.stores.proof_store import ProofStore
from shared.aws.stores.resend_store import ResendStore
from shared.aws.stores.sharing_store import SharingStore
from shared.aws.token_cipher import TokenCipher
from shared.config.document_sync import DocumentSyncSettings
from shared.domain.deliveries import Delivery
from shared.domain.links import Link
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.received import ReceivedDoorbell
from shared.dropbox_api.accounts import DropboxAccounts
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told


class Composition:
    """What is built once for each execution environment; tests give another way out and another clock."""

    def __init__(
        self,
        settings: DocumentSyncSettings,
        *,
        session: requests.Session | None = None,
        on_refusal: OnRefusal = nobody_is_told,
        clock: Clock = utc_now,
    ) -> None:
        self.links = LinkStore(settings.links_table)
        self.find_company = CompanyDirectory(settings.companies_table).get
        self.find_user = UserDirectory(settings.users_table).get
        self.queue = DoorbellQueue(settings.sync_queue_url)
        send_events = EventBus(settings.event_bus_name).send
        self.services = SyncServices(
            deliveries=DeliveryStore(
                deliveries_table=settings.deliveries_table,
                expenses_table=settings.expenses_table,
                kept_for=settings.delivered_kept_for,
            ),
            manifests=ManifestStore(settings.deliveries_table),
            expenses=ExpenseReader(settings.expenses_table),
            open_document=DocumentStore(settings.documents_bucket).outgoing,
            folder_for=EmployeeFolders(settings.employee_folders_table).folder_for,
            links=self.links,
            send_events=send_events,
            clock=clock,
            sharings=SharingStore(
                settings.deliveries_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
            ),
            proofs=ProofStore(
                settings.deliveries_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
            ),
            proof_pages=ProofPages(settings.documents_bucket),
            resends=ResendStore(settings.deliveries_table),
        )
        self.accounts = DropboxAccounts(
            app_key=settings.synchronisation_app_key,
            cipher=TokenCipher(settings.tokens_key_id),
            session=session,
            on_refusal=on_refusal,
        )
        self.runner: DrainRunner[Delivery] = DrainRunner(
            links=self.links,
            ring=self.queue.ring,
            send_events=send_events,
            clock=clock,
            sweep_every=settings.sweep_every,
        )

    def answer_doorbell(self, *, has_time: Callable[[], bool]) -> AnswerDoorbell:
        """What answers doorbells in one invocation."""

        def begin(received: ReceivedDoorbell, link: Link, is_careful: bool) -> SyncRun:
            return SyncRun(
                services=self.services,
                link=link,
                is_careful=is_careful,
                dropbox=self.accounts.open(link),
                has_time=has_time,
                correlation_id=received.correlation_id,
            )

        return AnswerDoorbell(
            links=self.links,
            find_company=self.find_company,
            find_user=self.find_user,
            begin=begin,
            runner=self.runner,
        )
