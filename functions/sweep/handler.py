"""Schedule -> the doorbell of every link that is due, so that a lost notification is repaired."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.sweep.ring_due_links import RingDueLinks
from functions.sweep.ring_due_readings import RingDueReadings
from functions.sweep.ring_recorded_batches import RingRecordedBatches
from functions.sweep.send_link_events import SendLinkEvents
from functions.sweep.sweep import Sweep
from shared.aws.host.event_bus import EventBus
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.queues.reading_queue import ReadingQueue
from shared.aws.stores.event_outbox import EventOutbox
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.aws.stores.recorded_batches import RecordedBatchStore
from shared.config.sweep import SweepSettings
from shared.domain.errors import SweepIncomplete
from shared.domain.links import Purpose
from shared.doorbells.messages import correlation_id_in

TIME_TO_TIDY_MILLISECONDS = 20_000
"""Nothing is begun with less left: a call that hangs still times out."""
TIME_FOR_READINGS_MILLISECONDS = 60_000
"""However many links are late, documents that were to be read are not forgotten for them."""

logger = Logger()
metrics = Metrics()


@cache
def composed() -> RingDueLinks:
    """Built at the first invocation, so that a missing setting fails with its name."""
    settings = SweepSettings.from_environment()
    return RingDueLinks(
        links=LinkStore(settings.links_table),
        ring_for={
            Purpose.AUTO_IMPORT: DoorbellQueue(settings.import_queue_url).ring_all,
            Purpose.SYNCHRONISATION: DoorbellQueue(settings.sync_queue_url).ring_all,
        },
        sweep_every=settings.sweep_every,
        sleep=time.sleep,
    )


@cache
def composed_for_readings() -> RingDueReadings:
    """The same for documents to be read."""
    settings = SweepSettings.from_environment()
    return RingDueReadings(
        ReadingJobStore(settings.reading_jobs_table, import_records_table=settings.import_records_table),
        ReadingQueue(settings.reading_queue_url).ring,
    )


@cache
def composed_for_batches() -> RingRecordedBatches:
    """The same for batches whose host is to be told that they are read."""
    settings = SweepSettings.from_environment()
    return RingRecordedBatches(
        RecordedBatchStore(settings.reading_jobs_table), ReadingQueue(settings.reading_queue_url).ring
    )


@cache
def composed_for_events() -> SendLinkEvents:
    """The same for what the host is to be told of links."""
    settings = SweepSettings.from_environment()
    return SendLinkEvents(EventOutbox(settings.links_table), EventBus(settings.event_bus_name).send)


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's signature
    """Sweep once. Raises SweepIncomplete, for Lambda to try again and the alarm to see."""
    correlation_id = correlation_id_in(context.aws_request_id)
    logger.set_correlation_id(correlation_id)

    def has_time(*, beside: int = 0) -> bool:
        return context.get_remaining_time_in_millis() > TIME_TO_TIDY_MILLISECONDS + beside

    sweep = composed()(lambda: has_time(beside=TIME_FOR_READINGS_MILLISECONDS), correlation_id)
    events = composed_for_events()(has_time, sweep, correlation_id)
    metrics.add_metric("LinkEventsSent", MetricUnit.Count, events)
    if not sweep.is_paused:
        metrics.add_metric("ReadingsRung", MetricUnit.Count, composed_for_readings()(has_time, sweep))
        composed_for_batches()(has_time, sweep, correlation_id)
    _report(sweep)
    metrics.add_metric("RunsCompleted", MetricUnit.Count, 1)
    if sweep.failures:
        raise SweepIncomplete(f"{len(sweep.failures)} links, buckets or jobs failed")


def _report(sweep: Sweep) -> None:
    for what, error in sweep.failures.items():
        logger.error("not rung", what=what, exc_info=error)
    logger.info(
        "swept",
        rung=sweep.rung,
        failed=len(sweep.failures),
        is_complete=sweep.is_complete,
        is_paused=sweep.is_paused,
    )
    metrics.add_metric("LinksRung", MetricUnit.Count, sweep.rung)
    metrics.add_metric("LinksNotRung", MetricUnit.Count, len(sweep.failures))
    oldest = sweep.oldest_looks
    metrics.add_metric("ImportLookAgeSeconds", MetricUnit.Seconds, oldest.get(Purpose.AUTO_IMPORT, 0.0))
    metrics.add_metric("DeliveryLookAgeSeconds", MetricUnit.Seconds, oldest.get(Purpose.SYNCHRONISATION, 0.0))
