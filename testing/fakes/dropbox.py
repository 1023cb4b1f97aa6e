"""A Dropbox account without HTTP: the emulator's own tree behind the drain's protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

from dropbox import files

from local.dropbox_emulator.core import paths, stone_json
from local.dropbox_emulator.core.account import Account, Clock, Owner, checked_names
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.refusals import WriteRefused
from local.dropbox_emulator.core.tree import Entry, File, Folder
from local.dropbox_emulator.core.writing import free_name
from shared.domain.cloud_files import Download, Move, MoveResult, RemoteFile
from shared.domain.errors import DocumentChanged, DropboxRefused, FileGone, PathConflict
from shared.dropbox_api.answers import tag_path
from shared.dropbox_api.errors import from_tag

APP_FOLDER = "/Apps/Jenji"


def open_account(name: str, contents: ContentStore, clock: Clock) -> Account:
    """An account of the emulator's, with an empty `Auto-Import`, that tells nobody of its changes."""
    account = Account(Owner(name, f"{name}@example.com", name.title()), contents, clock, lambda *_: None)
    account.make_folder(f"{APP_FOLDER}/Auto-Import")
    return account


class FakeDropbox:
    """What `shared.dropbox_api.gateway.DropboxAccount` does, to an account in memory."""

    def __init__(self, account: Account, page_size: int = 500) -> None:
        self.account = account
        self._page_size = page_size

    def renew_access(self) -> None:
        """There is nothing to renew."""

    def list_files(self, folder: str) -> Iterator[list[RemoteFile]]:
        with self.account.lock:
            found = self._find(folder)
            if found is None:
                raise FileGone(folder)
            if not isinstance(found, Folder):
                raise DropboxRefused("path/not_folder")
            files = [_to_remote(entry) for entry in found.walk() if isinstance(entry, File)]
        for start in range(0, max(len(files), 1), self._page_size):
            yield files[start : start + self._page_size]

    def find(self, file_id: str) -> RemoteFile | None:
        with self.account.lock:
            entry = self.account.tree.by_id(file_id)
            return _to_remote(entry) if isinstance(entry, File) else None

    def ensure_folder(self, path: str) -> None:
        with self.account.lock:
            try:
                self.account.make_folder(f"{APP_FOLDER}{path}")
            except WriteRefused as refused:
                raise PathConflict(f"path/{_tags_of(refused)}") from refused

    def download(self, file: RemoteFile, destination: Path) -> Download:
        with self.account.lock:
            entry = self.account.tree.by_id(file.file_id)
            if not isinstance(entry, File):
                raise FileGone(file.file_id)
            if entry.revision.content.content_hash != file.content_hash:
                raise DocumentChanged(file.file_id)
            if entry.export_as is not None:
                raise DropboxRefused("unsupported_file")
            data = self.account.contents.read(file.content_hash)
        destination.write_bytes(data)
        return Download(destination, hashlib.sha256(data).hexdigest(), len(data))

    def move(self, moves: Sequence[Move]) -> list[MoveResult]:
        return [self._move(move) for move in moves]

    def _move(self, move: Move) -> MoveResult:
        with self.account.lock:
            entry = self.account.tree.by_id(move.file_id)
            if not isinstance(entry, File):
                return MoveResult(move, None, FileGone("from_lookup/not_found"))
            try:
                *parents, name = checked_names(f"{APP_FOLDER}{move.to_path}")
                folder = self.account.tree.make_folder(tuple(parents))
            except WriteRefused as refused:
                return MoveResult(move, None, from_tag(f"relocation_error/to/{_tags_of(refused)}"))
            if paths.fold(name) in folder.children:
                name = free_name(folder, name)
            self.account.tree.move(entry, folder, name)
            return MoveResult(move, _to_remote(entry))

    def _find(self, path: str) -> Entry | None:
        return self.account.tree.find(paths.split(f"{APP_FOLDER}{path}"))


def _tags_of(refused: WriteRefused) -> str:
    """As the gateway reads them off JSON."""
    return tag_path(stone_json.encode_object(files.WriteError_validator, refused.error))


def _to_remote(file: File) -> RemoteFile:
    revision = file.revision
    return RemoteFile(
        file_id=file.id,
        path=file.path.removeprefix(APP_FOLDER),
        size=revision.content.size,
        content_hash=revision.content.content_hash,
        server_modified=revision.server_modified.replace(tzinfo=UTC),
        is_downloadable=file.export_as is None,
    )
