"""Words what became of deliveries as answers of the API, in the user's language."""

from __future__ import annotations

from functions.page_api.cursors import to_id
from functions.page_api.deliveries.list_deliveries import ListedDeliveries
from functions.page_api.schemas import deliveries as schemas
from functions.page_api.schemas.expenses import ExpenseOfEmployee, values_of
from functions.page_api.schemas.resends import LookedFor
from functions.page_api.texts import sentence
from shared.domain.backlogs import is_stuck
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.dropbox_web import file_url
from shared.domain.host_expenses import HostExpense
from shared.domain.timestamps import Clock

_STATES: dict[DeliveryStatus, schemas.DeliveryState] = {
    DeliveryStatus.PENDING: "pending",
    DeliveryStatus.DELIVERED: "delivered",
    DeliveryStatus.FAILED: "failed",
    DeliveryStatus.CANCELLED: "cancelled",
}
STATUS_OF = {state: status for status, state in _STATES.items()}


def deliveries(listed: ListedDeliveries, locale: str, clock: Clock) -> schemas.Deliveries:
    """A page of deliveries."""
    return schemas.Deliveries(
        deliveries=[_delivery(item, listed, locale, clock) for item in listed.deliveries],
        cursor=listed.cursor,
    )


def _delivery(item: Delivery, listed: ListedDeliveries, locale: str, clock: Clock) -> schemas.Delivery:
    expense = listed.expenses.get(item.key.expense_id)
    is_pending = item.status is DeliveryStatus.PENDING
    return schemas.Delivery(
        id=to_id(item.key.account_id, item.key.expense_id, item.key.document_id),
        expense_id=item.key.expense_id,
        document_id=item.key.document_id,
        state=_STATES[item.status],
        path=item.path,
        url=file_url(listed.link, item),
        space=item.space,
        reason=_reason(item, locale),
        accepted_at=item.accepted_at,
        changed_at=item.changed_at,
        delivered_at=item.delivered_at,
        looked_for=_looked_for(item, locale),
        size=item.size,
        content_hash=item.content_hash,
        sha256=item.sha256,
        next_try=item.next_try,
        tries=item.tries,
        is_stuck=is_pending and is_stuck(item.since, clock()),
        expense=_of_employee(expense) if expense else None,
    )


def _of_employee(expense: HostExpense) -> ExpenseOfEmployee:
    return ExpenseOfEmployee(**values_of(expense), employee=expense.employee_name or None)


def _looked_for(item: Delivery, locale: str) -> LookedFor | None:
    if item.look is None:
        return None
    found = item.look.found
    return LookedFor(found=found, at=item.look.at, message=sentence(found, locale))


def _reason(item: Delivery, locale: str) -> schemas.NotDeliveredBecause | None:
    if item.reason is None:
        return None
    code = item.reason
    return schemas.NotDeliveredBecause(code=code, message=sentence(code, locale))
