"""What the import needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from shared.domain.cloud_files import Download, Move, MoveResult, RemoteFile
from shared.domain.expenses import NewExpense
from shared.domain.imports import ImportRecord, Outstanding, Reservation, Retry, RetryRequest, WaitingFile
from shared.domain.tallies import BatchTally


class Dropbox(Protocol):
    """One Dropbox account: see `shared.dropbox_api.gateway`."""

    def renew_access(self) -> None:
        """Have a fresh access token where the last one ran out. Never fails."""

    def list_files(self, folder: str) -> Iterator[list[RemoteFile]]:
        """The files below a folder, page by page."""

    def find(self, file_id: str) -> RemoteFile | None:
        """The file with this id, wherever it lies."""

    def ensure_folder(self, path: str) -> None:
        """Create a folder unless it is there."""

    def download(self, file: RemoteFile, destination: Path) -> Download:
        """Bring exactly the bytes that were listed."""

    def move(self, moves: Sequence[Move]) -> list[MoveResult]:
        """Move files by id."""


class PutDocument(Protocol):
    """Stores a file and returns its key. Raises AwsUnavailable. See `DocumentStore.put`."""

    def __call__(
        self, *, user_id: str, content_hash: str, path: Path, sha256: str, content_type: str
    ) -> str: ...


class ImportRecords(Protocol):
    """The import's records: see `shared.aws.stores.import_store`."""

    def reservations(self, user_id: str, content_hashes: Iterable[str]) -> dict[str, Reservation]:
        """The reservations of these contents, by content hash."""

    def live_expenses(self, expense_ids: Iterable[str]) -> set[str]:
        """Those that exist and are not deleted."""

    def record_import(
        self,
        expense: NewExpense,
        reservation: Reservation,
        replaced: Reservation | None,
        record: ImportRecord,
    ) -> None:
        """Make expense, reservation and record, all or none."""

    def record(self, record: ImportRecord) -> None:
        """Put a duplicate or a rejected file on record."""

    def find(self, record: ImportRecord) -> ImportRecord | None:
        """What is on record for the same visit."""

    def count(self, user_id: str, batch_id: str) -> int:
        """How many files of a batch are recorded."""

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        """How the files of a batch ended so far."""

    def unfiled(self, user_id: str, account_id: str) -> list[ImportRecord]:
        """Recorded files not verified to have left `Auto-Import`."""

    def mark_filed(self, record: ImportRecord, filed_as: str | None) -> None:
        """Note where the file was verified to lie."""

    def outstanding(self, user_id: str, account_id: str) -> Outstanding:
        """Files that wait for another try, and requests to have some tried again."""

    def grant_retry(self, request: RetryRequest, retry: Retry) -> None:
        """Note what became of a request."""

    def rejected(self, user_id: str, account_id: str, most: int) -> list[ImportRecord]:
        """Rejected files that nobody has dealt with, the longest rejected first."""

    def note_gone(self, record: ImportRecord) -> None:
        """Note that its user has taken a rejected file away."""

    def save_waiting(self, waiting: WaitingFile) -> None:
        """Note that a file waits."""

    def forget_waiting(self, files: Sequence[WaitingFile]) -> None:
        """These wait no longer."""
