"""Drains `Auto-Import`: what lies there is what is left to do, so list it until nothing is.

Each file is recorded (on record), then moved away. A drain may end at any point; the next one goes on
from what it finds in Dropbox and on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from functions.auto_import.batches import BatchCount
from functions.auto_import.dropped_file import DroppedFile
from functions.auto_import.file_away import Filing, ensure_link_unchanged, file_away, mark_filed, verify_filed
from functions.auto_import.import_page import import_page, look_up
from functions.auto_import.import_run import ImportRun
from functions.auto_import.notice_deleted import notice_deleted
from functions.auto_import.return_rejected import return_rejected
from shared.at_once import at_once
from shared.domain.backlogs import backlog_of
from shared.domain.cloud_files import RemoteFile
from shared.domain.errors import FileGone, IntegrationError, ListingReset
from shared.domain.folders import AUTO_IMPORT_FOLDER
from shared.domain.imports import ImportRecord, WaitingFile
from shared.domain.links import HOURLY, LinkStatus
from shared.doorbells.backoff import next_try_after
from shared.doorbells.drain_outcomes import DrainReport

MOST_LISTINGS = 3
"""How often one drain lists again because files changed under its hands."""
DROPBOX_RINGS_WITHIN = timedelta(minutes=15)
"""It tries for about ten minutes to have a notification taken."""

Version = tuple[str, str]


def drain_account(run: ImportRun) -> DrainReport[ImportRecord]:
    """Record and file everything in `Auto-Import`, as far as time allows.

    Raises what stops the whole account: RateLimited, DropboxUnavailable, AwsUnavailable, LinkRevoked,
    AccountSuspended, LinkChanged, LinkPaused. What was recorded until then stays recorded.
    """
    with ThreadPoolExecutor(1) as beside:
        beside.submit(run.dropbox.renew_access)  # while the records are read
        drain = _Drain(run)
        for _ in range(MOST_LISTINGS):
            if drain.list_and_import():
                break
        drain.announce()
        drain.notice_deleted()
        return drain.report()


class _Drain:
    """What one drain knows."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._account = (run.user.user_id, run.link.account_id)
        self._unfiled = {row.version: row for row in run.services.records.unfiled(*self._account)}
        self._waiting: dict[Version, WaitingFile] = {}
        self._has_returned = False
        self._requests_left = 0
        self._batches = BatchCount(run)
        self._recorded: list[ImportRecord] = []
        self._listed: set[Version] = set()
        self._listed_at = run.services.clock()
        self._is_clean = False
        self._missed_notification = False

    def report(self) -> DrainReport[ImportRecord]:
        """How far it came."""
        tries = [file.next_try for file in self._waiting.values()]
        if self._requests_left:
            tries.append(self._run.services.clock() + HOURLY)
        return DrainReport(
            link=self._batches.link,
            recorded=self._recorded,
            is_clean=self._is_clean,
            looked_at=self._listed_at,
            next_try=min(tries, default=None),
            has_progressed=self._has_returned,
            backlog=backlog_of(self._waiting.values(), self._run.services.clock()),
            unannounced=self._batches.unannounced,
            missed_notification=self._missed_notification,
        )

    def announce(self) -> None:
        """Once nothing is left to do, tell the host how what was dropped together has ended."""
        if self._is_clean:
            self._batches.announce(self._recorded, self._waiting.values())

    def notice_deleted(self) -> None:
        """A doorbell that brought nothing may have rung for a deletion."""
        if self._is_clean and not self._recorded and self._run.has_time():
            notice_deleted(self._run)

    def list_and_import(self) -> bool:
        """Go through the folder once; false where it should be listed again."""
        self._listed_at, self._listed = self._run.services.clock(), set()
        self._take_up_outstanding()
        recorded: list[bool] = []
        try:
            for page in self._pages():
                recorded.append(self._record_and_file(page))  # noqa: PERF401 - a comprehension is a frame more
        except ListingReset:
            return False
        if not self._run.has_time():
            return True
        sent_back = verify_filed(self._run, [row for row in self._unfiled.values() if self._has_left(row)])
        self._forget([file for version, file in self._waiting.items() if version not in self._listed])
        self._batches.close(self._waiting.values())
        self._is_clean = all(recorded) and not sent_back
        return self._is_clean

    def _take_up_outstanding(self) -> None:
        """Requests are read once the time of the listing is noted: of one made later, the doorbell tells."""
        outstanding = self._run.services.records.outstanding(*self._account)
        self._waiting = {file.version: file for file in outstanding.files}
        self._requests_left = len(return_rejected(self._run, outstanding.retries))
        self._has_returned |= self._requests_left < len(outstanding.retries)

    def _pages(self) -> Iterator[list[RemoteFile]]:
        """The listing, as far as there is time."""
        try:
            for page in self._run.dropbox.list_files(AUTO_IMPORT_FOLDER):
                yield page
                if not self._run.has_time():
                    return
        except FileGone:
            # Deleted or renamed by its user, or never made: nothing counts as deleted.
            self._run.dropbox.ensure_folder(AUTO_IMPORT_FOLDER)

    def _record_and_file(self, page: Sequence[RemoteFile]) -> bool:
        """Returns false where files changed in the meantime, so that there is more to do."""
        self._listed |= {_version(file) for file in page}
        self._give_up_replaced(page)
        recorded_before = [self._unfiled[_version(file)] for file in page if _version(file) in self._unfiled]
        dropped = self._dropped([file for file in page if _version(file) not in self._unfiled])
        if not dropped and not recorded_before:
            return True
        _, known = at_once(lambda: ensure_link_unchanged(self._run), lambda: look_up(self._run, dropped))
        result = import_page(self._run, dropped, known)
        self._recorded += result.recorded
        self._waiting |= {file.version: file for file in result.waiting}
        self._unfiled |= {row.version: row for row in result.recorded}
        filing = self._file(
            [*(row for row in recorded_before if self._is_due(row.version)), *result.recorded]
        )
        if result.stopped_by is not None:
            raise result.stopped_by
        return not result.changed and not filing.sent_back

    def _give_up_replaced(self, page: Sequence[RemoteFile]) -> None:
        """A version that was recorded and never filed no longer exists once another is listed."""
        listed = {file.file_id: file.content_hash for file in page}
        replaced = [
            row
            for row in self._unfiled.values()
            if listed.get(row.file_id, row.content_hash) != row.content_hash
        ]
        mark_filed(self._run, [(row, None) for row in replaced])
        for row in replaced:
            del self._unfiled[row.version]

    def _dropped(self, files: Sequence[RemoteFile]) -> list[DroppedFile]:
        """Those to be recorded now, with the batch each belongs to."""
        due = [file for file in files if self._is_due(_version(file))]
        new = [file for file in due if self._batch_of(file) is None]
        self._missed_notification |= any(map(self._should_have_been_announced, new))
        fresh = {_version(file): self._notified(file) for file in new}
        batch_id = self._batches.add(fresh, self._waiting.values()) if fresh else ""
        return [self._dropped_file(file, self._batch_of(file) or batch_id) for file in due]

    def _should_have_been_announced(self, file: RemoteFile) -> bool:
        """It has been there for long, and nobody rang though Dropbox was known to.

        One that this drain has moved back has been there for a moment, whenever it was written.
        """
        if not self._run.is_routine or self._run.link.heard_at is None or self._has_returned:
            return False
        return file.server_modified < self._run.services.clock() - DROPBOX_RINGS_WITHIN

    def _batch_of(self, file: RemoteFile) -> str | None:
        """The batch in which an earlier drain saw the file."""
        waiting = self._waiting.get(_version(file))
        return waiting.batch_id or None if waiting else None

    def _dropped_file(self, file: RemoteFile, batch_id: str) -> DroppedFile:
        waiting = self._waiting.get(_version(file))
        if waiting is not None:
            since = max(waiting.since, self._works_since)
            return DroppedFile(file, batch_id, since, waiting.tries, waiting.attempts_started)
        return DroppedFile(file, batch_id, self._notified(file))

    def _notified(self, file: RemoteFile) -> datetime:
        return max(self._run.notified_at, file.server_modified)

    @property
    def _works_since(self) -> datetime:
        """No file is slow for having waited until somebody mended the link."""
        link = self._run.link
        return link.linked_at if link.status is LinkStatus.ACTIVE else self._run.notified_at

    def _file(self, recorded: Sequence[ImportRecord]) -> Filing:
        """Move them; one that cannot be moved waits and stops no other."""
        filing = file_away(self._run, recorded)
        for row, error in filing.failures:
            self._wait_for_move(row, error)
        failed = {row.version for row, _ in filing.failures}
        filed = [row.version for row in recorded if row.version not in failed]
        self._forget([self._waiting[version] for version in filed if version in self._waiting])
        for version in filed:
            del self._unfiled[version]
        return filing

    def _wait_for_move(self, row: ImportRecord, error: IntegrationError) -> None:
        before = self._waiting.get(row.version)
        tries = before.tries if before else 0
        next_try = next_try_after(self._run.services.clock(), tries + 1)
        waiting = WaitingFile(
            user_id=row.user_id,
            account_id=row.account_id,
            file_id=row.file_id,
            content_hash=row.content_hash,
            batch_id=row.batch_id,
            name=row.name,
            since=row.notified_at,
            next_try=next_try,
            tries=tries,
        ).not_moved(next_try, type(error).__name__)
        self._run.services.records.save_waiting(waiting)
        self._waiting[row.version] = waiting

    def _has_left(self, row: ImportRecord) -> bool:
        """Recorded by an earlier drain and not in the folder any more."""
        return row.version not in self._listed

    def _forget(self, files: Sequence[WaitingFile]) -> None:
        self._run.services.records.forget_waiting(files)
        for file in files:
            del self._waiting[file.version]

    def _is_due(self, version: Version) -> bool:
        waiting = self._waiting.get(version)
        return waiting is None or waiting.next_try <= self._run.services.clock()


def _version(file: RemoteFile) -> Version:
    return file.file_id, file.content_hash
