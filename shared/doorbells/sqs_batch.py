"""The record loop of all three queues: each message of an event is a doorbell, answered or put back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.errors import (
    AwsFailed,
    AwsRefused,
    IntegrationError,
    MalformedMessage,
    MessageNotHeld,
    Retryable,
)
from shared.doorbells.backoff import doorbell_delay
from shared.doorbells.held_message import HELD_SECONDS, HeldMessage
from shared.doorbells.received import ComeBackLater, Received

SECONDS_WHILE_AWS_FAILS = 10.0
HELD_BEYOND_THE_END_SECONDS = 30.0
"""A message that is hidden once for all stays so for so much longer than its answer may last."""

AnyReceived = TypeVar("AnyReceived", bound=Received[Any])
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class SqsBatch(Generic[AnyReceived, Answer]):
    """Answers the records of one event; those to be put back are reported as failed.

    `receive` makes a doorbell of a message: its body, id, when it was sent, how often it was received.
    `answer` answers it, `report` logs and counts what came of it. `put_back` lets a message come back after
    so many seconds, see `shared.aws.queues.doorbell_queue`; `seconds_left` is how long this invocation may
    last. `held_seconds` is how long a message stays hidden after a death, see `HeldMessage`; None where that
    is as long as its answer may last, since what has died holds more than the message.
    """

    put_back: Callable[[str, float], None]
    seconds_left: Callable[[], float]
    receive: Callable[[str, str, datetime, int], AnyReceived]
    answer: Callable[[AnyReceived], Answer]
    report: Callable[[Answer], None]
    logger: Logger
    metrics: Metrics
    held_seconds: float | None = HELD_SECONDS
    seconds_while_aws_fails: float = SECONDS_WHILE_AWS_FAILS

    def __call__(self, event: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
        """What Lambda expects where `ReportBatchItemFailures` is set."""
        failed = [record for record in event["Records"] if not self._is_answered(record)]
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}

    def _is_answered(self, record: dict[str, Any]) -> bool:
        held = self._hold(record)
        if held is None:
            return False
        try:
            with held:
                self.report(self.answer(self._received(record)))
        except (MalformedMessage, Retryable, AwsRefused) as error:
            self._put_back(record, error)
            return False
        finally:
            self.logger.append_keys(correlation_id=None, doorbell_of=None, expense_id=None)
        return True

    def _hold(self, record: dict[str, Any]) -> AbstractContextManager[object] | None:
        """Hide the message while it is answered, whenever it was received; None where that cannot be.

        Where Lambda is short of concurrency, it keeps messages for minutes before it hands them over. One
        that is visible by now is another's: to answer it too would be a second drain of the same account.
        """
        hide = partial(self.put_back, record["receiptHandle"])
        try:
            if self.held_seconds is None:
                hide(self.seconds_left() + HELD_BEYOND_THE_END_SECONDS)
                return nullcontext()
            hide(self.held_seconds)
        except (MessageNotHeld, AwsFailed) as error:
            self.metrics.add_metric("DoorbellsNotHeld", MetricUnit.Count, 1)
            self.logger.warning("message is left alone", message_id=record["messageId"], cause=str(error))
            return None
        return HeldMessage(hide, self.held_seconds, self.logger)

    def _received(self, record: dict[str, Any]) -> AnyReceived:
        """Every line logged from here on says whose it is, and its cause."""
        attributes = record["attributes"]
        sent_at = datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC)
        received = self.receive(
            record["body"], record["messageId"], sent_at, int(attributes["ApproximateReceiveCount"])
        )
        self.logger.append_keys(correlation_id=received.correlation_id, **received.doorbell.log_keys)
        if received.receive_count == 1:
            # Later receives would count how long it was put back for.
            age = (datetime.now(UTC) - sent_at).total_seconds()
            self.metrics.add_metric("DoorbellAgeSeconds", MetricUnit.Seconds, max(0.0, age))
        return received

    def _put_back(self, record: dict[str, Any], error: IntegrationError) -> None:
        self.metrics.add_metric("DoorbellsPutBack", MetricUnit.Count, 1)
        try:
            self.put_back(record["receiptHandle"], self._seconds_for(record, error))
        except (MessageNotHeld, AwsFailed):
            self.logger.warning("message comes back when its visibility times out")

    def _seconds_for(self, record: dict[str, Any], error: IntegrationError) -> float:
        match error:
            case MalformedMessage():
                # Nobody can ever answer it: through its receives at once, into the DLQ and its alarm.
                self.logger.warning("doorbell is malformed", message_id=record["messageId"])
                return 0
            case ComeBackLater():
                self._log_wait(error.seconds, error.__cause__)
                return error.seconds
            case AwsRefused():
                seconds = doorbell_delay(int(record["attributes"]["ApproximateReceiveCount"]))
                self._log_wait(seconds, error)
                return seconds
            case _:
                self.logger.error("AWS is unavailable", exc_info=error)
                return self.seconds_while_aws_fails

    def _log_wait(self, seconds: float, cause: BaseException | None) -> None:
        """A refusal is more than a matter of waiting: where it was met it was said what was refused."""
        log = self.logger.warning if isinstance(cause, AwsRefused) else self.logger.info
        log("doorbell put back", seconds=seconds, cause=type(cause).__name__ if cause else "not before")
