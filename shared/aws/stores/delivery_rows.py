"""Translates deliveries and manifests to DynamoDB rows and back."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from shared.aws.stores.delivery_tables import DeliveryRow, FiledRow, ManifestRow, PendingRow
from shared.domain.deliveries import (
    Delivery,
    DeliveryKey,
    DeliveryReason,
    DeliveryStatus,
    Found,
    Look,
    Manifest,
    ManifestFile,
    ManifestForm,
    Place,
)
from shared.domain.filing.choices import from_code
from shared.domain.links import Space
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

FILED = "filed#"
"""What the sort keys of all filed documents begin with; no account is called so."""
# The host chooses its ids; these stand in a key as they are, without ever ending at its separator.
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")


def delivery_key(key: DeliveryKey) -> str:
    """A delivery's sort key: the account first, since each drain reads its own account's only."""
    return f"{key.account_id}#{_parts(key)}"


def expense_prefix(account_id: str, expense_id: str) -> str:
    """What the sort keys of the deliveries of one expense begin with."""
    return f"{account_id}#{_part(expense_id)}#"


def pending_key(account_id: str, next_try: datetime) -> str:
    """What the sort keys of what is pending until then begin with; no account is called `pending`."""
    return f"pending#{account_id}#{to_iso(next_try)}"


def failed_key(account_id: str, at: datetime) -> str:
    """The sort key of the sparse index of what has failed."""
    return f"{account_id}#{to_iso(at)}"


def filed_prefix(account_id: str, month: str) -> str:
    """What the sort keys of one month's filed documents begin with."""
    return f"{FILED}{account_id}#{month}#"


def manifests_prefix(account_id: str) -> str:
    """No account is called `manifest`: theirs begin with `dbid:`."""
    return f"manifest#{account_id}#"


def pending_row_key(of: str, account_id: str, next_try: datetime) -> str:
    """The sort key of the turn of a delivery, which is known by its own sort key."""
    return f"{pending_key(account_id, next_try)}#{of.removeprefix(f'{account_id}#')}"


def to_pending_row(delivery: Delivery) -> PendingRow | None:
    """Its turn, if it is pending."""
    if delivery.status is not DeliveryStatus.PENDING or delivery.next_try is None:
        return None
    key, of = delivery.key, delivery_key(delivery.key)
    return PendingRow(
        key.company_id,
        pending_row_key(of, key.account_id, delivery.next_try),
        account_id=key.account_id,
        of=of,
        next_try=to_iso(delivery.next_try),
        since=to_iso(delivery.since),
    )


def to_filed_row(delivery: Delivery, kept_for: timedelta) -> FiledRow:
    """Write a delivered document as a line of its month's manifest."""
    key = delivery.key
    month = delivery.place.month if delivery.place else ""
    return FiledRow(
        key.company_id,
        f"{filed_prefix(key.account_id, month)}{_parts(key)}",
        **_attributes(delivery, kept_for),
    )


def to_delivery(row: DeliveryRow | FiledRow) -> Delivery:
    """Read a delivery; one that is filed changed last when it was delivered."""
    changed_at = row.changed_at if isinstance(row, DeliveryRow) else row.delivered_at
    return Delivery(
        key=DeliveryKey(row.company_id, row.account_id, row.expense_id, row.document_id),
        status=DeliveryStatus(row.status),
        accepted_at=from_iso(row.accepted_at),
        since=from_iso(row.since),
        changed_at=from_iso(changed_at),
        next_try=optional_from_iso(row.next_try),
        tries=int(row.tries),
        attempts_started=int(row.attempts_started),
        reason=DeliveryReason(row.reason) if row.reason else None,
        detail=row.detail,
        place=_to_place(row),
        candidate=int(row.candidate),
        content_hash=row.content_hash,
        sha256=row.sha256,
        size=None if row.size is None else int(row.size),
        space=Space(row.space) if row.space else None,
        delivered_at=optional_from_iso(row.delivered_at),
        correlation_id=row.correlation_id or "",
        look=Look(from_iso(row.looked_at), Found(row.found)) if row.looked_at and row.found else None,
    )


def to_delivery_row(delivery: Delivery, kept_for: timedelta) -> DeliveryRow:
    """Write a delivery; one that has failed enters the sparse index, one that is over is kept so long."""
    key = delivery.key
    has_failed = delivery.status is DeliveryStatus.FAILED
    return DeliveryRow(
        key.company_id,
        delivery_key(key),
        changed_at=to_iso(delivery.changed_at),
        failed=failed_key(key.account_id, delivery.changed_at) if has_failed else None,
        **_attributes(delivery, kept_for),
    )


def _attributes(delivery: Delivery, kept_for: timedelta) -> dict[str, Any]:
    key, place = delivery.key, delivery.place
    is_over = delivery.status is not DeliveryStatus.PENDING
    return {
        "account_id": key.account_id,
        "expense_id": key.expense_id,
        "document_id": key.document_id,
        "status": delivery.status.value,
        "accepted_at": to_iso(delivery.accepted_at),
        "since": to_iso(delivery.since),
        "next_try": optional_iso(delivery.next_try),
        "tries": delivery.tries,
        "attempts_started": delivery.attempts_started,
        "reason": delivery.reason.value if delivery.reason else None,
        "detail": delivery.detail,
        "path": place.path if place else None,
        "filed_month": place.month if place else None,
        "employee_folder": place.employee_folder if place else None,
        "filing": place.choice.code if place and place.choice else None,
        "candidate": delivery.candidate,
        "content_hash": delivery.content_hash,
        "sha256": delivery.sha256,
        "size": delivery.size,
        "space": delivery.space.value if delivery.space else None,
        "delivered_at": optional_iso(delivery.delivered_at),
        "correlation_id": delivery.correlation_id or None,
        "looked_at": to_iso(delivery.look.at) if delivery.look else None,
        "found": delivery.look.found.value if delivery.look else None,
        "ttl": int((delivery.changed_at + kept_for).timestamp()) if is_over else None,
    }


def to_manifest(row: ManifestRow) -> Manifest:
    """Read how far a month's manifest is written."""
    return Manifest(
        company_id=row.company_id,
        account_id=row.account_id,
        month=row.manifest_month,
        changes=int(row.changes),
        written_changes=int(row.written_changes or 0),
        written_at=optional_from_iso(row.written_at),
        files={form: file for form in ManifestForm if (file := _to_file(row, form)) != ManifestFile()},
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
        **{
            name: getattr(manifest.file(form), part)
            for form in ManifestForm
            for part, name in file_attributes(form).items()
        },
    )


def file_attributes(form: ManifestForm) -> dict[str, str]:
    """By the parts of a `ManifestFile`, the attributes of the row; the CSV file's were there first."""
    prefix = "" if form is ManifestForm.CSV else "workbook_"
    return {part: f"{prefix}{part}" for part in ("path", "content_hash", "rev")}


def _to_file(row: ManifestRow, form: ManifestForm) -> ManifestFile:
    return ManifestFile(**{part: getattr(row, name) for part, name in file_attributes(form).items()})


def _to_place(row: DeliveryRow | FiledRow) -> Place | None:
    if row.path is None:
        return None
    choice = from_code(row.filing) if row.filing else None
    return Place(row.path, row.filed_month or "", row.employee_folder or "", choice)


def _parts(key: DeliveryKey) -> str:
    return f"{_part(key.expense_id)}#{_part(key.document_id)}"


def _part(chosen_by_host: str) -> str:
    if _PLAIN_ID.fullmatch(chosen_by_host):
        return chosen_by_host
    return f"~{hashlib.sha256(chosen_by_host.encode()).hexdigest()}"
