"""SQS reading queue -> the document of one expense read per invocation."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.document_reading.composition import Composition
from functions.document_reading.job.announce_batch import Announcement
from functions.document_reading.job.read_expense import HELD_BACK, ReadingOutcome
from functions.document_reading.job.reader_share import ShareTaken, share_delay
from shared.config.document_reading import DocumentReadingSettings
from shared.confinement.refusals import ConfinementReport
from shared.doorbells.reading_messages import ReadingDoorbell, reading_doorbell_from_message
from shared.doorbells.received import ComeBackLater, Received
from shared.doorbells.sqs_batch import SqsBatch

SECONDS_WHILE_AWS_FAILS = 30.0

logger = Logger()
metrics = Metrics()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(
        DocumentReadingSettings.from_environment(),
        on_confinement_refused=ConfinementReport(logger, metrics),
        on_pages_sent=lambda pages: metrics.add_metric("PagesSentToEngine", MetricUnit.Count, pages),
        on_preview_failed=lambda: metrics.add_metric("PreviewsFailed", MetricUnit.Count, 1),
    )


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Read what the event's doorbells ask for; those to be put back are reported as failed."""
    batch: SqsBatch[Received[ReadingDoorbell], ReadingOutcome] = SqsBatch(
        put_back=composed().queue.put_back,
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
        receive=_receive,
        answer=_answer,
        report=_report,
        logger=logger,
        metrics=metrics,
        held_seconds=None,  # as long as the lease of its job
        seconds_while_aws_fails=SECONDS_WHILE_AWS_FAILS,
    )
    return batch(event)


def _receive(body: str, message_id: str, sent_at: datetime, receive_count: int) -> Received[ReadingDoorbell]:
    return Received(reading_doorbell_from_message(body), message_id, sent_at, receive_count)


def _answer(received: Received[ReadingDoorbell]) -> ReadingOutcome:
    try:
        return composed().answer_doorbell(received.doorbell)
    except ShareTaken as taken:
        metrics.add_metric("ReadingsDeferred", MetricUnit.Count, 1)
        raise ComeBackLater(share_delay(received.receive_count)) from taken


def _report(answer: ReadingOutcome) -> None:
    _report_announcement(answer.announcement)
    if answer.job is None:
        logger.info("doorbell answered", answer=answer.answer)
        if answer.answer == HELD_BACK:
            metrics.add_metric("ReadingsHeldBack", MetricUnit.Count, 1)
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


def _report_announcement(announcement: Announcement | None) -> None:
    if announcement is Announcement.SENT:
        logger.info("host told that a batch is read")
        metrics.add_metric("BatchesRead", MetricUnit.Count, 1)
    elif announcement is Announcement.NOT_SENT:
        logger.error("host events could not be sent")
        metrics.add_metric("HostEventsNotSent", MetricUnit.Count, 1)
