"""The synchronisation's real drain in a process of its own, with its stores in memory.

`python -m bench.sync_process ACCOUNT_ID REFRESH_TOKEN STORE_SECONDS FOLDER …`: for each folder its documents
are accepted and one doorbell is answered. What it did is printed as JSON.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.drain_process import NO_CREDENTIALS, PlainCipher
from bench.memory_stores import Calls, DiscardingEventBus, Slow
from bench.processes import peak_memory, say
from functions.document_sync.composition import Composition
from local.dropbox_emulator import SYNCHRONISATION_APP
from shared.aws.documents.document_store import PIECE_BYTES
from shared.config.document_sync import DocumentSyncSettings
from shared.domain.cloud_uploads import OutgoingDocument
from shared.domain.deliveries import Delivery
from shared.domain.expenses import Company, ExpenseStatus, SupportingDocument, User
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.timestamps import utc_now
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ReceivedDoorbell
from shared.dropbox_api.accounts import DropboxAccounts
from testing.fakes.employee_folders import FakeEmployeeFolders
from testing.fakes.proofs import FakeProofPages, FakeProofs
from testing.fakes.resends import FakeResends
from testing.fakes.sharing import FakeSharings
from testing.fakes.stores import FakeDoorbells, FakeLinks, FakeUsers
from testing.fakes.synchronisation import FakeCompanies, FakeDeliveries, FakeExpenses, FakeManifests

SETTINGS = DocumentSyncSettings(
    links_table="links",
    audit_trail_table="audit_trail",
    deliveries_table="deliveries",
    employee_folders_table="employee_folders",
    expenses_table="expenses",
    companies_table="companies",
    users_table="users",
    documents_bucket="documents",
    tokens_key_id="key",
    event_bus_name="default",
    sync_queue_url="https://sqs.eu-west-1.amazonaws.com/1/sync.fifo",
    synchronisation_app_key=SYNCHRONISATION_APP.key,
    delivered_kept_for=timedelta(days=3650),
    audit_kept_for=timedelta(days=3650),
    sweep_every=timedelta(hours=6),
)
COMPANY = "atelier"
EMPLOYEES = 10
DAY = date(2026, 3, 14)


@dataclass(frozen=True, slots=True)
class DocumentsOnDisk:
    """Reads a document as a client of S3 does; its key is the path of the file."""

    seconds: float
    calls: Calls

    def outgoing(self, key: str, document: SupportingDocument) -> OutgoingDocument:
        """The document, to be read later."""
        return OutgoingDocument(
            key, document.size, document.sha256, lambda: self._opened(Path(document.s3_key))
        )

    @contextmanager
    def _opened(self, path: Path) -> Iterator[Iterable[bytes]]:
        self.calls.add("DocumentsOnDisk.get", 1)
        with self.calls.recording.of("DocumentsOnDisk.get"):
            time.sleep(self.seconds)
        with path.open("rb") as file:
            yield iter(lambda: file.read(PIECE_BYTES), b"")


class RememberedFolders:
    """Asks for an employee's folder once, as the real adapter does."""

    def __init__(self, folders: Slow) -> None:
        self._folders = folders
        self._known: dict[tuple[str, str], str] = {}

    def folder_for(self, company_id: str, employee_id: str, employee_name: str) -> str:
        """The employee's folder."""
        key = (company_id, employee_id)
        if key not in self._known:
            self._known[key] = self._folders.folder_for(*key, employee_name)
        return self._known[key]


class TimedDeliveries(FakeDeliveries):
    """Notes when each document was on record as delivered."""

    def __init__(self, expenses: FakeExpenses) -> None:
        super().__init__(expenses)
        self.recorded_at: list[float] = []

    def record_delivered(self, delivery: Delivery, **what: Any) -> Delivery:  # noqa: ANN401 - as its base has it
        """It lies there."""
        recorded = super().record_delivered(delivery, **what)
        self.recorded_at.append(time.perf_counter())
        return recorded


class SyncedCompany:
    """A company whose expenses are accepted here, and the composition that delivers their documents."""

    def __init__(self, account_id: str, refresh_token: str, store_seconds: float) -> None:
        self.composition = Composition(SETTINGS)
        self.calls = Calls()
        self._account_id = account_id
        self._expenses = FakeExpenses()
        self._deliveries = TimedDeliveries(self._expenses)
        links = FakeLinks()
        links.links[f"company:{COMPANY}"] = _link(account_id, refresh_token)

        def slow(store: object) -> Any:  # noqa: ANN401 - stands in for whatever it slows down
            return Slow(store, store_seconds, self.calls)

        companies = FakeCompanies({COMPANY: Company(COMPANY, "L'Atelier", "team")})
        slow_links, send_events = slow(links), slow(DiscardingEventBus()).send
        folders: Any = RememberedFolders(slow(FakeEmployeeFolders()))
        composition = self.composition
        composition.links = slow_links
        composition.find_company = slow(companies).get
        bob = User("bob", COMPANY, "Bob Durand", "en", active=True, role="administrator")
        composition.find_user = slow(FakeUsers({"bob": bob})).get
        composition.services = replace(
            composition.services,
            links=slow_links,
            send_events=send_events,
            expenses=slow(self._expenses),
            manifests=slow(FakeManifests()),
            sharings=slow(FakeSharings()),
            proofs=slow(FakeProofs()),
            proof_pages=slow(FakeProofPages()),
            resends=slow(FakeResends(self._deliveries)),
            deliveries=slow(self._deliveries),
            folder_for=folders.folder_for,
            open_document=DocumentsOnDisk(store_seconds, self.calls).outgoing,
        )
        composition.runner = replace(
            composition.runner, links=slow_links, ring=slow(FakeDoorbells()).ring, send_events=send_events
        )
        cipher = slow(PlainCipher())
        self.composition.accounts = DropboxAccounts(app_key=SETTINGS.synchronisation_app_key, cipher=cipher)

    def accept(self, folder: Path) -> list[HostExpense]:
        """An expense for each document of the folder, and its pending delivery."""
        documents = [_document(path) for path in sorted(folder.iterdir())]
        expenses = [
            self._expenses.put(_expense(number, document)) for number, document in enumerate(documents)
        ]
        now = utc_now()
        for expense in expenses:
            ids = [document.document_id for document in expense.documents]
            self._deliveries.ensure(
                COMPANY, self._account_id, expense.expense_id, ids, accepted_at=now, now=now
            )
        return expenses

    def deliver(self, folder: Path) -> dict[str, Any]:
        """Accept a folder's documents and answer a doorbell; seconds begin with the ensured rows."""
        expenses = self.accept(folder)
        self._deliveries.recorded_at.clear()
        received = ReceivedDoorbell(CompanyDoorbell(COMPANY), uuid4().hex, utc_now(), 1)
        self.calls.recording.restart()
        started, processor_before = time.perf_counter(), time.process_time()
        answer = self.composition.answer_doorbell(has_time=lambda: True)(received)
        seconds = time.perf_counter() - started
        delivered = sorted(moment - started for moment in self._deliveries.recorded_at)
        if len(delivered) != len(expenses):
            ended = Counter(row.status for row in answer.recorded)
            raise RuntimeError(f"{len(expenses)} documents ended as {ended}: {answer.reason}")
        return {
            "seconds": seconds,
            "processor_seconds": time.process_time() - processor_before,
            "first": delivered[0],
            "middle": delivered[len(delivered) // 2],
            "last": delivered[-1],
        }


def main() -> None:
    """Deliver folder by folder and say what it took."""
    account_id, refresh_token, store_seconds, *folders = sys.argv[1:]
    os.environ.update(NO_CREDENTIALS)
    # Built as in the deployed function, so that the AWS clients weigh what they weigh there.
    company = SyncedCompany(account_id, refresh_token, float(store_seconds))
    company.calls.recording.calls_of_dropbox()
    idle_memory = peak_memory()
    rounds = [company.deliver(Path(folder)) for folder in folders]
    say(
        rounds=rounds,
        idle_memory=idle_memory,
        memory=peak_memory(),
        store_calls=company.calls.as_dict(),
        spans=company.calls.recording.spans,
    )


def _document(path: Path) -> SupportingDocument:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    media_type = "application/pdf" if path.suffix == ".pdf" else "image/jpeg"
    return SupportingDocument(uuid4().hex, str(path), sha256, path.name, media_type, path.stat().st_size)


def _expense(number: int, document: SupportingDocument) -> HostExpense:
    return HostExpense(
        expense_id=uuid4().hex,
        company_id=COMPANY,
        user_id=f"employee-{number % EMPLOYEES}",
        employee_name=f"Employee {number % EMPLOYEES}",
        status=ExpenseStatus.ACCEPTED,
        accepted_at=utc_now(),
        date=DAY,
        merchant="SNCF",
        amount=Decimal("84.00"),
        currency="EUR",
        category="Travel",
        documents=(document,),
    )


def _link(account_id: str, refresh_token: str) -> Link:
    return Link(
        link_id=f"company:{COMPANY}",
        purpose=Purpose.SYNCHRONISATION,
        user_id="bob",
        company_id=COMPANY,
        account_id=account_id,
        account_name="L'Atelier",
        account_email="bob@example.com",
        encrypted_token=refresh_token.encode(),
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=utc_now(),
    )


if __name__ == "__main__":
    main()
