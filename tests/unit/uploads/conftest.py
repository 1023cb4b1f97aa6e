"""Documents, and the batch upload of them into a Dropbox in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from shared.domain.cloud_uploads import Commit, CommitReport, OutgoingDocument, SendReport
from shared.dropbox_api.batch_sending import UploadLimits
from shared.dropbox_api.upload_sessions import UploadSessions
from testing.fakes.upload_client import UploadClient

PIECE = 7
LIMITS = UploadLimits(sessions=8, entries=4, body_bytes=100)


def document(
    key: str, data: bytes, *, gives: bytes | None = None, fails: BaseException | None = None
) -> OutgoingDocument:
    """A document of these bytes; `gives` are those that S3 gives in their place, before it `fails`."""

    @contextmanager
    def read() -> Iterator[Iterable[bytes]]:
        yield pieces(data if gives is None else gives)

    def pieces(given: bytes) -> Iterator[bytes]:
        for start in range(0, len(given), PIECE):
            yield given[start : start + PIECE]
        if fails is not None:
            raise fails

    return OutgoingDocument(key, len(data), hashlib.sha256(data).hexdigest(), read)


def documents(*sizes: int) -> list[OutgoingDocument]:
    return [document(f"d{number}", contents(number, size)) for number, size in enumerate(sizes)]


def contents(number: int, size: int) -> bytes:
    return hashlib.shake_128(b"%d" % number).digest(size)


@dataclass
class Uploading:
    """The upload under test, the Dropbox it meets, and how long it has slept."""

    client: UploadClient = field(default_factory=UploadClient)
    slept: list[float] = field(default_factory=list)
    limits: UploadLimits = LIMITS
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.uploads = UploadSessions(self.client, self.slept.append, self.limits, self.monotonic)

    def monotonic(self) -> float:
        return self.seconds

    def send(
        self, outgoing: Sequence[OutgoingDocument], has_time: Callable[[], bool] = lambda: True
    ) -> SendReport:
        return self.uploads.send(outgoing, has_time)

    def commit(self, report: SendReport, folder: str = "") -> CommitReport:
        commits = [Commit(sent, f"{folder}/{key}") for key, sent in report.sent.items()]
        return self.uploads.commit(commits)

    def session_of(self, report: SendReport, key: str) -> bytes:
        session_id = report.sent[key].session_id
        assert session_id in self.client.closed
        return bytes(self.client.sessions[session_id])


@pytest.fixture
def uploading() -> Uploading:
    return Uploading()
