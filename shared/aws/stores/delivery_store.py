"""The synchronisation's records in DynamoDB: which document is on its way to which Dropbox account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.delivery_rows import delivery_key, month_prefix, pending_key, to_delivery
from shared.aws.stores.delivery_updates import (
    attempt_actions,
    end_actions,
    has_candidate,
    is_free,
    is_pending,
    is_withdrawn_from,
    pending_actions,
    place_actions,
    put_off_actions,
    was_cancelled,
)
from shared.aws.stores.tables import DeliveryRow, ExpenseRow, bind
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.deliveries import (
    Delivery,
    DeliveryKey,
    DeliveryReason,
    DeliveryStatus,
    Place,
    new_delivery,
)
from shared.domain.errors import AcceptedAgain, DeliveryNotPending
from shared.domain.links import Space
from shared.domain.timestamps import to_iso

# The parts of a transaction, by which a refusal is told.
_DELIVERY, _EXPENSE = "delivery", "expense"


class DeliveryStore:
    """All reads are consistent. Every method raises AwsUnavailable besides what it names."""

    def __init__(self, *, deliveries_table: str, expenses_table: str | None = None) -> None:
        """Without `expenses_table` nothing can be cancelled."""
        bind(DeliveryRow, deliveries_table)
        if expenses_table is not None:
            bind(ExpenseRow, expenses_table)

    def ensure(
        self,
        company_id: str,
        account_id: str,
        expense_id: str,
        document_ids: Iterable[str],
        *,
        accepted_at: datetime,
        now: datetime,
        correlation_id: str = "",
    ) -> int:
        """Have these documents delivered; how many were not on their way nor recorded before.

        A cancelled delivery is pending again and keeps its path; any other stays as it is.
        """
        keys = [
            DeliveryKey(company_id, account_id, expense_id, document_id)
            for document_id in dict.fromkeys(document_ids)
        ]
        return sum(self._make_pending(key, accepted_at, now, correlation_id) for key in keys)

    def find(self, key: DeliveryKey) -> Delivery | None:
        """One delivery as it is now."""
        with aws_errors_translated():
            try:
                return to_delivery(DeliveryRow.get(key.company_id, delivery_key(key), consistent_read=True))
            except DoesNotExist:
                return None

    def pending(self, company_id: str, account_id: str, until: datetime, limit: int) -> list[Delivery]:
        """What is due, the longest due first."""
        is_due = DeliveryRow.pending.between(f"{account_id}#", pending_key(account_id, until))
        return self._pending(company_id, is_due, limit)

    def next_pending(self, company_id: str, account_id: str, limit: int) -> list[Delivery]:
        """The account's pending deliveries that are, or will be, due first."""
        return self._pending(company_id, DeliveryRow.pending.startswith(f"{account_id}#"), limit)

    def recorded_since(self, company_id: str, since: datetime) -> list[Delivery]:
        """What was delivered or has failed since then, to whichever account, oldest first."""
        with aws_errors_translated():
            rows = list(
                DeliveryRow.changed_index.query(
                    company_id,
                    DeliveryRow.changed_at >= to_iso(since),
                    DeliveryRow.status.is_in(DeliveryStatus.DELIVERED.value, DeliveryStatus.FAILED.value),
                    consistent_read=True,
                )
            )
        return [to_delivery(row) for row in rows]

    def delivered_in_month(self, company_id: str, account_id: str, month: str) -> list[Delivery]:
        """What the folder of a month (`YYYY-MM`) received, by path."""
        with aws_errors_translated():
            rows = list(
                DeliveryRow.month_index.query(
                    company_id,
                    DeliveryRow.month.startswith(month_prefix(account_id, month)),
                    consistent_read=True,
                )
            )
        return [to_delivery(row) for row in rows]

    def choose_path(self, delivery: Delivery, place: Place, candidate: int) -> Delivery:
        """Keep where it is about to be uploaded.

        Raises DeliveryNotPending also where another drain has chosen since the delivery was read.
        """
        placed = delivery.placed(place, candidate)
        return self._write(placed, place_actions(placed), is_pending() & has_candidate(delivery))

    def record_delivered(
        self,
        delivery: Delivery,
        *,
        place: Place,
        content_hash: str,
        sha256: str,
        at: datetime,
        space: Space | None = None,
    ) -> Delivery:
        """It lies there. Raises DeliveryNotPending where it was on record as delivered or failed.

        A delivery that was cancelled during its upload was delivered all the same.
        """
        delivered = delivery.delivered(place, content_hash=content_hash, sha256=sha256, space=space, at=at)
        return self._write(delivered, end_actions(delivered), is_pending() | was_cancelled())

    def record_failed(
        self, delivery: Delivery, reason: DeliveryReason, detail: str | None, at: datetime
    ) -> Delivery:
        """It can never be delivered. Raises DeliveryNotPending."""
        failed = delivery.failed(reason, detail, at)
        return self._write(failed, end_actions(failed), is_pending())

    def retry_later(self, delivery: Delivery, tries: int, next_try: datetime, detail: str) -> Delivery:
        """It waits until then, hiding nothing behind it; no drain died of it. Raises DeliveryNotPending."""
        waiting = delivery.put_off(tries, next_try, detail)
        return self._write(waiting, put_off_actions(waiting), is_pending())

    def note(self, delivery: Delivery) -> Delivery:
        """Note that a careful run is about to take it up. Raises DeliveryNotPending."""
        started = delivery.attempt_started()
        return self._write(started, attempt_actions(started), is_pending())

    def cancel(self, delivery: Delivery, reason: DeliveryReason, at: datetime) -> Delivery:
        """End it while its expense is not accepted, is gone or belongs to another company.

        Raises DeliveryNotPending, or AcceptedAgain where none of these is true of the expense by now.
        """
        key, cancelled = delivery.key, delivery.cancelled(reason, at)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.check(_EXPENSE, ExpenseRow, key.expense_id, is_withdrawn_from(key.company_id))
                    writes.update(_DELIVERY, _row(key), end_actions(cancelled), is_pending())
            except TransactionRefused as refusal:
                if _DELIVERY in refusal.parts:
                    raise DeliveryNotPending(key.document_id) from refusal
                raise AcceptedAgain(key.expense_id) from refusal
        return cancelled

    def move_to_account(self, company_id: str, account_id: str, limit: int, now: datetime) -> int:
        """Have what is pending for the company's other accounts delivered to this one instead.

        Takes so many of them and returns how many it took: 0 when none is left.
        """
        # Sort keys of this account lie between its id and `#`, and its id and the character after.
        to_other_accounts = (DeliveryRow.pending < f"{account_id}#", DeliveryRow.pending >= f"{account_id}$")
        taken: list[Delivery] = []
        for condition in to_other_accounts:
            if len(taken) < limit:
                taken += self._pending(company_id, condition, limit - len(taken))
        for delivery in taken:
            self._move(delivery, account_id, now)
        return len(taken)

    def _move(self, delivery: Delivery, account_id: str, now: datetime) -> None:
        """What is on record for the new account already stays; what was recorded in the meantime too."""
        old, new = delivery.cancelled(DeliveryReason.ACCOUNT_CHANGED, now), delivery.moved_to(account_id, now)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.update("new delivery", _row(new.key), pending_actions(new), is_free())
                    writes.update(_DELIVERY, _row(old.key), end_actions(old), is_pending())
            except TransactionRefused as refusal:
                if _DELIVERY not in refusal.parts:
                    _update(old.key, end_actions(old), is_pending())

    def _make_pending(
        self, key: DeliveryKey, accepted_at: datetime, now: datetime, correlation_id: str
    ) -> bool:
        delivery = new_delivery(key, accepted_at, now, correlation_id)
        with aws_errors_translated():
            return _update(key, pending_actions(delivery), is_free())

    @staticmethod
    def _pending(company_id: str, condition: Condition, limit: int) -> list[Delivery]:
        with aws_errors_translated():
            rows = list(
                DeliveryRow.pending_index.query(company_id, condition, limit=limit, consistent_read=True)
            )
        return [to_delivery(row) for row in rows]

    @staticmethod
    def _write(delivery: Delivery, actions: list[Action], condition: Condition) -> Delivery:
        with aws_errors_translated():
            if not _update(delivery.key, actions, condition):
                raise DeliveryNotPending(delivery.key.document_id)
        return delivery


def _row(key: DeliveryKey) -> DeliveryRow:
    return DeliveryRow(key.company_id, delivery_key(key))


def _update(key: DeliveryKey, actions: list[Action], condition: Condition) -> bool:
    """Whether the condition held."""
    try:
        _row(key).update(actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == CONDITION_FAILED:
            return False
        raise
    return True
