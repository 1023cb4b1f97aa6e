"""The conditions and updates of delivery rows: what must hold, and which attributes a change writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.host.expense_rows import ExpenseRow
from shared.aws.stores.delivery_rows import to_delivery_row
from shared.aws.stores.delivery_tables import DeliveryRow
from shared.aws.stores.row_updates import written
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.host_expenses import WITHDRAWN
from shared.domain.timestamps import to_iso

# What each change writes. The rest of the row may be newer than the delivery that was read.
_WHOSE = ("account_id", "expense_id", "document_id", "accepted_at")
_PLACE = ("path", "filed_month", "employee_folder", "filing")
_FILE = ("content_hash", "sha256", "size", "space", "delivered_at")
_END = ("next_try", "status", "changed_at", "reason", "detail", "ttl")
_LOOK = ("looked_at", "found")
_TRIED_AGAIN = (*_END, "since", "tries", "attempts_started", "failed", "correlation_id")


def is_pending() -> Condition:
    """It is neither recorded nor cancelled."""
    return _has_status(DeliveryStatus.PENDING)


def was_cancelled() -> Condition:
    """It is cancelled."""
    return _has_status(DeliveryStatus.CANCELLED)


def has_failed() -> Condition:
    """It has failed, and nobody has had it tried again."""
    return _has_status(DeliveryStatus.FAILED)


def was_delivered() -> Condition:
    """It was delivered, and is not to be sent again."""
    return _has_status(DeliveryStatus.DELIVERED)


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


def has_next_try(delivery: Delivery) -> Condition:
    """Its turn is the one that was read, or it has none."""
    if delivery.next_try is None:
        return DeliveryRow.next_try.does_not_exist()
    same: Condition = DeliveryRow.next_try == to_iso(delivery.next_try)
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


def pending_actions(delivery: Delivery) -> list[Action]:
    """Have it delivered at once; a path on record stays, since a file may lie there already."""
    return [
        DeliveryRow.kind.set(DeliveryRow),
        *_written(delivery, _WHOSE),
        DeliveryRow.candidate.set(DeliveryRow.candidate | 0),
        *retry_actions(delivery),
    ]


def retry_actions(delivery: Delivery) -> list[Action]:
    """The same for one that is on record."""
    return _written(delivery, _TRIED_AGAIN)


def resend_actions(delivery: Delivery) -> list[Action]:
    """The same for one that was looked for; where it lay before stays on record."""
    return _written(delivery, (*_TRIED_AGAIN, *_LOOK))


def look_actions(delivery: Delivery) -> list[Action]:
    """Keep that it was looked for, and nothing else: it was there."""
    return _written(delivery, _LOOK)


def place_actions(delivery: Delivery) -> list[Action]:
    """Keep where it is about to be uploaded."""
    return _written(delivery, (*_PLACE, "candidate"))


def put_off_actions(delivery: Delivery) -> list[Action]:
    """Keep when it is to be tried again, and why."""
    return _written(delivery, ("next_try", "tries", "attempts_started", "reason", "detail"))


def attempt_actions(delivery: Delivery) -> list[Action]:
    """Keep that it is about to be opened."""
    return _written(delivery, ("attempts_started",))


def end_actions(delivery: Delivery, kept_for: timedelta) -> list[Action]:
    """Keep how it ended: delivered, failed or cancelled; so long."""
    row = to_delivery_row(delivery, kept_for)
    match delivery.status:
        case DeliveryStatus.DELIVERED:
            return written(row, (*_END, *_PLACE, *_FILE))
        case DeliveryStatus.FAILED:
            return written(row, (*_END, "failed"))
        case _:
            return written(row, _END)


def _written(delivery: Delivery, names: Iterable[str]) -> list[Action]:
    """Of what is pending nothing ends, however long what is over is kept."""
    return written(to_delivery_row(delivery, timedelta(0)), names)


def _has_status(status: DeliveryStatus) -> Condition:
    same: Condition = DeliveryRow.status == status.value
    return same
