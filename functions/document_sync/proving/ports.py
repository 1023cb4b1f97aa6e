"""What proving a folder needs from the outside: the real ones are in `shared.aws`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shared.domain.audit import AuditEntry
from shared.domain.cloud_files import ListedEntry
from shared.domain.proofs import FolderProof, FoundDocument


class Proofs(Protocol):
    """How proofs stand: see `shared.aws.stores.proof_store`."""

    def get(self, company_id: str, account_id: str) -> FolderProof:
        """What is known; nothing of a folder that nobody has proved."""

    def save(self, proof: FolderProof, entry: AuditEntry | None = None) -> FolderProof:
        """Write what became of the one that was read. Raises ProofChanged."""


class ProofPages(Protocol):
    """What a proof keeps page by page: see `shared.aws.documents.proof_pages`."""

    def keep_listing(self, company_id: str, run_id: str, page: int, entries: Sequence[ListedEntry]) -> None:
        """Keep a page of a listing, in the place of one of the same number."""

    def listing(self, company_id: str, run_id: str, page: int) -> list[ListedEntry]:
        """That page. Raises DocumentMissing."""

    def keep_findings(self, company_id: str, run_id: str, page: int, found: Sequence[FoundDocument]) -> None:
        """Keep a page of findings, in the place of one of the same number."""

    def findings(self, company_id: str, run_id: str, page: int) -> list[FoundDocument]:
        """That page. Raises DocumentMissing."""
