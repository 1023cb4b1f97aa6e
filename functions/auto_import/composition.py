"""Wires the import: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import requests

from functions.auto_import.answer_doorbell import DoorbellAnswerer
from functions.auto_import.import_run import ImportLimits, ImportRun
from functions.auto_import.inspection.verdicts import Inspector
from functions.auto_import.inspection.worker_pool import WorkerPool
from functions.auto_import.room import Room
from shared.aws.document_store import DocumentStore
from shared.aws.doorbell_queue import DoorbellQueue
from shared.aws.event_bus import EventBus
from shared.aws.import_ledger import ImportLedger
from shared.aws.link_store import LinkStore
from shared.aws.scan_queue import ScanQueue
from shared.aws.token_cipher import TokenCipher
from shared.aws.user_directory import UserDirectory
from shared.config import AutoImportSettings
from shared.doorbell_answering import ReceivedDoorbell
from shared.dropbox_api.accounts import DropboxAccounts
from shared.expenses import User
from shared.links import Link
from shared.timestamps import Clock, utc_now


class Composition:
    """What is built once for each execution environment; tests give another way out and another clock."""

    def __init__(
        self,
        settings: AutoImportSettings,
        *,
        session: requests.Session | None = None,
        inspector: Inspector | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.links = LinkStore(settings.links_table)
        self.users = UserDirectory(settings.users_table)
        self.queue = DoorbellQueue(settings.import_queue_url)
        self.scan_queue = ScanQueue(settings.scan_queue_url)
        self.events = EventBus(settings.event_bus_name)
        self.documents = DocumentStore(settings.documents_bucket)
        self.inspector = inspector or WorkerPool()
        self.limits = ImportLimits(settings.max_document_bytes, settings.reject_grace)
        self.room = Room(self.limits.bytes_in_flight, self.limits.downloads)
        self.accounts = DropboxAccounts(
            app_key=settings.auto_import_app_key,
            cipher=TokenCipher(settings.tokens_key_id),
            session=session,
        )
        self.ledger = ImportLedger(
            claims_table=settings.claims_table,
            settlements_table=settings.settlements_table,
            waiting_files_table=settings.waiting_files_table,
            expenses_table=settings.expenses_table,
            scans_table=settings.scans_table,
        )

    def answerer(self, *, has_time: Callable[[], bool], workdir: Path) -> DoorbellAnswerer:
        """What answers doorbells in one invocation."""

        def begin(received: ReceivedDoorbell, link: Link, user: User, *, one_at_a_time: bool) -> ImportRun:
            return ImportRun(
                link=link,
                user=user,
                notified_at=received.notified_at,
                one_at_a_time=one_at_a_time,
                dropbox=self.accounts.open(link),
                ledger=self.ledger,
                documents=self.documents,
                inspector=self.inspector,
                links=self.links,
                scan_doorbells=self.scan_queue,
                events=self.events,
                clock=self.clock,
                has_time=has_time,
                workdir=workdir,
                room=self.room,
                limits=self.limits,
                correlation_id=received.correlation_id,
            )

        return DoorbellAnswerer(
            links=self.links,
            users=self.users,
            doorbells=self.queue,
            events=self.events,
            begin=begin,
            clock=self.clock,
            sweep_every=self.settings.sweep_every,
        )
