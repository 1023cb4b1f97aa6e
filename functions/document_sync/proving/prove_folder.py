"""Proves a company's folder: lists what lies in it, compares that with what was delivered, and says so.

Each step may be repeated, and what came of it is on record before the next: where a drain dies, the next one
goes on. Nothing that goes wrong here holds a delivery up, and nothing of anybody's is changed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from functions.document_sync.proving.compare_folder import OutOfTime, compare_folder
from functions.document_sync.proving.list_folder import TooManyFiles, after_failure, list_further
from functions.document_sync.proving.write_proof import as_on_record, write_proof
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.audit import AuditAction, proof_entry
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsFailed,
    DocumentMissing,
    DropboxRefused,
    IntegrationError,
    ListingReset,
    PathConflict,
    ProofChanged,
    RateLimited,
    Retryable,
)
from shared.domain.host_events import Occasion, company_folder_proved
from shared.domain.proofs import (
    EndedProof,
    FolderProof,
    PendingProof,
    ProofProblem,
    is_monthly_due,
)
from shared.doorbells.backoff import next_try_after


@dataclass(frozen=True, slots=True)
class Proved:
    """What is left: more to do at once, or the moment of the next try."""

    is_under_way: bool = False
    next_try: datetime | None = None


def prove_folder(run: SyncRun) -> Proved:
    """Go on with the proof that was asked for or is due, as long as there is time.

    Raises what stops the whole company: LinkBroken, LinkChanged, LinkPaused, AwsFailed.
    """
    try:
        proof = _asked_for(run, run.services.proofs.get(run.link.company_id, run.link.account_id))
        while proof.pending is not None:
            now = run.services.clock()
            if proof.pending.next_try is not None and proof.pending.next_try > now:
                return Proved(next_try=proof.pending.next_try)
            if not run.has_time():
                return Proved(is_under_way=True)
            proof = _step(run, proof, proof.pending)
    except ProofChanged:  # another drain is at it, or somebody has asked for something in between
        return Proved(is_under_way=True)
    return Proved()


def _asked_for(run: SyncRun, proof: FolderProof) -> FolderProof:
    """What an administrator asked for, or else the month's."""
    now = run.services.clock()
    if not is_monthly_due(proof, run.link, now):
        return proof
    monthly = PendingProof(uuid.uuid4().hex, None, now, run.correlation_id)
    return run.services.proofs.save(replace(proof, pending=monthly))


def _step(run: SyncRun, proof: FolderProof, pending: PendingProof) -> FolderProof:
    """One step further, put off, or at an end."""
    problem = _why_not(run, pending)
    if problem is None:
        ensure_link_unchanged(run)
        try:
            return _proceed(run, proof, pending)
        except OutOfTime:
            return proof
        except (ListingReset, DocumentMissing):
            # A cursor that Dropbox takes no more, or pages that are gone: from the start.
            return _put_off(run, proof, replace(pending, generation=None))
        except (Retryable, AppRefused, AwsFailed) as error:
            return _put_off(run, proof, after_failure(pending, error), error)
        except (TooManyFiles, AccessDenied, DropboxRefused, PathConflict) as refused:
            problem = _problem_of(refused)
    return _end(run, proof, pending, problem)


def _why_not(run: SyncRun, pending: PendingProof) -> ProofProblem | None:
    if pending.is_over(run.services.clock()) and pending.counts is None:
        return ProofProblem.NOT_IN_TIME
    if pending.by is not None and pending.requested_at < run.link.linked_at:
        # What was asked of one link is not asked of another; the monthly proof begins again instead.
        return ProofProblem.LINK_CHANGED
    return None


def _problem_of(refused: Exception) -> ProofProblem:
    """What concerns the listing alone: deliveries find out for themselves."""
    match refused:
        case TooManyFiles():
            return ProofProblem.TOO_MANY_FILES
        case AccessDenied():
            return ProofProblem.NO_PERMISSION
    return ProofProblem.DROPBOX_REFUSED


def _proceed(run: SyncRun, proof: FolderProof, pending: PendingProof) -> FolderProof:
    proofs = run.services.proofs
    if pending.generation != run.link.generation:
        begun = pending.begun(run.link.generation, run.services.clock())
        return proofs.save(replace(proof, pending=begun))
    if not pending.is_listed:
        return proofs.save(replace(proof, pending=list_further(run, pending)))
    if pending.counts is None:
        counts = compare_folder(run, pending)
        return proofs.save(replace(proof, pending=pending.compared(counts)))
    try:
        written = write_proof(run, proof, pending)
    except (Retryable, AppRefused) as error:
        return _put_off(run, as_on_record(run, proof), pending, error)
    return _announce_and_end(run, written.proof, pending, written.path)


def _announce_and_end(
    run: SyncRun, proof: FolderProof, pending: PendingProof, path: str | None
) -> FolderProof:
    """The event first: a drain that dies in between has the next one send it again, under the same id."""
    occasion = Occasion(run.services.clock(), pending.correlation_id)
    try:
        run.services.send_events([company_folder_proved(run.link, pending, occasion)])
    except AwsFailed as error:
        return _put_off(run, proof, pending, error)
    _name_in_manifests(run)
    return _end(run, proof, pending, None, path)


def _name_in_manifests(run: SyncRun) -> None:
    """Every month's manifest names the proof that last looked for its documents."""
    link = run.link
    for month in run.services.manifests.months(link.company_id, link.account_id):
        run.services.manifests.mark_changed(link.company_id, link.account_id, month)


def _end(
    run: SyncRun,
    proof: FolderProof,
    pending: PendingProof,
    problem: ProofProblem | None,
    path: str | None = None,
) -> FolderProof:
    now = run.services.clock()
    ended = EndedProof(
        run_id=pending.run_id,
        by=pending.by,
        started_at=pending.started_at or pending.requested_at,
        at=now,
        counts=None if problem else pending.counts,
        problem=problem,
        path=path,
    )
    after = replace(proof, pending=None, ended=ended, proved=proof.proved if problem else ended)
    entry = proof_entry(run.link, AuditAction.FOLDER_PROVED, pending.run_id, by=pending.by, at=now)
    entry = replace(entry, problem=problem)
    return run.services.proofs.save(after, entry)


def _put_off(
    run: SyncRun, proof: FolderProof, pending: PendingProof, cause: IntegrationError | None = None
) -> FolderProof:
    now, tries = run.services.clock(), pending.tries + 1
    next_try = next_try_after(now, tries)
    if isinstance(cause, RateLimited):
        next_try = now + timedelta(seconds=cause.retry_after)
    waiting = replace(pending, tries=tries, next_try=next_try)
    return run.services.proofs.save(replace(proof, pending=waiting))
