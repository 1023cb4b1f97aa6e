"""Compares the pages of a whole listing with every document on record, and keeps what that comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from functions.document_sync.proving.comparison import Comparison, comparison_in
from functions.document_sync.sync_run import SyncRun
from shared.batching import batched
from shared.domain.deliveries import Delivery
from shared.domain.proofs import (
    FINDINGS_A_PAGE,
    MOST_FINDINGS,
    Finding,
    PendingProof,
    ProofCounts,
    is_in_space_of,
)
from shared.workdir import temporary_workdir


class OutOfTime(Exception):  # it ends a step, and goes no further than the caller
    """The next drain compares from the start: that takes seconds, and a listing minutes."""


def compare_folder(run: SyncRun, pending: PendingProof) -> ProofCounts:
    """Compare, and keep the findings. Raises OutOfTime, DocumentMissing, AwsFailed."""
    with temporary_workdir() as directory, comparison_in(directory) as comparison:
        for page in range(pending.pages):
            _ensure_time(run)
            comparison.list(run.services.proof_pages.listing(run.link.company_id, pending.run_id, page))
        not_looked_for: Counter[str] = Counter()
        for deliveries in _on_record(run):
            comparison.expect(_expected(run, pending, deliveries, not_looked_for))
        comparison.conclude()
        _keep(run, pending, comparison)
        return _counts(comparison, not_looked_for, is_folder_missing=pending.is_folder_missing)


def _on_record(run: SyncRun) -> Iterator[list[Delivery]]:
    """All that was ever delivered, page by page."""
    cursor: str | None = None
    while True:
        _ensure_time(run)
        deliveries, cursor = run.services.deliveries.filed_page(run.link.company_id, cursor)
        yield deliveries
        if cursor is None:
            return


def _expected(
    run: SyncRun, pending: PendingProof, deliveries: list[Delivery], not_looked_for: Counter[str]
) -> Iterator[Delivery]:
    """What must have been there as the listing began; of the rest, how much lies where it was not looked."""
    for delivery in deliveries:
        if delivery.key.account_id != run.link.account_id:
            not_looked_for["other_account"] += 1
        elif not is_in_space_of(delivery, run.link):
            not_looked_for["other_space"] += 1
        elif pending.started_at and delivery.delivered_at and delivery.delivered_at <= pending.started_at:
            yield delivery


def _keep(run: SyncRun, pending: PendingProof, comparison: Comparison) -> None:
    findings = islice(comparison.findings(), MOST_FINDINGS)
    for page, found in enumerate(batched(findings, FINDINGS_A_PAGE)):
        run.services.proof_pages.keep_findings(run.link.company_id, pending.run_id, page, found)


def _counts(comparison: Comparison, not_looked_for: Counter[str], *, is_folder_missing: bool) -> ProofCounts:
    missing, changed, moved = map(comparison.count, (Finding.MISSING, Finding.CHANGED, Finding.MOVED))
    return ProofCounts(
        documents=comparison.documents,
        present=comparison.documents - missing - changed - moved,
        missing=missing,
        changed=changed,
        moved=moved,
        doubled=comparison.count(Finding.DOUBLED),
        other_account=not_looked_for["other_account"],
        other_space=not_looked_for["other_space"],
        files=comparison.files,
        is_folder_missing=is_folder_missing,
    )


def _ensure_time(run: SyncRun) -> None:
    if not run.has_time():
        raise OutOfTime
