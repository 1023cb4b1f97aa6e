"""The batch upload into one Dropbox account: many documents in a handful of calls, each made a file once.

`send` brings the bytes into upload sessions, `commit` makes them files, a thousand in one call. A crash
or a lost answer anywhere is repaired by doing both again: sessions nobody commits expire, and identical
bytes at the same path are success.
https://developers.dropbox.com/dbx-performance-guide
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from shared.batching import batched
from shared.domain.cloud_uploads import Commit, CommitReport, CommittedFile, OutgoingDocument, SendReport
from shared.domain.errors import (
    CallNotUnderstood,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    IntegrationError,
    RateLimited,
)
from shared.dropbox_api.batch_refusal import BatchRefusal
from shared.dropbox_api.batch_sending import BatchSending, UploadLimits
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import Sleep, from_tag, with_retries
from shared.dropbox_api.statuses import WRITE_CONTENTION_SECONDS
from shared.dropbox_api.upload_session_calls import (
    UNKNOWN_RESULT,
    Refusal,
    UploadSessionCalls,
    can_be_a_path,
)

COMMIT_TRIES = 6
FIRST_COMMIT_PAUSE_SECONDS = 0.5
LONGEST_COMMIT_PAUSE_SECONDS = 4.0
LOOK_UPS_AT_ONCE = 8
MOST_REFUSALS = 64
"""Whole commit calls refused before it must be the calls, and not a few of their entries."""

# The session is as if it had never been, or as after a commit whose answer was lost.
_PERHAPS_COMMITTED = frozenset({"lookup_failed/not_found", "lookup_failed/closed", UNKNOWN_RESULT})
_NOT_CLOSED = "lookup_failed/not_closed"
_CONTENDED = "too_many_write_operations"

FinishAnswer = CommittedFile | Refusal | IntegrationError


class UploadSessions:
    """Uploads through one account's SDK client. Every error is one of the project's own."""

    def __init__(
        self,
        client: DropboxClient,
        sleep: Sleep = time.sleep,
        limits: UploadLimits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._calls = UploadSessionCalls(client, sleep)
        self._sleep = sleep
        self._limits = limits or UploadLimits()
        self._batches_refused = BatchRefusal(monotonic)
        # Dropbox locks an account's files for each commit call: a second at the same time would be refused.
        self._committing = threading.Lock()
        # One sending fills the memory there is.
        self._sending = threading.Lock()

    def send(
        self, documents: Sequence[OutgoingDocument], has_time: Callable[[], bool] = lambda: True
    ) -> SendReport:
        """Bring documents' bytes to Dropbox; none is visible there yet.

        Raises nothing for what Dropbox or S3 does: see the report. `has_time` is asked before each request
        that begins a document.
        """
        if not documents:
            return SendReport()
        with self._sending:
            try:
                # Once, and not by every thread: what a dead or unheard grant stops, it stops for all.
                with_retries(self._client.check_and_refresh_access_token, self._sleep)
            except IntegrationError as error:
                return SendReport(stopped_by=error)
            sending = BatchSending(self._calls, documents, self._limits, self._batches_refused, has_time)
            return sending.send()

    def commit(self, commits: Sequence[Commit]) -> CommitReport:
        """Make sent documents files, none in another's place.

        Raises nothing for what Dropbox does: see the report. Errors of one commit: PathConflict, QuotaFull,
        DropboxRefused (the path), DocumentCorrupted, and DropboxUnavailable where the document must be sent
        again.
        """
        report = CommitReport()
        for commit in commits:
            if not can_be_a_path(commit.path):
                report.failed[commit.document.key] = DropboxRefused("path/malformed_path")
        possible = [commit for commit in commits if commit.document.key not in report.failed]
        with self._committing:
            try:
                for some in batched(possible, self._limits.sessions):
                    self._commit_some(some, report)
            except IntegrationError as error:
                report.stopped_by = error
        return report

    def check_allowed(self) -> None:
        """Ask whether uploads are taken at all, without a byte. Raises TransportLimitReached and others."""
        with suppress(CallNotUnderstood):  # groups are refused, which is another matter
            self._calls.start_batch(1)

    def upload_small(self, path: str, data: bytes, rev: str | None = None) -> CommittedFile:
        """Write a small file: a new one, or in the place of its revision `rev`; identical bytes are success.

        Raises PathConflict where somebody else's file is there, or somebody changed ours.
        """
        with self._committing:
            return self._calls.upload(path, data, rev)

    def _commit_some(self, commits: Sequence[Commit], report: CommitReport) -> None:
        left = commits
        for attempt in range(1, COMMIT_TRIES + 1):
            left = self._record(left, self._finish(left), report)
            if not left:
                return
            if attempt < COMMIT_TRIES:
                self._sleep(_pause(attempt))
        raise RateLimited(WRITE_CONTENTION_SECONDS)

    def _finish(self, commits: Sequence[Commit]) -> list[FinishAnswer]:
        """Answers in order; where Dropbox refuses a whole call for one entry's sake, that entry is found."""
        answers: list[FinishAnswer] = []
        ahead, refusals = [commits], 0
        while ahead:
            some = ahead.pop()
            try:
                answers += self._calls.finish_batch(some)
            except (CallNotUnderstood, DropboxRefused) as refused:
                refusals += 1
                if len(some) == 1 or refusals > MOST_REFUSALS:
                    # It was not said of a document.
                    answers += [CallNotUnderstood(str(refused))] * len(some)
                else:
                    half = len(some) // 2
                    ahead += [some[half:], some[:half]]
        return answers

    def _record(
        self, commits: Sequence[Commit], answers: Sequence[FinishAnswer], report: CommitReport
    ) -> list[Commit]:
        """Report what has come to its end; returns what is to be tried again."""
        contended, unclosed, missing = [], [], []
        for commit, answer in zip(commits, answers, strict=True):
            if isinstance(answer, CommittedFile):
                _report_file(commit, answer, report)
            elif isinstance(answer, IntegrationError):
                report.failed[commit.document.key] = answer
            elif answer.tag.endswith(_CONTENDED):
                contended.append(commit)
            elif answer.tag == _NOT_CLOSED:
                unclosed.append(commit)
            elif answer.tag in _PERHAPS_COMMITTED:
                missing.append(commit)
            else:
                report.failed[commit.document.key] = _commit_error(answer)
        self._look_up(missing, report)
        return contended + self._closed(unclosed, report)

    def _closed(self, commits: Sequence[Commit], report: CommitReport) -> list[Commit]:
        """Close sessions that lack only this; returns those that can be committed now."""
        closed = []
        for commit in commits:
            document = commit.document
            refusal = self._calls.append(document.session_id, document.size, b"", close=True)
            if refusal is None or refusal.tag == "closed":
                closed.append(commit)
            else:
                report.failed[document.key] = DropboxUnavailable(f"upload session {refusal.tag}")
        return closed

    def _look_up(self, commits: Sequence[Commit], report: CommitReport) -> None:
        """See whether commits have taken place whose sessions are not there."""
        if not commits:
            return
        with ThreadPoolExecutor(LOOK_UPS_AT_ONCE) as threads:
            found = list(threads.map(lambda commit: self._calls.find(commit.path), commits))
        for commit, file in zip(commits, found, strict=True):
            if file is not None and file.file.content_hash == commit.document.content_hash:
                report.committed[commit.document.key] = file
            else:
                report.failed[commit.document.key] = DropboxUnavailable("the upload session is gone")


def _report_file(commit: Commit, file: CommittedFile, report: CommitReport) -> None:
    if file.file.content_hash == commit.document.content_hash:
        report.committed[commit.document.key] = file
    else:
        report.failed[commit.document.key] = DocumentCorrupted(commit.document.key)


def _commit_error(refusal: Refusal) -> IntegrationError:
    if refusal.correct_offset is not None:
        return DropboxUnavailable("the upload session is incomplete")
    return from_tag(refusal.tag)


def _pause(attempt: int) -> float:
    pause = min(FIRST_COMMIT_PAUSE_SECONDS * (1 << (attempt - 1)), LONGEST_COMMIT_PAUSE_SECONDS)
    return pause * random.uniform(0.5, 1)  # noqa: S311 - jitter
