"""Keys of deliveries: each its own, and short enough for DynamoDB, whatever the host and people write."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.aws.stores.delivery_rows import delivery_key, to_filed_row, to_pending_row
from shared.domain.deliveries import KEPT_FOR, DeliveryKey, new_delivery
from tests.places import place_at

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MOST_BYTES = 1024
ACCOUNT = "dbid:" + "a" * 120
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(deadline=None, derandomize=True)
@given(first=st.tuples(TEXTS, TEXTS), second=st.tuples(TEXTS, TEXTS))
def test_two_documents_never_share_a_key(first: tuple[str, str], second: tuple[str, str]) -> None:
    keys = {delivery_key(DeliveryKey("atelier", ACCOUNT, *ids)) for ids in (first, second)}

    assert len(keys) == len({first, second})


def test_ids_without_a_separator_stand_in_the_key_as_they_are() -> None:
    key = DeliveryKey("atelier", "dbid:first", "expense-1", "document-1")

    assert delivery_key(key) == "dbid:first#expense-1#document-1"


def test_the_longest_ids_make_a_key_that_is_short_enough() -> None:
    for length in (200, 201, 5000):
        key = delivery_key(DeliveryKey("atelier", ACCOUNT, "e" * length, "d" * length))
        assert len(key.encode()) <= MOST_BYTES


def test_the_longest_ids_are_short_enough_among_what_is_pending_and_what_is_filed() -> None:
    key = DeliveryKey("atelier", ACCOUNT, "e" * 200, "d" * 200)
    pending = new_delivery(key, NOW, NOW, "")
    delivered = pending.delivered(
        place_at(f"/Jenji/2026/03/{'x' * 255}/{'y' * 255}.pdf"),
        content_hash="",
        sha256="",
        space=None,
        at=NOW,
    )

    place, filed = to_pending_row(pending), to_filed_row(delivered, KEPT_FOR)

    assert place is not None
    assert place.delivery_key.startswith(f"pending#{ACCOUNT}#2026-11-22T09:00:00.000000Z#")
    assert filed.delivery_key.startswith(f"filed#{ACCOUNT}#2026-03#")
    assert max(len(row.delivery_key.encode()) for row in (place, filed)) <= MOST_BYTES
