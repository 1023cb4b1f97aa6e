"""Ids and cursors: what we made is understood, and everything else is told from it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.page_api.cursors import (
    from_cursor,
    from_id,
    position_cursor,
    position_in,
    to_cursor,
    to_id,
)
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.paging import Position

LIST = ("files", "alice", None, "rejected")
AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
NO_PLACES = ["", "no instant", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z ", "2026-11-22T09:00:00 key"]
parts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=100)


@given(st.lists(parts, min_size=1, max_size=3))
def test_an_id_is_read_as_it_was_made(made: list[str]) -> None:
    text = to_id(*made)

    assert from_id(text, len(made)) == made
    assert text.isascii()
    assert not set(text) & set("+/=&?#% ")


@given(parts)
def test_a_cursor_is_read_as_it_was_made(place: str) -> None:
    assert from_cursor(LIST, to_cursor(LIST, place)) == place


@given(st.datetimes(timezones=st.just(UTC)), parts.filter(lambda key: len(key.encode()) <= 1024))
def test_a_place_in_a_list_is_read_as_it_was_made(at: datetime, key: str) -> None:
    cursor = position_cursor(LIST, Position(at, key))

    assert position_in(LIST, cursor) == Position(at, key)


def test_a_list_that_ends_has_no_cursor_and_begins_without_one() -> None:
    assert position_cursor(LIST, None) is None
    assert position_in(LIST, None) is None


@given(st.text(max_size=200))
def test_any_other_text_is_no_id_and_no_cursor(text: str) -> None:
    with pytest.raises(RequestRefused) as not_found:
        from_id(text, 2)
    with pytest.raises(RequestRefused) as invalid:
        from_cursor(LIST, text)

    assert not_found.value.code is RefusalCode.NOT_FOUND
    assert invalid.value.code is RefusalCode.INVALID_CURSOR


@pytest.mark.parametrize(
    "other",
    [
        ("files", "bob", None, "rejected"),
        ("files", "alice", None, None),
        ("files", "alice", "rejected", None),
        ("batches", "alice", None, "rejected"),
        ("files", "alice", None, "rejected", None),
    ],
)
def test_a_cursor_is_good_for_one_list_of_one_subject(other: tuple[str | None, ...]) -> None:
    with pytest.raises(RequestRefused):
        from_cursor(other, to_cursor(LIST, "place"))


@pytest.mark.parametrize(
    "place",
    [*NO_PLACES, f"2026-11-22T09:00:00Z {'k' * 1025}"],
)
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(RequestRefused):
        position_in(LIST, to_cursor(LIST, place))


def test_an_id_has_as_many_parts_as_it_should() -> None:
    with pytest.raises(RequestRefused):
        from_id(to_id("a", "b"), 1)


def test_padding_and_other_spellings_of_the_same_bytes_are_not_ours() -> None:
    text = to_id("a")

    for spelling in (f"{text}=", f" {text}", f"{text}\n"):
        with pytest.raises(RequestRefused):
            from_id(spelling, 1)
