"""Records one dropped file: imported, duplicate or rejected, on record; or not yet."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from functions.auto_import.dropped_file import DroppedFile, NotYet, StoredDocument
from functions.auto_import.import_run import ImportRun
from functions.auto_import.inspection.verdicts import Inspection
from functions.auto_import.record_outcome import is_second, record_duplicate, record_import, record_rejection
from shared.domain.cloud_files import Download
from shared.domain.errors import ContentRestricted, DocumentRejected
from shared.domain.imports import ImportRecord, Reservation
from shared.domain.rejections import RejectionReason

SHEET_CONTENT_TYPE = "application/pdf"
RESTRICTED_FOR = timedelta(days=7)
"""A file that Dropbox restricts so long was taken down; sooner it may be a false alarm."""
MOST_DEATHS = 2
"""A file that two drains died of is not opened a third time."""


def import_file(
    run: ImportRun, file: DroppedFile, reservation: Reservation | None, *, is_reservation_live: bool
) -> ImportRecord:
    """Record a file and return what is on record for it.

    `reservation` is the reservation of its content as last read, and whether its expense lives. Raises
    NotYet, FileGone, DocumentChanged and the errors of the collaborators; then nothing is on
    record and it may be tried again.
    """
    if reservation is not None and is_reservation_live and not is_second(file, reservation):
        return record_duplicate(run, file, reservation)
    try:
        _refuse_by_metadata(run, file)
        with _downloaded(run, file) as download:
            inspection = _inspect(run, file, download)
            stored = _store(run, file, download, inspection)
    except DocumentRejected as rejection:
        _wait_for_its_end(run, file, may_be_incomplete=rejection.may_be_incomplete)
        return record_rejection(run, file, rejection.reason)
    return record_import(run, file, stored, reservation)


def _refuse_by_metadata(run: ImportRun, file: DroppedFile) -> None:
    if not file.remote.is_downloadable:
        raise DocumentRejected(RejectionReason.NOT_DOWNLOADABLE)
    if file.remote.size > run.services.limits.max_document_bytes:
        raise DocumentRejected(RejectionReason.TOO_LARGE)
    if file.remote.size == 0:
        raise DocumentRejected(RejectionReason.EMPTY, may_be_incomplete=True)
    if file.attempts_started >= MOST_DEATHS:
        raise DocumentRejected(RejectionReason.UNREADABLE)


@contextmanager
def _downloaded(run: ImportRun, file: DroppedFile) -> Iterator[Download]:
    """The document on disk, where it costs no memory, for as long as it is looked at."""
    with (
        run.services.byte_budget.taken(file.remote.size),
        tempfile.NamedTemporaryFile(dir=run.workdir) as place,
    ):
        # Others download while this one is inspected, stored and put on record.
        with run.services.byte_budget.downloading():
            download = _download(run, file, Path(place.name))
        yield download


def _download(run: ImportRun, file: DroppedFile, place: Path) -> Download:
    try:
        return run.dropbox.download(file.remote, place)
    except ContentRestricted as restricted:
        if run.services.clock() < file.since + RESTRICTED_FOR:
            raise
        raise DocumentRejected(RejectionReason.RESTRICTED) from restricted


def _inspect(run: ImportRun, file: DroppedFile, download: Download) -> Inspection:
    inspection = run.services.inspector.inspect(download.path, owner=run.user.user_id)
    _wait_for_its_end(run, file, may_be_incomplete=not inspection.complete)
    return inspection


def _wait_for_its_end(run: ImportRun, file: DroppedFile, *, may_be_incomplete: bool) -> None:
    """A scanner may still be writing: give it the grace time from the file's last change."""
    patience = file.remote.server_modified + run.services.limits.reject_grace
    if may_be_incomplete and run.services.clock() < patience:
        raise NotYet(patience)


def _store(run: ImportRun, file: DroppedFile, download: Download, inspection: Inspection) -> StoredDocument:
    key = run.services.put_document(
        user_id=run.user.user_id,
        content_hash=file.remote.content_hash,
        path=download.path,
        sha256=download.sha256,
        content_type=inspection.content_type,
    )
    sheet = _store_sheet(run, inspection.sheet) if inspection.sheet else None
    return StoredDocument(
        key, download.sha256, inspection.content_type, download.size, inspection.active_content, sheet
    )


def _store_sheet(run: ImportRun, sheet: bytes) -> StoredDocument:
    """Under its own hash: another release may render the same document otherwise."""
    sha256 = hashlib.sha256(sheet).hexdigest()
    with tempfile.NamedTemporaryFile(dir=run.workdir) as place:
        place.write(sheet)
        place.flush()
        key = run.services.put_document(
            user_id=run.user.user_id,
            content_hash=sha256,
            path=Path(place.name),
            sha256=sha256,
            content_type=SHEET_CONTENT_TYPE,
        )
    return StoredDocument(key, sha256, SHEET_CONTENT_TYPE, len(sheet))
