"""The synchronisation's records in DynamoDB: which document is on its way to which Dropbox account."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.host.expense_rows import ExpenseRow
from shared.aws.stores.delivery_rows import (
    FILED,
    delivery_key,
    expense_prefix,
    filed_prefix,
    pending_key,
    to_delivery,
    to_filed_row,
)
from shared.aws.stores.delivery_tables import DeliveriesItem, DeliveryRow, FiledRow
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
from shared.aws.stores.pending_deliveries import (
    DELIVERY,
    PartnerRefused,
    add_turn_change,
    deliveries_in_order,
    find_delivery,
    row_of,
    rows_of,
    turns_between,
    turns_of,
    write_with_turn,
)
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.domain.deliveries import (
    KEPT_FOR,
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

FILED_A_PAGE = 1000


class DeliveryStore:
    """All reads but `recorded_since` are consistent. All methods raise AwsUnavailable besides what they name.

    What is over is kept for so long. An acceptance that is older makes no delivery: nobody could know any
    more whether its documents were delivered.
    """

    def __init__(
        self, *, deliveries_table: str, expenses_table: str | None = None, kept_for: timedelta = KEPT_FOR
    ) -> None:
        """Without `expenses_table` nothing can be cancelled."""
        bind(DeliveriesItem, deliveries_table)
        self._kept_for = kept_for
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
        if accepted_at < now - self._kept_for:
            return 0
        keys = [
            DeliveryKey(company_id, account_id, expense_id, document_id)
            for document_id in dict.fromkeys(document_ids)
        ]
        # Looked at before anything is written: a search finds again and again what is on record.
        with aws_errors_translated():
            on_record = rows_of([(company_id, delivery_key(key)) for key in keys])
        free = [key for key in keys if _is_free(on_record.get(delivery_key(key)))]
        return sum(self._make_pending(key, accepted_at, now, correlation_id) for key in free)

    def find(self, key: DeliveryKey) -> Delivery | None:
        """One delivery as it is now."""
        return find_delivery(key)

    def pending(self, company_id: str, account_id: str, until: datetime, limit: int) -> list[Delivery]:
        """What is due, the longest due first."""
        return deliveries_in_order(
            company_id, turns_between(f"pending#{account_id}#", pending_key(account_id, until)), limit
        )

    def next_pending(self, company_id: str, account_id: str, limit: int) -> list[Delivery]:
        """The account's pending deliveries that are, or will be, due first."""
        return deliveries_in_order(company_id, turns_of(account_id), limit)

    def recorded_since(self, company_id: str, since: datetime) -> list[Delivery]:
        """What was delivered or has failed since then, to any account, oldest first.

        From an index that lags a little: who has just recorded something knows better.
        """
        with aws_errors_translated():
            rows = list(
                DeliveryRow.changed_index.query(
                    company_id,
                    DeliveryRow.changed_at >= to_iso(since),
                    DeliveryRow.status.is_in(DeliveryStatus.DELIVERED.value, DeliveryStatus.FAILED.value),
                )
            )
        return [to_delivery(row) for row in rows]

    def of_expense(self, company_id: str, account_id: str, expense_id: str) -> list[Delivery]:
        """What there is of one expense's documents on the way to an account, by document."""
        with aws_errors_translated():
            rows = list(
                DeliveryRow.query(
                    company_id,
                    DeliveryRow.delivery_key.startswith(expense_prefix(account_id, expense_id)),
                    consistent_read=True,
                )
            )
        return [to_delivery(row) for row in rows]

    def delivered_in_month(self, company_id: str, account_id: str, month: str) -> list[Delivery]:
        """What the folder of a month (`YYYY-MM`) received, by path."""
        with aws_errors_translated():
            rows = list(
                FiledRow.query(
                    company_id,
                    FiledRow.delivery_key.startswith(filed_prefix(account_id, month)),
                    consistent_read=True,
                )
            )
        return sorted(map(to_delivery, rows), key=lambda delivery: (delivery.path or "").encode())

    def filed_page(self, company_id: str, cursor: str | None) -> tuple[list[Delivery], str | None]:
        """A page of all that was ever delivered, to any account, and where it goes on; None at its end."""
        after = None if cursor is None else {"company_id": {"S": company_id}, "delivery_key": {"S": cursor}}
        with aws_errors_translated():
            rows = FiledRow.query(
                company_id,
                FiledRow.delivery_key.startswith(FILED),
                consistent_read=True,
                last_evaluated_key=after,
                limit=FILED_A_PAGE,
                page_size=FILED_A_PAGE,
            )
            found = [to_delivery(row) for row in rows]
        more = rows.last_evaluated_key
        return found, more["delivery_key"]["S"] if more else None

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
        size: int | None = None,
    ) -> Delivery:
        """It lies there. Raises DeliveryNotPending where it was on record as delivered or failed.

        A delivery that was cancelled during its upload was delivered all the same.
        """
        delivered = delivery.delivered(
            place, content_hash=content_hash, sha256=sha256, size=size, space=space, at=at
        )

        def file(writes: Writes) -> None:
            writes.save("filed", to_filed_row(delivered, self._kept_for))

        return write_with_turn(
            delivery, delivered, self._end(delivered), is_pending() | was_cancelled(), together_with=file
        )

    def record_failed(
        self, delivery: Delivery, reason: DeliveryReason, detail: str | None, at: datetime
    ) -> Delivery:
        """It can never be delivered. Raises DeliveryNotPending."""
        failed = delivery.failed(reason, detail, at)
        return write_with_turn(delivery, failed, self._end(failed), is_pending())

    def retry_later(self, delivery: Delivery, tries: int, next_try: datetime, detail: str) -> Delivery:
        """It waits until then, hiding nothing behind it; no drain died of it. Raises DeliveryNotPending."""
        waiting = delivery.put_off(tries, next_try, detail)
        return write_with_turn(delivery, waiting, put_off_actions(waiting), is_pending())

    def note(self, delivery: Delivery) -> Delivery:
        """Note that a careful run is about to take it up. Raises DeliveryNotPending."""
        started = delivery.attempt_started()
        return self._write(started, attempt_actions(started), is_pending())

    def cancel(self, delivery: Delivery, reason: DeliveryReason, at: datetime) -> Delivery:
        """End it while its expense is not accepted, is gone or belongs to another company.

        Raises DeliveryNotPending, or AcceptedAgain where none of these is true of the expense by now.
        """
        key, cancelled = delivery.key, delivery.cancelled(reason, at)

        def check(writes: Writes) -> None:
            writes.check("expense", ExpenseRow, key.expense_id, is_withdrawn_from(key.company_id))

        try:
            return write_with_turn(
                delivery, cancelled, self._end(cancelled), is_pending(), together_with=check
            )
        except PartnerRefused as refusal:
            raise AcceptedAgain(key.expense_id) from refusal

    def move_to_account(self, company_id: str, account_id: str, limit: int, now: datetime) -> int:
        """Have what is pending for the company's other accounts delivered to this one instead.

        Takes so many of them and returns how many it took: 0 when none is left.
        """
        # What is pending for this account lies between its id and `#`, and its id and the character after.
        to_other_accounts = (
            turns_between("pending#", f"pending#{account_id}#"),
            turns_between(f"pending#{account_id}$", "pending$"),
        )
        taken: list[Delivery] = []
        for condition in to_other_accounts:
            if len(taken) < limit:
                taken += deliveries_in_order(company_id, condition, limit - len(taken))
        for delivery in taken:
            self._move_to(account_id, delivery, now)
        return len(taken)

    def _move_to(self, account_id: str, delivery: Delivery, now: datetime) -> None:
        """What is on record for the new account already stays; what was recorded in the meantime too."""
        ended, new = (
            delivery.cancelled(DeliveryReason.ACCOUNT_CHANGED, now),
            delivery.moved_to(account_id, now),
        )

        def start(writes: Writes) -> None:
            writes.update("new delivery", row_of(new.key), pending_actions(new), is_free())
            add_turn_change(writes, None, new)

        with suppress(DeliveryNotPending):
            try:
                write_with_turn(delivery, ended, self._end(ended), is_pending(), together_with=start)
            except PartnerRefused:
                write_with_turn(delivery, ended, self._end(ended), is_pending())

    def _make_pending(
        self, key: DeliveryKey, accepted_at: datetime, now: datetime, correlation_id: str
    ) -> bool:
        delivery = new_delivery(key, accepted_at, now, correlation_id)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.update(DELIVERY, row_of(key), pending_actions(delivery), is_free())
                    add_turn_change(writes, None, delivery)
            except TransactionRefused:
                return False
        return True

    def _end(self, delivery: Delivery) -> list[Action]:
        return end_actions(delivery, self._kept_for)

    @staticmethod
    def _write(delivery: Delivery, actions: list[Action], condition: Condition) -> Delivery:
        with aws_errors_translated():
            try:
                row_of(delivery.key).update(actions, condition=condition)
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise DeliveryNotPending(delivery.key.document_id) from error
                raise
        return delivery


def _is_free(row: DeliveryRow | None) -> bool:
    return row is None or row.status == DeliveryStatus.CANCELLED.value
