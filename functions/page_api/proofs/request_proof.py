"""Has the folder proved, or what is missing put back: the request is on record before a drain is rung for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from functions.page_api.ports import Proofs
from functions.page_api.proofs.show_proof import ShowProof
from functions.page_api.ringing import Ringing
from shared.domain.errors import ProofChanged, RefusalCode, RequestRefused
from shared.domain.links import Link, LinkStatus
from shared.domain.proofs import FolderProof, PendingProof, PutBack
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession


@dataclass(frozen=True, slots=True)
class RequestProof:
    """Called with a session; one that is under way is the same, also where another asked for it."""

    show: ShowProof
    proofs: Proofs
    ring: Ringing
    now: Clock

    def prove(self, session: HostSession, correlation_id: str) -> tuple[Link, FolderProof]:
        """Raises RequestRefused (see ShowProof; paused, link_not_working, proof_under_way)."""
        link, proof = self._working(session)
        if proof.pending is not None and not proof.pending.is_over(self.now()):
            return link, proof
        if proof.is_putting_back:
            raise RequestRefused(RefusalCode.PROOF_UNDER_WAY)
        pending = PendingProof(uuid.uuid4().hex, session.user_id, self.now(), correlation_id)
        return self._save(link, replace(proof, pending=pending), correlation_id)

    def put_back(self, session: HostSession, correlation_id: str) -> tuple[Link, FolderProof]:
        """Deliver again what the last proof found missing.

        Raises RequestRefused (the same; not_found where nothing is missing, or has been put back since).
        """
        link, proof = self._working(session)
        if proof.is_putting_back:
            return link, proof
        if proof.pending is not None and not proof.pending.is_over(self.now()):
            raise RequestRefused(RefusalCode.PROOF_UNDER_WAY)
        proved = proof.proved
        is_any = proved is not None and proved.counts is not None and proved.counts.missing > 0
        if proved is None or not is_any or proof.was_put_back or not proved.is_kept(self.now()):
            raise RequestRefused(RefusalCode.NOT_FOUND)
        put_back = PutBack(uuid.uuid4().hex, proved.run_id, session.user_id, self.now(), correlation_id)
        return self._save(link, replace(proof, put_back=put_back), correlation_id)

    def _working(self, session: HostSession) -> tuple[Link, FolderProof]:
        link, proof = self.show(session)
        if link.is_paused:
            raise RequestRefused(RefusalCode.PAUSED)
        if link.status in {LinkStatus.RECONNECT, LinkStatus.SUSPENDED}:
            raise RequestRefused(RefusalCode.LINK_NOT_WORKING)
        return link, proof

    def _save(self, link: Link, proof: FolderProof, correlation_id: str) -> tuple[Link, FolderProof]:
        """Another click, or a drain, may have been first: who asks again then sees how it stands."""
        try:
            saved = self.proofs.save(proof)
        except ProofChanged as changed:
            raise RequestRefused(RefusalCode.PROOF_UNDER_WAY) from changed
        self.ring(link, correlation_id)
        return link, saved
