"""A company, two Dropbox accounts, and everything that can happen to them, without I/O.

What people do and what goes wrong may happen between drains or, through `Interruption`, at any outside call in
the middle of one: another drain of the company included.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from functions.oauth_callback.relinking import in_place_of
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.refusals import WriteRefused
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.errors import AwsFailed
from shared.domain.expenses import Company, ExpenseStatus
from shared.domain.filing.choices import ORDERS, FilingChoice, FilingPart
from shared.domain.filing.document_path import document_path
from shared.domain.host_expenses import DELIVERABLE, HostExpense
from shared.domain.links import Reconcile
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from testing.fakes.crashing import Killed
from tests.unit.auto_import.simulated_world import Interruption, Wiring
from tests.unit.document_sync.sync_world import COMPANY, LINK_ID, SyncWorld

FINAL = {DeliveryStatus.DELIVERED, DeliveryStatus.FAILED}


class SimulatedCompany:
    """What can be done to a `SyncWorld`, and what must hold of it."""

    def __init__(self, contents: ContentStore) -> None:
        self.world = SyncWorld(contents)
        self._accounts = {"company": self.world.account, "other": self.world.open_account("other")}
        self._numbers = itertools.count()
        self._own: dict[str, dict[str, bytes]] = {account.id: {} for account in self._accounts.values()}
        self._begin_searching()

    # What the host's people do

    def accept(self, employee: tuple[str, str], texts: list[str], *, is_streamed: bool) -> None:
        """An expense with documents; of one whose record the stream has lost, the daily search must tell."""
        user_id, name = employee
        documents = [f"{text} {next(self._numbers)}".encode() for text in texts]
        expense = self.world.expense(*documents, employee=user_id, name=name)
        if is_streamed:
            self.world.stream(expense)

    def becomes(self, which: int, status: ExpenseStatus) -> None:
        """Accepted again, refused, paid, taken back or deleted; acceptance is streamed."""
        expense = self._one(which)
        if expense is None:
            return
        was_accepted = expense.status in DELIVERABLE
        self.world.set_status(expense, status)
        if status is ExpenseStatus.ACCEPTED and not was_accepted:
            again = replace(expense, status=status, accepted_at=self.world.clock())
            self.world.expenses.put(again)
            self.world.stream(again)

    def stream_again(self, which: int) -> None:
        """A record comes twice, or late: the stream shows the expense as it was when accepted."""
        expense = self._one(which)
        if expense is not None and expense.accepted_at >= (
            self.world.link_row.sync_since or expense.accepted_at
        ):
            self.world.stream(expense)

    def edit(self, which: int, merchant: str) -> None:
        """Names change, and with them where a document would go."""
        expense = self._one(which)
        if expense is not None:
            self.world.expenses.put(replace(expense, merchant=merchant))

    def put_in_the_way(self, which: int) -> None:
        """Somebody's own file at the first path of a pending delivery."""
        pending = [
            row for row in self.world.rows() if row.status is DeliveryStatus.PENDING and row.place is None
        ]
        if not pending:
            return
        path = self._first_path_of(pending[which % len(pending)])
        if path is None or path in self.world.account.tree_contents():
            return
        data = f"somebody's own {next(self._numbers)}".encode()
        try:
            self.world.account.write(path, data)
        except WriteRefused:
            return
        self._own[self.world.account.id][path] = data

    def link_again(self, name: str) -> None:
        """To the same or the other account, from the same date on: by the product's own rule."""
        previous = self.world.link_row
        link = in_place_of(previous, self.world.link(self._accounts[name]), previous.sync_since)
        self.world.links.links[LINK_ID] = link

    def choose_filing(self, which: int) -> None:
        """Another order of folders, and other parts of names."""
        link, order = self.world.link_row, ORDERS[which % len(ORDERS)]
        choice = FilingChoice(order, (FilingPart.MERCHANT, FilingPart.CATEGORY)[: 1 + which % 2])
        self.world.links.choose_filing(link, choice, by="bob", at=self.world.clock())

    def ask_for_backfill_since(self, days: int) -> None:
        self.world.ask_for_backfill(self.world.clock() - timedelta(days=days))

    def pause(self, *, is_paused: bool) -> None:
        self.world.links.everything_is_paused = is_paused

    def fill(self, *, is_full: bool) -> None:
        for dropbox in self.world.dropboxes.values():
            dropbox.is_full = is_full

    def set_plan(self, *, has_plan: bool) -> None:
        self.world.companies.companies[COMPANY] = Company(
            COMPANY, "L'Atelier", "team" if has_plan else "free"
        )

    # What drains do

    def drain(
        self,
        interruptions: list[Interruption] | None = None,
        *,
        has_time: Callable[[], bool] = lambda: True,
        receive_count: int = 1,
        sent: datetime | None = None,
    ) -> None:
        """Answer one doorbell, whatever comes of it."""
        world, before = self.world, self.world.has_time
        received = ReceivedDoorbell(
            CompanyDoorbell(COMPANY), f"message-{next(self._numbers)}", sent or world.clock(), receive_count
        )
        world.has_time = has_time
        try:
            world.answer(received, counter=Wiring(interruptions or []))  # type: ignore[arg-type]
        except (ComeBackLater, AwsFailed, Killed):
            return
        finally:
            world.has_time = before

    # What must hold

    def come_to_rest(self) -> None:
        """Faults are over, a month has passed; the sweep rings until nothing is left (invariant f)."""
        self.pause(is_paused=False)
        self.fill(is_full=False)
        self.set_plan(has_plan=True)
        self.world.clock.advance(days=32)
        self._begin_searching()
        self.world.come_to_rest()

    def check_invariants(self) -> None:
        """(c), (d), (e), for both accounts: each accepted document ends once, with its bytes, or says why not."""
        for account in self._accounts.values():
            self._check_account(account)
        for expense in self.world.expenses.expenses.values():
            if expense.status in DELIVERABLE:
                self._check_ended(expense)
        self.world._check_what_was_told()

    def _check_account(self, account: Account) -> None:
        """What lies there is what rows say was delivered there, and other people's own files as they were."""
        mine = {
            row.path or "": row
            for row in self.world.rows()
            if row.status is DeliveryStatus.DELIVERED and row.key.account_id == account.id
        }
        there = {
            path: data
            for path, data in account.tree_contents().items()
            if not path.endswith((".csv", ".xlsx"))
        }
        own = self._own[account.id]
        assert set(there) - set(own) == set(mine), "a file without a row, or a row without its file"
        for path, row in mine.items():
            assert there[path] == self.world.documents.objects[f"documents/{row.key.document_id}"]
            assert hashlib.sha256(there[path]).hexdigest() == row.sha256
        for path, data in own.items():
            assert there.get(path) == data, f"overwritten or gone: {path}"

    def _check_ended(self, expense: HostExpense) -> None:
        for document in expense.documents:
            ended = Counter(
                row.status
                for row in self.world.rows()
                if (row.key.expense_id, row.key.document_id) == (expense.expense_id, document.document_id)
            )
            assert ended.keys() & FINAL, f"{document.name} is nowhere: {ended}"
            assert ended[DeliveryStatus.PENDING] == 0, f"{document.name} never ends"

    def _begin_searching(self) -> None:
        """As the day after a link: every acceptance since it counts."""
        link = self.world.link_row
        since = link.sync_since or link.linked_at
        self.world.links.links[LINK_ID] = replace(
            link, reconcile=Reconcile(begins_at=self.world.clock(), accepted_from=since)
        )

    def _one(self, which: int) -> HostExpense | None:
        expenses = list(self.world.expenses.expenses.values())
        return expenses[which % len(expenses)] if expenses else None

    def _first_path_of(self, row: Delivery) -> str | None:
        expense = self.world.expenses.expenses[row.key.expense_id]
        document = next((each for each in expense.documents if each.document_id == row.key.document_id), None)
        if document is None:
            return None
        folder = self.world.folders.folder_for(COMPANY, expense.user_id, expense.employee_name)
        return document_path(
            expense,
            document,
            root="/Jenji",
            employee_folder=folder,
            accepted_at=row.accepted_at,
            choice=self.world.link_row.filed_by,
        )


@contextmanager
def simulated_company() -> Iterator[SimulatedCompany]:
    """One of its own."""
    contents = ContentStore()
    try:
        yield SimulatedCompany(contents)
    finally:
        contents.close()
