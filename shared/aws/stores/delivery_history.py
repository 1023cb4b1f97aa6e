"""What became of a company's documents, as administrators see it, and their retry requests.

Nothing here decides about a drain's work, so that reads need not be consistent; each is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from pynamodb.attributes import Attribute
from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.bounded_queries import Query, count, read, read_filtered
from shared.aws.stores.delivery_rows import delivery_key, expense_prefix, pending_row_key, to_delivery
from shared.aws.stores.delivery_tables import DeliveriesItem, DeliveryRow, PendingRow
from shared.aws.stores.delivery_updates import has_failed, retry_actions
from shared.aws.stores.pending_deliveries import add_turn_change, turns_of
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, PendingDeliveries, new_delivery
from shared.domain.paging import Count, Page, Position
from shared.domain.timestamps import from_iso, to_iso

MOST_LOOKED_AT = 1_000
"""Rows behind one page of a filtered list."""
_THREADS = 16
_EARLIEST, _LATEST = "0", "9"


class DeliveryHistory:
    """Every method raises AwsUnavailable."""

    def __init__(self, deliveries_table: str) -> None:
        bind(DeliveriesItem, deliveries_table)

    def all(
        self, company_id: str, *, status: DeliveryStatus | None, after: Position | None, limit: int
    ) -> Page[Delivery]:
        """The company's deliveries to every account, the last changed first."""
        latest = to_iso(after.at) if after else _LATEST
        query = _backwards(DeliveryRow.changed_index.query, company_id, DeliveryRow.changed_at, "", latest)
        start = DeliveryRow(company_id, after.key, changed_at=latest) if after else None
        if status is None:
            found = read(DeliveryRow, query, most=limit, start=start)
        else:
            filtered = partial(query, filter_condition=DeliveryRow.status == status.value)
            found = read_filtered(
                DeliveryRow, filtered, most=limit, most_looked_at=MOST_LOOKED_AT, start=start
            )
        return Page(tuple(map(to_delivery, found.rows)), _position(found.last, DeliveryRow.changed_at, ""))

    def of_account(
        self,
        company_id: str,
        account_id: str,
        *,
        status: DeliveryStatus,
        after: Position | None,
        limit: int,
    ) -> Page[Delivery]:
        """What is pending for an account, the one tried last first, or has failed, the last failed first.

        Raises KeyError for another status.
        """
        of_status = {DeliveryStatus.PENDING: _pending_of, DeliveryStatus.FAILED: _failed_of}[status]
        return of_status(company_id, account_id, after, limit)

    def position_of(self, delivery: Delivery, *, is_of_account: bool) -> Position:
        """Its place in what `all` lists, or `of_account`: what is pending comes there by its next try."""
        is_pending = is_of_account and delivery.status is DeliveryStatus.PENDING
        at = delivery.next_try if is_pending else None
        return Position(at or delivery.changed_at, delivery_key(delivery.key))

    def of_expense(
        self,
        company_id: str,
        account_id: str,
        expense_id: str,
        *,
        status: DeliveryStatus | None,
        after: Position | None,
        limit: int,
    ) -> Page[Delivery]:
        """Deliveries of one expense's documents to an account, by document; a page may hold fewer."""
        prefix = expense_prefix(account_id, expense_id)
        query = partial(DeliveryRow.query, company_id, DeliveryRow.delivery_key.startswith(prefix))
        if after and not after.key.startswith(prefix):
            return Page((), None)
        start = DeliveryRow(company_id, after.key) if after else None
        found = read(DeliveryRow, query, most=limit, start=start)
        items = [to_delivery(row) for row in found.rows]
        last = None if found.last is None else self.position_of(items[-1], is_of_account=False)
        return Page(tuple(item for item in items if status in (None, item.status)), last)

    def pending(
        self, company_id: str, account_id: str, *, stuck_since: datetime, most: int
    ) -> PendingDeliveries:
        """How much is pending for an account, and since when; stuck is what was so before `stuck_since`."""
        found = read(PendingRow, partial(PendingRow.query, company_id, turns_of(account_id)), most=most)
        since = [from_iso(row.since) for row in found.rows]
        return PendingDeliveries(
            count=Count(len(since), is_capped=found.last is not None),
            stuck=sum(moment < stuck_since for moment in since),
            oldest_since=min(since, default=None),
            next_try=from_iso(found.rows[0].next_try) if found.rows else None,
        )

    def count_failed(self, company_id: str, account_id: str, most: int) -> Count:
        """How many deliveries to an account have failed."""
        query = partial(
            DeliveryRow.failed_index.query,
            company_id,
            DeliveryRow.failed.startswith(f"{account_id}#"),
            attributes_to_get=["company_id"],
        )
        return count(query, most=most)

    def count_delivered(self, company_id: str, since: datetime, most: int) -> Count:
        """How many of the company's deliveries were made since then, having looked at `most` changes."""
        query = partial(
            DeliveryRow.changed_index.query,
            company_id,
            DeliveryRow.changed_at >= to_iso(since),
            DeliveryRow.status == DeliveryStatus.DELIVERED.value,
            attributes_to_get=["company_id"],
        )
        return count(query, most=most)

    def find(self, key: DeliveryKey) -> Delivery | None:
        """One delivery. A key that was made up may be that of another kind of row, which is none."""
        with aws_errors_translated():
            try:
                row = DeliveriesItem.get(key.company_id, delivery_key(key), consistent_read=True)
            except DoesNotExist:
                return None
            return to_delivery(row) if isinstance(row, DeliveryRow) else None

    def failed(self, company_id: str, account_id: str, most: int) -> list[DeliveryKey]:
        """The deliveries that `count_failed` counts, the longest failed first."""
        with aws_errors_translated():
            rows = DeliveryRow.failed_index.query(
                company_id,
                DeliveryRow.failed.startswith(f"{account_id}#"),
                limit=most,
            )
            return [to_delivery(row).key for row in rows]

    def retry(self, keys: Sequence[DeliveryKey], at: datetime, correlation_id: str) -> int:
        """Have these delivered after all, unless they have not failed; how many of them will be."""
        with ThreadPoolExecutor(_THREADS) as threads:
            return sum(threads.map(lambda key: _retry(key, at, correlation_id), keys))


def _pending_of(company_id: str, account_id: str, after: Position | None, limit: int) -> Page[Delivery]:
    prefix = f"pending#{account_id}#"
    latest = f"{prefix}{to_iso(after.at) if after else _LATEST}$"
    query = _backwards(PendingRow.query, company_id, PendingRow.delivery_key, prefix, latest)
    start = PendingRow(company_id, pending_row_key(after.key, account_id, after.at)) if after else None
    found = read(PendingRow, query, most=limit, start=start)
    with aws_errors_translated():
        rows = {
            row.delivery_key: row
            for row in DeliveryRow.batch_get([(company_id, turn.of) for turn in found.rows])
        }
    last = None
    if found.last is not None:
        at, _, parts = found.last.delivery_key.removeprefix(prefix).partition("#")
        last = Position(from_iso(at), f"{account_id}#{parts}")
    return Page(tuple(to_delivery(rows[turn.of]) for turn in found.rows if turn.of in rows), last)


def _failed_of(company_id: str, account_id: str, after: Position | None, limit: int) -> Page[Delivery]:
    prefix = f"{account_id}#"
    latest = f"{prefix}{to_iso(after.at) if after else _LATEST}"
    query = _backwards(DeliveryRow.failed_index.query, company_id, DeliveryRow.failed, prefix, latest)
    start = DeliveryRow(company_id, after.key, failed=latest) if after else None
    found = read(DeliveryRow, query, most=limit, start=start)
    return Page(tuple(map(to_delivery, found.rows)), _position(found.last, DeliveryRow.failed, prefix))


def _position(last: DeliveryRow | None, place: Attribute[str], prefix: str) -> Position | None:
    if last is None:
        return None
    at: str = getattr(last, place.attr_name)
    return Position(from_iso(at.removeprefix(prefix)), last.delivery_key)


def _backwards(query: Query, company_id: str, place: Attribute[str], prefix: str, latest: str) -> Query:
    """From the end; sort keys are `prefix` and an instant."""
    return partial(query, company_id, place.between(f"{prefix}{_EARLIEST}", latest), scan_index_forward=False)


def _retry(key: DeliveryKey, at: datetime, correlation_id: str) -> bool:
    pending = new_delivery(key, at, at, correlation_id)
    with aws_errors_translated():
        try:
            with transaction() as writes:
                row = DeliveryRow(key.company_id, delivery_key(key))
                writes.update("delivery", row, retry_actions(pending), has_failed())
                add_turn_change(writes, None, pending)
        except TransactionRefused:
            return False
    return True
