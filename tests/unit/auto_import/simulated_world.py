"""Two users, three Dropbox accounts, and everything that can happen to them, without I/O.

What users do and what goes wrong may happen between drains or, through `Interruption`, at any outside
call in the middle of one: another drain of the same account included.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from functions.auto_import.answer_doorbell import AnswerDoorbell
from functions.auto_import.byte_budget import ByteBudget
from functions.auto_import.import_run import ImportLimits, ImportRun, ImportServices
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.refusals import LookupRefused, WriteRefused
from local.dropbox_emulator.core.tree import File
from shared.domain.cloud_files import Move, MoveResult
from shared.domain.errors import AwsFailed, AwsUnavailable, IntegrationError
from shared.domain.expenses import ExpenseStatus, User
from shared.domain.imports import Outcome
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from testing.clocks import Clock
from testing.fakes.activity import FakeActivity
from testing.fakes.company_dropbox import FakeCompanyDropbox
from testing.fakes.crashing import Killed
from testing.fakes.dropbox import APP_FOLDER, FakeDropbox, open_account
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.inspector import FakeInspector
from testing.fakes.recorded_batches import FakeRecordedBatches
from testing.fakes.stores import (
    FakeDocuments,
    FakeDoorbells,
    FakeImportStore,
    FakeLinks,
    FakeReadingDoorbells,
    FakeUsers,
)
from tests.unit.auto_import.drain_world import GRACE, START, content_hash

AUTO_IMPORT = f"{APP_FOLDER}/Auto-Import"
USERS = ("alice", "bob")
ACCOUNTS = ("first", "second", "third")
Version = tuple[str, str]


@dataclass(frozen=True)
class Interruption:
    """At outside call `number` of a drain, before or after it takes effect, something happens."""

    number: int
    after: bool
    act: Callable[[], None]


class Wiring:
    """Counts a drain's outside calls and lets the interruptions happen at theirs."""

    def __init__(self, interruptions: list[Interruption]) -> None:
        self._interruptions = interruptions
        self._count = 0
        self._dead: Killed | None = None
        self._lock = threading.RLock()

    def wrap(self, collaborator: Any) -> Any:
        return _Wired(collaborator, self)

    def call(self, collaborator: object, do: Callable[[], Any]) -> Any:
        with self._lock:
            if self._dead:
                raise self._dead
            self._count += 1
            number = self._count
            self._happen(number, collaborator, after=False)
            answer = do()
            self._happen(number, collaborator, after=True)
            return answer

    def _happen(self, number: int, collaborator: object, *, after: bool) -> None:
        for interruption in self._interruptions:
            if (interruption.number, interruption.after) == (number, after):
                try:
                    interruption.act()
                except Killed as killed:
                    self._dead = killed
                    raise
                except IntegrationError as error:
                    # Only Dropbox fails in Dropbox's ways; everything else is AWS.
                    if isinstance(collaborator, FakeDropbox | FakeCompanyDropbox) or isinstance(
                        error, AwsFailed
                    ):
                        raise
                    raise AwsUnavailable(type(error).__name__) from error


class _Wired:
    def __init__(self, inner: Any, wiring: Wiring) -> None:
        self._inner = inner
        self._wiring = wiring

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._inner, name)
        if name == "list_files":
            return lambda *args: self._pages(member(*args))
        return lambda *args, **kwargs: self._wiring.call(self._inner, lambda: member(*args, **kwargs))

    def _pages(self, pages: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (page := self._wiring.call(self._inner, lambda: next(pages, end))) is not end:
            yield page


class _Returning(FakeDropbox):
    """A Dropbox account that tells what a drain brings back to where it was dropped."""

    def __init__(self, world: SimulatedWorld, account: Account) -> None:
        super().__init__(account, page_size=3)
        self._world = world

    def move(self, moves: Sequence[Move]) -> list[MoveResult]:
        for move in moves:
            if move.to_path.startswith("/Auto-Import/"):
                self._world.records_again(self.account, move.file_id)
        return super().move(moves)


class SimulatedWorld:
    """Everything outside the drain, and the records to check it against."""

    def __init__(self, contents: ContentStore, workdir: Path) -> None:
        self.clock = Clock(START)
        self.records, self.links, self.users = FakeImportStore(), FakeLinks(), FakeUsers()
        self.documents, self.doorbells = FakeDocuments(), FakeDoorbells()
        self.reading_doorbells = FakeReadingDoorbells()
        self.recorded_batches = FakeRecordedBatches(self.records.jobs)
        self.activity = FakeActivity()
        self.events = FakeEventBus()
        self.accounts = {name: open_account(name, contents, self._seconds) for name in ACCOUNTS}
        self.by_id = {account.id: account for account in self.accounts.values()}
        self.arrivals: Counter[Version] = Counter()
        self.linked_ever: set[tuple[str, str]] = set()
        self._workdir = workdir
        self._ids = itertools.count()
        for user in USERS:
            self.users.users[user] = User(user, "atelier", user.title(), "en", active=True)
        self.link("alice", "first")
        self.link("bob", "second")

    # What users do

    def drop(self, account: str, name: str, text: str) -> None:
        """Write or replace a file. What it holds names its account, so that a mix-up would show."""
        data = f"{text} of {account}".encode() if text else b""
        try:
            file_id = self.accounts[account].write(f"{AUTO_IMPORT}/{name}", data)
        except WriteRefused:
            return
        self.arrivals[file_id, content_hash(data)] += 1

    def move(self, account: str, source: str, target: str) -> None:
        """Move within the app folder; into `Auto-Import` it is an arrival."""
        try:
            self.accounts[account].move(f"{APP_FOLDER}/{source}", f"{APP_FOLDER}/{target}")
        except (LookupRefused, WriteRefused, ValueError):
            return
        for file in self._files(account):
            if file.path == f"{APP_FOLDER}/{target}" and target.startswith("Auto-Import/"):
                self.arrivals[file.id, file.revision.content.content_hash] += 1

    def delete(self, account: str, path: str) -> None:
        """Delete a file or a folder."""
        try:
            self.accounts[account].delete(f"{APP_FOLDER}/{path}")
        except LookupRefused:
            return

    def paths(self, account: str) -> list[str]:
        """Every file in the app folder, sorted, for a rule to choose from."""
        return sorted(file.path.removeprefix(f"{APP_FOLDER}/") for file in self._files(account))

    def delete_expense(self, which: int) -> None:
        """The host's user deletes one of the live expenses."""
        live = [
            stored for stored in self.records.expenses.values() if stored.status is not ExpenseStatus.DELETED
        ]
        if live:
            live[which % len(live)].status = ExpenseStatus.DELETED

    def retry(self, user: str, which: int) -> None:
        """Ask for another try of one of the rejected files of the account that is linked."""
        link = self.links.links[f"user:{user}"]
        rejected = [
            row
            for row in self.records.records.values()
            if (row.user_id, row.account_id) == (user, link.account_id) and row.outcome is Outcome.REJECTED
        ]
        if rejected and link.status is LinkStatus.ACTIVE:
            self.records.request_retry(rejected[which % len(rejected)], self.clock())

    def records_again(self, account: Account, file_id: str) -> None:
        """A drain brings a file back: an arrival, where these bytes of it were recorded before."""
        file = account.tree.by_id(file_id)
        if isinstance(file, File):
            version = (file_id, file.revision.content.content_hash)
            self.arrivals[version] += version in {row.version for row in self.records.records.values()}

    def link(self, user: str, account: str) -> None:
        """Link, to the same or another account; refused while somebody else has it."""
        dropbox = self.accounts[account]
        before = self.links.get(f"user:{user}")
        if any(
            link.account_id == dropbox.id and link.user_id != user and link.status is not LinkStatus.UNLINKED
            for link in self.links.links.values()
        ):
            return
        self.linked_ever.add((user, dropbox.id))
        self.links.links[f"user:{user}"] = Link(
            link_id=f"user:{user}",
            purpose=Purpose.AUTO_IMPORT,
            user_id=user,
            company_id="atelier",
            account_id=dropbox.id,
            account_name=account,
            account_email=f"{account}@example.com",
            encrypted_token=b"",
            status=LinkStatus.ACTIVE,
            generation=before.generation + 1 if before else 1,
            linked_at=self.clock(),
        )

    def unlink(self, user: str) -> None:
        """The generation goes up at once; the account is free for somebody else."""
        link = self.links.links[f"user:{user}"]
        self.links.links[link.link_id] = replace(
            link, status=LinkStatus.UNLINKED, generation=link.generation + 1
        )

    def set_active(self, user: str, *, active: bool) -> None:
        self.users.users[user] = replace(self.users.users[user], active=active)

    # What drains do

    def drain(
        self,
        account: str,
        interruptions: list[Interruption] | None = None,
        *,
        has_time: Callable[[], bool] = lambda: True,
        receive_count: int = 1,
        sent: datetime | None = None,
    ) -> None:
        """Answer one doorbell, whatever comes of it."""
        wiring = Wiring(interruptions or [])
        received = ReceivedDoorbell(
            Doorbell(self.accounts[account].id),
            f"message-{next(self._ids)}",
            sent or self.clock(),
            receive_count,
        )

        services = ImportServices(
            records=wiring.wrap(self.records),
            put_document=wiring.wrap(self.documents).put,
            inspector=FakeInspector(),
            links=wiring.wrap(self.links),
            ring_for_readings=wiring.wrap(self.reading_doorbells).ring,
            send_events=wiring.wrap(self.events).send,
            note_recorded=wiring.wrap(self.recorded_batches).note,
            note_activity=wiring.wrap(self.activity).note,
            clock=self.clock,
            byte_budget=ByteBudget(10**9),
            limits=ImportLimits(10_000, GRACE, threads=1),
        )

        def begin(received: ReceivedDoorbell, link: Link, user: User, is_careful: bool) -> ImportRun:
            return ImportRun(
                services=services,
                link=link,
                user=user,
                notified_at=received.notified_at,
                is_careful=is_careful,
                dropbox=wiring.wrap(_Returning(self, self.by_id[link.account_id])),
                has_time=has_time,
                workdir=self._workdir,
                correlation_id=received.correlation_id,
                is_routine=received.is_from_sweep,
            )

        runner = DrainRunner(
            links=wiring.wrap(self.links),
            ring=wiring.wrap(self.doorbells).ring,
            send_events=wiring.wrap(self.events).send,
            clock=self.clock,
            sweep_every=timedelta(hours=6),
        )
        answer = AnswerDoorbell(
            links=wiring.wrap(self.links), find_user=wiring.wrap(self.users).get, begin=begin, runner=runner
        )
        try:
            answer(received)
        except (ComeBackLater, AwsFailed, Killed):
            return

    # What must hold

    def come_to_rest(self) -> None:
        """Faults are over; the sweep rings for every link that is due, until none is."""
        for user in USERS:
            self.set_active(user, active=True)
        for _ in range(12):
            self.clock.advance(hours=7)
            self.doorbells.rung.clear()
            for link in list(self.links.links.values()):
                if link.status is not LinkStatus.UNLINKED:
                    self.drain(self.by_id[link.account_id].name)
            if not self.doorbells.rung and not self._waits():
                return
        raise AssertionError(f"not at rest: {self._waits()}")

    def _waits(self) -> list[object]:
        return [waiting for link in self._live_links() for waiting in self._outstanding(link)]

    def _outstanding(self, link: Link) -> list[object]:
        outstanding = self.records.outstanding(link.user_id, link.account_id)
        return [*outstanding.files, *outstanding.retries]

    def check_invariants(self) -> None:
        """The oracle of docs/faults.md, for every account that is linked now and was at rest."""
        for link in self._live_links():
            self._check_account(link)
        self._check_records()
        self._check_expenses()

    def _check_account(self, link: Link) -> None:
        account = self.by_id[link.account_id]
        recorded = {row.version for row in self.records.records.values() if row.account_id == account.id}
        for file in self._files(account.name):
            version = (file.id, file.revision.content.content_hash)
            assert not file.path.startswith(f"{AUTO_IMPORT}/"), f"left behind: {file.path}"
            assert version in recorded, f"filed away unseen: {file.path}"
        for row in self.records.unfiled(link.user_id, account.id):
            raise AssertionError(f"on record and never filed: {row.name}")

    def _check_records(self) -> None:
        """(a) and (e): nothing records more often than it arrived, and only for who had linked."""
        # An account may be linked by one user after the other: what the first left lying is the second's.
        recorded = Counter((row.user_id, row.version) for row in self.records.records.values())
        for (user, version), count in recorded.items():
            assert count <= self.arrivals[version], f"recorded {count} times for {user}: {version}"
        for row in self.records.records.values():
            assert (row.user_id, row.account_id) in self.linked_ever

    def _check_expenses(self) -> None:
        """(b), (d), (e): one live expense for each document of a user, with the original bytes."""
        live: Counter[tuple[str, str]] = Counter()
        for stored in self.records.expenses.values():
            document = stored.expense.document
            data = self.documents.objects[document.s3_key]
            owner = stored.expense.user.user_id
            assert document.s3_key == f"documents/{owner}/{content_hash(data)}"
            assert (owner, self.accounts[data.decode().rpartition(" of ")[2]].id) in self.linked_ever
            if stored.status is not ExpenseStatus.DELETED:
                live[owner, content_hash(data)] += 1
        assert not [key for key, count in live.items() if count > 1], "two live expenses of one document"
        imported = [row.expense_id for row in self.records.records.values() if row.outcome == "imported"]
        assert sorted(imported) == sorted(self.records.expenses), "an expense without its record"
        to_be_read = [expense_id for _, expense_id in self.records.jobs.rows]
        assert sorted(to_be_read) == sorted(imported), "an expense whose document is never read"

    def _live_links(self) -> list[Link]:
        return [link for link in self.links.links.values() if link.status is LinkStatus.ACTIVE]

    def _files(self, account: str) -> list[File]:
        return [entry for entry in self.accounts[account].tree.root.walk() if isinstance(entry, File)]

    def _seconds(self) -> float:
        return self.clock.now.astimezone(UTC).timestamp()


__all__ = ["ACCOUNTS", "USERS", "Account", "Interruption", "SimulatedWorld"]
