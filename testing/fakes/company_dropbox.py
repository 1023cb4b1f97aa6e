"""A company's Dropbox without HTTP: the emulator's own tree behind the synchronisation's protocol."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from dropbox.content_hash import DropboxContentHasher

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.refusals import WriteRefused
from local.dropbox_emulator.core.tree import File, Folder
from shared.domain.cloud_files import ListedEntry, ListedPage, RemoteFile
from shared.domain.cloud_uploads import (
    Commit,
    CommitReport,
    CommittedFile,
    OutgoingDocument,
    SendReport,
    SentDocument,
)
from shared.domain.errors import (
    AwsFailed,
    DocumentCorrupted,
    DocumentMissing,
    FileGone,
    IntegrationError,
    PathConflict,
    QuotaFull,
)
from shared.domain.expenses import SupportingDocument
from shared.domain.proofs import place_of
from testing.fakes.sharing import FakeFolderSharing


class FakeCompanyDropbox:
    """What `shared.dropbox_api.gateway.DropboxAccount` does with uploads, to an account in memory."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.sharing: Any = FakeFolderSharing(account)
        self.is_full = False
        self.uploads_checked = 0
        self.listed_together = 2
        self._sessions: dict[str, bytes] = {}
        self._ids = itertools.count()

    def send_documents(
        self, documents: Sequence[OutgoingDocument], has_time: Callable[[], bool] = lambda: True
    ) -> SendReport:
        report = SendReport()
        for document in documents:
            if not has_time():
                break
            try:
                report.sent[document.key] = self._send(document)
            except (AwsFailed, DocumentCorrupted, DocumentMissing) as error:
                report.failed[document.key] = error
        return report

    def commit_documents(self, commits: Sequence[Commit]) -> CommitReport:
        report = CommitReport()
        for commit in commits:
            try:
                data = self._sessions[commit.document.session_id]
                report.committed[commit.document.key] = self._add(commit.path, data)
            except IntegrationError as error:
                report.failed[commit.document.key] = error
        return report

    def renew_access(self) -> None:
        """There is no token here."""

    def check_uploads(self) -> None:
        self.uploads_checked += 1

    def upload_small(self, path: str, data: bytes, rev: str | None) -> CommittedFile:
        there = self.find_at(path)
        if rev is None:
            return self._add(path, data)
        if there is None or there.rev != rev:
            raise PathConflict("path/conflict/file")
        self.account.write(path, data)
        return self._at(path)

    def find_at(self, path: str) -> CommittedFile | None:
        with self.account.lock:
            entry = self.account.tree.find(paths.split(path))
        return _committed(entry) if isinstance(entry, File) else None

    def list_page(self, folder: str, cursor: str | None) -> ListedPage:
        """Pages of `listed_together` files, by place; a cursor says how far, and what is there now counts."""
        place = place_of(folder)
        with self.account.lock:
            root = self.account.tree.find(paths.split(folder))
            if not isinstance(root, Folder):
                raise FileGone("path/not_found")
            below = [entry for entry in root.walk() if isinstance(entry, File)]
        entries = [ListedEntry(file.path, file.revision.content.content_hash) for file in below]
        entries.sort(key=lambda entry: place_of(entry.path))
        rest = [entry for entry in entries if place_of(entry.path) > (cursor or place)]
        page = tuple(rest[: self.listed_together])
        last = place_of(page[-1].path) if page else cursor or place
        return ListedPage(page, last, has_more=len(rest) > len(page))

    def list_flat(self, folder: str) -> list[ListedEntry]:
        """What lies in a folder itself, its folders too."""
        with self.account.lock:
            root = self.account.tree.find(paths.split(folder))
            if not isinstance(root, Folder):
                raise FileGone("path/not_found")
            return [
                ListedEntry(
                    entry.path, entry.revision.content.content_hash if isinstance(entry, File) else ""
                )
                for entry in root.children.values()
            ]

    def _send(self, document: OutgoingDocument) -> SentDocument:
        with document.read() as pieces:
            data = b"".join(pieces)
        if len(data) != document.size or hashlib.sha256(data).hexdigest() != document.sha256:
            raise DocumentCorrupted(document.key)
        session_id = f"session-{next(self._ids)}"
        self._sessions[session_id] = data
        return SentDocument(document.key, session_id, len(data), _content_hash(data))

    def _add(self, path: str, data: bytes) -> CommittedFile:
        there = self.find_at(path)
        if there is not None:
            if there.file.content_hash == _content_hash(data):
                return there
            raise PathConflict("path/conflict/file")
        if self.is_full:
            raise QuotaFull("path/insufficient_space")
        try:
            self.account.write(path, data)
        except WriteRefused as refused:
            raise PathConflict("path/conflict/folder") from refused
        return self._at(path)

    def _at(self, path: str) -> CommittedFile:
        there = self.find_at(path)
        assert there is not None
        return there


@dataclass
class FakeStoredDocuments:
    """The documents bucket, for reading."""

    objects: dict[str, bytes] = field(default_factory=dict)
    on_read: Callable[[str], None] = lambda _key: None

    def outgoing(self, key: str, document: SupportingDocument) -> OutgoingDocument:
        return OutgoingDocument(key, document.size, document.sha256, lambda: self._opened(document.s3_key))

    @contextmanager
    def _opened(self, s3_key: str) -> Iterator[Iterator[bytes]]:
        self.on_read(s3_key)
        if s3_key not in self.objects:
            raise DocumentMissing(s3_key)
        yield iter([self.objects[s3_key]])


def _committed(file: File) -> CommittedFile:
    revision = file.revision
    remote = RemoteFile(
        file_id=file.id,
        path=file.path,
        size=revision.content.size,
        content_hash=revision.content.content_hash,
        server_modified=revision.server_modified.replace(tzinfo=UTC),
    )
    return CommittedFile(remote, revision.rev)


def _content_hash(data: bytes) -> str:
    hasher = DropboxContentHasher()
    hasher.update(data)
    return str(hasher.hexdigest())
