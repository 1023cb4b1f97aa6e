"""A message stays hidden for as long as it is answered, and for no longer once that has ended."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from threading import enumerate as living_threads

import pytest
from aws_lambda_powertools import Logger

from shared.domain.errors import AwsRefused, AwsUnavailable, MessageNotHeld
from shared.doorbells.held_message import HeldMessage
from testing.fakes.failing import always, times

HELD_SECONDS = 0.03
"""Renewed every hundredth of a second."""
DEADLINE_SECONDS = 30.0


class Queue:
    """Remembers for how long the message was hidden; `has_met` is set by the call that is waited for.

    `fault` comes first.
    """

    def __init__(self, until_call: int, fault: Callable[..., None] = lambda: None) -> None:
        self.hidden: list[float] = []
        self.has_met = Event()
        self.calls = 0
        self._until_call = until_call
        self._fault = fault

    def hide(self, seconds: float) -> None:
        self.calls += 1
        if self.calls == self._until_call:
            self.has_met.set()
        self._fault()
        self.hidden.append(seconds)


def holding(queue: Queue) -> HeldMessage:
    return HeldMessage(queue.hide, HELD_SECONDS, Logger())


def holders() -> list[Thread]:
    return [thread for thread in living_threads() if thread.name == "held-message"]


def die_holding(queue: Queue) -> None:
    with holding(queue):
        assert queue.has_met.wait(DEADLINE_SECONDS)
        raise ZeroDivisionError


def test_it_is_hidden_again_and_again_until_it_is_answered() -> None:
    queue = Queue(until_call=3)

    with holding(queue):
        assert queue.has_met.wait(DEADLINE_SECONDS)

    assert len(queue.hidden) >= 3
    assert set(queue.hidden) == {HELD_SECONDS}
    assert not holders()


def test_what_raises_leaves_nothing_that_would_hide_it_after_it_was_put_back() -> None:
    queue = Queue(until_call=1)

    with pytest.raises(ZeroDivisionError):
        die_holding(queue)

    assert not holders()


@pytest.mark.parametrize(
    "fault",
    [AwsUnavailable("throttled"), AwsRefused("sqs", "ChangeMessageVisibility", "AccessDenied")],
    ids=lambda error: type(error).__name__,
)
def test_a_renewal_that_fails_is_tried_again(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    queue = Queue(until_call=4, fault=times(2, fault))

    with holding(queue):
        assert queue.has_met.wait(DEADLINE_SECONDS)

    assert len(queue.hidden) >= 2
    assert [each.message for each in caplog.records] == ["message is not held for longer"] * 2


def test_what_another_has_received_since_is_left_to_it(caplog: pytest.LogCaptureFixture) -> None:
    queue = Queue(until_call=1, fault=always(MessageNotHeld("ReceiptHandleIsInvalid")))

    with holding(queue):
        assert queue.has_met.wait(DEADLINE_SECONDS)
        for thread in holders():
            thread.join(DEADLINE_SECONDS)
        calls = queue.calls

    assert queue.calls == calls == 1
    assert [each.message for each in caplog.records] == ["message is held no longer"]
