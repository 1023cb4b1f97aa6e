"""Wires the import: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import requests

from functions.auto_import.answer_doorbell import AnswerDoorbell
from functions.auto_import.byte_budget import ByteBudget
from functions.auto_import.import_run import ImportLimits, ImportRun, ImportServices
from functions.auto_import.inspection.verdicts import Inspector
from functions.auto_import.inspection.worker_pool import WorkerPool
from shared.aws.documents.document_store import DocumentStore
from shared.aws.host.event_bus import EventBus
from shared.aws.host.user_directory import UserDirectory
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.queues.reading_queue import ReadingQueue
from shared.aws.stores.activity_store import ActivityStore
from shared.aws.stores.import_store import ImportStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.recorded_batches import RecordedBatchStore
from shared.aws.token_cipher import TokenCipher
from shared.config.auto_import import AutoImportSettings
from shared.confinement import refusals
from shared.confinement.refusals import OnConfinementRefused
from shared.domain.expenses import User
from shared.domain.imports import ImportRecord
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
        settings: AutoImportSettings,
        *,
        session: requests.Session | None = None,
        on_refusal: OnRefusal = nobody_is_told,
        on_confinement_refused: OnConfinementRefused = refusals.nobody_is_told,
        inspector: Inspector | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.links = LinkStore(settings.links_table)
        self.find_user = UserDirectory(settings.users_table).get
        self.queue = DoorbellQueue(settings.import_queue_url)
        send_events = EventBus(settings.event_bus_name).send
        limits = ImportLimits(settings.max_document_bytes, settings.reject_grace)
        self.services = ImportServices(
            records=ImportStore(
                reservations_table=settings.reservations_table,
                import_records_table=settings.import_records_table,
                waiting_files_table=settings.waiting_files_table,
                expenses_table=settings.expenses_table,
                reading_jobs_table=settings.reading_jobs_table,
                kept_for=settings.imported_kept_for,
                clock=clock,
            ),
            put_document=DocumentStore(settings.documents_bucket).put,
            inspector=inspector or WorkerPool(on_refused=on_confinement_refused),
            links=self.links,
            ring_for_readings=ReadingQueue(settings.reading_queue_url).ring,
            send_events=send_events,
            note_recorded=RecordedBatchStore(settings.reading_jobs_table).note,
            note_activity=ActivityStore(settings.reading_jobs_table).note,
            clock=clock,
            byte_budget=ByteBudget(limits.bytes_in_flight, limits.downloads),
            limits=limits,
        )
        self.accounts = DropboxAccounts(
            app_key=settings.auto_import_app_key,
            cipher=TokenCipher(settings.tokens_key_id),
            session=session,
            on_refusal=on_refusal,
        )
        self.runner: DrainRunner[ImportRecord] = DrainRunner(
            links=self.links,
            ring=self.queue.ring,
            send_events=send_events,
            clock=clock,
            sweep_every=settings.sweep_every,
        )

    def answer_doorbell(self, *, has_time: Callable[[], bool], workdir: Path) -> AnswerDoorbell:
        """What answers doorbells in one invocation."""

        def begin(received: ReceivedDoorbell, link: Link, user: User, is_careful: bool) -> ImportRun:
            return ImportRun(
                services=self.services,
                link=link,
                user=user,
                notified_at=received.notified_at,
                is_careful=is_careful,
                dropbox=self.accounts.open(link),
                has_time=has_time,
                workdir=workdir,
                correlation_id=received.correlation_id,
                is_routine=received.is_from_sweep,
            )

        return AnswerDoorbell(links=self.links, find_user=self.find_user, begin=begin, runner=self.runner)
