"""Translates deliveries and manifests to DynamoDB rows and back."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from shared.aws.stores.tables import DeliveryRow, ManifestRow
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason, DeliveryStatus, Manifest, Place
from shared.domain.links import Space
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

# The host chooses its ids; these stand in a key as they are, without ever ending at its separator.
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
# DynamoDB allows 1,024 bytes in a sort key; what sorts alike beyond this may come in any order.
_SORTED_PATH_BYTES = 800
_DELIVERED, _FAILED = DeliveryStatus.DELIVERED, DeliveryStatus.FAILED


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


def month_key(account_id: str, place: Place) -> str:
    """The sort key of the index of what a month's folder received."""
    sorted_path = place.path.encode()[:_SORTED_PATH_BYTES].decode(errors="ignore")
    return f"{month_prefix(account_id, place.month)}{sorted_path}"


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
        place=_to_place(row),
        candidate=int(row.candidate),
        content_hash=row.content_hash,
        sha256=row.sha256,
        space=Space(row.space) if row.space else None,
        delivered_at=optional_from_iso(row.delivered_at),
        correlation_id=row.correlation_id or "",
    )


def to_delivery_row(delivery: Delivery) -> DeliveryRow:
    """Write a delivery; each status enters its own sparse index."""
    key, place = delivery.key, delivery.place
    return DeliveryRow(
        key.company_id,
        delivery_key(key),
        account_id=key.account_id,
        expense_id=key.expense_id,
        document_id=key.document_id,
        status=delivery.status.value,
        accepted_at=to_iso(delivery.accepted_at),
        since=to_iso(delivery.since),
        changed_at=to_iso(delivery.changed_at),
        next_try=optional_iso(delivery.next_try),
        tries=delivery.tries,
        attempts_started=delivery.attempts_started,
        reason=delivery.reason.value if delivery.reason else None,
        detail=delivery.detail,
        path=place.path if place else None,
        filed_month=place.month if place else None,
        employee_folder=place.employee_folder if place else None,
        candidate=delivery.candidate,
        content_hash=delivery.content_hash,
        sha256=delivery.sha256,
        space=delivery.space.value if delivery.space else None,
        delivered_at=optional_iso(delivery.delivered_at),
        correlation_id=delivery.correlation_id or None,
        pending=_pending_key(delivery),
        failed=failed_key(key.account_id, delivery.changed_at) if delivery.status is _FAILED else None,
        month=month_key(key.account_id, place) if place and delivery.status is _DELIVERED else None,
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


def to_manifest_row(manifest: Manifest) -> ManifestRow:
    """Write how far a month's manifest is written."""
    return ManifestRow(
        manifest.company_id,
        f"{manifests_prefix(manifest.account_id)}{manifest.month}",
        account_id=manifest.account_id,
        manifest_month=manifest.month,
        changes=manifest.changes,
        written_changes=manifest.written_changes,
        written_at=optional_iso(manifest.written_at),
        path=manifest.path,
        content_hash=manifest.content_hash,
        rev=manifest.rev,
    )


def _pending_key(delivery: Delivery) -> str | None:
    if delivery.status is DeliveryStatus.PENDING and delivery.next_try:
        return pending_key(delivery.key.account_id, delivery.next_try)
    return None


def _to_place(row: DeliveryRow) -> Place | None:
    if row.path is None:
        return None
    return Place(row.path, row.filed_month or "", row.employee_folder or "")


def _part(chosen_by_host: str) -> str:
    if _PLAIN_ID.fullmatch(chosen_by_host):
        return chosen_by_host
    return f"~{hashlib.sha256(chosen_by_host.encode()).hexdigest()}"
