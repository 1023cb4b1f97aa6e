"""Where pending deliveries stand: items in the order of next tries, written together with the deliveries.

A place is found by key, so that a drain that is rung for sees what was written just before.
"""

from __future__ import annotations

from pynamodb.expressions.condition import Condition

from shared.aws.stores.delivery_rows import to_pending_row
from shared.aws.stores.delivery_tables import PendingRow
from shared.aws.stores.transactions import Writes
from shared.domain.deliveries import Delivery


def pending_between(earliest: str, latest: str) -> Condition:
    """Places whose sort keys lie between these, those that begin with the latter included."""
    # `$` comes after `#`, with which whatever follows an instant begins.
    between: Condition = PendingRow.delivery_key.between(earliest, f"{latest}$")
    return between


def pending_from(account_id: str) -> Condition:
    """All of an account's."""
    all_of_them: Condition = PendingRow.delivery_key.startswith(f"pending#{account_id}#")
    return all_of_them


def add_move(writes: Writes, before: Delivery | None, after: Delivery) -> None:
    """Add to a transaction that a delivery leaves its place, and takes another if it is still pending."""
    old = to_pending_row(before) if before else None
    new = to_pending_row(after)
    if old is not None and (new is None or new.delivery_key != old.delivery_key):
        writes.delete("place before", old)
    if new is not None:
        writes.save("place", new)
