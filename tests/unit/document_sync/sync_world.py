"""One company's synchronisation with everything outside in memory, and what must always hold of it."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from functions.document_sync.answer_doorbell import AnswerDoorbell
from functions.document_sync.sync_run import SyncLimits, SyncRun, SyncServices
from local.dropbox_emulator.core.account import Account, Owner
from local.dropbox_emulator.core.contents import ContentStore
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.expenses import Company, ExpenseStatus, SupportingDocument, User
from shared.domain.filing.document_path import document_path
from shared.domain.host_expenses import DELIVERABLE, HostExpense
from shared.domain.links import Backfill, Link, LinkStatus, Purpose, Reconcile
from shared.domain.resends import Resend, ResendKind, ResendScope, resend_entry
from shared.doorbells.drain_outcomes import DrainOutcome
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from testing.clocks import Clock
from testing.fakes.company_dropbox import FakeCompanyDropbox, FakeStoredDocuments
from testing.fakes.crashing import CallCounter
from testing.fakes.employee_folders import FakeEmployeeFolders
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.proofs import FakeProofPages, FakeProofs
from testing.fakes.resends import FakeResends
from testing.fakes.sharing import FakeSharings
from testing.fakes.stores import FakeDoorbells, FakeLinks, FakeUsers
from testing.fakes.synchronisation import FakeCompanies, FakeDeliveries, FakeExpenses, FakeManifests
from tests.unit.auto_import.drain_world import ticking_clock

COMPANY = "atelier"
LINK_ID = f"company:{COMPANY}"


@dataclass
class SyncWorld:
    """A company with a linked Dropbox, its expenses, and the records of what was delivered."""

    contents: ContentStore
    clock: Clock = field(default_factory=ticking_clock)
    has_time: Any = field(default=lambda: True)
    limits: SyncLimits = field(default_factory=SyncLimits)

    def __post_init__(self) -> None:
        self.expenses = FakeExpenses()
        self.deliveries: Any = FakeDeliveries(self.expenses)
        self.manifests, self.links = FakeManifests(), FakeLinks()
        self.sharings = FakeSharings()
        self.proofs, self.proof_pages = FakeProofs(), FakeProofPages()
        self.sharings, self.resends = FakeSharings(), FakeResends(self.deliveries)
        self.folders, self.documents = FakeEmployeeFolders(), FakeStoredDocuments()
        self.doorbells, self.events = FakeDoorbells(), FakeEventBus()
        self.companies = FakeCompanies({COMPANY: Company(COMPANY, "L'Atelier", "team")})
        bob = User("bob", COMPANY, "Bob Durand", "fr", active=True, role="administrator")
        self.users = FakeUsers({"bob": bob})
        self.others: dict[str, bytes] = {}
        self._ids = itertools.count(1)
        self.dropboxes: dict[str, Any] = {}
        self.account = self.open_account("company")
        self.link(self.account)

    def open_account(self, name: str) -> Account:
        """A Dropbox account to link."""
        owner = Owner(name, f"{name}@example.com", name.title())
        account = Account(owner, self.contents, self._seconds, lambda *_: None)
        self.dropboxes[account.id] = FakeCompanyDropbox(account)
        return account

    def link(self, account: Account, *, since: datetime | None = None, reconcile: bool = False) -> Link:
        """Link, or link anew, as confirming does; without a search unless asked for."""
        before = self.links.get(LINK_ID)
        now = self.clock()
        link = Link(
            link_id=LINK_ID,
            purpose=Purpose.SYNCHRONISATION,
            user_id="bob",
            company_id=COMPANY,
            account_id=account.id,
            account_name=account.name,
            account_email=f"{account.name}@example.com",
            encrypted_token=b"",
            status=LinkStatus.ACTIVE,
            generation=before.generation + 1 if before else 1,
            linked_at=now,
            sync_since=since or now,
            reconcile=Reconcile(begins_at=now, accepted_from=since or now) if reconcile else None,
            takes_over=before is not None and before.account_id != account.id,
        )
        self.links.links[LINK_ID] = link
        self.account = account
        return link

    def ask_for_backfill(self, since: datetime) -> Backfill:
        """What the API does when an administrator asks for one."""
        link, request = self.link_row, Backfill(since=since, requested_at=self.clock())
        begins_at = min(since, link.sync_since or since)
        self.links.links[LINK_ID] = replace(link, backfill=request, sync_since=begins_at)
        return request

    def ask_to_send_again(self, kind: ResendKind, of: str) -> Resend:
        """What the API does when an administrator asks for it."""
        link = self.link_row
        correlation_id = f"resend-{next(self._ids)}"
        resend = Resend(COMPANY, link.account_id, ResendScope(kind, of), self.clock(), correlation_id)
        self.resends.request(resend, resend_entry(link, resend, "bob"))
        return resend

    @property
    def link_row(self) -> Link:
        return self.links.links[LINK_ID]

    @property
    def dropbox(self) -> Any:
        return self.dropboxes[self.account.id]

    @dropbox.setter
    def dropbox(self, dropbox: Any) -> None:
        self.dropboxes[self.account.id] = dropbox

    def expense(
        self,
        *documents: bytes,
        employee: str = "alice",
        name: str = "Alice Martin",
        status: ExpenseStatus = ExpenseStatus.ACCEPTED,
        **fields: Any,
    ) -> HostExpense:
        """An expense of the host, accepted now, with these documents."""
        number = next(self._ids)
        expense = HostExpense(
            expense_id=f"expense-{number}",
            company_id=COMPANY,
            user_id=employee,
            employee_name=name,
            status=status,
            accepted_at=self.clock(),
            date=date(2026, 3, 14),
            merchant="SNCF",
            amount=Decimal("84.00"),
            currency="EUR",
            category="Travel",
            documents=tuple(self._store(f"{number}-{index}", data) for index, data in enumerate(documents)),
        )
        return self.expenses.put(replace(expense, **fields))

    def accept(self, *documents: bytes, **fields: Any) -> HostExpense:
        """An accepted expense whose stream record has arrived."""
        expense = self.expense(*documents, **fields)
        self.stream(expense)
        return expense

    def stream(self, expense: HostExpense) -> None:
        """What the stream function does for an image of this expense."""
        self.deliveries.ensure(
            COMPANY,
            self.link_row.account_id,
            expense.expense_id,
            [document.document_id for document in expense.documents],
            accepted_at=expense.accepted_at,
            now=self.clock(),
            correlation_id=f"accepted-{expense.expense_id[:40]}",
        )

    def set_status(self, expense: HostExpense, status: ExpenseStatus) -> None:
        self.expenses.set_status(expense.expense_id, status)

    def put_in_the_way(self, data: bytes) -> str:
        """Somebody's own file at the first path of the only pending delivery."""
        [row] = [row for row in self.rows() if row.status is DeliveryStatus.PENDING]
        expense = self.expenses.expenses[row.key.expense_id]
        folder = self.folders.folder_for(COMPANY, expense.user_id, expense.employee_name)
        path = document_path(
            expense,
            expense.documents[0],
            root="/Jenji",
            employee_folder=folder,
            accepted_at=row.accepted_at,
        )
        self.account.write(path, data)
        self.others[path] = data
        return path

    def received(self, *, receive_count: int = 1, message_id: str | None = None) -> ReceivedDoorbell:
        message_id = message_id or f"message-{next(self._ids)}"
        return ReceivedDoorbell(CompanyDoorbell(COMPANY), message_id, self.clock(), receive_count)

    def answer(
        self, received: ReceivedDoorbell | None = None, *, counter: CallCounter | None = None
    ) -> DrainOutcome[Delivery]:
        """Answer a doorbell; raises ComeBackLater as the use case does."""
        wrap: Callable[[Any], Any] = counter.wrap if counter else lambda collaborator: collaborator

        services = SyncServices(
            deliveries=wrap(self.deliveries),
            manifests=wrap(self.manifests),
            expenses=wrap(self.expenses),
            open_document=self.documents.outgoing,
            folder_for=wrap(self.folders).folder_for,
            links=wrap(self.links),
            send_events=wrap(self.events).send,
            clock=self.clock,
            sharings=wrap(self.sharings),
            proofs=wrap(self.proofs),
            proof_pages=wrap(self.proof_pages),
            resends=wrap(self.resends),
            sleep=lambda _seconds: None,
            limits=self.limits,
        )

        def begin(received: ReceivedDoorbell, link: Link, is_careful: bool) -> SyncRun:
            return SyncRun(
                services=services,
                link=link,
                is_careful=is_careful,
                dropbox=wrap(self.dropboxes[link.account_id]),
                has_time=self.has_time,
                correlation_id=received.correlation_id,
            )

        runner = DrainRunner(
            links=wrap(self.links),
            ring=wrap(self.doorbells).ring,
            send_events=wrap(self.events).send,
            clock=self.clock,
            sweep_every=timedelta(hours=6),
        )
        answer = AnswerDoorbell(
            links=wrap(self.links),
            find_company=wrap(self.companies).get,
            find_user=wrap(self.users).get,
            begin=begin,
            runner=runner,
        )
        return answer(received or self.received())

    def come_to_rest(self) -> None:
        """The sweep's doorbells, with the clock past every wait, until nothing is left (invariant f)."""
        for _ in range(12):
            self.clock.advance(hours=7)
            self.doorbells.rung.clear()
            try:
                answer = self.answer()
            except ComeBackLater:
                continue
            pending = [row for row in self.rows() if row.status is DeliveryStatus.PENDING]
            stale = self.manifests.changed(COMPANY, self.account.id)
            if answer.reason == "drained" and not pending and not stale and not self.doorbells.rung:
                return
        raise AssertionError("the synchronisation did not come to rest")

    def rows(self) -> list[Delivery]:
        return sorted(self.deliveries.rows.values(), key=lambda row: (row.changed_at, row.key.document_id))

    def files(self) -> dict[str, bytes]:
        """The documents in the company's Dropbox; neither manifests nor other people's files."""
        return {
            path: data
            for path, data in self.account.tree_contents().items()
            if not path.endswith((".csv", ".xlsx")) and path not in self.others
        }

    def manifest_files(self) -> dict[str, str]:
        contents = self.account.tree_contents()
        return {path: data.decode("utf-8-sig") for path, data in contents.items() if path.endswith(".csv")}

    def workbook_files(self) -> dict[str, bytes]:
        contents = self.account.tree_contents()
        return {path: data for path, data in contents.items() if path.endswith(".xlsx")}

    def check_invariants(self) -> None:
        """(c), (d): each accepted document is one right file, or its row says why not; nothing else is there."""
        delivered = [row for row in self.rows() if row.status is DeliveryStatus.DELIVERED]
        mine = [row for row in delivered if row.key.account_id == self.account.id]
        files = self.files()
        assert Counter(row.path for row in mine) == Counter(files.keys())
        for row in mine:
            data = files[row.path or ""]
            assert hashlib.sha256(data).hexdigest() == row.sha256
            assert len(data) == row.size
            assert data == self.documents.objects[f"documents/{row.key.document_id}"]
        ended = self._recorded_as(DeliveryStatus.DELIVERED) | self._recorded_as(DeliveryStatus.FAILED)
        for expense in self.expenses.expenses.values():
            if expense.status in DELIVERABLE:
                for document in expense.documents:
                    assert (expense.expense_id, document.document_id) in ended, f"{document.name} is nowhere"
        self._check_what_was_told()

    def _check_what_was_told(self) -> None:
        """Of every document that was delivered or has failed, and of nothing else."""
        delivered = {
            (document["expense_id"], document["document_id"])
            for event in self.events.of("DocumentsDelivered")
            for document in event["documents"]
        }
        failed = {
            (event["document"]["expense_id"], event["document"]["document_id"])
            for event in self.events.of("DocumentDeliveryFailed")
        }
        assert delivered == self._recorded_as(DeliveryStatus.DELIVERED), "the host does not know it all"
        assert failed == self._recorded_as(DeliveryStatus.FAILED), "the host does not know it all"

    def _recorded_as(self, status: DeliveryStatus) -> set[tuple[str, str]]:
        return {(row.key.expense_id, row.key.document_id) for row in self.rows() if row.status is status}

    def _store(self, name: str, data: bytes) -> SupportingDocument:
        key = f"documents/document-{name}"
        self.documents.objects[key] = data
        return SupportingDocument(
            document_id=f"document-{name}",
            s3_key=key,
            sha256=hashlib.sha256(data).hexdigest(),
            name=f"{name}.pdf",
            content_type="application/pdf",
            size=len(data),
        )

    def _seconds(self) -> float:
        return self.clock.now.astimezone(UTC).timestamp()


@contextmanager
def sync_world() -> Iterator[SyncWorld]:
    """A world of its own."""
    contents = ContentStore()
    try:
        yield SyncWorld(contents)
    finally:
        contents.close()
