"""Writes the monthly manifests: what each month's folder received, for the accountant.

A manifest is a courtesy: no delivery fails because a manifest cannot be written.
"""

from __future__ import annotations

import posixpath
from datetime import date, datetime, timedelta
from functools import partial

from functions.document_sync.manifests.csv_table import manifest_csv
from functions.document_sync.manifests.month import ManifestMonth, manifest_path
from functions.document_sync.manifests.proof_marks import ProofMarks
from functions.document_sync.manifests.rows import LastProof, manifest_rows
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.cloud_uploads import CommittedFile
from shared.domain.deliveries import Manifest, ManifestForm
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import IntegrationError, LinkChanged, LinkPaused, PathConflict
from shared.domain.filing.folder_names import month_folder

REWRITTEN_AFTER = timedelta(hours=1)
MOST_NAMES = 20


def write_manifests(run: SyncRun) -> datetime | None:
    """Write those that are due, and return when the next one is. Raises LinkChanged, LinkPaused."""
    try:
        last_proof = ProofMarks(run)  # of all months the same
        moments = [_write_if_due(run, manifest, last_proof) for manifest in _changed(run)]
    except (LinkChanged, LinkPaused):
        raise
    except IntegrationError:
        return run.services.clock() + REWRITTEN_AFTER
    return min((moment for moment in moments if moment is not None), default=None)


def _changed(run: SyncRun) -> list[Manifest]:
    return run.services.manifests.changed(run.link.company_id, run.link.account_id)


def _write_if_due(run: SyncRun, manifest: Manifest, last_proof: LastProof) -> datetime | None:
    """When it wants to be written, if not now."""
    due = manifest.written_at + REWRITTEN_AFTER if manifest.written_at else run.services.clock()
    if due > run.services.clock() or not run.has_time():
        return due
    month = _month(run, manifest, last_proof)
    for form in ManifestForm:
        data = _bytes_of(month, form)
        if data is None:
            continue
        ensure_link_unchanged(run)
        placed = _put(run, manifest, month.folder, form, data)
        if placed is None:
            return run.services.clock() + REWRITTEN_AFTER
        manifest = placed
    run.services.manifests.written(manifest, at=run.services.clock())
    return None


def _month(run: SyncRun, manifest: Manifest, last_proof: LastProof) -> ManifestMonth:
    deliveries = run.services.deliveries.delivered_in_month(
        manifest.company_id, manifest.account_id, manifest.month
    )
    return ManifestMonth(
        manifest.month,
        folder=_folder(run, manifest),
        locale=run.locale,
        rows=manifest_rows(
            deliveries,
            run.services.expenses.get_many,
            run.link,
            last_proof,
            partial(run.services.deliveries.of_expense, manifest.company_id, manifest.account_id),
        ),
        space=run.link.space_of_two,
    )


def _folder(run: SyncRun, manifest: Manifest) -> str:
    """Where one of its files lies already, also where another order was chosen since; else as chosen."""
    paths = (manifest.file(form).path for form in ManifestForm)
    if known := next(filter(None, paths), None):
        return posixpath.dirname(known)
    return month_folder(run.services.root, date.fromisoformat(f"{manifest.month}-01"), run.link.filed_by)


def _bytes_of(month: ManifestMonth, form: ManifestForm) -> bytes | None:
    """None where that form cannot hold the month."""
    if form is ManifestForm.CSV:
        return manifest_csv(month)
    # Loaded by drains that write one alone: it is a tenth of a second.
    from functions.document_sync.manifests.workbook import manifest_workbook  # noqa: PLC0415

    return manifest_workbook(month)


def _put(run: SyncRun, manifest: Manifest, folder: str, form: ManifestForm, data: bytes) -> Manifest | None:
    """Write one of its files under the first name that nobody else has; None where they all have one."""
    for number in range(1, MOST_NAMES):
        written = _write(run, manifest, form, data, _path(manifest, folder, form, number))
        if written is not None:
            return written
    return None


def _write(run: SyncRun, manifest: Manifest, form: ManifestForm, data: bytes, path: str) -> Manifest | None:
    """Write it there, or None where something of somebody else's is in its place."""
    known, content_hash = manifest.file(form), _content_hash(data)
    rev = known.rev if path == known.path else None
    there = run.dropbox.find_at(path)
    if there is not None and there.rev != rev:
        is_ours = path == known.path and there.file.content_hash == known.content_hash
        if not is_ours:
            return None
        rev = there.rev  # written by a drain that died before it could note it
    placed = run.services.manifests.choose(manifest, form, path=path, content_hash=content_hash)
    lies_there = there is not None and there.file.content_hash == content_hash
    written = there if lies_there else _upload(run, path, data, rev if there else None)
    return run.services.manifests.uploaded(placed, form, rev=written.rev) if written else None


def _upload(run: SyncRun, path: str, data: bytes, rev: str | None) -> CommittedFile | None:
    try:
        return run.dropbox.upload_small(path, data, rev)
    except PathConflict:
        return None


def _path(manifest: Manifest, folder: str, form: ManifestForm, number: int) -> str:
    """The name it had last comes first."""
    last = manifest.file(form).path
    return last if number == 1 and last else manifest_path(folder, manifest.month, form, number)


def _content_hash(data: bytes) -> str:
    hashes = DocumentHashes()
    hashes.update(data)
    return hashes.content_hash
