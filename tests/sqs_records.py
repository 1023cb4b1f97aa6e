"""One message of a queue, as Lambda hands it over."""

from __future__ import annotations

from typing import Any


def receive_record(sqs: Any, queue_url: str) -> dict[str, Any] | None:
    """Receive a message as an event's record; None where none can be received."""
    messages = sqs.receive_message(QueueUrl=queue_url, MessageSystemAttributeNames=["All"]).get("Messages")
    if not messages:
        return None
    [message] = messages
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
    }
