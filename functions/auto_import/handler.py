"""SQS import queue -> one doorbell answered per invocation."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.auto_import.answer_doorbell import (
    ComeBackLater,
    DoorbellAnswer,
    ReceivedDoorbell,
)
from functions.auto_import.composition import Composition
from functions.auto_import.workdir import temporary_workdir
from shared.config import AutoImportSettings
from shared.doorbells import from_message
from shared.errors import AwsUnavailable, MalformedMessage

TIME_TO_TIDY = timedelta(seconds=90)
"""No file is begun with less left: a slow download, its inspection and the move still fit."""
SECONDS_WHILE_AWS_FAILS = 10.0

logger = Logger()
metrics = Metrics()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(AutoImportSettings.from_environment())


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Answer the event's doorbells; those to be put back are reported as failed."""
    failed = [record["messageId"] for record in event["Records"] if not _answer(record, context)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _answer(record: dict[str, Any], context: LambdaContext) -> bool:
    """Whether the message is done with."""
    try:
        received = _received(record)
        with temporary_workdir() as workdir:
            answerer = composed().answerer(has_time=lambda: _has_time(context), workdir=workdir)
            answer = answerer.answer(received)
    except MalformedMessage:
        # Nobody can ever answer it: through its receives at once, into the DLQ and its alarm.
        logger.error("doorbell is malformed", message_id=record["messageId"])  # noqa: TRY400 - no trace needed
        return _put_back(record, 0)
    except ComeBackLater as later:
        cause = type(later.__cause__).__name__ if later.__cause__ else "not before"
        logger.info("doorbell put back", seconds=later.seconds, cause=cause)
        return _put_back(record, later.seconds)
    except AwsUnavailable:
        logger.exception("AWS is unavailable")
        return _put_back(record, SECONDS_WHILE_AWS_FAILS)
    _report(answer)
    return True


def _put_back(record: dict[str, Any], seconds: float) -> bool:
    metrics.add_metric("DoorbellsPutBack", MetricUnit.Count, 1)
    try:
        composed().queue.put_back(record["receiptHandle"], seconds)
    except AwsUnavailable:
        logger.warning("message comes back when its visibility times out")
    return False


def _received(record: dict[str, Any]) -> ReceivedDoorbell:
    attributes = record["attributes"]
    return ReceivedDoorbell(
        doorbell=from_message(record["body"]),
        message_id=record["messageId"],
        sent_at=datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
        receive_count=int(attributes["ApproximateReceiveCount"]),
    )


def _has_time(context: LambdaContext) -> bool:
    return context.get_remaining_time_in_millis() > TIME_TO_TIDY.total_seconds() * 1000


def _report(answer: DoorbellAnswer) -> None:
    for settlement in answer.settled:
        logger.info(
            "file settled",
            outcome=settlement.outcome.value,
            reason=settlement.reason,
            expense_id=settlement.expense_id,
            batch_id=settlement.batch_id,
            seconds=settlement.seconds,
        )
        metrics.add_metric("SecondsToSettle", MetricUnit.Seconds, settlement.seconds)
    for outcome, count in Counter(row.outcome for row in answer.settled).items():
        metrics.add_metric(f"Files{outcome.value.capitalize()}", MetricUnit.Count, count)
    logger.info("doorbell answered", answer=answer.reason, settled=len(answer.settled))
    metrics.add_metric("DoorbellsAnswered", MetricUnit.Count, 1)
