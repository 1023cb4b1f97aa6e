"""Expenses whose documents are to be read, with everything outside in memory."""

from __future__ import annotations

from typing import Any

from functions.document_reading.job.announce_batch import AnnounceBatch
from functions.document_reading.job.answer_doorbell import AnswerReadingDoorbell
from functions.document_reading.job.preview_document import MakePreview, no_preview
from functions.document_reading.job.read_expense import LEASE, ExpensePrefiller, ReadingOutcome
from functions.document_reading.job.reader_share import ReaderShare
from shared.domain.host_expenses import HostExpense
from shared.domain.reader_shares import ReaderShares
from shared.domain.reading_jobs import ReadingJob, new_reading_job
from shared.domain.readings import ExpenseReading
from shared.domain.recorded_batches import LOOKED_AT_AGAIN_AFTER as MINUTES_5
from shared.domain.recorded_batches import RecordedBatch
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.clocks import Clock
from testing.fakes.crashing import CallCounter
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.expenses_to_read import FakeExpensesToRead, FakeReader, expense_to_read
from testing.fakes.reader_leases import FakeReaderLeases
from testing.fakes.reading_jobs import FakeReadingJobs
from testing.fakes.recorded_batches import FakeRecordedBatches


class ReadingWorld:
    """Alice and what she imported."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.jobs: Any = FakeReadingJobs()
        self.expenses: Any = FakeExpensesToRead()
        self.reader = FakeReader()
        self.leases: Any = FakeReaderLeases(LEASE)
        self.shares = ReaderShares(user=3, company=5)
        self.batches: Any = FakeRecordedBatches(self.jobs)
        self.events: Any = FakeEventBus()
        self.make_preview: MakePreview = no_preview

    def imported(self, expense_id: str = "expense-1", *, batch_id: str = "", **fields: Any) -> None:
        self.expenses.expenses[expense_id] = expense_to_read(expense_id, **fields)
        visit_key = f"{batch_id}#{expense_id}" if batch_id else ""
        self.jobs.add(new_reading_job("alice", expense_id, self.clock(), visit_key))

    def record_batch(self, batch_id: str) -> RecordedBatch:
        """Note, as the drain that ends a batch does, that the host is to be told once it is read."""
        now = self.clock()
        batch = RecordedBatch("alice", batch_id, "user:alice", "atelier", "request-1", now, now + MINUTES_5)
        self.batches.note(batch)
        return batch

    def answer(self, expense_id: str = "expense-1", *, counter: CallCounter | None = None) -> ReadingOutcome:
        """Answer a doorbell: of an expense, or of a batch by its key."""
        wrap = counter.wrap if counter else lambda collaborator: collaborator
        prefiller = ExpensePrefiller(
            jobs=wrap(self.jobs),
            expenses=wrap(self.expenses),
            reader=wrap(self.reader),
            hold_reader=ReaderShare(wrap(self.leases), self.shares, self.clock).held,
            clock=self.clock,
            make_preview=self.make_preview,
        )
        announce = AnnounceBatch(
            batches=wrap(self.batches), send_events=wrap(self.events).send, clock=self.clock
        )
        return AnswerReadingDoorbell(prefiller, announce)(ReadingDoorbell("alice", expense_id))

    def job(self, expense_id: str = "expense-1") -> ReadingJob:
        found: ReadingJob = self.jobs.rows["alice", expense_id]
        return found

    def expense(self, expense_id: str = "expense-1") -> HostExpense:
        found: HostExpense = self.expenses.expenses[expense_id]
        return found

    def reading(self, expense_id: str = "expense-1") -> ExpenseReading:
        found: ExpenseReading = self.expenses.readings[expense_id]
        return found
