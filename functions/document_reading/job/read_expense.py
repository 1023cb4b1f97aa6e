"""Reads the document of one expense and fills the expense in; any number of times, with one result.

Before a document is opened that is noted, with a time until which nobody else opens it: a reading that
died shows when the next one finds the note. Two deaths are enough.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeGuard

from functions.document_reading.job.announce_batch import Announcement
from functions.document_reading.job.prefill_expense import filling_of, held_back, unreadable
from functions.document_reading.job.preview_document import MakePreview, no_preview
from functions.document_reading.job.similarity import likeness_of, look_similar
from functions.document_reading.outcomes import (
    DocumentUnreadable,
    ReaderDied,
    ReadingHeldBack,
    ReadingUnderWay,
)
from functions.document_reading.ports import DocumentReader, Expenses
from functions.document_reading.reading.model import Reading
from shared.domain.errors import (
    AwsFailed,
    AwsRefused,
    ConfinementFailed,
    ExpenseChanged,
    ReadingJobChanged,
    Retryable,
)
from shared.domain.expenses import SupportingDocument, document_id_for, part_expense_id
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.imports import ReadingNote
from shared.domain.page_quotas import Payer
from shared.domain.previews import Preview
from shared.domain.reading_jobs import ReadingFailure, ReadingJob, ReadingJobStatus
from shared.domain.readings import ExpenseReading
from shared.domain.timestamps import Clock
from shared.doorbells.backoff import FIRST_DELAY, next_try_after
from shared.doorbells.reading_messages import ReadingDoorbell
from shared.doorbells.received import ComeBackLater
from shared.ports import ReadingJobs

HoldReader = Callable[[Payer], AbstractContextManager[None]]
"""Holds one of a user's and a company's readers: see `functions.document_reading.job.reader_share`."""
MOST_DEATHS = 2
"""A document that two readings died of is not opened a third time."""
LEASE = timedelta(seconds=135)
"""Longer than an invocation may last, shorter than its message stays hidden: see the template."""
HELD_BACK = "held back"
_HARMLESS = frozenset({ReadingFailure.UNREADABLE, ReadingFailure.NOTHING_FOUND, ReadingFailure.BLANK})
_MOST_LOOKS = 5
_MOST_FAILURES_OF_OURS = 5
_MOST_DENIALS = 36
"""Most of a week: time enough to give back a permission that was lost."""
_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """What was done, for logs and metrics; `answer` is a constant, `job` the row once it is over.

    `visit_key` is that of the import's record which now says how the reading ended; empty where none does.
    `announcement` is what a look at the whole batch found, None where nobody looked.
    """

    answer: str
    job: ReadingJob | None = None
    filled: int = 0
    confirmed: int = 0
    visit_key: str = ""
    announcement: Announcement | None = None

    @property
    def seconds(self) -> float:
        """From the import to the end of the reading."""
        if self.job is None or self.job.finished_at is None:
            return 0.0
        return max(0.0, (self.job.finished_at - self.job.since).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpensePrefiller:
    """Answers the doorbells of the reading queue."""

    jobs: ReadingJobs
    expenses: Expenses
    reader: DocumentReader
    hold_reader: HoldReader
    clock: Clock
    make_preview: MakePreview = no_preview

    def answer(self, doorbell: ReadingDoorbell) -> ReadingOutcome:
        """Raises ComeBackLater where it is to be tried again, AwsFailed where not even that is noted.

        Raises ShareTaken where as many readers as may be are at work for its user or company.
        """
        job = self.jobs.get(doorbell.user_id, doorbell.expense_id)
        if job is None or job.next_try is None:
            return ReadingOutcome("nothing to read")
        if not job.is_due(self.clock()):
            return ReadingOutcome("not yet due")  # another is at it, or it waits: the sweep rings in time
        try:
            return self._attempt(job)
        except ReadingJobChanged:
            return ReadingOutcome("another is at it")

    def _attempt(self, job: ReadingJob) -> ReadingOutcome:
        if job.attempts_started >= MOST_DEATHS:
            return self._give_up(job, ReadingFailure.READER_DIED)
        expense = self._fillable(job)
        if expense is None:
            return self._finish(job, ReadingJobStatus.DONE, ReadingFailure.NOT_WANTED)
        payer = Payer(expense.user_id, expense.company_id)
        with self.hold_reader(payer):
            return self._attempt_to_read(self.jobs.note(job, self.clock() + LEASE), expense, payer)

    def _attempt_to_read(self, job: ReadingJob, expense: HostExpense, payer: Payer) -> ReadingOutcome:
        try:
            return self._read(job, expense, payer)
        except DocumentUnreadable as unreadable:
            return self._give_up(job, unreadable.reason, unreadable.detail)
        except ReadingUnderWay as under_way:
            raise self._ask_again(job, under_way.analysis_id) from under_way
        except ReadingHeldBack as held:
            return self._hold_back(job, held.until)
        except ReaderDied as death:
            return self._bury_or_try_again(job, death)
        except (Retryable, AwsFailed) as error:
            return self._try_again(job, error)

    def _ask_again(self, job: ReadingJob, analysis_id: str) -> ComeBackLater:
        """The longer it has taken, the less often."""
        age = self.clock() - job.since
        wait = min(max(age / 4, _SHORTEST_WAIT), _LONGEST_WAIT)
        self.jobs.keep_analysis(job, analysis_id, self.clock() + wait)
        return ComeBackLater(wait.total_seconds())

    def _hold_back(self, job: ReadingJob, until: date) -> ReadingOutcome:
        """Its user is not kept waiting: the expense says so, and the sweep rings when the day has come."""
        preview = self._preview_unread(job)
        self._fill(job, lambda _: held_back(until, self.clock(), preview))
        self.jobs.hold_back(job, datetime.combine(until, time(), UTC))
        return ReadingOutcome(HELD_BACK, visit_key=job.visit_key)

    def _bury_or_try_again(self, job: ReadingJob, death: ReaderDied) -> ReadingOutcome:
        if job.attempts_started >= MOST_DEATHS:
            return self._give_up(job, ReadingFailure.READER_DIED)
        self.jobs.note_death(job, self.clock() + FIRST_DELAY)
        raise ComeBackLater(FIRST_DELAY.total_seconds()) from death

    def _try_again(self, job: ReadingJob, error: Retryable | AwsFailed) -> ReadingOutcome:
        """What AWS fails to do or refuses is no fault of the document's; a fault of our own does not pass."""
        tries = job.tries + 1
        if isinstance(error, ConfinementFailed) and tries >= _MOST_FAILURES_OF_OURS:
            return self._give_up(job, ReadingFailure.FAULT_OF_OURS)
        if _is_denied(error) and tries >= _MOST_DENIALS:
            return self._give_up(job, ReadingFailure.DOCUMENT_MISSING, error.code)
        until = next_try_after(self.clock(), tries)
        code = error.code if isinstance(error, AwsFailed) else ""
        self.jobs.retry_later(job, until, code or type(error).__name__)
        raise ComeBackLater((until - self.clock()).total_seconds()) from error

    def _read(self, job: ReadingJob, expense: HostExpense, payer: Payer) -> ReadingOutcome:
        if expense.reading_state not in {None, ReadingJobStatus.WAITING}:
            return self._finish_again(job, expense.reading)  # the one that read it died before noting it
        reading = self.reader.read(_imported_document(expense), job.analysis_id, payer)
        if reading.is_empty:
            raise DocumentUnreadable(ReadingFailure.NOTHING_FOUND)
        duplicates = self._possible_duplicates(job, reading)
        preview = self.make_preview(expense, _imported_document(expense), reading)
        filling = self._fill(
            job,
            lambda expense: filling_of(
                expense, reading, duplicates=duplicates, preview=preview, now=self.clock()
            ),
        )
        return self._finish(job, ReadingJobStatus.DONE, filling=filling)

    def _possible_duplicates(self, job: ReadingJob, reading: Reading) -> list[str | None]:
        """Each of several documents is found under the expense that it may become, once there is that."""
        readings = [part.reading for part in reading.parts] or [reading]
        expense_ids = (part_expense_id(job.expense_id, number) for number in count(1))
        return [
            self._possible_duplicate(replace(job, expense_id=expense_id), each)
            for expense_id, each in zip(expense_ids, readings, strict=False)
        ]

    def _possible_duplicate(self, job: ReadingJob, reading: Reading) -> str | None:
        """Register first, then look: of two that are read at the same time one finds the other."""
        likeness = likeness_of(reading)
        if likeness is None:
            return None
        self.jobs.register(job, likeness)
        others = self.jobs.alike(job, likeness)
        alike = sorted(each for each, other in others.items() if look_similar(likeness, other))
        live = self.expenses.live(alike) if alike else set()
        return next((each for each in alike if each in live), None)

    def _fill(
        self, job: ReadingJob, filling_for: Callable[[HostExpense], ExpenseReading]
    ) -> ExpenseReading | None:
        """Put it on the expense as it is at that moment; None where nobody works on that any more."""
        for _ in range(_MOST_LOOKS):
            expense = self._fillable(job)
            if expense is None or expense.reading_state not in {None, ReadingJobStatus.WAITING}:
                return None
            filling = filling_for(expense)
            try:
                self.expenses.fill(expense, filling)
            except ExpenseChanged:
                continue
            return filling
        raise KeepsBeingEdited(job.expense_id)

    def _fillable(self, job: ReadingJob) -> HostExpense | None:
        expense = self.expenses.get(job.expense_id)
        if expense is None or expense.user_id != job.user_id or not expense.may_be_filled:
            return None
        return expense

    def _give_up(self, job: ReadingJob, reason: ReadingFailure, detail: str = "") -> ReadingOutcome:
        # What a reader has died of, or taken too long for, is not opened once more to be looked at.
        preview = self._preview_unread(job) if reason in _HARMLESS else None
        self._fill(job, lambda _: unreadable(self.clock(), preview))
        return self._finish(job, ReadingJobStatus.UNREADABLE, reason, detail)

    def _preview_unread(self, job: ReadingJob) -> Preview | None:
        """Of what is to be filled in by hand: its user sees the document beside the fields."""
        expense = self._fillable(job)
        if expense is None:
            return None
        if expense.reading is not None and expense.reading.what.preview is not None:
            return expense.reading.what.preview
        try:
            return self.make_preview(expense, _imported_document(expense), Reading())
        except DocumentUnreadable:  # taken away
            return None

    def _finish_again(self, job: ReadingJob, reading: ReadingNow | None) -> ReadingOutcome:
        state = reading.state if reading else ReadingJobStatus.DONE
        is_unsure = reading is not None and bool(reading.unconfirmed or reading.possible_duplicate_of)
        note = _note_of(state, is_unsure=is_unsure)
        finished = self.jobs.finish(job, state, None, "", self.clock(), note=note)
        return ReadingOutcome(state.value.lower(), finished, visit_key=job.visit_key)

    def _finish(
        self,
        job: ReadingJob,
        status: ReadingJobStatus,
        reason: ReadingFailure | None = None,
        detail: str = "",
        *,
        filling: ExpenseReading | None = None,
    ) -> ReadingOutcome:
        is_unsure = filling is not None and bool(filling.possible_duplicate_of or filling.is_guessed)
        note = _note_of(status, is_unsure=is_unsure)
        finished = self.jobs.finish(job, status, reason, detail, self.clock(), note=note)
        marks = filling.marks.values() if filling else ()
        confirmed = sum(mark.is_confirmed for mark in marks)
        return ReadingOutcome(status.value.lower(), finished, len(marks), confirmed, job.visit_key)


class KeepsBeingEdited(Retryable):
    """The expense changed each time it was about to be filled in."""


def _is_denied(error: Retryable | AwsFailed) -> TypeGuard[AwsRefused]:
    """Whether S3 hides the document: so it answers, too, where there is none, to who may list nothing."""
    return isinstance(error, AwsRefused) and (error.service, error.code) == ("s3", "AccessDenied")


def _note_of(status: ReadingJobStatus, *, is_unsure: bool) -> ReadingNote:
    """What nobody has to look at is only read."""
    is_to_check = status is ReadingJobStatus.UNREADABLE or is_unsure
    return ReadingNote.TO_CHECK if is_to_check else ReadingNote.READ


def _imported_document(expense: HostExpense) -> SupportingDocument:
    """The one it was made from; its user may have added others, or taken it away."""
    imported = document_id_for(expense.expense_id)
    for document in expense.documents:
        if document.document_id == imported:
            return document
    raise DocumentUnreadable(ReadingFailure.DOCUMENT_MISSING, "taken away")
