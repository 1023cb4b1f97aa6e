"""Rings for expenses whose documents are to be read, on a standard SQS queue, ten at a time."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, failed_part
from shared.batching import batched
from shared.doorbells.reading_messages import ReadingDoorbell, to_reading_message

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_AT_ONCE = 10  # SQS's limit of a batch


def tenant_group(user_id: str) -> str:
    """Whose message it is, to SQS: a standard queue whose messages name groups is fair among them.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html. A group's
    name has at most 128 characters of ASCII, a host's ids may have more.
    """
    return sha256(user_id.encode()).hexdigest()[:32]


class ReadingQueue:
    """The reading queue, for who rings: quick to give up, since the sweep finds what waits."""

    def __init__(self, queue_url: str, client: SQSClient | None = None) -> None:
        self._queue_url = queue_url
        self._sqs: SQSClient = client or make_client(
            "sqs", connect_timeout=1, read_timeout=2, retries={"max_attempts": 2}
        )

    def ring(self, doorbells: Sequence[ReadingDoorbell]) -> None:
        """Raises AwsUnavailable at the first ten of which any was not taken; the rest is not sent then."""
        for some in batched(doorbells, _AT_ONCE):
            self._send(some)

    def _send(self, doorbells: Sequence[ReadingDoorbell]) -> None:
        with aws_errors_translated("sqs"):
            answer = self._sqs.send_message_batch(
                QueueUrl=self._queue_url,
                Entries=[
                    {
                        "Id": str(number),
                        "MessageBody": to_reading_message(doorbell),
                        "MessageGroupId": tenant_group(doorbell.user_id),
                    }
                    for number, doorbell in enumerate(doorbells)
                ],
            )
        if failed := answer.get("Failed"):
            raise failed_part("sqs", "SendMessageBatch", failed[0]["Code"])
