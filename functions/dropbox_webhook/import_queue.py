"""Sends doorbells to the import queue, ten a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.dropbox_webhook.aws_json_api import CallAws
from functions.dropbox_webhook.deadline import Deadline
from shared.doorbells.messages import Doorbell, deduplication_id, to_message


@dataclass(frozen=True, slots=True)
class Message:
    """A doorbell to be sent; sent again after a lost answer, SQS knows it by its deduplication id."""

    doorbell: Doorbell
    deduplication_id: str


def message_for(doorbell: Doorbell) -> Message:
    """A message with a deduplication id of its own."""
    return Message(doorbell, deduplication_id())


class ImportQueue:
    """A FIFO queue, grouped by Dropbox account."""

    def __init__(self, call_sqs: CallAws, queue_url: str) -> None:
        self._call_sqs = call_sqs
        self._queue_url = queue_url

    def send(self, messages: Sequence[Message], deadline: Deadline) -> list[Message]:
        """Send ten messages at most and return those that SQS did not take. Raises AwsFailed."""
        arguments = {
            "QueueUrl": self._queue_url,
            "Entries": [_entry(number, message) for number, message in enumerate(messages)],
        }
        answer = self._call_sqs("SendMessageBatch", arguments, deadline)
        taken = {entry.get("Id") for entry in answer.get("Successful", [])}
        return [message for number, message in enumerate(messages) if str(number) not in taken]


def _entry(number: int, message: Message) -> dict[str, str]:
    return {
        "Id": str(number),
        "MessageBody": to_message(message.doorbell),
        "MessageGroupId": message.doorbell.group_id,
        "MessageDeduplicationId": message.deduplication_id,
    }
