"""Sends the bytes of many documents to Dropbox in few calls; nothing is visible there yet.

Groups of documents travel in one request each, a few requests at a time. A large document, and every
document where Dropbox refuses such groups, goes alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from shared.domain.cloud_uploads import OutgoingDocument, SendReport, SentDocument
from shared.domain.errors import (
    AwsFailed,
    CallNotUnderstood,
    DropboxRefused,
    DropboxUnavailable,
    IntegrationError,
)
from shared.dropbox_api.batch_refusal import BatchRefusal
from shared.dropbox_api.single_upload import SingleUpload, has_arrived, place_to_go_on
from shared.dropbox_api.upload_bodies import ReadDocument, SharedBody, read_together
from shared.dropbox_api.upload_session_calls import Refusal, UploadSessionCalls

MOST_FAILURES_IN_A_ROW = 16
"""So many outages with nothing sent in between: the documents that are left would fare no better."""

FEW = 2
"""So few documents are there sooner alone, at the same number of calls."""
SMALL_BODY_BYTES = 8 * 1024 * 1024
"""What is more than this is worth another connection, as long as there are idle ones."""

_OUTAGES = (DropboxUnavailable, CallNotUnderstood, AwsFailed)


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How much goes into a call, and how many go at once.

    Memory is `senders` times `body_bytes` for documents of any size: where bodies are smaller, up to
    `most_senders` share it. `body_bytes` is a multiple of 4 MiB. The entries' arguments travel in a header,
    about 150 bytes each, and servers bound their headers.
    """

    sessions: int = 1000
    entries: int = 40
    body_bytes: int = 40 * 1024 * 1024
    senders: int = 3
    most_senders: int = 8
    readers: int = 24


class BatchSending:
    """One sending of documents: what its threads share. `batches_refused` outlives it."""

    def __init__(
        self,
        calls: UploadSessionCalls,
        documents: Sequence[OutgoingDocument],
        limits: UploadLimits,
        batches_refused: BatchRefusal,
        has_time: Callable[[], bool],
    ) -> None:
        self._calls = calls
        self._limits = limits
        self._batches_refused = batches_refused
        self._has_time = has_time
        self._groups = in_groups(documents, limits)
        in_batches = sum(len(group) for group in self._groups if len(group) > 1)
        self._sessions = _Sessions(calls, in_batches, limits.sessions)
        self._report = SendReport()
        self._failures_in_a_row = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def send(self) -> SendReport:
        """Send what can be sent."""
        readers = ThreadPoolExecutor(self._limits.readers, thread_name_prefix="document-reader")
        senders = ThreadPoolExecutor(
            _senders_for(self._groups, self._limits), thread_name_prefix="document-sender"
        )
        with readers, senders, self._ending_if_this_dies():
            _await(senders.submit(self._send_group, group, readers) for group in self._groups)
        return self._report

    @contextmanager
    def _ending_if_this_dies(self) -> Iterator[None]:
        """Should one thread die, the others must not go on sending while it is waited for."""
        try:
            yield
        except BaseException:
            self._stop.set()
            raise

    def _send_group(self, group: Sequence[OutgoingDocument], readers: Executor) -> None:
        with self._ending_if_this_dies():
            if len(group) > 1 and self._may_begin() and not self._batches_refused.is_fresh():
                group = self._send_together(group, readers)
            _await(readers.submit(self._send_alone, document) for document in group)

    def _send_together(
        self, group: Sequence[OutgoingDocument], readers: Executor
    ) -> Sequence[OutgoingDocument]:
        """Send a group in one call; returns the documents that are left to be sent alone."""
        body = read_together(group, readers)
        for key, error in body.failed.items():
            self._fail([key], error)
        documents = [read.document for read in body.documents]
        try:
            appended = self._append(body) if documents and self._may_begin() else []
        except (CallNotUnderstood, DropboxRefused):
            self._batches_refused.note()
            return documents
        except IntegrationError as error:
            self._fail([document.key for document in documents], error)
            return []
        for part in appended:
            self._record(part[0].document, partial(self._finish_part, *part))
        return []

    def _append(self, body: SharedBody) -> list[tuple[ReadDocument, str, Refusal | None]]:
        session_ids = self._sessions.take(len(body.documents))
        sizes = [read.document.size for read in body.documents]
        refusals = self._calls.append_batch(list(zip(session_ids, sizes, strict=True)), body.data)
        body.data = b""  # a session that must be taken up again needs the memory
        return list(zip(body.documents, session_ids, refusals, strict=True))

    def _finish_part(self, read: ReadDocument, session_id: str, refusal: Refusal | None) -> SentDocument:
        document = read.document
        if refusal is None or has_arrived(refusal, document.size, is_closing=True):
            return SentDocument(document.key, session_id, document.size, read.content_hash)
        offset = place_to_go_on(refusal, document)
        return self._single_upload(document, session_id=session_id, offset=offset).send()

    def _send_alone(self, document: OutgoingDocument) -> None:
        if self._may_begin():
            self._record(document, self._single_upload(document).send)

    def _single_upload(
        self, document: OutgoingDocument, session_id: str | None = None, offset: int = 0
    ) -> SingleUpload:
        return SingleUpload(
            self._calls,
            document,
            self._limits.body_bytes,
            self._ensure_going,
            session_id=session_id,
            offset=offset,
        )

    def _record(self, document: OutgoingDocument, send: Callable[[], SentDocument]) -> None:
        try:
            sent = send()
        except IntegrationError as error:
            self._fail([document.key], error)
        else:
            with self._lock:
                self._report.sent[document.key] = sent
                self._failures_in_a_row = 0

    def _fail(self, keys: Sequence[str], error: IntegrationError) -> None:
        with self._lock:
            if error.stops_account or error is self._report.stopped_by:
                self._give_up(error)
                return
            self._report.failed.update(dict.fromkeys(keys, error))
            self._failures_in_a_row += isinstance(error, _OUTAGES)
            if self._failures_in_a_row >= MOST_FAILURES_IN_A_ROW:
                self._give_up(error)

    def _give_up(self, error: IntegrationError) -> None:
        self._report.stopped_by = self._report.stopped_by or error
        self._stop.set()

    def _may_begin(self) -> bool:
        return not self._stop.is_set() and self._has_time()

    def _ensure_going(self) -> None:
        if self._stop.is_set():
            raise self._report.stopped_by or DropboxUnavailable("the sending has ended")


def _senders_for(groups: Sequence[Sequence[OutgoingDocument]], limits: UploadLimits) -> int:
    """As many as have byte_budget for the largest body each; a document larger than a body goes in chunks."""
    largest = max((sum(document.size for document in group) for group in groups), default=0)
    fitting = limits.senders * limits.body_bytes // max(min(largest, limits.body_bytes), 1)
    return min(fitting, limits.most_senders)


def _await(futures: Iterable[Future[None]]) -> None:
    for future in as_completed(futures):
        future.result()


class _Sessions:
    """Hands out empty sessions, which are begun as many at once as will be wanted."""

    def __init__(self, calls: UploadSessionCalls, wanted: int, most: int) -> None:
        self._calls = calls
        self._wanted = wanted
        self._most = most
        self._ids: list[str] = []
        self._lock = threading.Lock()

    def take(self, count: int) -> list[str]:
        with self._lock:
            while len(self._ids) < count:
                some = min(self._wanted, self._most)
                self._ids += self._calls.start_batch(some)
                self._wanted -= some
            taken, self._ids = self._ids[:count], self._ids[count:]
            return taken


def in_groups(documents: Iterable[OutgoingDocument], limits: UploadLimits) -> list[list[OutgoingDocument]]:
    """Documents for one body each, those that fill one by themselves alone; the heaviest groups first."""
    by_size = sorted(documents, key=lambda document: document.size)
    if len(by_size) <= FEW:
        return [[document] for document in reversed(by_size)]
    share = sum(document.size for document in by_size) // limits.senders
    body_bytes = min(limits.body_bytes, max(share, SMALL_BODY_BYTES))
    groups: list[list[OutgoingDocument]] = []
    byte_budget = 0
    for document in by_size:
        if not groups or document.size > byte_budget or len(groups[-1]) == limits.entries:
            groups.append([])
            byte_budget = body_bytes
        groups[-1].append(document)
        byte_budget -= document.size
    return sorted(groups, key=lambda group: -sum(document.size for document in group))
