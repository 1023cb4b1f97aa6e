"""One Dropbox account, seen through one link's token: the calls the drains make.

Facts the code relies on are those of the public API documentation: https://www.dropbox.com/developers/documentation/http/documentation
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import requests
from dropbox.files import RelocationPath

from shared.batching import batched
from shared.domain.cloud_files import Download, ListedEntry, ListedPage, Move, MoveResult, RemoteFile
from shared.domain.cloud_uploads import Commit, CommitReport, CommittedFile, OutgoingDocument, SendReport
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import (
    DocumentChanged,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    PathConflict,
)
from shared.dropbox_api.answers import OTHER, NotDropboxs, objects_in, tag_path, text_in
from shared.dropbox_api.batch_sending import UploadLimits
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import Sleep, dropbox_errors_translated, from_tag, with_retries
from shared.dropbox_api.listing import Listing
from shared.dropbox_api.metadata import FILE, kind_of, to_committed_file, to_remote_file
from shared.dropbox_api.open_session import open_session
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told
from shared.dropbox_api.sharing import FolderSharing
from shared.dropbox_api.upload_sessions import UploadSessions

CONNECTIONS = 32
TIMEOUT_SECONDS = (5.0, 30.0)
"""To connect, and for each read of a socket."""
DOWNLOAD_DEADLINE_SECONDS = 120.0
"""For one whole document: a body that trickles must not hold a drain for ever."""
MOVE_DEADLINE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.05
"""A call takes long enough by itself."""
MOVES_PER_CALL = 1000
CHUNK_BYTES = 1024 * 1024
LISTED_TOGETHER = 2000
ASYNC_JOB_ID = "async_job_id"
IN_PROGRESS = "in_progress"

Answer = TypeVar("Answer")


class DropboxAccount:
    """Every method raises the project's errors only: see `shared.dropbox_api.errors`."""

    def __init__(
        self,
        *,
        app_key: str,
        refresh_token: str,
        session: requests.Session | None = None,
        root_namespace_id: str | None = None,
        upload_limits: UploadLimits | None = None,
        on_refusal: OnRefusal = nobody_is_told,
        sleep: Sleep = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = DropboxClient(
            refresh_token=refresh_token,
            app_key=app_key,
            session=session or open_session(CONNECTIONS),
            timeout=TIMEOUT_SECONDS,
            root_namespace_id=root_namespace_id,
            on_refusal=on_refusal,
        )
        self.sharing = FolderSharing(self._client, sleep)
        self._uploads = UploadSessions(self._client, sleep, upload_limits, monotonic)
        self._listing = Listing(self._client, sleep, monotonic)
        self._sleep = sleep
        self._monotonic = monotonic

    def renew_access(self) -> None:
        """Have a fresh access token where the last one ran out. Never fails: the next call tells why not."""
        with suppress(IntegrationError), dropbox_errors_translated():
            self._client.check_and_refresh_access_token()

    def list_files(self, folder: str, page_size: int = 500) -> Iterator[list[RemoteFile]]:
        """The files below a folder, page by page, sub-folders included.

        Raises FileGone where the folder is missing, ListingReset where it must be begun again.
        """
        return self._listing.files_below(folder, page_size)

    def list_page(self, folder: str, cursor: str | None) -> ListedPage:
        """A page of what lies below a folder, to be gone on from at any time: see `Listing.page_below`."""
        return self._listing.page_below(folder, cursor, LISTED_TOGETHER)

    def list_flat(self, folder: str) -> list[ListedEntry]:
        """All that lies in a folder itself, its folders too: see `Listing.entries_in`."""
        return self._listing.entries_in(folder, LISTED_TOGETHER)

    def find(self, file_id: str) -> RemoteFile | None:
        """The file with this id as it is now, wherever it lies; None where it is gone."""
        try:
            return self._call(lambda: _file_in(self._client.files_get_metadata(file_id)))
        except FileGone:
            return None

    def find_at(self, path: str) -> CommittedFile | None:
        """The file at a path, with its present revision; None where there is none."""
        try:
            metadata = self._call(lambda: self._client.files_get_metadata(path))
        except FileGone:
            return None
        with dropbox_errors_translated():
            return to_committed_file(metadata) if kind_of(metadata) == FILE else None

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
        for some in batched(moves, MOVES_PER_CALL):
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

    def check_uploads(self) -> None:
        """Ask, without a byte, whether Dropbox takes uploads at all. Raises TransportLimitReached."""
        self._uploads.check_allowed()

    def upload_small(self, path: str, data: bytes, rev: str | None = None) -> CommittedFile:
        """Write a new small file, or another revision in the place of `rev`. Raises PathConflict."""
        return self._uploads.upload_small(path, data, rev)

    def _call(self, call: Callable[[], Answer]) -> Answer:
        return with_retries(call, self._sleep)

    def _download_once(self, file: RemoteFile, destination: Path) -> Download:
        metadata, response = self._client.files_download(file.file_id)
        with response:
            if metadata.get("content_hash") != file.content_hash:
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

    def _move_batch(self, moves: Sequence[Move]) -> list[dict[str, Any]]:
        with dropbox_errors_translated():
            entries = [RelocationPath(move.file_id, move.to_path) for move in moves]
            launch = self._client.files_move_batch_v2(entries, autorename=True)
            job = text_in(launch, ASYNC_JOB_ID) if kind_of(launch) == ASYNC_JOB_ID else ""
        results = self._await_moves(job) if job else launch
        with dropbox_errors_translated():
            return _entries_of(results, moves)

    def _await_moves(self, job: str) -> dict[str, Any]:
        deadline = self._monotonic() + MOVE_DEADLINE_SECONDS
        pause = FIRST_PAUSE_SECONDS
        while self._monotonic() < deadline:
            status = self._status_of(job)
            if kind_of(status) != IN_PROGRESS:
                return status
            self._sleep(pause)
            pause = min(pause * 3, 2.0)
        raise DropboxUnavailable("the moves are still under way")

    def _status_of(self, job: str) -> dict[str, Any]:
        try:
            return self._call(lambda: self._client.files_move_batch_check_v2(job))
        except DropboxRefused as refused:  # the job is lost, and with it what was moved
            raise DropboxUnavailable(f"the job of the moves: {refused.tag}") from refused


def _file_in(metadata: dict[str, Any]) -> RemoteFile | None:
    return to_remote_file(metadata) if kind_of(metadata) == FILE else None


def _entries_of(result: dict[str, Any], moves: Sequence[Move]) -> list[dict[str, Any]]:
    entries = objects_in(result, "entries")
    if len(entries) != len(moves):
        raise NotDropboxs("not as many results as moves")
    return entries


def _to_move_result(move: Move, entry: dict[str, Any]) -> MoveResult:
    """A result that cannot be read spoils only its own entry: the next drain looks where the file is."""
    match entry.get(".tag"):
        case "success":
            metadata = entry.get("success")
            with suppress(NotDropboxs):
                return MoveResult(move, _file_in(metadata if isinstance(metadata, dict) else {}))
        case "failure":
            return MoveResult(move, None, from_tag(tag_path(entry.get("failure")) or OTHER))
    return MoveResult(move, None, DropboxUnavailable("unknown result of a move"))
