"""A message is a doorbell or malformed: nothing in between reaches a drain."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.doorbells import Doorbell, from_message, is_account_id, to_message
from shared.errors import MalformedMessage

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=10,
)
instants = st.datetimes().map(datetime.isoformat) | st.datetimes(timezones=st.timezones()).map(
    datetime.isoformat
)
nearly_doorbells = st.fixed_dictionaries(
    {"account_id": st.just("dbid:alice") | anything},
    optional={
        "notified_at": instants | anything,
        "one_at_a_time": anything,
        "new in a later release": anything,
    },
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(body=st.text() | anything.map(json.dumps) | nearly_doorbells.map(json.dumps))
@example(body='{"account_id": "dbid:alice", "notified_at": "2026-11-22T09:00:00"}')
@example(body='{"account_id": "dbid:alice", "notified_at": "0001-01-01T00:00:00+23:59"}')
@example(body='{"account_id": "dbid:alice", "notified_at": "\\ud800"}')
@example(body='{"account_id": "dbid:alice\\n"}')
@example(body="[" * 100_000)
@example(body="9" * 10_000)
def test_whatever_lies_in_the_queue_is_a_whole_doorbell_or_malformed(body: str) -> None:
    try:
        doorbell = from_message(body)
    except MalformedMessage:
        return

    assert is_account_id(doorbell.account_id)
    assert doorbell.one_at_a_time in {True, False}
    assert doorbell.notified_at is None or doorbell.notified_at.utcoffset() == timedelta(0)
    assert from_message(to_message(doorbell)) == doorbell


@pytest.mark.parametrize(
    "doorbell",
    [
        Doorbell("dbid:alice"),
        Doorbell("dbid:alice", datetime(2026, 11, 22, 9, tzinfo=UTC), one_at_a_time=True),
    ],
)
def test_a_doorbell_survives_the_queue(doorbell: Doorbell) -> None:
    assert from_message(to_message(doorbell)) == doorbell


def test_what_a_later_release_adds_is_ignored() -> None:
    assert from_message('{"account_id": "dbid:alice", "colour": "red"}') == Doorbell("dbid:alice")
