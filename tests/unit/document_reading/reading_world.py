"""Expenses whose documents are to be read, with everything outside in memory."""

from __future__ import annotations

from typing import Any

from functions.document_reading.job.preview_document import MakePreview, no_preview
from functions.document_reading.job.read_expense import ExpensePrefiller, ReadingOutcome
from shared.domain.host_expenses import HostExpense
from shared.domain.reading_jobs import ReadingJob, new_reading_job
from shared.domain.readings import ExpenseReading
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.clocks import Clock
from testing.fakes.crashing import CallCounter
from testing.fakes.expenses_to_read import FakeExpensesToRead, FakeReader, expense_to_read
from testing.fakes.reading_jobs import FakeReadingJobs


class ReadingWorld:
    """Alice and what she imported."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.jobs: Any = FakeReadingJobs()
        self.expenses: Any = FakeExpensesToRead()
        self.reader = FakeReader()
        self.make_preview: MakePreview = no_preview

    def imported(self, expense_id: str = "expense-1", **fields: Any) -> None:
        self.expenses.expenses[expense_id] = expense_to_read(expense_id, **fields)
        self.jobs.add(new_reading_job("alice", expense_id, self.clock()))

    def answer(self, expense_id: str = "expense-1", *, counter: CallCounter | None = None) -> ReadingOutcome:
        wrap = counter.wrap if counter else lambda collaborator: collaborator
        prefiller = ExpensePrefiller(
            jobs=wrap(self.jobs),
            expenses=wrap(self.expenses),
            reader=wrap(self.reader),
            clock=self.clock,
            make_preview=self.make_preview,
        )
        return prefiller.answer(ReadingDoorbell("alice", expense_id))

    def job(self, expense_id: str = "expense-1") -> ReadingJob:
        found: ReadingJob = self.jobs.rows["alice", expense_id]
        return found

    def expense(self, expense_id: str = "expense-1") -> HostExpense:
        found: HostExpense = self.expenses.expenses[expense_id]
        return found

    def reading(self, expense_id: str = "expense-1") -> ExpenseReading:
        found: ExpenseReading = self.expenses.readings[expense_id]
        return found
