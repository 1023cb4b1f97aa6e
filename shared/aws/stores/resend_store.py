"""What is to be sent again, in DynamoDB: the requests, and the deliveries that they make pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.bounded_queries import read_filtered
from shared.aws.stores.delivery_rows import (
    delivery_key,
    expense_prefix,
    filed_prefix,
    to_delivery,
)
from shared.aws.stores.delivery_tables import DeliveriesItem, DeliveryRow, FiledRow, ResendRow
from shared.aws.stores.delivery_updates import has_failed, look_actions, resend_actions, was_delivered
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.pending_deliveries import add_turn_change, row_of, rows_of
from shared.aws.stores.resend_rows import resend_key, resend_prefix, to_resend, to_resend_row
from shared.aws.stores.row_updates import written
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.audit import KEPT_FOR, AuditEntry
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, Found, Look, new_delivery
from shared.domain.errors import ResendChanged
from shared.domain.resends import Resend, ResendKind, ResendPage, ResendScope

MOST_LOOKED_AT = 2_000
"""Rows behind one page: an employee's documents lie among everybody's."""
_THREADS = 16
_FAILED = "failed "
"""What cursors begin with once all that was delivered is looked at, and what has failed is next."""
_PROGRESS = ("cursor", "counts", "completed_at", "ttl")


class ResendStore:
    """Requests are read consistently. Every method raises AwsUnavailable.

    Only who asks names the table of the audit trail.
    """

    def __init__(
        self,
        deliveries_table: str,
        audit_trail_table: str | None = None,
        *,
        audit_kept_for: timedelta = KEPT_FOR,
    ) -> None:
        self._audit_kept_for = audit_kept_for
        bind(DeliveriesItem, deliveries_table)
        if audit_trail_table is not None:
            bind(AuditRow, audit_trail_table)

    def of_account(self, company_id: str, account_id: str) -> list[Resend]:
        """Those under way and those that are over, the last asked for first."""
        resends = self._read(company_id, account_id, None)
        return sorted(resends, key=lambda resend: resend.requested_at, reverse=True)

    def under_way(self, company_id: str, account_id: str) -> list[Resend]:
        """Those that a drain has to go on with, the first asked for first."""
        resends = self._read(company_id, account_id, ResendRow.completed_at.does_not_exist())
        return sorted(resends, key=lambda resend: resend.requested_at)

    def request(self, resend: Resend, entry: AuditEntry) -> None:
        """Have it worked off, and the audit trail say who asked: both or neither.

        Raises ResendChanged where the same one is under way.
        """
        row = to_resend_row(resend)
        is_over = ResendRow.company_id.does_not_exist() | ResendRow.completed_at.exists()
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.save("trace", to_audit_row(entry, self._audit_kept_for))
                    writes.save("resend", row, is_over)
            except TransactionRefused as refused:
                raise ResendChanged(resend.scope.kind.value) from refused

    def progress(self, before: Resend, after: Resend) -> Resend:
        """Note how far it is. Raises ResendChanged where another drain has come further."""
        row = to_resend_row(after)
        cursor = ResendRow.cursor
        same_place = cursor.does_not_exist() if before.cursor is None else cursor == before.cursor
        is_as_read = (
            (ResendRow.correlation_id == before.correlation_id)
            & ResendRow.completed_at.does_not_exist()
            & same_place
        )
        with aws_errors_translated():
            try:
                key = resend_key(before.account_id, before.scope)
                ResendRow(before.company_id, key).update(written(row, _PROGRESS), condition=is_as_read)
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise ResendChanged(before.scope.kind.value) from error
                raise
        return after

    def page(self, resend: Resend, limit: int) -> ResendPage:
        """What it is about, from its cursor on: what was delivered by expense, then what has failed."""
        if resend.scope.kind is ResendKind.EXPENSE:
            return ResendPage(_of_expense(resend), None)
        cursor = resend.cursor or ""
        if cursor.startswith(_FAILED):
            return _page_of_failed(resend, cursor.removeprefix(_FAILED), limit)
        return _page_of_filed(resend, cursor, limit)

    def send_again(
        self, found: Mapping[DeliveryKey, Found], at: datetime, correlation_id: str
    ) -> set[DeliveryKey]:
        """Have these delivered again, and keep why; those that are pending by now.

        What was delivered or has failed is due at once at the place it had, or the next free one. What is
        pending already stays as it is, and so does what was cancelled.
        """
        return _at_once(lambda key, why: _send_again(key, Look(at, why), correlation_id), found)

    def note_looks(self, found: Mapping[DeliveryKey, Found], at: datetime) -> set[DeliveryKey]:
        """Keep that these were looked for, and nothing else; those of which it is on record."""
        return _at_once(lambda key, what: _note_look(key, Look(at, what)), found)

    @staticmethod
    def _read(company_id: str, account_id: str, condition: Condition | None) -> list[Resend]:
        with aws_errors_translated():
            rows = ResendRow.query(
                company_id,
                ResendRow.delivery_key.startswith(resend_prefix(account_id)),
                condition,
                consistent_read=True,
            )
            return [to_resend(row) for row in rows]


def _at_once(
    write: Callable[[DeliveryKey, Found], bool], found: Mapping[DeliveryKey, Found]
) -> set[DeliveryKey]:
    """Several at a time, since each waits for AWS."""
    with ThreadPoolExecutor(_THREADS) as threads:
        done = list(threads.map(lambda item: write(*item), found.items()))
    return {key for key, is_done in zip(found, done, strict=True) if is_done}


def _send_again(key: DeliveryKey, look: Look, correlation_id: str) -> bool:
    pending = new_delivery(key, look.at, look.at, correlation_id).sent_again(look, correlation_id)
    with aws_errors_translated():
        try:
            with transaction() as writes:
                is_over = was_delivered() | has_failed()
                writes.update("delivery", row_of(key), resend_actions(pending), is_over)
                add_turn_change(writes, None, pending)
        except TransactionRefused:
            return False
    return True


def _note_look(key: DeliveryKey, look: Look) -> bool:
    seen = new_delivery(key, look.at, look.at, "").sent_again(look, "")
    with aws_errors_translated():
        try:
            row_of(key).update(look_actions(seen), condition=was_delivered())
        except UpdateError as error:
            if error_code(error) == CONDITION_FAILED:
                return False
            raise
    return True


def _of_expense(resend: Resend) -> tuple[Delivery, ...]:
    prefix = expense_prefix(resend.account_id, resend.scope.of)
    with aws_errors_translated():
        rows = DeliveryRow.query(
            resend.company_id, DeliveryRow.delivery_key.startswith(prefix), consistent_read=True
        )
        return tuple(map(to_delivery, rows))


def _page_of_filed(resend: Resend, after: str, limit: int) -> ResendPage:
    """What a month's folder received, or of everybody's what the employee's did."""
    month = resend.scope.of if resend.scope.kind is ResendKind.MONTH else None
    prefix = filed_prefix(resend.account_id, month) if month else f"filed#{resend.account_id}#"
    query = partial(
        FiledRow.query,
        resend.company_id,
        FiledRow.delivery_key.startswith(prefix),
        filter_condition=None if month else FiledRow.employee_folder == resend.scope.of,
    )
    start = FiledRow(resend.company_id, after) if after else None
    found = read_filtered(FiledRow, query, most=limit, most_looked_at=MOST_LOOKED_AT, start=start)
    cursor = _FAILED if found.last is None else found.last.delivery_key
    return ResendPage(_as_they_stand(map(to_delivery, found.rows)), cursor)


def _page_of_failed(resend: Resend, after: str, limit: int) -> ResendPage:
    query = partial(
        DeliveryRow.failed_index.query,
        resend.company_id,
        DeliveryRow.failed.startswith(f"{resend.account_id}#"),
        filter_condition=_is_of(resend.scope),
    )
    failed, _, key = after.partition(" ")
    start = DeliveryRow(resend.company_id, key, failed=failed) if after else None
    found = read_filtered(DeliveryRow, query, most=limit, most_looked_at=MOST_LOOKED_AT, start=start)
    now = _as_they_stand(map(to_delivery, found.rows))
    # What was looked at among the delivered, and is pending since, the index may still show.
    failed_now = tuple(delivery for delivery in now if delivery.status is DeliveryStatus.FAILED)
    last = found.last
    return ResendPage(failed_now, None if last is None else f"{_FAILED}{last.failed} {last.delivery_key}")


def _is_of(scope: ResendScope) -> Condition:
    is_of: Condition = (
        DeliveryRow.filed_month == scope.of
        if scope.kind is ResendKind.MONTH
        else DeliveryRow.employee_folder == scope.of
    )
    return is_of


def _as_they_stand(listed: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """The deliveries themselves: a line of a manifest stays while its document is on its way again."""
    keys = [(delivery.key.company_id, delivery_key(delivery.key)) for delivery in listed]
    with aws_errors_translated():
        rows = rows_of(keys)
    return tuple(to_delivery(rows[key]) for _, key in keys if key in rows)
