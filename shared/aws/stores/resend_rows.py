"""Translates requests to send again to rows beside the deliveries, and back."""

from __future__ import annotations

import hashlib
import json

from shared.aws.stores.delivery_tables import ResendRow
from shared.domain.resends import KEPT_FOR, Resend, ResendKind, ResendScope
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso


def resend_prefix(account_id: str) -> str:
    """What the sort keys of an account's requests begin with; no account is called `resend`."""
    return f"resend#{account_id}#"


def resend_key(account_id: str, scope: ResendScope) -> str:
    """One request of a scope at a time: a second click finds the first."""
    return f"{resend_prefix(account_id)}{scope.kind.value}#{hashlib.sha256(scope.of.encode()).hexdigest()}"


def to_resend_row(resend: Resend) -> ResendRow:
    """Write one; once it is over it is kept for a while."""
    completed_at = resend.completed_at
    return ResendRow(
        resend.company_id,
        resend_key(resend.account_id, resend.scope),
        account_id=resend.account_id,
        scope=resend.scope.kind.value,
        of=resend.scope.of,
        requested_at=to_iso(resend.requested_at),
        correlation_id=resend.correlation_id,
        cursor=resend.cursor,
        counts=json.dumps(dict(resend.counts)) if resend.counts else None,
        completed_at=optional_iso(completed_at),
        ttl=int((completed_at + KEPT_FOR).timestamp()) if completed_at else None,
    )


def to_resend(row: ResendRow) -> Resend:
    """Read one."""
    return Resend(
        company_id=row.company_id,
        account_id=row.account_id,
        scope=ResendScope(ResendKind(row.scope), row.of),
        requested_at=from_iso(row.requested_at),
        correlation_id=row.correlation_id,
        cursor=row.cursor,
        counts=json.loads(row.counts or "{}"),
        completed_at=optional_from_iso(row.completed_at),
    )
