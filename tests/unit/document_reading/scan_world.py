"""Expenses whose documents are to be read, with everything outside in memory."""

from __future__ import annotations

from typing import Any

from functions.document_reading.job.read_expense import ExpenseScanner, ScanAnswer
from shared.domain.reading_jobs import Scan, new_scan
from shared.domain.readings import ExpenseReading, ReadableExpense
from shared.doorbells.reading_messages import ScanDoorbell
from tests.fakes.crashing import CallCounter
from tests.fakes.expenses_to_read import FakeExpensesToRead, FakeReader, expense_to_read
from tests.fakes.scans import FakeScans
from tests.movable_clock import Clock


class ScanWorld:
    """Alice and what she imported."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.scans: Any = FakeScans()
        self.expenses: Any = FakeExpensesToRead()
        self.reader = FakeReader()

    def imported(self, expense_id: str = "expense-1", **fields: Any) -> None:
        self.expenses.expenses[expense_id] = expense_to_read(expense_id, **fields)
        self.scans.add(new_scan("alice", expense_id, self.clock()))

    def answer(self, expense_id: str = "expense-1", *, counter: CallCounter | None = None) -> ScanAnswer:
        wrap = counter.wrap if counter else lambda collaborator: collaborator
        scanner = ExpenseScanner(
            scans=wrap(self.scans),
            expenses=wrap(self.expenses),
            reader=wrap(self.reader),
            clock=self.clock,
        )
        return scanner.answer(ScanDoorbell("alice", expense_id))

    def scan(self, expense_id: str = "expense-1") -> Scan:
        found: Scan = self.scans.rows["alice", expense_id]
        return found

    def expense(self, expense_id: str = "expense-1") -> ReadableExpense:
        found: ReadableExpense = self.expenses.expenses[expense_id]
        return found

    def reading(self, expense_id: str = "expense-1") -> ExpenseReading:
        found: ExpenseReading = self.expenses.readings[expense_id]
        return found
