"""What a manifest says of a document's last proof: which run it was, and what it found.

A document that did not lie in its place is never shown as if it had been proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from functions.document_sync.sync_run import SyncRun
from shared.domain.deliveries import Delivery
from shared.domain.errors import DocumentMissing
from shared.domain.proofs import (
    FINDINGS_A_PAGE,
    MOST_FINDINGS,
    EndedProof,
    Finding,
    FoundDocument,
    was_looked_for,
)
from shared.texts.languages import text

_Found = dict[tuple[str, str], Finding]


class ProofMarks:
    """Called with a delivery: `2026-11-27 10:15 UTC (3f2a9c1e)`, or `…: missing`; None where nobody knows."""

    def __init__(self, run: SyncRun) -> None:
        self._run = run

    def __call__(self, delivery: Delivery) -> str | None:
        """Raises AwsUnavailable."""
        proved = self._proved
        if proved is None or not was_looked_for(delivery, self._run.link, proved):
            return None
        found = self._found
        if found is None:
            return None
        finding = found.get((delivery.key.expense_id, delivery.key.document_id))
        if finding is None:
            return proved.name
        return f"{proved.name}: {text(f'proof_file.finding.{finding.value}', self._run.locale)}"

    @cached_property
    def _proved(self) -> EndedProof | None:
        link = self._run.link
        return self._run.services.proofs.get(link.company_id, link.account_id).proved

    @cached_property
    def _found(self) -> _Found | None:
        """What does not lie in its place; None where not all of that can be known any more."""
        proved = self._proved
        number = proved.counts.not_present if proved and proved.counts else 0
        if proved is None or number > MOST_FINDINGS:
            return None
        try:
            listed = list(self._read(proved.run_id, number))
        except DocumentMissing:  # kept for some months only
            return None
        return {(each.expense_id, each.document_id): each.finding for each in listed}

    def _read(self, run_id: str, number: int) -> Iterator[FoundDocument]:
        """They stand before the further copies."""
        for page in range(-(-number // FINDINGS_A_PAGE)):
            found = self._run.services.proof_pages.findings(self._run.link.company_id, run_id, page)
            yield from (each for each in found if each.finding is not Finding.DOUBLED)
