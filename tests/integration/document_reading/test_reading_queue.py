"""Whose a message of the reading queue is, so that SQS is fair among tenants."""

from __future__ import annotations

import pytest

from shared.aws.queues.reading_queue import ReadingQueue
from shared.doorbells.reading_messages import ReadingDoorbell, reading_doorbell_from_message
from tests.integration.conftest import Aws


@pytest.mark.parametrize("other", ["bob", "é" * 500, "alice "])
def test_each_message_says_whose_it_is(aws: Aws, other: str) -> None:
    doorbells = [ReadingDoorbell("alice", "1"), ReadingDoorbell("alice", "2"), ReadingDoorbell(other, "3")]

    ReadingQueue(aws.reading_queue_url).ring(doorbells)

    messages = aws.sqs.receive_message(
        QueueUrl=aws.reading_queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    )["Messages"]
    groups = {
        reading_doorbell_from_message(each["Body"]).expense_id: each["Attributes"]["MessageGroupId"]
        for each in messages
    }
    assert groups["1"] == groups["2"] != groups["3"]
    assert all(len(group) <= 128 and group.isascii() for group in groups.values())
