"""Moves recorded files out of `Auto-Import`, and verifies that what was moved is what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from functions.auto_import.filing import is_beside, is_in_auto_import
from functions.auto_import.import_run import ImportRun
from shared.domain.cloud_files import Move, MoveResult, RemoteFile
from shared.domain.errors import DropboxRefused, FileGone, IntegrationError
from shared.domain.folders import AUTO_IMPORT_FOLDER
from shared.domain.imports import ImportRecord, RetryRequest
from shared.doorbells import link_watch

Item = TypeVar("Item")
Dropped = TypeVar("Dropped", ImportRecord, RetryRequest)
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Filing:
    """What became of some recorded files: `failures` could not be moved, `sent_back` want recording again."""

    failures: list[tuple[ImportRecord, IntegrationError]] = field(default_factory=list)
    sent_back: list[ImportRecord] = field(default_factory=list)


def file_away(run: ImportRun, recorded: Sequence[ImportRecord]) -> Filing:
    """File these together.

    A file that was replaced between recording and moving goes back to `Auto-Import`: its new version
    has not been looked at yet. Raises LinkChanged, LinkPaused, and DropboxUnavailable where it is unknown
    what was moved; then the rows stay unfiled and the next drain finds out.
    """
    filing = Filing()
    if not recorded:
        return filing
    ensure_link_unchanged(run)
    results = run.dropbox.move([Move(row.file_id, row.target) for row in recorded])
    filed: list[tuple[ImportRecord, str | None]] = []
    for row, result in zip(recorded, results, strict=True):
        if _is_gone(result):
            filed.append((row, None))
        elif result.moved is None:
            filing.failures.append((row, result.error or DropboxRefused("unknown")))
        elif result.moved.content_hash == row.content_hash:
            filed.append((row, result.moved.path))
        else:
            filing.sent_back.append(row)
    _send_back(run, filing.sent_back)
    mark_filed(run, filed)
    return filing


def verify_filed(run: ImportRun, rows: Sequence[ImportRecord]) -> list[ImportRecord]:
    """Find out about recorded files that are no longer listed in `Auto-Import`.

    An earlier drain moved them and died before it could verify it, or their user took them away.
    Returns those that were sent back because a newer version had been filed unseen.
    """
    if not rows:
        return []
    ensure_link_unchanged(run)
    sent_back: list[ImportRecord] = []
    filed: list[tuple[ImportRecord, str | None]] = []
    for row, file in found_now(run, rows):
        if file is None:
            filed.append((row, None))
        elif file.content_hash == row.content_hash:
            # One that was dropped again just now is left for the next listing.
            filed += [] if is_in_auto_import(file.path) else [(row, file.path)]
        elif is_beside(file.path, row.target) and not is_imported(run, file):
            sent_back.append(row)
        else:
            filed.append((row, None))
    _send_back(run, sent_back)
    mark_filed(run, filed)
    return sent_back


def found_now(run: ImportRun, items: Iterable[Dropped]) -> list[tuple[Dropped, RemoteFile | None]]:
    """Where files are now; one that Dropbox refuses to tell of is left out, and to the next drain."""

    def find(item: Dropped) -> list[RemoteFile | None]:
        try:
            return [run.dropbox.find(item.file_id)]
        except DropboxRefused:
            return []

    return [(item, file) for item, found in in_parallel(run, items, find) for file in found]


def mark_filed(run: ImportRun, filed: Sequence[tuple[ImportRecord, str | None]]) -> None:
    """Note where these were seen; None for those that are gone or have been replaced."""
    in_parallel(run, filed, lambda pair: run.services.records.mark_filed(*pair))


def ensure_link_unchanged(run: ImportRun) -> None:
    """Raise LinkChanged or LinkPaused where this run is to stop."""
    link_watch.ensure_link_unchanged(run.services.links, run.link)


def _send_back(run: ImportRun, replaced: Sequence[ImportRecord]) -> None:
    """Return new versions that were filed unseen to where they were dropped."""
    if not replaced:
        return
    results = run.dropbox.move([Move(row.file_id, f"{AUTO_IMPORT_FOLDER}/{row.name}") for row in replaced])
    back: list[tuple[ImportRecord, str | None]] = [
        (row, None)
        for row, result in zip(replaced, results, strict=True)
        if result.moved is not None or _is_gone(result)
    ]
    mark_filed(run, back)


def _is_gone(result: MoveResult) -> bool:
    return isinstance(result.error, FileGone)


def is_imported(run: ImportRun, file: RemoteFile) -> bool:
    """Whether an expense was made from this very file as it is now."""
    reservation = run.services.records.reservations(run.user.user_id, [file.content_hash]).get(
        file.content_hash
    )
    return (
        reservation is not None
        and reservation.file_id == file.file_id
        and reservation.second_for != file.file_id
    )


def in_parallel(
    run: ImportRun, items: Iterable[Item], call: Callable[[Item], Answer]
) -> list[tuple[Item, Answer]]:
    """Make the call for each item, as many at a time as the run allows; with each its answer."""
    items = list(items)
    with ThreadPoolExecutor(run.services.limits.threads) as threads:
        return list(zip(items, threads.map(call, items), strict=True))
