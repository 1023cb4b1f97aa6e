"""Wires what proves folders."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.proofs.request_proof import RequestProof
from functions.page_api.proofs.show_proof import ListFindings, ShowProof
from shared.aws.documents.proof_pages import ProofPages
from shared.aws.stores.proof_store import ProofStore


class ProofUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        settings, links, clock = common.settings, common.links, common.clock
        proofs = ProofStore(settings.deliveries_table)
        self.show_proof = ShowProof(links, proofs)
        self.list_findings = ListFindings(self.show_proof, ProofPages(settings.documents_bucket), clock)
        self.request_proof = RequestProof(self.show_proof, proofs, common.ring, clock)
