"""The conditions and updates of delivery rows: what must hold, and which attributes a change writes."""

from __future__ import annotations

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.host.expense_rows import ExpenseRow
from shared.aws.stores.delivery_rows import to_delivery_row
from shared.aws.stores.row_updates import written
from shared.aws.stores.tables import DeliveryRow
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.host_expenses import WITHDRAWN

# What each change writes. The rest of the row may be newer than the delivery that was read.
_WHOSE = ("account_id", "expense_id", "document_id", "accepted_at")
_DUE = ("next_try", "pending")
_PLACE = ("path", "filed_month", "employee_folder")
_FILE = ("content_hash", "sha256", "space", "delivered_at", "month")
_END = (*_DUE, "status", "changed_at", "reason", "detail")
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


def pending_actions(delivery: Delivery) -> list[Action]:
    """Have it delivered at once; a path on record stays, since a file may lie there already."""
    return [
        *written(to_delivery_row(delivery), _WHOSE),
        DeliveryRow.candidate.set(DeliveryRow.candidate | 0),
        *retry_actions(delivery),
    ]


def retry_actions(delivery: Delivery) -> list[Action]:
    """The same for one that is on record."""
    return written(to_delivery_row(delivery), _TRIED_AGAIN)


def place_actions(delivery: Delivery) -> list[Action]:
    """Keep where it is about to be uploaded."""
    return written(to_delivery_row(delivery), (*_PLACE, "candidate"))


def put_off_actions(delivery: Delivery) -> list[Action]:
    """Keep when it is to be tried again, and why."""
    return written(to_delivery_row(delivery), (*_DUE, "tries", "attempts_started", "reason", "detail"))


def attempt_actions(delivery: Delivery) -> list[Action]:
    """Keep that it is about to be opened."""
    return written(to_delivery_row(delivery), ("attempts_started",))


def end_actions(delivery: Delivery) -> list[Action]:
    """Keep how it ended: delivered, failed or cancelled."""
    row = to_delivery_row(delivery)
    match delivery.status:
        case DeliveryStatus.DELIVERED:
            return written(row, (*_END, *_PLACE, *_FILE))
        case DeliveryStatus.FAILED:
            return written(row, (*_END, "failed"))
        case _:
            return written(row, _END)


def _has_status(status: DeliveryStatus) -> Condition:
    same: Condition = DeliveryRow.status == status.value
    return same
