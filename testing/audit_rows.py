"""Reads lines of the audit trail, which the product only writes."""

from __future__ import annotations

from shared.aws.stores.link_tables import AuditRow
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.proofs import ProofProblem
from shared.domain.sharing import Access, SharingProblem
from shared.domain.timestamps import from_iso

_OF_PROOFS = frozenset({AuditAction.FOLDER_PROVED.value, AuditAction.PUT_BACK.value})


def to_audit_entry(row: AuditRow) -> AuditEntry:
    """Read a line."""
    return AuditEntry(
        subject=row.subject,
        at=from_iso(row.at.partition("#")[0]),
        action=AuditAction(row.action),
        actor=row.actor,
        account_id=row.account_id,
        generation=None if row.generation is None else int(row.generation),
        folder=row.folder,
        person=row.person,
        access=Access(row.access) if row.access else None,
        problem=_problem(row),
        filing=row.filing,
        change_id=row.at.partition("#")[2].partition("#")[2],
        scope=row.scope,
    )


def _problem(row: AuditRow) -> SharingProblem | ProofProblem | None:
    if not row.problem:
        return None
    return ProofProblem(row.problem) if row.action in _OF_PROOFS else SharingProblem(row.problem)
