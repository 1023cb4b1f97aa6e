"""A message is held first of all: who no longer holds it leaves it to whoever has received it since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics

from shared.domain.errors import AwsRefused, AwsUnavailable, MessageNotHeld
from shared.doorbells.held_message import HELD_SECONDS
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from shared.doorbells.sqs_batch import SqsBatch
from testing.fakes.failing import always

SENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Queue:
    """Remembers for how long messages were hidden; `fault` comes first."""

    def __init__(self, fault: Callable[..., None] = lambda *_: None) -> None:
        self.hidden: list[tuple[str, float]] = []
        self._fault = fault

    def put_back(self, receipt_handle: str, seconds: float) -> None:
        self._fault()
        self.hidden.append((receipt_handle, seconds))


def record(receive_count: int = 1) -> dict[str, Any]:
    return {
        "messageId": "message",
        "receiptHandle": "receipt",
        "body": "{}",
        "attributes": {
            "SentTimestamp": str(int(SENT.timestamp() * 1000)),
            "ApproximateReceiveCount": str(receive_count),
        },
    }


def answer(
    queue: Queue,
    act: Callable[[ReceivedDoorbell], None],
    *,
    receive_count: int = 1,
    held_seconds: float | None = HELD_SECONDS,
) -> list[dict[str, str]]:
    """The failures that Lambda is told of."""
    batch: SqsBatch[ReceivedDoorbell, None] = SqsBatch(
        put_back=queue.put_back,
        seconds_left=lambda: 298.5,
        receive=lambda _body, message_id, sent_at, count: ReceivedDoorbell(
            Doorbell("dbid:alice"), message_id, sent_at, count
        ),
        answer=act,
        report=lambda _: None,
        logger=Logger(),
        metrics=Metrics(),
        held_seconds=held_seconds,
    )
    return batch({"Records": [record(receive_count)]})["batchItemFailures"]


def test_a_message_is_hidden_before_anything_else_and_comes_back_within_a_minute_of_a_death() -> None:
    queue = Queue()
    hidden_then: list[list[tuple[str, float]]] = []

    failures = answer(queue, lambda _: hidden_then.append(list(queue.hidden)))

    assert failures == []
    assert hidden_then == [[("receipt", 60.0)]]


def test_what_holds_more_than_its_message_is_hidden_once_for_as_long_as_its_answer_may_last() -> None:
    queue = Queue()

    failures = answer(queue, lambda _: None, held_seconds=None)

    assert failures == []
    assert queue.hidden == [("receipt", 328.5)]


@pytest.mark.parametrize(
    "fault",
    [
        MessageNotHeld("ReceiptHandleIsInvalid"),
        AwsUnavailable("throttled"),
        AwsRefused("sqs", "ChangeMessageVisibility", "AccessDenied"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_message_that_cannot_be_held_is_not_answered_and_comes_back(fault: Exception) -> None:
    answered: list[ReceivedDoorbell] = []

    failures = answer(Queue(always(fault)), answered.append)

    assert answered == []
    assert failures == [{"itemIdentifier": "message"}]


def test_one_put_back_comes_back_when_it_is_to_and_not_when_the_hold_ends() -> None:
    queue = Queue()

    failures = answer(queue, always(ComeBackLater(37)))

    assert [seconds for _, seconds in queue.hidden] == [60.0, 37]
    assert failures == [{"itemIdentifier": "message"}]


def test_what_aws_refuses_comes_back_later_and_later_and_warns(caplog: pytest.LogCaptureFixture) -> None:
    queue = Queue()
    refused = always(AwsRefused("dynamodb", "GetItem", "AccessDeniedException"))

    for receive_count in (1, 5, 90):
        answer(queue, refused, receive_count=receive_count)

    first, later, last = [seconds for _, seconds in queue.hidden[1::2]]
    assert 4 <= first <= 5 < 64 <= later <= 80 < 720 <= last <= 900
    warned = [each.levelname for each in caplog.records if each.message == "doorbell put back"]
    assert warned == ["WARNING"] * 3
