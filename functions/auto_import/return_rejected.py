"""Brings rejected files that their user wants tried again back into `Auto-Import`, to be recorded again.

A request is granted in three steps, each of which can be repeated: look where the file lies, move it unless
it lies there already, note that it is done. A request is on record for one account, and is only ever read by
the drains of that account.
"""

from __future__ import annotations

from collections.abc import Sequence

from functions.auto_import.file_away import ensure_link_unchanged, found_now, in_parallel, is_imported
from functions.auto_import.filing import is_in_auto_import
from functions.auto_import.import_run import ImportRun
from shared.batching import batched
from shared.domain.cloud_files import Move, MoveResult, RemoteFile
from shared.domain.errors import FileGone
from shared.domain.folders import AUTO_IMPORT_FOLDER
from shared.domain.imports import Retry, RetryRequest

TOGETHER = 200
"""So many are looked up and moved at a time, as far as there is time."""


def return_rejected(run: ImportRun, requests: Sequence[RetryRequest]) -> list[RetryRequest]:
    """Grant these requests, and return those that could not be: for want of time, or Dropbox refused.

    Raises LinkChanged, and the errors that no file could be moved under; requests stay on record until
    they are granted.
    """
    left: list[RetryRequest] = []
    rest = iter(requests)
    for some in batched(rest, TOGETHER):
        if not run.has_time():
            return [*left, *some, *rest]
        left += _return_together(run, some)
    return left


def _return_together(run: ImportRun, requests: Sequence[RetryRequest]) -> list[RetryRequest]:
    ensure_link_unchanged(run)
    found = found_now(run, requests)
    away = [request for request, file in found if file is not None and not _is_done(run, file)]
    results = _moved(run, away)
    known = {request for request, _ in found}
    left = [request for request in requests if request not in known]
    granted: list[tuple[RetryRequest, Retry]] = []
    for request, file in found:
        result = results.get(request.file_id)
        if file is None or (result is not None and isinstance(result.error, FileGone)):
            granted.append((request, Retry.GONE))
        elif result is None or result.moved is not None:
            granted.append((request, Retry.DONE))
        else:
            left.append(request)
    in_parallel(run, granted, lambda pair: run.services.records.grant_retry(*pair))
    return left


def _is_done(run: ImportRun, file: RemoteFile) -> bool:
    """It has been brought back already: it waits to be recorded, or has become an expense since."""
    return is_in_auto_import(file.path) or is_imported(run, file)


def _moved(run: ImportRun, requests: Sequence[RetryRequest]) -> dict[str, MoveResult]:
    """By file: one that was rejected twice comes back once."""
    moves = {
        request.file_id: Move(request.file_id, f"{AUTO_IMPORT_FOLDER}/{request.name}") for request in requests
    }
    results = run.dropbox.move(list(moves.values())) if moves else []
    return dict(zip(moves, results, strict=True))
