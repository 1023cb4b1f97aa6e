"""Calls that wait at the same time."""

from __future__ import annotations

import threading

import pytest

from shared.at_once import at_once
from shared.domain.errors import AwsUnavailable, LinkChanged


def test_calls_wait_for_each_other() -> None:
    meeting = threading.Barrier(2)

    answers = at_once(lambda: meeting.wait(10) >= 0, lambda: meeting.wait(10) >= 0)

    assert answers == (True, True)


def test_answers_come_in_the_order_of_the_calls() -> None:
    answers = at_once(lambda: 1, lambda: "two")

    assert answers == (1, "two")


def test_of_two_errors_that_of_the_first_call_is_raised() -> None:
    def unlinked() -> None:
        raise LinkChanged("user:alice")

    def throttled() -> None:
        raise AwsUnavailable("throttled")

    with pytest.raises(LinkChanged):
        at_once(unlinked, throttled)


def test_an_error_waits_for_the_other_call() -> None:
    ended = []

    def throttled() -> None:
        raise AwsUnavailable("throttled")

    with pytest.raises(AwsUnavailable):
        at_once(throttled, lambda: ended.append("the other"))

    assert ended == ["the other"]
