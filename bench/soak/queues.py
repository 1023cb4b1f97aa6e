"""What lies on a queue and since when: the emulator shows its messages, which SQS itself does not."""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from local.aws_emulator import AwsEmulator

_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Lying:
    """One message. `hidden_for` are the seconds until it can be received; a standard queue has no groups."""

    group: str
    body: str
    age: float
    hidden_for: float
    receives: int


def messages_on(aws: AwsEmulator, queue_url: str) -> list[Lying]:
    """All of a queue, the oldest first."""
    query = urllib.parse.urlencode({"QueueUrl": queue_url})
    with urllib.request.urlopen(  # noqa: S310 # our own loopback URL
        f"{aws.endpoint_url}/_ministack/sqs/messages?{query}", timeout=_TIMEOUT_SECONDS
    ) as answer:
        accounts = json.load(answer)["messages"].values()
    found = [each for regions in accounts for queues in regions.values() for each in queues[queue_url]]
    return [_lying(each, time.time()) for each in found]


def _lying(message: dict[str, Any], now: float) -> Lying:
    return Lying(
        group=message["MessageGroupId"] or "",
        body=message["Body"],
        age=now - message["SentTimestamp"],
        hidden_for=0.0 if message["IsVisible"] else max(0.0, message["VisibleAt"] - now),
        receives=message["ReceiveCount"],
    )
