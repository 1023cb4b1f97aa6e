"""Keys of deliveries: each its own, and short enough for DynamoDB, whatever the host and people write."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.aws.stores.delivery_rows import delivery_key, month_key
from shared.domain.deliveries import DeliveryKey
from tests.places import place_at

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


def test_the_longest_path_makes_a_key_that_is_short_enough() -> None:
    for name in ("a" * 255, "\N{RECEIPT}" * 255, "x" + "\N{RECEIPT}" * 254):
        key = month_key(ACCOUNT, place_at(f"/Jenji/2026/03/{name}/{name}.pdf"))
        assert len(key.encode()) <= MOST_BYTES
        assert key.startswith(f"{ACCOUNT}#2026-03#/Jenji/2026/03/")
