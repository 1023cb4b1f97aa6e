"""One Dropbox account, seen through one link's token: the calls the drains make.

Facts the code relies on are those of the public API documentation: https://www.dropbox.com/developers/documentation/http/documentation
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import requests
from dropbox import Dropbox, create_session
from dropbox.exceptions import HttpError
from dropbox.files import (
    FileMetadata,
    ListFolderResult,
    RelocationBatchResultEntry,
    RelocationBatchV2Result,
    RelocationPath,
)

from shared.domain.cloud_files import Download, Move, MoveResult, RemoteFile
from shared.domain.cloud_uploads import Commit, CommitReport, CommittedFile, OutgoingDocument, SendReport
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import (
    DocumentChanged,
    DocumentCorrupted,
    DropboxUnavailable,
    FileGone,
    PathConflict,
)
from shared.dropbox_api.batch_sending import UploadLimits
from shared.dropbox_api.errors import (
    Sleep,
    dropbox_errors_translated,
    from_tag,
    tag_path,
    with_retries,
)
from shared.dropbox_api.metadata import to_remote_file
from shared.dropbox_api.upload_sessions import UploadSessions

CONNECTIONS = 32
TIMEOUT_SECONDS = (5.0, 30.0)
"""To connect, and for each read of a socket."""
DOWNLOAD_DEADLINE_SECONDS = 120.0
"""For one whole document: a body that trickles must not hold a drain for ever."""
MOVE_DEADLINE_SECONDS = 60.0
MOVES_PER_CALL = 1000
CHUNK_BYTES = 1024 * 1024

Answer = TypeVar("Answer")


class _Client(Dropbox):  # type: ignore[misc] # the SDK ships no types
    """The SDK's client, refreshing once where many threads find the same token expired."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._refreshing = threading.RLock()
        self._sent = threading.local()

    def check_and_refresh_access_token(self) -> None:
        """Look at the expiry again once it is this thread's turn."""
        with self._refreshing:
            super().check_and_refresh_access_token()

    def request_json_string(self, *args: object, **kwargs: object) -> object:
        """Remember which token this thread's call goes out with."""
        self._sent.token = self._oauth2_access_token
        return super().request_json_string(*args, **kwargs)

    def refresh_access_token(self, *args: object, **kwargs: object) -> None:
        """Refresh, unless another thread has replaced the token this one found expired."""
        with self._refreshing:
            if getattr(self._sent, "token", None) in {None, self._oauth2_access_token}:
                super().refresh_access_token(*args, **kwargs)

    def raise_dropbox_error_for_resp(self, res: requests.Response) -> None:
        """Dropbox's routes never answer 404; the SDK would read whatever page does as a route's error."""
        if not res.ok:
            # A streamed answer gives its connection back once it is read, which the SDK does not always do.
            _ = res.content
        if res.status_code == HTTPStatus.NOT_FOUND:
            raise HttpError(res.headers.get("x-dropbox-request-id"), res.status_code, "")
        super().raise_dropbox_error_for_resp(res)


class DropboxAccount:
    """Every method raises the project's errors only: see `shared.dropbox_api.errors`."""

    def __init__(
        self,
        *,
        app_key: str,
        refresh_token: str,
        session: requests.Session | None = None,
        upload_limits: UploadLimits | None = None,
        sleep: Sleep = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = _Client(
            oauth2_refresh_token=refresh_token,
            app_key=app_key,
            session=session or create_session(max_connections=CONNECTIONS),
            max_retries_on_error=0,
            max_retries_on_rate_limit=0,
            timeout=TIMEOUT_SECONDS,
        )
        self._uploads = UploadSessions(self._client, sleep, upload_limits)
        self._sleep = sleep
        self._monotonic = monotonic

    def list_files(self, folder: str, page_size: int = 500) -> Iterator[list[RemoteFile]]:
        """The files below a folder, page by page, sub-folders included.

        Raises FileGone where the folder is missing, ListingReset where it must be begun again.
        """
        page = self._call(lambda: self._client.files_list_folder(folder, recursive=True, limit=page_size))
        yield _files_of(page)
        while page.has_more:
            page = self._continue_listing(page.cursor)
            yield _files_of(page)

    def find(self, file_id: str) -> RemoteFile | None:
        """The file with this id as it is now, wherever it lies; None where it is gone."""
        try:
            metadata = self._call(lambda: self._client.files_get_metadata(file_id))
        except FileGone:
            return None
        return to_remote_file(metadata) if isinstance(metadata, FileMetadata) else None

    def find_at(self, path: str) -> CommittedFile | None:
        """The file at a path, with its present revision; None where there is none."""
        try:
            metadata = self._call(lambda: self._client.files_get_metadata(path))
        except FileGone:
            return None
        if not isinstance(metadata, FileMetadata):
            return None
        return CommittedFile(to_remote_file(metadata), str(metadata.rev))

    def ensure_folder(self, path: str) -> None:
        """Create a folder; one that is there already is success."""
        try:
            self._call(lambda: self._client.files_create_folder_v2(path))
        except PathConflict as conflict:
            if not conflict.tag.endswith("/folder"):
                raise

    def download(self, file: RemoteFile, destination: Path) -> Download:
        """Bring exactly the bytes that were listed to `destination`.

        Raises DocumentChanged where Dropbox has other bytes now, DocumentCorrupted where those that
        arrived are not the ones it states, FileGone. The SDK verifies nothing by itself.
        """
        return with_retries(lambda: self._download_once(file, destination), self._sleep)

    def move(self, moves: Sequence[Move]) -> list[MoveResult]:
        """Move files by id, together, taking another name where the wanted one is taken.

        Not retried: whether a move whose answer was lost took place is for the caller to look up.
        """
        results: list[MoveResult] = []
        for start in range(0, len(moves), MOVES_PER_CALL):
            some = moves[start : start + MOVES_PER_CALL]
            entries = self._move_batch(some)
            results += [_to_move_result(move, entry) for move, entry in zip(some, entries, strict=True)]
        return results

    def send_documents(
        self, documents: Sequence[OutgoingDocument], has_time: Callable[[], bool] = lambda: True
    ) -> SendReport:
        """Bring documents' bytes to Dropbox, where none is visible yet: see `UploadSessions.send`."""
        return self._uploads.send(documents, has_time)

    def commit_documents(self, commits: Sequence[Commit]) -> CommitReport:
        """Make sent documents files, none in another's place: see `UploadSessions.commit`."""
        return self._uploads.commit(commits)

    def upload_small(self, path: str, data: bytes, rev: str | None = None) -> CommittedFile:
        """Write a new small file, or another revision in the place of `rev`. Raises PathConflict."""
        return self._uploads.upload_small(path, data, rev)

    def _continue_listing(self, cursor: str) -> ListFolderResult:
        return self._call(lambda: self._client.files_list_folder_continue(cursor))

    def _call(self, call: Callable[[], Answer]) -> Answer:
        return with_retries(call, self._sleep)

    def _download_once(self, file: RemoteFile, destination: Path) -> Download:
        metadata, response = self._client.files_download(file.file_id)
        with response:
            if metadata.content_hash != file.content_hash:
                raise DocumentChanged(file.file_id)
            return self._receive(response, file, destination)

    def _receive(self, response: requests.Response, file: RemoteFile, destination: Path) -> Download:
        hashes, size = DocumentHashes(), 0
        deadline = self._monotonic() + DOWNLOAD_DEADLINE_SECONDS
        with destination.open("wb") as out:
            for chunk in response.iter_content(CHUNK_BYTES):
                size += len(chunk)
                if size > file.size:
                    raise DocumentCorrupted(file.file_id)
                if self._monotonic() > deadline:
                    raise DropboxUnavailable("the download took too long")
                hashes.update(chunk)
                out.write(chunk)
        if hashes.content_hash != file.content_hash:
            raise DocumentCorrupted(file.file_id)
        return Download(destination, hashes.sha256, size)

    def _move_batch(self, moves: Sequence[Move]) -> list[RelocationBatchResultEntry]:
        entries = [RelocationPath(move.file_id, move.to_path) for move in moves]
        with dropbox_errors_translated():
            launch = self._client.files_move_batch_v2(entries, autorename=True)
        if launch.is_complete():
            return _entries_of(launch.get_complete())
        return self._await_moves(launch.get_async_job_id())

    def _await_moves(self, job: str) -> list[RelocationBatchResultEntry]:
        deadline = self._monotonic() + MOVE_DEADLINE_SECONDS
        pause = 0.1
        while self._monotonic() < deadline:
            status = self._call(lambda: self._client.files_move_batch_check_v2(job))
            if status.is_complete():
                return _entries_of(status.get_complete())
            self._sleep(pause)
            pause = min(pause * 2, 2.0)
        raise DropboxUnavailable("the moves are still under way")


def _entries_of(result: RelocationBatchV2Result) -> list[RelocationBatchResultEntry]:
    return list(result.entries)


def _files_of(page: ListFolderResult) -> list[RemoteFile]:
    return [to_remote_file(entry) for entry in page.entries if isinstance(entry, FileMetadata)]


def _to_move_result(move: Move, entry: RelocationBatchResultEntry) -> MoveResult:
    if entry.is_success():
        metadata = entry.get_success()
        return MoveResult(move, to_remote_file(metadata) if isinstance(metadata, FileMetadata) else None)
    if entry.is_failure():
        return MoveResult(move, None, from_tag(tag_path(entry.get_failure())))
    return MoveResult(move, None, DropboxUnavailable("unknown result of a move"))
