"""Writes the file of a proof beside the month's manifest; a later proof of the month takes its place.

It is a courtesy, as a manifest is: no proof fails because its file cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from functions.document_sync.proving.proof_csv import MOST_ROWS, proof_csv, proof_path
from functions.document_sync.sync_run import SyncRun
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    DropboxRefused,
    PathConflict,
    ProofChanged,
    QuotaFull,
    Retryable,
    TransportLimitReached,
)
from shared.domain.filing.folder_names import month_folder
from shared.domain.proofs import (
    FINDINGS_A_PAGE,
    MOST_FINDINGS,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofCounts,
    ProofFile,
    month_of,
)

MOST_NAMES = 20
MOST_TRIES = 5
"""After so many, a quarter of an hour later, the result is told without a file."""


@dataclass(frozen=True, slots=True)
class Written:
    """The proof as it is on record, and where its file lies: None where there was no place for it."""

    proof: FolderProof
    path: str | None


def write_proof(run: SyncRun, proof: FolderProof, pending: PendingProof) -> Written:
    """Write it, unless Dropbox does not take it. Raises ProofChanged, and what may pass."""
    try:
        return _written(run, proof, pending)
    except (AccessDenied, DropboxRefused, PathConflict, QuotaFull, TransportLimitReached):
        pass  # What is wrong with the account, deliveries find out; what was compared stays true.
    except (Retryable, AppRefused):
        if pending.tries < MOST_TRIES and not pending.is_over(run.services.clock()):
            raise
    return Written(as_on_record(run, proof), None)


def as_on_record(run: SyncRun, proof: FolderProof) -> FolderProof:
    """With the place that was chosen, if in vain. Raises ProofChanged where it is another's by now."""
    now = run.services.proofs.get(proof.company_id, proof.account_id)
    if now.pending != proof.pending:
        raise ProofChanged(proof.company_id)
    return now


def _written(run: SyncRun, proof: FolderProof, pending: PendingProof) -> Written:
    counts = pending.counts or ProofCounts()
    data = proof_csv(pending, counts, _found(run, pending, counts), run.locale)
    month = month_of(pending.started_at or pending.requested_at)
    for path in _paths(run, proof, month):
        place = _place_at(run, proof, path)
        if place is None:
            continue
        # Stored first, so that it is known again after a crash.
        chosen = ProofFile(month, path, _content_hash(data), place.rev)
        proof = run.services.proofs.save(replace(proof, file=chosen))
        with suppress(PathConflict):
            written = run.dropbox.upload_small(path, data, place.rev)
            return Written(replace(proof, file=replace(chosen, rev=written.rev)), path)
    return Written(proof, None)


@dataclass(frozen=True, slots=True)
class _Place:
    """A free place, or that of the file that lies there with this revision and is ours."""

    rev: str | None


def _paths(run: SyncRun, proof: FolderProof, month: str) -> Iterator[str]:
    """The name it had last in that month comes first."""
    if proof.file is not None and proof.file.month == month:
        yield proof.file.path
    # Beside the month's manifest, wherever the company has that.
    folder = month_folder(run.services.root, date.fromisoformat(f"{month}-01"), run.link.filed_by)
    for number in range(1, MOST_NAMES):
        yield proof_path(folder, month, number)


def _place_at(run: SyncRun, proof: FolderProof, path: str) -> _Place | None:
    """None where something of somebody else's lies there."""
    there = run.dropbox.find_at(path)
    if there is None:
        return _Place(None)
    ours = proof.file
    if ours is None or ours.path != path:
        return None
    is_ours = there.rev == ours.rev or there.file.content_hash == ours.content_hash
    return _Place(there.rev) if is_ours else None


def _content_hash(data: bytes) -> str:
    hashes = DocumentHashes()
    hashes.update(data)
    return hashes.content_hash


def _found(run: SyncRun, pending: PendingProof, counts: ProofCounts) -> Iterator[FoundDocument]:
    """What its pages hold, as far as the file goes."""
    pages = -(-min(counts.findings, MOST_FINDINGS) // FINDINGS_A_PAGE)
    found = (
        each
        for page in range(pages)
        for each in run.services.proof_pages.findings(run.link.company_id, pending.run_id, page)
    )
    return islice(found, MOST_ROWS)
