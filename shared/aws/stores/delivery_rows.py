"""Translates deliveries and manifests to DynamoDB rows and back."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from shared.aws.stores.tables import DeliveryRow, ManifestRow
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason, DeliveryStatus, Manifest, month_of
from shared.domain.links import Space
from shared.domain.timestamps import from_iso, optional_from_iso, to_iso

# The host chooses its ids; these stand in a key as they are, without ever ending at its separator.
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
# DynamoDB allows 1,024 bytes in a sort key; what sorts alike beyond this may come in any order.
_SORTED_PATH_BYTES = 800


def delivery_key(key: DeliveryKey) -> str:
    """A delivery's sort key: the account first, since each drain reads its own account's only."""
    return f"{key.account_id}#{_part(key.expense_id)}#{_part(key.document_id)}"


def pending_key(account_id: str, next_try: datetime) -> str:
    """The sort key of the sparse index of what is pending."""
    return f"{account_id}#{to_iso(next_try)}"


def failed_key(account_id: str, at: datetime) -> str:
    """The sort key of the sparse index of what has failed."""
    return f"{account_id}#{to_iso(at)}"


def month_prefix(account_id: str, month: str) -> str:
    """What the sort keys of one month's deliveries begin with."""
    return f"{account_id}#{month}#"


def month_key(account_id: str, path: str) -> str:
    """The sort key of the index of what a month's folder received."""
    sorted_path = path.encode()[:_SORTED_PATH_BYTES].decode(errors="ignore")
    return f"{month_prefix(account_id, month_of(path))}{sorted_path}"


def manifests_prefix(account_id: str) -> str:
    """No account is called `manifest`: theirs begin with `dbid:`."""
    return f"manifest#{account_id}#"


def to_delivery(row: DeliveryRow) -> Delivery:
    """Read a delivery."""
    return Delivery(
        key=DeliveryKey(row.company_id, row.account_id, row.expense_id, row.document_id),
        status=DeliveryStatus(row.status),
        accepted_at=from_iso(row.accepted_at),
        since=from_iso(row.since),
        changed_at=from_iso(row.changed_at),
        next_try=optional_from_iso(row.next_try),
        tries=int(row.tries),
        attempts_started=int(row.attempts_started),
        reason=DeliveryReason(row.reason) if row.reason else None,
        detail=row.detail,
        path=row.path,
        candidate=int(row.candidate),
        content_hash=row.content_hash,
        sha256=row.sha256,
        space=Space(row.space) if row.space else None,
        delivered_at=optional_from_iso(row.delivered_at),
        correlation_id=row.correlation_id or "",
    )


def to_manifest(row: ManifestRow) -> Manifest:
    """Read how far a month's manifest is written."""
    return Manifest(
        company_id=row.company_id,
        account_id=row.account_id,
        month=row.manifest_month,
        changes=int(row.changes),
        written_changes=int(row.written_changes or 0),
        written_at=optional_from_iso(row.written_at),
        path=row.path,
        content_hash=row.content_hash,
        rev=row.rev,
    )


def _part(chosen_by_host: str) -> str:
    if _PLAIN_ID.fullmatch(chosen_by_host):
        return chosen_by_host
    return f"~{hashlib.sha256(chosen_by_host.encode()).hexdigest()}"
