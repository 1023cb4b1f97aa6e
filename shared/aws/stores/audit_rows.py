"""Translates the audit trail to DynamoDB rows and back."""

from __future__ import annotations

from datetime import timedelta

from shared.aws.stores.link_tables import AuditRow
from shared.domain.audit import KEPT_FOR, AuditAction, AuditEntry
from shared.domain.proofs import ProofProblem
from shared.domain.sharing import Access, SharingProblem
from shared.domain.timestamps import from_iso, to_iso


def to_audit_row(entry: AuditEntry, kept_for: timedelta = KEPT_FOR) -> AuditRow:
    """Write a line, kept so long; generation and change in its key tell apart two at the same instant."""
    which = f"#{entry.change_id}" if entry.change_id else ""
    return AuditRow(
        entry.subject,
        f"{to_iso(entry.at)}#{entry.generation or 0}{which}",
        action=entry.action.value,
        actor=entry.actor,
        account_id=entry.account_id,
        generation=entry.generation,
        folder=entry.folder,
        person=entry.person,
        access=entry.access.value if entry.access else None,
        problem=entry.problem.value if entry.problem else None,
        scope=entry.scope,
        filing=entry.filing,
        ttl=int((entry.at + kept_for).timestamp()),
    )


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
    kind = ProofProblem if row.action == AuditAction.FOLDER_PROVED.value else SharingProblem
    return kind(row.problem)
