"""The real drain in a process of its own, with its stores in memory: answers one doorbell and ends.

`python -m bench.drain_process ACCOUNT_ID REFRESH_TOKEN STORE_SECONDS`; what it did is printed as JSON.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.memory_stores import Calls, DiscardingDocuments, DiscardingEventBus, Slow
from bench.processes import child_pids, peak_memory, processor_seconds, say
from functions.auto_import.composition import Composition
from functions.auto_import.inspection.worker_pool import WorkerPool
from local.dropbox_emulator import AUTO_IMPORT_APP
from shared.config.auto_import import AutoImportSettings
from shared.config.environment import MEGABYTE
from shared.domain.expenses import User
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.timestamps import utc_now
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ReceivedDoorbell
from shared.dropbox_api.accounts import DropboxAccounts
from shared.workdir import temporary_workdir
from testing.fakes.activity import FakeActivity
from testing.fakes.reading_jobs import FakeReadingJobs
from testing.fakes.recorded_batches import FakeRecordedBatches
from testing.fakes.stores import FakeDoorbells, FakeImportStore, FakeLinks, FakeReadingDoorbells, FakeUsers

SETTINGS = AutoImportSettings(
    links_table="links",
    reservations_table="reservations",
    waiting_files_table="waiting_files",
    import_records_table="records",
    reading_jobs_table="reading_jobs",
    expenses_table="expenses",
    users_table="users",
    documents_bucket="documents",
    tokens_key_id="key",
    event_bus_name="default",
    import_queue_url="https://sqs.eu-west-1.amazonaws.com/1/import.fifo",
    reading_queue_url="https://sqs.eu-west-1.amazonaws.com/1/job",
    auto_import_app_key=AUTO_IMPORT_APP.key,
    max_document_bytes=50 * MEGABYTE,
    reject_grace=timedelta(seconds=120),
    imported_kept_for=timedelta(days=730),
    sweep_every=timedelta(hours=6),
)
NO_CREDENTIALS = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
}


class PlainCipher:
    """The token as it is: there is no KMS here."""

    def decrypt(self, ciphertext: bytes, _context: Mapping[str, str]) -> str:
        """What was never encrypted."""
        return ciphertext.decode()


def main() -> None:
    """Answer one doorbell and say what it took."""
    account_id, refresh_token, store_seconds = sys.argv[1:]
    os.environ.update(NO_CREDENTIALS)
    calls = Calls()
    # Built as in the deployed function, so that the AWS clients weigh what they weigh there.
    composition = Composition(SETTINGS)
    _replace_stores(composition, _link(account_id, refresh_token), float(store_seconds), calls)
    calls.recording.calls_of_dropbox()
    received = ReceivedDoorbell(Doorbell(account_id), "message", utc_now(), 1)
    idle_memory, processor_before, started = peak_memory(), time.process_time(), time.perf_counter()
    calls.recording.restart()
    with temporary_workdir() as workdir:
        answer = composition.answer_doorbell(has_time=lambda: True, workdir=workdir)(received)
    seconds = time.perf_counter() - started
    if answer.unannounced is not None:  # a store that was not replaced waits for an AWS that is not there
        raise RuntimeError(f"not announced: {answer.unannounced}")
    workers = child_pids()  # while they live; a pool replaces one after many documents
    say(
        reason=answer.reason,
        outcomes=Counter(row.outcome for row in answer.recorded),
        seconds=seconds,
        processor_seconds=time.process_time() - processor_before,
        idle_memory=idle_memory,
        memory=peak_memory(),
        worker_memory=[peak_memory(pid) for pid in workers],
        worker_processor_seconds=sum(processor_seconds(pid) for pid in workers),
        store_calls=calls.as_dict(),
        spans=calls.recording.spans,
        threads=composition.services.limits.downloads,
    )
    if isinstance(composition.services.inspector, WorkerPool):
        composition.services.inspector.close()


def _replace_stores(composition: Composition, link: Link, seconds: float, calls: Calls) -> None:
    links, users = FakeLinks(), FakeUsers()
    links.links[link.link_id] = link
    users.users[link.user_id] = User(link.user_id, link.company_id, "Alice Martin", "en", active=True)
    slow_links: Any = Slow(links, seconds, calls)
    send_events = Slow(DiscardingEventBus(), seconds, calls).send
    composition.links = slow_links
    composition.find_user = Slow(users, seconds, calls).get
    composition.services = replace(
        composition.services,
        records=Slow(FakeImportStore(), seconds, calls),
        put_document=Slow(DiscardingDocuments(), seconds, calls).put,
        links=slow_links,
        ring_for_readings=Slow(FakeReadingDoorbells(), seconds, calls).ring,
        note_recorded=Slow(FakeRecordedBatches(FakeReadingJobs()), seconds, calls).note,
        note_activity=Slow(FakeActivity(), seconds, calls).note,
        send_events=send_events,
    )
    composition.runner = replace(
        composition.runner,
        links=slow_links,
        ring=Slow(FakeDoorbells(), seconds, calls).ring,
        send_events=send_events,
    )
    cipher = Slow(PlainCipher(), seconds, calls)
    composition.accounts = DropboxAccounts(app_key=SETTINGS.auto_import_app_key, cipher=cipher)  # type: ignore[arg-type] # stands in for KMS


def _link(account_id: str, refresh_token: str) -> Link:
    return Link(
        link_id="user:alice",
        purpose=Purpose.AUTO_IMPORT,
        user_id="alice",
        company_id="atelier",
        account_id=account_id,
        account_name="Alice",
        account_email="alice@example.com",
        encrypted_token=refresh_token.encode(),
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=utc_now(),
    )


if __name__ == "__main__":
    main()
