"""Wires the synchronisation: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable

import requests

from functions.document_sync.answer_doorbell import DoorbellAnswerer
from functions.document_sync.sync_run import SyncRun
from shared.aws.documents.document_store import DocumentStore
from shared.aws.host.company_directory import CompanyDirectory
from shared.aws.host.event_bus import EventBus
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.manifest_store import ManifestStore
from shared.aws.token_cipher import TokenCipher
from shared.config import DocumentSyncSettings
from shared.domain.links import Link
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.drain_runner import ReceivedDoorbell
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
        self.settings = settings
        self.clock = clock
        self.links = LinkStore(settings.links_table)
        self.companies = CompanyDirectory(settings.companies_table)
        self.queue = DoorbellQueue(settings.sync_queue_url)
        self.events = EventBus(settings.event_bus_name)
        self.documents = DocumentStore(settings.documents_bucket)
        self.expenses = ExpenseReader(settings.expenses_table)
        self.employee_folders = EmployeeFolders(settings.employee_folders_table)
        self.manifests = ManifestStore(settings.deliveries_table)
        self.deliveries = DeliveryStore(
            deliveries_table=settings.deliveries_table, expenses_table=settings.expenses_table
        )
        self.accounts = DropboxAccounts(
            app_key=settings.synchronisation_app_key,
            cipher=TokenCipher(settings.tokens_key_id),
            session=session,
            on_refusal=on_refusal,
        )

    def answerer(self, *, has_time: Callable[[], bool]) -> DoorbellAnswerer:
        """What answers doorbells in one invocation."""

        def begin(received: ReceivedDoorbell, link: Link, *, is_careful: bool) -> SyncRun:
            return SyncRun(
                link=link,
                is_careful=is_careful,
                dropbox=self.accounts.open(link),
                deliveries=self.deliveries,
                manifests=self.manifests,
                expenses=self.expenses,
                documents=self.documents,
                employee_folders=self.employee_folders,
                links=self.links,
                events=self.events,
                clock=self.clock,
                has_time=has_time,
                correlation_id=received.correlation_id,
            )

        return DoorbellAnswerer(
            links=self.links,
            companies=self.companies,
            doorbells=self.queue,
            events=self.events,
            begin=begin,
            clock=self.clock,
            sweep_every=self.settings.sweep_every,
        )
