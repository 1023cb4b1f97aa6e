"""Translates a queue's records into doorbells to be answered, and the answers back for Lambda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.backlogs import Backlog
from shared.domain.errors import AwsUnavailable, MalformedMessage
from shared.doorbells.drain_runner import ComeBackLater, DoorbellAnswer, ReceivedDoorbell
from shared.doorbells.messages import AnyDoorbell

SECONDS_WHILE_AWS_FAILS = 10.0

Item = TypeVar("Item")


class Queue(Protocol):
    """The queue the records come from: see `shared.aws.queues.doorbell_queue`."""

    def put_back(self, receipt_handle: str, seconds: float) -> None:
        """Let a message come back after so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorbellRecords(Generic[Item]):
    """Answers the records of one event; those to be put back are reported as failed.

    `read` makes a doorbell of a message's body, `answer` answers it, `report` logs and counts what was
    recorded, `report_backlog` what is left.
    """

    queue: Queue
    read: Callable[[str], AnyDoorbell]
    answer: Callable[[ReceivedDoorbell], DoorbellAnswer[Item]]
    report: Callable[[Item], None]
    report_backlog: Callable[[Backlog], None]
    logger: Logger
    metrics: Metrics

    def __call__(self, event: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
        """What Lambda expects where `ReportBatchItemFailures` is set."""
        failed = [record["messageId"] for record in event["Records"] if not self._is_answered(record)]
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}

    def _is_answered(self, record: dict[str, Any]) -> bool:
        """Whether the message is done with; every line logged meanwhile says whose it is, and its cause."""
        try:
            return self._answered_or_put_back(record)
        finally:
            self.logger.append_keys(correlation_id=None, doorbell_of=None)

    def _answered_or_put_back(self, record: dict[str, Any]) -> bool:
        try:
            received = self._received(record)
            self.logger.append_keys(
                correlation_id=received.correlation_id, doorbell_of=received.doorbell.group_id
            )
            self._count_age(received)
            answer = self.answer(received)
        except MalformedMessage:
            # Nobody can ever answer it: through its receives at once, into the DLQ and its alarm.
            self.logger.warning("doorbell is malformed", message_id=record["messageId"])
            return self._put_back(record, 0)
        except ComeBackLater as later:
            cause = type(later.__cause__).__name__ if later.__cause__ else "not before"
            self.logger.info("doorbell put back", seconds=later.seconds, cause=cause)
            return self._put_back(record, later.seconds)
        except AwsUnavailable:
            self.logger.exception("AWS is unavailable")
            return self._put_back(record, SECONDS_WHILE_AWS_FAILS)
        self._report(answer)
        return True

    def _received(self, record: dict[str, Any]) -> ReceivedDoorbell:
        attributes = record["attributes"]
        return ReceivedDoorbell(
            doorbell=self.read(record["body"]),
            message_id=record["messageId"],
            sent_at=datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
            receive_count=int(attributes["ApproximateReceiveCount"]),
        )

    def _count_age(self, received: ReceivedDoorbell) -> None:
        """How long it took from ringing to answering, unless it was put back in between."""
        if received.receive_count == 1:
            age = (datetime.now(UTC) - received.sent_at).total_seconds()
            self.metrics.add_metric("DoorbellAgeSeconds", MetricUnit.Seconds, max(0.0, age))

    def _put_back(self, record: dict[str, Any], seconds: float) -> bool:
        self.metrics.add_metric("DoorbellsPutBack", MetricUnit.Count, 1)
        try:
            self.queue.put_back(record["receiptHandle"], seconds)
        except AwsUnavailable:
            self.logger.warning("message comes back when its visibility times out")
        return False

    def _report(self, answer: DoorbellAnswer[Item]) -> None:
        for item in answer.recorded:
            self.report(item)
        if answer.backlog is not None:
            self.report_backlog(answer.backlog)
        if answer.link_broke:
            self.metrics.add_metric("LinksBroken", MetricUnit.Count, 1)
        if answer.unannounced is not None:
            self.logger.error("host events could not be sent", cause=str(answer.unannounced))
            self.metrics.add_metric("HostEventsNotSent", MetricUnit.Count, 1)
        self.logger.info("doorbell answered", answer=answer.reason, recorded=len(answer.recorded))
        self.metrics.add_metric("DoorbellsAnswered", MetricUnit.Count, 1)
