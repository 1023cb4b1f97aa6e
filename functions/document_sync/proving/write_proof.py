"""Writes the file of a proof beside the month's manifest; a later proof of the month takes its place.

It is a courtesy, as a manifest is: no proof fails because its file cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from functions.document_sync.proving.proof_csv import MOST_ROWS, proof_csv, proof_path
from functions.document_sync.sync_run import SyncRun
from shared.domain.document_hashes import DocumentHashes
from shared.domain.errors import DropboxRefused, PathConflict, QuotaFull, TransportLimitReached
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


def write_proof(run: SyncRun, proof: FolderProof, pending: PendingProof) -> FolderProof:
    """The proof with its file, or without where there is no place for it. Raises ProofChanged, AwsFailed."""
    counts = pending.counts or ProofCounts()
    data = proof_csv(pending, counts, _found(run, pending, counts), run.link.account_locale)
    month = month_of(pending.started_at or pending.requested_at)
    try:
        for number in range(1, MOST_NAMES):
            written = _write(run, proof, data, month, proof_path(run.services.root, month, number))
            if written is not None:
                return written
    except (DropboxRefused, QuotaFull, TransportLimitReached):
        pass  # What is wrong with the account, deliveries find out; what was compared stays true.
    return replace(proof, file=None)


def _write(run: SyncRun, proof: FolderProof, data: bytes, month: str, path: str) -> FolderProof | None:
    """Write it there, or None where something of somebody else's is in its place."""
    ours = proof.file if proof.file and proof.file.path == path else None
    there = run.dropbox.find_at(path)
    rev = None
    if there is not None:
        is_ours = ours is not None and (there.rev == ours.rev or there.file.content_hash == ours.content_hash)
        if not is_ours:
            return None
        rev = there.rev
    hashes = DocumentHashes()
    hashes.update(data)
    # Stored first, so that it is known again after a crash.
    chosen = ProofFile(month, path, hashes.content_hash, ours.rev if ours else None)
    proof = run.services.proofs.save(replace(proof, file=chosen))
    try:
        written = run.dropbox.upload_small(path, data, rev)
    except PathConflict:
        return None
    return replace(proof, file=replace(chosen, rev=written.rev))


def _found(run: SyncRun, pending: PendingProof, counts: ProofCounts) -> Iterator[FoundDocument]:
    """What its pages hold, as far as the file goes."""
    pages = -(-min(counts.findings, MOST_FINDINGS) // FINDINGS_A_PAGE)
    found = (
        each
        for page in range(pages)
        for each in run.services.proof_pages.findings(run.link.company_id, pending.run_id, page)
    )
    return islice(found, MOST_ROWS)
