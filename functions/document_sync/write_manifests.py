"""Writes the monthly manifests: what each month's folder received, for the accountant.

A manifest is a courtesy: no delivery fails because a manifest cannot be written.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.document_sync.manifest_csv import ManifestRow, manifest_csv, manifest_path, manifest_row
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.cloud_uploads import CommittedFile
from shared.domain.deliveries import Manifest
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import IntegrationError, LinkChanged, LinkPaused, PathConflict

REWRITTEN_AFTER = timedelta(hours=1)
MOST_NAMES = 20


def write_manifests(run: SyncRun) -> datetime | None:
    """Write those that are due, and return when the next one is. Raises LinkChanged, LinkPaused."""
    try:
        moments = [_write_if_due(run, manifest) for manifest in _changed(run)]
    except (LinkChanged, LinkPaused):
        raise
    except IntegrationError:
        return run.services.clock() + REWRITTEN_AFTER
    return min((moment for moment in moments if moment is not None), default=None)


def _changed(run: SyncRun) -> list[Manifest]:
    return run.services.manifests.changed(run.link.company_id, run.link.account_id)


def _write_if_due(run: SyncRun, manifest: Manifest) -> datetime | None:
    """When it wants to be written, if not now."""
    due = manifest.written_at + REWRITTEN_AFTER if manifest.written_at else run.services.clock()
    if due > run.services.clock() or not run.has_time():
        return due
    data = manifest_csv(_rows(run, manifest))
    ensure_link_unchanged(run)
    for number in range(1, MOST_NAMES):
        written = _write(run, manifest, data, _path(run, manifest, number))
        if written is not None:
            run.services.manifests.written(manifest, rev=written.rev, at=run.services.clock())
            return None
    return run.services.clock() + REWRITTEN_AFTER


def _write(run: SyncRun, manifest: Manifest, data: bytes, path: str) -> CommittedFile | None:
    """Write it there, or None where something of somebody else's is in its place."""
    rev = manifest.rev if path == manifest.path else None
    there = run.dropbox.find_at(path)
    if there is not None and there.rev != rev:
        is_ours = path == manifest.path and there.file.content_hash == manifest.content_hash
        if not is_ours:
            return None
        rev = there.rev  # written by a drain that died before it could note it
    run.services.manifests.choose(manifest, path=path, content_hash=_content_hash(data))
    try:
        return run.dropbox.upload_small(path, data, rev if there else None)
    except PathConflict:
        return None


def _path(run: SyncRun, manifest: Manifest, number: int) -> str:
    """The name it had last comes first."""
    year, month = map(int, manifest.month.split("-"))
    if number == 1 and manifest.path is not None:
        return manifest.path
    return manifest_path(run.services.root, year, month, number, run.link.filed_by)


def _rows(run: SyncRun, manifest: Manifest) -> list[ManifestRow]:
    deliveries = run.services.deliveries.delivered_in_month(
        manifest.company_id, manifest.account_id, manifest.month
    )
    expenses = run.services.expenses.get_many({delivery.key.expense_id for delivery in deliveries})
    return [manifest_row(delivery, expenses.get(delivery.key.expense_id)) for delivery in deliveries]


def _content_hash(data: bytes) -> str:
    hashes = DocumentHashes()
    hashes.update(data)
    return hashes.content_hash
