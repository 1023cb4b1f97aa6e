"""Rings doorbells on an SQS FIFO queue, and puts back those that must wait."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, error_code, failed_part
from shared.domain.errors import MessageNotHeld
from shared.doorbells.messages import AnyDoorbell, deduplication_id, to_message

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# The receipt is too old, or the message gone.
_NOT_HELD = frozenset({"InvalidParameterValue", "MessageNotInflight", "ReceiptHandleIsInvalid"})
# SQS allows twelve hours counted from the receive; an hour is as long as we ever wait in one go.
MAX_WAIT_SECONDS = 3600


class DoorbellQueue:
    """One queue, grouped so that at most one drain of an account or of a company runs."""

    def __init__(self, queue_url: str, client: SQSClient | None = None) -> None:
        self._queue_url = queue_url
        self._given_client = client

    @cached_property
    def _sqs(self) -> SQSClient:
        """Made for the first doorbell: most requests of the page ring for nothing."""
        return self._given_client or make_client("sqs", read_timeout=10)

    def ring(self, doorbell: AnyDoorbell) -> None:
        """Raises AwsUnavailable."""
        with aws_errors_translated("sqs"):
            self._sqs.send_message(
                QueueUrl=self._queue_url,
                MessageBody=to_message(doorbell),
                MessageGroupId=doorbell.group_id,
                MessageDeduplicationId=deduplication_id(),
            )

    def ring_all(self, doorbells: Sequence[AnyDoorbell]) -> None:
        """Ring for up to ten in one call. Raises AwsFailed where any was not taken: then others were."""
        with aws_errors_translated("sqs"):
            answer = self._sqs.send_message_batch(
                QueueUrl=self._queue_url,
                Entries=[
                    {
                        "Id": str(number),
                        "MessageBody": to_message(doorbell),
                        "MessageGroupId": doorbell.group_id,
                        "MessageDeduplicationId": deduplication_id(),
                    }
                    for number, doorbell in enumerate(doorbells)
                ],
            )
        if failed := answer.get("Failed"):
            raise failed_part("sqs", "SendMessageBatch", failed[0]["Code"])

    def put_back(self, receipt_handle: str, seconds: float) -> None:
        """Let a received message be visible again after so many seconds, not sooner and not later.

        Raises MessageNotHeld where it has been visible in the meantime, AwsFailed.
        """
        with aws_errors_translated("sqs"):
            try:
                self._sqs.change_message_visibility(
                    QueueUrl=self._queue_url,
                    ReceiptHandle=receipt_handle,
                    VisibilityTimeout=max(0, min(int(seconds + 0.999), MAX_WAIT_SECONDS)),
                )
            except ClientError as error:
                if error_code(error).rpartition(".")[2] in _NOT_HELD:
                    raise MessageNotHeld(error_code(error)) from error
                raise
