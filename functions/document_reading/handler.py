"""SQS reading queue -> the document of one expense read per invocation."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.document_reading.composition import Composition
from functions.document_reading.job.read_expense import ReadingAnswer
from shared.config import DocumentReadingSettings
from shared.domain.errors import AwsUnavailable, MalformedMessage, Retryable
from shared.doorbells.drain_runner import ComeBackLater
from shared.doorbells.reading_messages import reading_doorbell_from_message

SECONDS_WHILE_AWS_FAILS = 30.0

logger = Logger()
metrics = Metrics()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(DocumentReadingSettings.from_environment())


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:  # noqa: ARG001 - Lambda's signature
    """Read what the event's doorbells ask for; those to be put back are reported as failed."""
    failed = [record["messageId"] for record in event["Records"] if not _is_answered(record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _is_answered(record: dict[str, Any]) -> bool:
    """Whether the message is done with."""
    try:
        doorbell = reading_doorbell_from_message(record["body"])
        logger.append_keys(expense_id=doorbell.expense_id, correlation_id=doorbell.correlation_id)
        answer = composed().prefiller.answer(doorbell)
    except MalformedMessage:
        # Nobody can ever answer it: through its receives at once, into the DLQ and its alarm.
        logger.warning("doorbell is malformed", message_id=record["messageId"])
        return _put_back(record, 0)
    except ComeBackLater as later:
        logger.info("document is read later", seconds=later.seconds, cause=type(later.__cause__).__name__)
        return _put_back(record, later.seconds)
    except Retryable:
        logger.exception("document is not read")
        return _put_back(record, SECONDS_WHILE_AWS_FAILS)
    _report(answer)
    return True


def _put_back(record: dict[str, Any], seconds: float) -> bool:
    metrics.add_metric("ReadingsPutBack", MetricUnit.Count, 1)
    try:
        composed().queue.put_back(record["receiptHandle"], seconds)
    except AwsUnavailable:
        logger.warning("message comes back when its visibility times out")
    return False


def _report(answer: ReadingAnswer) -> None:
    if answer.job is None:
        logger.info("doorbell answered", answer=answer.answer)
        return
    logger.info(
        "document read",
        outcome=answer.answer,
        reason=answer.job.reason,
        detail=answer.job.detail,
        filled=answer.filled,
        confirmed=answer.confirmed,
        seconds=answer.seconds,
    )
    metrics.add_metric(f"Documents{answer.answer.capitalize()}", MetricUnit.Count, 1)
    metrics.add_metric("SecondsToRead", MetricUnit.Seconds, answer.seconds)
