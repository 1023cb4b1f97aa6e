"""Proofs in memory: how they stand, and the pages that they keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shared.domain.audit import AuditEntry
from shared.domain.cloud_files import ListedEntry
from shared.domain.errors import DocumentMissing, ProofChanged
from shared.domain.proofs import FolderProof, FoundDocument


@dataclass
class FakeProofs:
    """What `shared.aws.stores.proof_store.ProofStore` does; `trail` is the audit trail."""

    proofs: dict[tuple[str, str], FolderProof] = field(default_factory=dict)
    trail: list[AuditEntry] = field(default_factory=list)

    def get(self, company_id: str, account_id: str) -> FolderProof:
        return self.proofs.get((company_id, account_id), FolderProof(company_id, account_id))

    def save(self, proof: FolderProof, entry: AuditEntry | None = None) -> FolderProof:
        if self.get(proof.company_id, proof.account_id).version != proof.version:
            raise ProofChanged(proof.company_id)
        saved = replace(proof, version=proof.version + 1)
        self.proofs[proof.company_id, proof.account_id] = saved
        self.trail += [entry] if entry else []
        return saved


@dataclass
class FakeProofPages:
    """What `shared.aws.documents.proof_pages.ProofPages` does."""

    listings: dict[tuple[str, str, int], list[ListedEntry]] = field(default_factory=dict)
    found: dict[tuple[str, str, int], list[FoundDocument]] = field(default_factory=dict)

    def keep_listing(self, company_id: str, run_id: str, page: int, entries: Sequence[ListedEntry]) -> None:
        self.listings[company_id, run_id, page] = list(entries)

    def listing(self, company_id: str, run_id: str, page: int) -> list[ListedEntry]:
        if (company_id, run_id, page) not in self.listings:
            raise DocumentMissing(run_id)
        return self.listings[company_id, run_id, page]

    def keep_findings(self, company_id: str, run_id: str, page: int, found: Sequence[FoundDocument]) -> None:
        self.found[company_id, run_id, page] = list(found)

    def findings(self, company_id: str, run_id: str, page: int) -> list[FoundDocument]:
        if (company_id, run_id, page) not in self.found:
            raise DocumentMissing(run_id)
        return self.found[company_id, run_id, page]
