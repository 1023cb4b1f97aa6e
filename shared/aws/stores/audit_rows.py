"""Translates the audit trail to DynamoDB rows."""

from __future__ import annotations

from datetime import timedelta

from shared.aws.stores.link_tables import AuditRow
from shared.domain.audit import KEPT_FOR, AuditEntry
from shared.domain.timestamps import to_iso


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
