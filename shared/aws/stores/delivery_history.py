"""What became of a company's documents, as administrators see it, and their retry requests.

Nothing here decides about a drain's work, so that reads need not be consistent; each is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.indexes import Index

from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.bounded_queries import Item, Query, count, read, read_filtered
from shared.aws.stores.delivery_rows import delivery_key, to_delivery
from shared.aws.stores.delivery_updates import has_failed, retry_actions
from shared.aws.stores.tables import DeliveryRow, bind
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, PendingDeliveries, new_delivery
from shared.domain.paging import Count, Page, Position
from shared.domain.timestamps import from_iso, to_iso

MOST_LOOKED_AT = 1_000
"""Rows behind one page of a filtered list."""
_THREADS = 16
_EARLIEST, _LATEST = "0", "9"
# The sparse indexes, which begin with the account; what is recorded for good is found among all changes.
_INDEX_OF: Mapping[DeliveryStatus, tuple[Index[DeliveryRow], UnicodeAttribute]] = {
    DeliveryStatus.PENDING: (DeliveryRow.pending_index, DeliveryRow.pending),
    DeliveryStatus.FAILED: (DeliveryRow.failed_index, DeliveryRow.failed),
}


class DeliveryHistory:
    """Every method raises AwsUnavailable."""

    def __init__(self, deliveries_table: str) -> None:
        bind(DeliveryRow, deliveries_table)

    def all(
        self, company_id: str, *, status: DeliveryStatus | None, after: Position | None, limit: int
    ) -> Page[Delivery]:
        """The company's deliveries to whatever account, the last changed first."""
        index, place = DeliveryRow.changed_index, DeliveryRow.changed_at
        query, start = _backwards(index, place, company_id, "", after)
        if status is None:
            found = read(query, most=limit, start=start)
        else:
            filtered = partial(query, filter_condition=DeliveryRow.status == status.value)
            found = read_filtered(filtered, most=limit, most_looked_at=MOST_LOOKED_AT, start=start)
        return _page("changed_at", "", found.items, found.last)

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
        index, place = _INDEX_OF[status]
        query, start = _backwards(index, place, company_id, f"{account_id}#", after)
        found = read(query, most=limit, start=start)
        return _page(place.attr_name, f"{account_id}#", found.items, found.last)

    def position_of(self, delivery: Delivery, *, is_of_account: bool) -> Position:
        """Its place in what `all` lists, or `of_account`: what is pending comes there by its next try."""
        is_pending = is_of_account and delivery.status is DeliveryStatus.PENDING
        at = delivery.next_try if is_pending else None
        return Position(at or delivery.changed_at, delivery_key(delivery.key))

    def pending(
        self, company_id: str, account_id: str, *, stuck_since: datetime, most: int
    ) -> PendingDeliveries:
        """How much is pending for an account, and since when; stuck is what was so before `stuck_since`."""
        query = _of_account(DeliveryStatus.PENDING, company_id, account_id)
        found = read(partial(query, attributes_to_get=["since", "next_try"]), most=most)
        since = [from_iso(item["since"]["S"]) for item in found.items]
        return PendingDeliveries(
            count=Count(len(since), is_capped=found.last is not None),
            stuck=sum(moment < stuck_since for moment in since),
            oldest_since=min(since, default=None),
            next_try=from_iso(found.items[0]["next_try"]["S"]) if found.items else None,
        )

    def count_failed(self, company_id: str, account_id: str, most: int) -> Count:
        """How many deliveries to an account have failed."""
        query = _of_account(DeliveryStatus.FAILED, company_id, account_id)
        return count(partial(query, attributes_to_get=["company_id"]), most=most)

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
        """One delivery."""
        with aws_errors_translated():
            try:
                return to_delivery(DeliveryRow.get(key.company_id, delivery_key(key), consistent_read=True))
            except DoesNotExist:
                return None

    def failed(self, company_id: str, account_id: str, most: int) -> list[DeliveryKey]:
        """The deliveries that `count_failed` counts, the longest failed first."""
        with aws_errors_translated():
            rows = DeliveryRow.failed_index.query(
                company_id,
                DeliveryRow.failed.startswith(f"{account_id}#"),
                consistent_read=True,
                limit=most,
            )
            return [to_delivery(row).key for row in rows]

    def retry(self, keys: Sequence[DeliveryKey], at: datetime, correlation_id: str) -> int:
        """Have these delivered after all, unless they have not failed; how many of them will be."""
        with ThreadPoolExecutor(_THREADS) as threads:
            return sum(threads.map(lambda key: _retry(key, at, correlation_id), keys))


def _of_account(status: DeliveryStatus, company_id: str, account_id: str) -> Query:
    index, place = _INDEX_OF[status]
    return partial(index.query, company_id, place.startswith(f"{account_id}#"))


def _backwards(
    index: Index[DeliveryRow],
    place: UnicodeAttribute,
    company_id: str,
    prefix: str,
    after: Position | None,
) -> tuple[Query, Item | None]:
    """An index from its end, or from after a place; its sort keys are `prefix` and an instant."""
    latest = f"{prefix}{to_iso(after.at) if after else _LATEST}"
    query = partial(
        index.query, company_id, place.between(f"{prefix}{_EARLIEST}", latest), scan_index_forward=False
    )
    if after is None:
        return query, None
    keys = {"company_id": company_id, "delivery_key": after.key, place.attr_name: latest}
    return query, {name: {"S": value} for name, value in keys.items()}


def _page(index: str, prefix: str, items: Sequence[Item], last: Item | None) -> Page[Delivery]:
    deliveries = tuple(to_delivery(DeliveryRow.from_raw_data(dict(item))) for item in items)
    if last is None:
        return Page(deliveries)
    return Page(
        deliveries,
        Position(from_iso(last[index]["S"].removeprefix(prefix)), last["delivery_key"]["S"]),
    )


def _retry(key: DeliveryKey, at: datetime, correlation_id: str) -> bool:
    pending = new_delivery(key, at, at, correlation_id)
    with aws_errors_translated():
        try:
            DeliveryRow(key.company_id, delivery_key(key)).update(
                retry_actions(pending), condition=has_failed()
            )
        except UpdateError as error:
            if error.cause_response_code == CONDITION_FAILED:
                return False
            raise
    return True
