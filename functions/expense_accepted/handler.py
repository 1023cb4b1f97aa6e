"""Stream of the host's expenses -> a pending delivery for every document of an accepted one."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.expense_accepted.ensure_deliveries import Ensured, EnsureDeliveries, ExpenseChange
from shared.aws.host.expense_rows import accepted_from_image
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.link_store import LinkStore
from shared.config.expense_accepted import ExpenseAcceptedSettings
from shared.doorbells.messages import correlation_id_in

logger = Logger()
metrics = Metrics()


@cache
def composed() -> EnsureDeliveries:
    """Built at the first invocation, so that a missing setting fails with its name."""
    settings = ExpenseAcceptedSettings.from_environment()
    return EnsureDeliveries(
        links=LinkStore(settings.links_table),
        deliveries=DeliveryStore(
            deliveries_table=settings.deliveries_table, kept_for=settings.delivered_kept_for
        ),
        read_expense=accepted_from_image,
        ring=DoorbellQueue(settings.sync_queue_url).ring,
    )


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:  # noqa: ARG001 - Lambda's signature
    """Take a batch; Lambda tries it again from the first record that is reported as failed."""
    ensured = composed()([_change(record) for record in event["Records"] if record["eventName"] != "REMOVE"])
    _report(ensured)
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in ensured.failures]}


def _change(record: dict[str, Any]) -> ExpenseChange:
    change = record["dynamodb"]
    written_at = change.get("ApproximateCreationDateTime") or time.time()
    return ExpenseChange(
        record_id=change["SequenceNumber"],
        written_at=datetime.fromtimestamp(written_at, UTC),
        image=change.get("NewImage"),
        correlation_id=correlation_id_in(record.get("eventID")),
    )


def _report(ensured: Ensured) -> None:
    for record_id in ensured.malformed:
        logger.warning("expense is malformed", record_id=record_id)
    for expense_id, count in ensured.unreadable_documents.items():
        logger.warning("documents are malformed", expense_id=expense_id, count=count)
    for record_id, error in ensured.failures.items():
        logger.error("record to be tried again", record_id=record_id, exc_info=error)
    logger.info("deliveries ensured", made_pending=ensured.made_pending, rung=ensured.rung)
    metrics.add_metric("DeliveriesMadePending", MetricUnit.Count, ensured.made_pending)
    metrics.add_metric("ExpensesMalformed", MetricUnit.Count, len(ensured.malformed))
    metrics.add_metric("DocumentsMalformed", MetricUnit.Count, sum(ensured.unreadable_documents.values()))
    metrics.add_metric("RecordsToBeTriedAgain", MetricUnit.Count, len(ensured.failures))
