"""The turns of pending deliveries: items in the order of next tries, written together with the deliveries.

A turn is found by key, so that a drain that is rung for sees what was written just before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.errors import aws_errors_translated
from shared.aws.stores.delivery_rows import delivery_key, to_delivery, to_pending_row
from shared.aws.stores.delivery_tables import DeliveryRow, PendingRow
from shared.aws.stores.delivery_updates import has_next_try
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus
from shared.domain.errors import DeliveryNotPending

DELIVERY = "delivery"
"""The part of a transaction that writes the delivery itself."""


class PartnerRefused(Exception):  # caught where it is raised for
    """What was to be written together with a delivery did not hold, unlike the delivery itself."""


def row_of(key: DeliveryKey) -> DeliveryRow:
    """The row, by its keys alone."""
    return DeliveryRow(key.company_id, delivery_key(key))


def rows_of(keys: Sequence[tuple[str, str]]) -> dict[str, DeliveryRow]:
    """By sort key, those that there are."""
    return {row.delivery_key: row for row in DeliveryRow.batch_get(keys, consistent_read=True)}


def find_delivery(key: DeliveryKey) -> Delivery | None:
    """One delivery as it is now. Raises AwsUnavailable."""
    with aws_errors_translated():
        try:
            return to_delivery(DeliveryRow.get(key.company_id, delivery_key(key), consistent_read=True))
        except DoesNotExist:
            return None


def turns_between(earliest: str, latest: str) -> Condition:
    """Turns whose sort keys lie between these, those that begin with the latter included."""
    # `$` comes after `#`, with which what follows an instant begins.
    between: Condition = PendingRow.delivery_key.between(earliest, f"{latest}$")
    return between


def turns_of(account_id: str) -> Condition:
    """All of an account's."""
    all_of_them: Condition = PendingRow.delivery_key.startswith(f"pending#{account_id}#")
    return all_of_them


def deliveries_in_order(company_id: str, turns: Condition, limit: int) -> list[Delivery]:
    """The deliveries whose turns these are, in order. Raises AwsUnavailable."""
    with aws_errors_translated():
        found = list(PendingRow.query(company_id, turns, limit=limit, consistent_read=True))
        rows = rows_of([(company_id, turn.of) for turn in found])
        deliveries = [(turn, _pending(rows.get(turn.of))) for turn in found]
        for turn in (turn for turn, delivery in deliveries if delivery is None):
            turn.delete()  # an erasure was cut short between a delivery and its turn
    return [delivery for _, delivery in deliveries if delivery is not None]


def add_turn_change(writes: Writes, before: Delivery | None, after: Delivery) -> None:
    """Add to a transaction that a delivery loses its turn, and gets another if it is still pending."""
    old = to_pending_row(before) if before else None
    new = to_pending_row(after)
    if old is not None and (new is None or new.delivery_key != old.delivery_key):
        writes.delete("turn before", old)
    if new is not None:
        writes.save("turn", new)


def write_with_turn(
    delivery: Delivery,
    changed: Delivery,
    actions: list[Action],
    condition: Condition,
    together_with: Callable[[Writes], None] = lambda _writes: None,
) -> Delivery:
    """Write a change that ends or moves a delivery's turn: all or nothing.

    The turn is that of its next try, which another may have moved since it was read; then again.
    Raises DeliveryNotPending, PartnerRefused, AwsUnavailable.
    """
    as_read = delivery
    while True:
        try:
            with aws_errors_translated(), transaction() as writes:
                together_with(writes)
                writes.update(DELIVERY, row_of(changed.key), actions, condition & has_next_try(as_read))
                add_turn_change(writes, as_read, changed)
        except TransactionRefused as refusal:
            if DELIVERY not in refusal.parts:
                raise PartnerRefused from refusal
            now = find_delivery(changed.key)
            if now is None or now.next_try == as_read.next_try:
                raise DeliveryNotPending(changed.key.document_id) from refusal
            as_read = replace(delivery, next_try=now.next_try)
        else:
            return changed


def _pending(row: DeliveryRow | None) -> Delivery | None:
    delivery = None if row is None else to_delivery(row)
    return delivery if delivery and delivery.status is DeliveryStatus.PENDING else None
