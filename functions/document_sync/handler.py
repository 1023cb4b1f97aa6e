"""SQS synchronisation queue -> one doorbell answered per invocation."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.document_sync.composition import Composition
from shared.config.document_sync import DocumentSyncSettings
from shared.domain.backlogs import Backlog
from shared.domain.deliveries import Delivery
from shared.doorbells.drain_outcomes import DrainOutcome, DrainReporter
from shared.doorbells.messages import company_doorbell_from_message
from shared.doorbells.received import ReceivedDoorbell
from shared.doorbells.sqs_batch import SqsBatch
from shared.dropbox_api.refused_calls import RefusalReport

TIME_TO_TIDY = timedelta(seconds=90)
"""Nothing is begun with less left: what was sent by then can still be committed and recorded."""

logger = Logger()
metrics = Metrics()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(DocumentSyncSettings.from_environment(), on_refusal=RefusalReport(logger, metrics))


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Answer the event's doorbells; those to be put back are reported as failed."""
    batch: SqsBatch[ReceivedDoorbell, DrainOutcome[Delivery]] = SqsBatch(
        put_back=composed().queue.put_back,
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
        receive=_receive,
        answer=composed().answer_doorbell(has_time=lambda: _has_time(context)),
        report=DrainReporter(
            report_item=_report, report_backlog=_report_backlog, logger=logger, metrics=metrics
        ),
        logger=logger,
        metrics=metrics,
    )
    return batch(event)


def _receive(body: str, message_id: str, sent_at: datetime, receive_count: int) -> ReceivedDoorbell:
    return ReceivedDoorbell(company_doorbell_from_message(body), message_id, sent_at, receive_count)


def _has_time(context: LambdaContext) -> bool:
    return context.get_remaining_time_in_millis() > TIME_TO_TIDY.total_seconds() * 1000


def _report(delivery: Delivery) -> None:
    logger.info(
        "delivery recorded",
        status=delivery.status.value,
        reason=delivery.reason,
        detail=delivery.detail,
        expense_id=delivery.key.expense_id,
        document_id=delivery.key.document_id,
        company_id=delivery.key.company_id,
    )
    metrics.add_metric(f"Deliveries{delivery.status.value.capitalize()}", MetricUnit.Count, 1)
    if delivery.delivered_at is not None and delivery.look is None:  # sent again, it is no measure
        seconds = (delivery.delivered_at - delivery.accepted_at).total_seconds()
        metrics.add_metric("SecondsToDeliver", MetricUnit.Seconds, max(0.0, seconds))


def _report_backlog(backlog: Backlog) -> None:
    metrics.add_metric("StuckDeliveries", MetricUnit.Count, backlog.stuck)
    metrics.add_metric("OldestPendingDeliverySeconds", MetricUnit.Seconds, backlog.oldest_seconds)
    if backlog.stuck:
        logger.warning("deliveries are stuck", count=backlog.stuck)
