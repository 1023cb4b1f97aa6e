"""One user's import with everything outside in memory, and the invariants that must always hold."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dropbox.content_hash import DropboxContentHasher

from functions.auto_import.answer_doorbell import AnswerDoorbell
from functions.auto_import.byte_budget import ByteBudget
from functions.auto_import.import_run import ImportLimits, ImportRun, ImportServices
from functions.oauth_callback.relinking import in_place_of
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.contents import ContentStore
from shared.domain.errors import Retryable
from shared.domain.expenses import ExpenseStatus, User
from shared.domain.imports import ImportRecord, Outcome, Retry
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.drain_outcomes import DrainOutcome
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from testing.clocks import Clock
from testing.fakes.activity import FakeActivity
from testing.fakes.crashing import CallCounter
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

AUTO_IMPORT = f"{APP_FOLDER}/Auto-Import"
GRACE = timedelta(seconds=120)
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def ticking_clock() -> Clock:
    return Clock(START, tick=timedelta(milliseconds=1))


@dataclass
class DrainWorld:
    """Alice, her Dropbox, her link; what she dropped is remembered to check the records against."""

    contents: ContentStore
    workdir: Path
    clock: Clock = field(default_factory=ticking_clock)
    threads: int = 1
    has_time: Any = field(default=lambda: True)
    byte_budget: ByteBudget = field(default_factory=lambda: ByteBudget(10**9))

    def __post_init__(self) -> None:
        self.account = open_account("alice", self.contents, self.seconds)
        self.dropbox: Any = FakeDropbox(self.account)
        self.records, self.links, self.users = FakeImportStore(), FakeLinks(), FakeUsers()
        self.documents, self.doorbells = FakeDocuments(), FakeDoorbells()
        self.reading_doorbells = FakeReadingDoorbells()
        self.recorded_batches = FakeRecordedBatches(self.records.jobs)
        self.activity = FakeActivity()
        self.events: Any = FakeEventBus()
        self.inspector: Any = FakeInspector()
        self.users.users["alice"] = User("alice", "atelier", "Alice Martin", "en", active=True)
        self.visits: Counter[tuple[str, str]] = Counter()
        self._message_ids = itertools.count()
        self.link(self.account)

    def link(self, account: Account, status: LinkStatus = LinkStatus.ACTIVE) -> Link:
        """Link, or link anew."""
        before = self.links.get("user:alice")
        link = Link(
            link_id="user:alice",
            purpose=Purpose.AUTO_IMPORT,
            user_id="alice",
            company_id="atelier",
            account_id=account.id,
            account_name="Alice",
            account_email="alice@example.com",
            encrypted_token=b"",
            status=status,
            generation=1,
            linked_at=self.clock(),
        )
        link = in_place_of(before, link, None)
        self.links.links[link.link_id] = link
        self.account, self.dropbox = account, FakeDropbox(account)
        return link

    def seconds(self) -> float:
        return self.clock.now.timestamp()

    @property
    def link_row(self) -> Link:
        return self.links.links["user:alice"]

    def drop(self, name: str, data: bytes) -> tuple[str, str]:
        """Write a file into `Auto-Import`; returns its id and content hash."""
        file_id = self.account.write(f"{AUTO_IMPORT}/{name}", data)
        version = (file_id, content_hash(data))
        self.visits[version] += 1
        return version

    def move_back(self, path: str, name: str) -> None:
        """Move a filed file back into `Auto-Import`."""
        self.account.move(f"{APP_FOLDER}/{path}", f"{AUTO_IMPORT}/{name}")
        file = self.account.entry(f"{AUTO_IMPORT}/{name}")
        self.visits[file.id, file.revision.content.content_hash] += 1  # type: ignore[attr-defined]

    def retry(self, name: str) -> ImportRecord:
        """A user asks for another try of a rejected file: where it is still there, another visit."""
        row = next(row for row in self.rows() if row.name == name and row.retry is None)
        assert self.records.request_retry(row, self.clock())
        file = self.dropbox.find(row.file_id)
        if file is not None:
            self.visits[file.file_id, file.content_hash] += 1
        return row

    def received(
        self, *, receive_count: int = 1, message_id: str | None = None, **fields: Any
    ) -> ReceivedDoorbell:
        """A doorbell for the linked account, sent now."""
        message_id = message_id or f"message-{next(self._message_ids)}"
        return ReceivedDoorbell(Doorbell(self.account.id, **fields), message_id, self.clock(), receive_count)

    def answer(
        self, received: ReceivedDoorbell | None = None, *, counter: CallCounter | None = None
    ) -> DrainOutcome:
        """Answer a doorbell; raises ComeBackLater as the use case does."""
        wrap = counter.wrap if counter else lambda collaborator: collaborator

        services = ImportServices(
            records=wrap(self.records),
            put_document=wrap(self.documents).put,
            inspector=self.inspector,
            links=wrap(self.links),
            ring_for_readings=wrap(self.reading_doorbells).ring,
            send_events=wrap(self.events).send,
            note_recorded=wrap(self.recorded_batches).note,
            note_activity=wrap(self.activity).note,
            clock=self.clock,
            byte_budget=self.byte_budget,
            limits=ImportLimits(10_000, GRACE, threads=self.threads),
        )

        def begin(received: ReceivedDoorbell, link: Link, user: User, is_careful: bool) -> ImportRun:
            return ImportRun(
                services=services,
                link=link,
                user=user,
                notified_at=received.notified_at,
                is_careful=is_careful,
                dropbox=wrap(self.dropbox),
                has_time=self.has_time,
                workdir=self.workdir,
                correlation_id=received.correlation_id,
                is_routine=received.is_from_sweep,
            )

        runner = DrainRunner(
            links=wrap(self.links),
            ring=wrap(self.doorbells).ring,
            send_events=wrap(self.events).send,
            clock=self.clock,
            sweep_every=timedelta(hours=6),
        )
        answer = AnswerDoorbell(
            links=wrap(self.links), find_user=wrap(self.users).get, begin=begin, runner=runner
        )
        return answer(received or self.received())

    def come_to_rest(self) -> None:
        """One sweep, and every doorbell it leads to, with the clock past every wait (invariant f)."""
        self.doorbells.rung.clear()
        for _ in range(20):
            self.clock.advance(hours=7)
            try:
                answer = self.answer()
            except ComeBackLater:
                continue
            link = self.link_row
            is_quiet = link.next_due is None or link.next_due > self.clock() + timedelta(hours=5)
            if not self.doorbells.rung and answer.reason == "drained" and is_quiet:
                return
            self.doorbells.rung.clear()
        raise AssertionError("the import did not come to rest")

    def tree(self) -> dict[str, bytes]:
        """Everything in the app folder by path below it."""
        return {
            path.removeprefix(f"{APP_FOLDER}/"): data for path, data in self.account.tree_contents().items()
        }

    def rows(self) -> list[ImportRecord]:
        return sorted(self.records.records.values(), key=lambda row: row.recorded_at)

    def outcomes(self) -> dict[str, str]:
        return {
            row.name: f"{row.outcome}:{row.reason}" if row.reason else str(row.outcome) for row in self.rows()
        }

    def check_invariants(self) -> None:
        """(a), (b), (d) of what was dropped and nothing else, see docs/faults.md; and the host knows."""
        self.check_records()
        self._check_what_was_told()

    def check_records(self) -> None:
        """The same, whatever the host was told."""
        self._check_counts()
        self._check_expenses()
        for row in self.rows():
            assert row.is_filed, f"{row.name} is on record and was never filed"
        assert not [path for path in self.tree() if path.startswith("Auto-Import/")], "files were left behind"
        outstanding = self.records.outstanding("alice", self.account.id)
        assert not outstanding.files, "files wait that are recorded or gone"
        assert not outstanding.retries, "requests are left"
        assert Retry.REQUESTED not in {row.retry for row in self.rows()}, "a request was forgotten"

    def _check_counts(self) -> None:
        """(a): every visit of every version ends exactly once."""
        recorded = Counter(row.version for row in self.rows())
        assert recorded == self.visits

    def _check_what_was_told(self) -> None:
        told = {
            event["batch_id"]: event["imported"] + event["duplicate"] + event["rejected"]
            for event in self.events.of("ImportBatchSettled")
        }
        assert told == Counter(row.batch_id for row in self.rows()), "the host does not know it all"
        imported = {row.batch_id for row in self.rows() if row.outcome is Outcome.IMPORTED}
        assert {batch_id for _, batch_id in self.recorded_batches.notes} == imported, (
            "not to be told once it is read"
        )
        counted = {
            batch.batch_id: batch.imported + batch.duplicate + batch.rejected
            for batch in self.activity.batches.values()
        }
        assert counted == told, "the company's numbers are wrong"

    def _check_expenses(self) -> None:
        """(b) and (d): one live expense for each content, and its bytes are the original's."""
        live = [
            stored.expense
            for stored in self.records.expenses.values()
            if stored.status is not ExpenseStatus.DELETED
        ]
        contents = [content_hash(self.documents.objects[expense.document.s3_key]) for expense in live]
        assert len(set(contents)) == len(contents), "one document made two live expenses"
        imported = {row.expense_id for row in self.rows() if row.outcome == "imported"}
        assert imported == set(self.records.expenses), "an expense without a record, or the reverse"
        assert {expense_id for _, expense_id in self.records.jobs.rows} == imported, "one is never read"
        for key, data in self.documents.objects.items():
            assert key.endswith(content_hash(data)), "stored bytes are not the original's"


def content_hash(data: bytes) -> str:
    """Dropbox's."""
    hasher = DropboxContentHasher()
    hasher.update(data)
    return hasher.hexdigest()


@contextmanager
def drain_world(**options: Any) -> Iterator[DrainWorld]:
    """A world of its own, with its files in a temporary directory."""
    contents = ContentStore()
    try:
        with tempfile.TemporaryDirectory() as workdir:
            yield DrainWorld(contents, Path(workdir), **options)
    finally:
        contents.close()


__all__ = ["ComeBackLater", "DrainWorld", "Retryable", "content_hash", "drain_world"]
