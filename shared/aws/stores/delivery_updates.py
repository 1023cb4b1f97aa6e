"""The conditions and updates of delivery rows: what may become of a delivery, and what that changes."""

from __future__ import annotations

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.stores.delivery_rows import failed_key, month_key, pending_key
from shared.aws.stores.tables import DeliveryRow, ExpenseRow
from shared.domain.deliveries import WITHDRAWN, Delivery, DeliveryKey, DeliveryReason, DeliveryStatus
from shared.domain.links import Space
from shared.domain.timestamps import to_iso


def is_pending() -> Condition:
    """It is neither recorded nor cancelled."""
    return _has_status(DeliveryStatus.PENDING)


def was_cancelled() -> Condition:
    """It is cancelled."""
    return _has_status(DeliveryStatus.CANCELLED)


def has_failed() -> Condition:
    """It has failed, and nobody has had it tried again."""
    return _has_status(DeliveryStatus.FAILED)


def is_free() -> Condition:
    """It may become pending: there is no such delivery, or only a cancelled one."""
    free: Condition = DeliveryRow.company_id.does_not_exist() | was_cancelled()
    return free


def has_candidate(delivery: Delivery) -> Condition:
    """Nobody has chosen another path since it was read."""
    same_path: Condition = (
        DeliveryRow.path.does_not_exist() if delivery.path is None else DeliveryRow.path == delivery.path
    )
    same: Condition = same_path & (DeliveryRow.candidate == delivery.candidate)
    return same


def is_withdrawn_from(company_id: str) -> Condition:
    """Of an expense: it is not accepted, gone, or not (any more) one of this company's."""
    withdrawn: Condition = (
        ExpenseRow.expense_id.does_not_exist()
        | ExpenseRow.status.is_in(*sorted(status.value for status in WITHDRAWN))
        | ExpenseRow.company_id.does_not_exist()
        | (ExpenseRow.company_id != company_id)
    )
    return withdrawn


def made_pending(key: DeliveryKey, accepted_at: datetime, now: datetime, correlation_id: str) -> list[Action]:
    """It is to be delivered at once; a path chosen before stays, since a file may lie there already."""
    return [
        DeliveryRow.account_id.set(key.account_id),
        DeliveryRow.expense_id.set(key.expense_id),
        DeliveryRow.document_id.set(key.document_id),
        DeliveryRow.accepted_at.set(to_iso(accepted_at)),
        DeliveryRow.candidate.set(DeliveryRow.candidate | 0),
        *tried_again(key.account_id, now, correlation_id),
    ]


def tried_again(account_id: str, now: datetime, correlation_id: str) -> list[Action]:
    """It is pending as if nothing had been tried, save that a path chosen before stays."""
    return [
        DeliveryRow.status.set(DeliveryStatus.PENDING.value),
        DeliveryRow.since.set(to_iso(now)),
        DeliveryRow.changed_at.set(to_iso(now)),
        DeliveryRow.tries.set(0),
        DeliveryRow.attempts_started.set(0),
        DeliveryRow.reason.remove(),
        DeliveryRow.detail.remove(),
        DeliveryRow.failed.remove(),
        _set_unless_empty(DeliveryRow.correlation_id, correlation_id),
        *due(account_id, now),
    ]


def due(account_id: str, next_try: datetime) -> list[Action]:
    """It waits until then, in the index of what is pending."""
    return [
        DeliveryRow.next_try.set(to_iso(next_try)),
        DeliveryRow.pending.set(pending_key(account_id, next_try)),
    ]


def delivered(
    account_id: str, path: str, *, content_hash: str, sha256: str, space: Space | None, at: datetime
) -> list[Action]:
    """It lies there, and enters the index of the path's month."""
    return [
        *_recorded(DeliveryStatus.DELIVERED, at),
        DeliveryRow.path.set(path),
        DeliveryRow.content_hash.set(content_hash),
        DeliveryRow.sha256.set(sha256),
        DeliveryRow.space.remove() if space is None else DeliveryRow.space.set(space.value),
        DeliveryRow.delivered_at.set(to_iso(at)),
        DeliveryRow.month.set(month_key(account_id, path)),
        DeliveryRow.reason.remove(),
        DeliveryRow.detail.remove(),
    ]


def failed(account_id: str, reason: DeliveryReason, detail: str | None, at: datetime) -> list[Action]:
    """It can never be delivered, and enters the index of what has failed."""
    return [
        *_recorded(DeliveryStatus.FAILED, at),
        DeliveryRow.reason.set(reason.value),
        DeliveryRow.detail.remove() if detail is None else DeliveryRow.detail.set(detail),
        DeliveryRow.failed.set(failed_key(account_id, at)),
    ]


def cancelled(reason: DeliveryReason, at: datetime) -> list[Action]:
    """It is not to be delivered (for now)."""
    return [
        *_recorded(DeliveryStatus.CANCELLED, at),
        DeliveryRow.reason.set(reason.value),
        DeliveryRow.detail.remove(),
    ]


def _set_unless_empty(attribute: UnicodeAttribute, value: str) -> Action:
    action: Action = attribute.set(value) if value else attribute.remove()
    return action


def _has_status(status: DeliveryStatus) -> Condition:
    same: Condition = DeliveryRow.status == status.value
    return same


def _recorded(status: DeliveryStatus, at: datetime) -> list[Action]:
    return [
        DeliveryRow.status.set(status.value),
        DeliveryRow.changed_at.set(to_iso(at)),
        DeliveryRow.next_try.remove(),
        DeliveryRow.pending.remove(),
    ]
