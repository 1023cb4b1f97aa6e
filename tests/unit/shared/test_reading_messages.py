"""The message of the reading queue survives its way, and whatever else lies there is malformed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import MalformedMessage
from shared.doorbells.reading_messages import (
    ReadingDoorbell,
    reading_doorbell_from_message,
    to_reading_message,
)


@pytest.mark.parametrize(
    "doorbell",
    [ReadingDoorbell("alice", "expense-1"), ReadingDoorbell("usér 1", "expense-1", "1-67a2-ab")],
    ids=["plain", "with its cause"],
)
def test_a_doorbell_is_read_as_it_was_written(doorbell: ReadingDoorbell) -> None:
    assert reading_doorbell_from_message(to_reading_message(doorbell)) == doorbell


def test_what_a_newer_release_adds_is_ignored() -> None:
    body = json.dumps({"user_id": "alice", "expense_id": "expense-1", "urgent": True})

    assert reading_doorbell_from_message(body) == ReadingDoorbell("alice", "expense-1")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"user_id": "alice"}',
        '{"user_id": "", "expense_id": "expense-1"}',
        '{"user_id": 5, "expense_id": "expense-1"}',
        json.dumps({"user_id": "a" * 1025, "expense_id": "expense-1"}),
        '{"user_id": "\\ud800", "expense_id": "expense-1"}',
    ],
)
def test_anything_else_is_malformed(body: str) -> None:
    with pytest.raises(MalformedMessage):
        reading_doorbell_from_message(body)


@given(body=st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_whatever_lies_in_the_queue_is_a_whole_doorbell_or_malformed(body: str) -> None:
    try:
        doorbell = reading_doorbell_from_message(body)
    except MalformedMessage:
        return
    assert doorbell.user_id
    assert doorbell.expense_id
