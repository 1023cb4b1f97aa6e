"""Reads the document of one expense and fills the expense in; any number of times, with one result.

Before a document is opened that is noted, with a time until which nobody else opens it: a reading that
died shows when the next one finds the note. Two deaths are enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from functions.document_reading.job.outcomes import DocumentUnreadable, ReaderDied, ReadingUnderWay
from functions.document_reading.job.prefill_expense import filling_of, unreadable
from functions.document_reading.job.similarity import likeness_of, look_alike
from functions.document_reading.ports import DocumentReader, Expenses, Scans
from functions.document_reading.reading.model import Reading
from shared.domain.errors import AwsUnavailable, ConfinementFailed, ExpenseChanged, Retryable, ScanChanged
from shared.domain.expenses import SupportingDocument, document_id_for
from shared.domain.reading_jobs import Scan, ScanStatus
from shared.domain.readings import ExpenseReading, ReadableExpense
from shared.domain.timestamps import Clock
from shared.doorbells.backoff import FIRST_DELAY, next_try_after
from shared.doorbells.drain_runner import ComeBackLater
from shared.doorbells.reading_messages import ScanDoorbell

NOTED_DEATHS = 2
"""A document that two readings died of is not opened a third time."""
LEASE = timedelta(seconds=135)
"""Longer than an invocation may last, shorter than its message stays hidden: see the template."""
_MOST_LOOKS = 5
_MOST_FAILURES_OF_OURS = 5
_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What was done, for logs and metrics; `answer` is a constant, `scan` the row once it is over."""

    answer: str
    scan: Scan | None = None
    filled: int = 0
    confirmed: int = 0

    @property
    def seconds(self) -> float:
        """From the import to the end of the reading."""
        if self.scan is None or self.scan.finished_at is None:
            return 0.0
        return max(0.0, (self.scan.finished_at - self.scan.since).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseScanner:
    """Answers the doorbells of the scan queue."""

    scans: Scans
    expenses: Expenses
    reader: DocumentReader
    clock: Clock

    def answer(self, doorbell: ScanDoorbell) -> ScanAnswer:
        """Raises ComeBackLater where it is to be tried again, AwsUnavailable where not even that is noted."""
        scan = self.scans.get(doorbell.user_id, doorbell.expense_id)
        if scan is None or scan.next_try is None:
            return ScanAnswer("nothing to read")
        if not scan.is_untouched and self.clock() < scan.next_try:
            return ScanAnswer("not yet due")  # another is at it, or it waits: the sweep rings in time
        try:
            return self._attempt(scan)
        except ScanChanged:
            return ScanAnswer("another is at it")

    def _attempt(self, scan: Scan) -> ScanAnswer:
        if scan.noted >= NOTED_DEATHS:
            return self._give_up(scan, "died")
        scan = self.scans.note(scan, self.clock() + LEASE)
        try:
            return self._read(scan)
        except DocumentUnreadable as unreadable:
            return self._give_up(scan, unreadable.reason)
        except ReadingUnderWay as job:
            raise self._ask_again(scan, job) from job
        except ReaderDied as death:
            return self._bury_or_try_again(scan, death)
        except Retryable as error:
            return self._try_again(scan, error)

    def _ask_again(self, scan: Scan, job: ReadingUnderWay) -> ComeBackLater:
        """The longer it has taken, the less often."""
        age = self.clock() - scan.since
        wait = min(max(age / 4, _SHORTEST_WAIT), _LONGEST_WAIT)
        self.scans.keep_job(scan, job.job_id, self.clock() + wait)
        return ComeBackLater(wait.total_seconds())

    def _bury_or_try_again(self, scan: Scan, death: ReaderDied) -> ScanAnswer:
        if scan.noted >= NOTED_DEATHS:
            return self._give_up(scan, "died")
        self.scans.note_death(scan, self.clock() + FIRST_DELAY)
        raise ComeBackLater(FIRST_DELAY.total_seconds()) from death

    def _try_again(self, scan: Scan, error: Retryable) -> ScanAnswer:
        """What is AWS's trouble passes; a fault of our own does not, or not by itself."""
        tries = scan.tries + 1
        if isinstance(error, ConfinementFailed) and tries >= _MOST_FAILURES_OF_OURS:
            return self._give_up(scan, "failed")
        until = next_try_after(self.clock(), tries)
        code = error.code if isinstance(error, AwsUnavailable) else ""
        self.scans.retry_later(scan, until, code or type(error).__name__)
        raise ComeBackLater((until - self.clock()).total_seconds()) from error

    def _read(self, scan: Scan) -> ScanAnswer:
        expense = self._fillable(scan)
        if expense is None:
            return self._finish(scan, ScanStatus.DONE, "nobody is at it any more")
        if expense.state not in {None, ScanStatus.WAITING}:
            return self._finish(scan, expense.state or ScanStatus.DONE, "")  # and died before noting it
        reading = self.reader.read(_imported_document(expense), scan.job_id)
        if reading.is_empty:
            raise DocumentUnreadable("nothing found")
        duplicate_of = self._possible_duplicate(scan, reading)
        filling = self._fill(
            scan,
            lambda expense: filling_of(expense, reading, duplicate_of=duplicate_of, now=self.clock()),
        )
        return self._finish(scan, ScanStatus.DONE, "", filling)

    def _possible_duplicate(self, scan: Scan, reading: Reading) -> str | None:
        """Register first, then look: of two that are read at the same time one finds the other."""
        likeness = likeness_of(reading)
        if likeness is None:
            return None
        self.scans.register(scan, likeness)
        others = self.scans.alike(scan, likeness)
        alike = sorted(each for each, other in others.items() if look_alike(likeness, other))
        live = self.expenses.live(alike) if alike else set()
        return next((each for each in alike if each in live), None)

    def _fill(
        self, scan: Scan, filling_for: Callable[[ReadableExpense], ExpenseReading]
    ) -> ExpenseReading | None:
        """Put it on the expense as it is at that moment; None where nobody works on that any more."""
        for _ in range(_MOST_LOOKS):
            expense = self._fillable(scan)
            if expense is None or expense.state not in {None, ScanStatus.WAITING}:
                return None
            filling = filling_for(expense)
            try:
                self.expenses.fill(expense, filling)
            except ExpenseChanged:
                continue
            return filling
        raise KeepsBeingEdited(scan.expense_id)

    def _fillable(self, scan: Scan) -> ReadableExpense | None:
        expense = self.expenses.get(scan.expense_id)
        if expense is None or expense.user_id != scan.user_id or not expense.may_be_filled:
            return None
        return expense

    def _give_up(self, scan: Scan, reason: str) -> ScanAnswer:
        self._fill(scan, lambda _: unreadable(self.clock()))
        return self._finish(scan, ScanStatus.UNREADABLE, reason)

    def _finish(
        self, scan: Scan, status: ScanStatus, reason: str, filling: ExpenseReading | None = None
    ) -> ScanAnswer:
        finished = self.scans.finish(scan, status, reason, self.clock())
        marks = filling.marks.values() if filling else ()
        confirmed = sum(mark.is_confirmed for mark in marks)
        return ScanAnswer(status.value.lower(), finished, len(marks), confirmed)


class KeepsBeingEdited(Retryable):
    """The expense changed each time it was about to be filled in."""


def _imported_document(expense: ReadableExpense) -> SupportingDocument:
    """The one it was made from; its user may have added others, or taken it away."""
    imported = document_id_for(expense.expense_id)
    for document in expense.documents:
        if document.document_id == imported:
            return document
    raise DocumentUnreadable("document taken away")
