"""Records the files of one listed page, in parallel, and sorts what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from functions.auto_import.dropped_file import DroppedFile, NotYet
from functions.auto_import.import_file import import_file
from functions.auto_import.import_run import ImportRun
from functions.auto_import.request_readings import ReadingRequests
from shared.domain.errors import (
    AwsFailed,
    DocumentChanged,
    FileGone,
    IntegrationError,
    ValuesRefused,
)
from shared.domain.imports import ImportRecord, Reservation, WaitingFile
from shared.doorbells.backoff import next_try_after

MOST_FAILURES_IN_A_ROW = 16
"""So many files failing with none recorded in between is Dropbox's fault, not the files'."""


@dataclass(slots=True)
class PageResult:
    """What became of a page's files; those in no list are gone, or were not begun.

    `waiting` are those that failed and those that were noted before they were opened, recorded or not.
    `changed` asks for another listing. `stopped_by` is the error that no file can be recorded under,
    to be raised once what was recorded has been filed.
    """

    recorded: list[ImportRecord] = field(default_factory=list)
    waiting: list[WaitingFile] = field(default_factory=list)
    changed: bool = False
    stopped_by: IntegrationError | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Which contents have been imported before: their reservations by hash, and the expenses that live."""

    reservations: Mapping[str, Reservation]
    live: AbstractSet[str]

    def reservation_of(self, file: DroppedFile) -> tuple[Reservation | None, bool]:
        """The reservation of the file's content, and whether its expense lives."""
        reservation = self.reservations.get(file.remote.content_hash)
        return reservation, reservation is not None and reservation.expense_id in self.live


def look_up(run: ImportRun, files: Sequence[DroppedFile]) -> Known:
    """What is known of these files' contents now."""
    if not files:
        return Known({}, frozenset())
    hashes = {file.remote.content_hash for file in files}
    reservations = run.services.records.reservations(run.user.user_id, hashes)
    live = run.services.records.live_expenses({each.expense_id for each in reservations.values()})
    return Known(reservations, live)


def import_page(run: ImportRun, files: Sequence[DroppedFile], known: Known) -> PageResult:
    """Record these files, further copies of a content once the first is recorded; have them read.

    `known` is of all of them, as of just now.
    """
    page = _Page(run)
    page.record(_one_of_each_content(files), known)
    copies = _further_copies(files)
    page.record(copies, look_up(run, copies))
    page.readings.send_rest()
    return page.result


def _one_of_each_content(files: Iterable[DroppedFile]) -> list[DroppedFile]:
    """The first file of each content; two at once would race for one reservation."""
    first: dict[str, DroppedFile] = {}
    for file in files:
        first.setdefault(file.remote.content_hash, file)
    return list(first.values())


def _further_copies(files: Sequence[DroppedFile]) -> list[DroppedFile]:
    firsts = {file.remote.file_id for file in _one_of_each_content(files)}
    return [file for file in files if file.remote.file_id not in firsts]


class _Page:
    """The state that the threads of one page share."""

    def __init__(self, run: ImportRun) -> None:
        self.result = PageResult()
        self.readings = ReadingRequests(run)
        self._run = run
        self._stop = Event()
        self._failures_in_a_row = 0

    def record(self, files: Sequence[DroppedFile], known: Known) -> None:
        """Record files in parallel, then suspicious ones one by one."""
        unknown = sum(not known.reservation_of(file)[1] for file in files)
        self._run.services.inspector.prepare(unknown, owner=self._run.user.user_id)

        def import_one(file: DroppedFile) -> None:
            reservation, is_live = known.reservation_of(file)
            self._attempt(
                file, lambda: import_file(self._run, file, reservation, is_reservation_live=is_live)
            )

        with ThreadPoolExecutor(self._run.services.limits.threads) as threads:
            list(threads.map(import_one, (file for file in files if not self._is_suspicious(file))))
        for file in filter(self._is_suspicious, files):
            self._note(file)
            import_one(file)

    def _is_suspicious(self, file: DroppedFile) -> bool:
        return self._run.is_careful or file.attempts_started > 0

    def _note(self, file: DroppedFile) -> None:
        """Leave word which file is about to be opened, should this drain die of it."""
        if self._may_go_on():
            self._wait(self._waiting(file).being_read())

    def _may_go_on(self) -> bool:
        return not self._stop.is_set() and self._run.has_time()

    def _attempt(self, file: DroppedFile, record: Callable[[], ImportRecord]) -> None:
        if not self._may_go_on():
            return
        try:
            recorded = record()
        except FileGone:
            pass
        except DocumentChanged:
            self.result.changed = True
        except NotYet as reason:
            self._wait(self._waiting(file).incomplete(reason.until))
        except IntegrationError as error:
            if error.stops_account or _is_outage(error):
                self._give_up(error)
            else:
                self._failed(file, error)
        else:
            self._failures_in_a_row = 0
            self.result.recorded.append(recorded)
            self.readings.add(recorded)

    def _failed(self, file: DroppedFile, error: IntegrationError) -> None:
        next_try = next_try_after(self._run.services.clock(), file.tries + 1)
        self._wait(self._waiting(file).failed(next_try, type(error).__name__))
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= MOST_FAILURES_IN_A_ROW:
            self._give_up(error)

    def _give_up(self, error: IntegrationError) -> None:
        self.result.stopped_by = self.result.stopped_by or error
        self._stop.set()

    def _wait(self, waiting: WaitingFile) -> None:
        self._run.services.records.save_waiting(waiting)
        self.result.waiting.append(waiting)

    def _waiting(self, file: DroppedFile) -> WaitingFile:
        return WaitingFile(
            user_id=self._run.user.user_id,
            account_id=self._run.link.account_id,
            file_id=file.remote.file_id,
            content_hash=file.remote.content_hash,
            batch_id=file.batch_id,
            name=file.remote.name,
            since=file.since,
            next_try=file.since,
            tries=file.tries,
            attempts_started=file.attempts_started,
        )


def _is_outage(error: IntegrationError) -> bool:
    """AWS's refusal of what one file is called, or how long that is, says nothing of the others."""
    return isinstance(error, AwsFailed) and not isinstance(error, ValuesRefused)
