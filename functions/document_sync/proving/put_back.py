"""Puts back what a proof found missing: it is delivered again, to its own place or the next free one.

It becomes pending as what is sent again does, and the drain delivers it as everything: overwriting nothing,
and making no second file where it has come back since. A page gone through twice puts nothing back twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.audit import AuditAction, proof_entry
from shared.domain.deliveries import DeliveryKey, Found
from shared.domain.errors import DocumentMissing, ProofChanged
from shared.domain.host_expenses import DELIVERABLE
from shared.domain.proofs import (
    Finding,
    FolderProof,
    FoundDocument,
    ProofProblem,
    PutBack,
    pages_of,
)


def put_back(run: SyncRun, proof: FolderProof) -> bool:
    """Make a page of it pending; whether more is left. Raises LinkChanged, LinkPaused, AwsFailed.

    `proof` is the company's, as of just now.
    """
    if proof.put_back is None or not proof.is_putting_back or not run.has_time():
        return proof.is_putting_back
    ensure_link_unchanged(run)
    try:
        return _one_page_further(run, proof, proof.put_back).is_putting_back
    except ProofChanged:  # another drain goes on with it
        return True


def _one_page_further(run: SyncRun, proof: FolderProof, request: PutBack) -> FolderProof:
    """What is missing stands first: where a page ends with anything else, none follows."""
    found = _page(run, proof, request)
    if found is None:
        return _given_up(run, proof, request)
    missing = [each for each in found if each.finding is Finding.MISSING]
    accepted = _accepted(run, missing)
    keys = {
        DeliveryKey(
            run.link.company_id, run.link.account_id, each.expense_id, each.document_id
        ): Found.MISSING
        for each in missing
        if each.expense_id in accepted
    }
    now = run.services.clock()
    sent = run.services.resends.send_again(keys, now, request.correlation_id)
    request = replace(request, page=request.page + 1, documents=request.documents + len(sent))
    is_last = proof.proved is None or request.page >= pages_of(proof.proved)
    if missing and len(missing) == len(found) and not is_last:
        return run.services.proofs.save(replace(proof, put_back=request))
    entry = proof_entry(run.link, AuditAction.PUT_BACK, request.request_id, by=request.by, at=now)
    return run.services.proofs.save(replace(proof, put_back=replace(request, at=now)), entry)


def _accepted(run: SyncRun, missing: Sequence[FoundDocument]) -> set[str]:
    """What was withdrawn since is not delivered any more: that it was stays on record."""
    expenses = run.services.expenses.get_many({each.expense_id for each in missing})
    return {
        expense_id
        for expense_id, expense in expenses.items()
        if expense.status in DELIVERABLE and expense.company_id == run.link.company_id
    }


def _page(run: SyncRun, proof: FolderProof, request: PutBack) -> list[FoundDocument] | None:
    """Nothing after the last one; None where it cannot be done as it was asked for.

    It was asked of the link before, of another proof than the last, or its findings are not kept any more.
    """
    proved = proof.proved
    if proved is None or proved.run_id != request.run_id or request.requested_at < run.link.linked_at:
        return None
    if request.page >= pages_of(proved):
        return []
    try:
        return run.services.proof_pages.findings(run.link.company_id, request.run_id, request.page)
    except DocumentMissing:
        return None


def _given_up(run: SyncRun, proof: FolderProof, request: PutBack) -> FolderProof:
    """It can be asked for again, and nobody is told that all was put back."""
    now = run.services.clock()
    entry = proof_entry(run.link, AuditAction.PUT_BACK, request.request_id, by=request.by, at=now)
    is_of_this_link = request.requested_at >= run.link.linked_at
    problem = ProofProblem.NOT_IN_TIME if is_of_this_link else ProofProblem.LINK_CHANGED
    return run.services.proofs.save(replace(proof, put_back=None), replace(entry, problem=problem))
