"""Translates the audit trail to DynamoDB rows and back."""

from __future__ import annotations

from datetime import timedelta

from shared.aws.stores.link_tables import AuditRow
from shared.domain.audit import KEPT_FOR, AuditAction, AuditEntry
from shared.domain.timestamps import from_iso, to_iso


def to_audit_row(entry: AuditEntry, kept_for: timedelta = KEPT_FOR) -> AuditRow:
    """Write a line, kept so long; the generation in its key tells apart two at the same instant."""
    return AuditRow(
        entry.subject,
        f"{to_iso(entry.at)}#{entry.generation or 0}",
        action=entry.action.value,
        actor=entry.actor,
        account_id=entry.account_id,
        generation=entry.generation,
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
    )
