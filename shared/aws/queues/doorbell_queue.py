"""Rings doorbells on an SQS FIFO queue, and puts back those that must wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from shared.aws.errors import aws_errors_translated
from shared.doorbells.messages import AnyDoorbell, deduplication_id, to_message

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# SQS allows twelve hours counted from the receive; an hour is as long as we ever wait in one go.
MAX_WAIT_SECONDS = 3600


class DoorbellQueue:
    """One queue, grouped so that at most one drain of an account or of a company runs."""

    def __init__(self, queue_url: str, client: SQSClient | None = None) -> None:
        self._queue_url = queue_url
        self._sqs = client or boto3.client("sqs", config=Config(connect_timeout=3, read_timeout=10))

    def ring(self, doorbell: AnyDoorbell) -> None:
        """Raises AwsUnavailable."""
        with aws_errors_translated():
            self._sqs.send_message(
                QueueUrl=self._queue_url,
                MessageBody=to_message(doorbell),
                MessageGroupId=doorbell.group_id,
                MessageDeduplicationId=deduplication_id(),
            )

    def put_back(self, receipt_handle: str, seconds: float) -> None:
        """Let a received message, about to be reported failed, come back after so many seconds."""
        with aws_errors_translated():
            self._sqs.change_message_visibility(
                QueueUrl=self._queue_url,
                ReceiptHandle=receipt_handle,
                VisibilityTimeout=max(0, min(int(seconds + 0.999), MAX_WAIT_SECONDS)),
            )
