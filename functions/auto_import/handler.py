"""SQS import queue -> one doorbell answered per invocation."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.auto_import.composition import Composition
from shared.config.auto_import import AutoImportSettings
from shared.confinement.refusals import ConfinementReport
from shared.domain.backlogs import Backlog
from shared.domain.imports import ImportRecord
from shared.doorbells.drain_outcomes import DrainOutcome, DrainReporter
from shared.doorbells.messages import from_message
from shared.doorbells.received import ReceivedDoorbell
from shared.doorbells.sqs_batch import SqsBatch
from shared.dropbox_api.refused_calls import RefusalReport
from shared.workdir import temporary_workdir

TIME_TO_TIDY = timedelta(seconds=90)
"""No file is begun with less left: a slow download, its inspection and the move still fit."""

logger = Logger()
metrics = Metrics()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(
        AutoImportSettings.from_environment(),
        on_refusal=RefusalReport(logger, metrics),
        on_confinement_refused=ConfinementReport(logger, metrics),
    )


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Answer the event's doorbells; those to be put back are reported as failed."""
    with temporary_workdir() as workdir:
        batch: SqsBatch[ReceivedDoorbell, DrainOutcome[ImportRecord]] = SqsBatch(
            put_back=composed().queue.put_back,
            seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
            receive=_receive,
            answer=composed().answer_doorbell(has_time=lambda: _has_time(context), workdir=workdir),
            report=DrainReporter(
                report_item=_report, report_backlog=_report_backlog, logger=logger, metrics=metrics
            ),
            logger=logger,
            metrics=metrics,
        )
        return batch(event)


def _receive(body: str, message_id: str, sent_at: datetime, receive_count: int) -> ReceivedDoorbell:
    return ReceivedDoorbell(from_message(body), message_id, sent_at, receive_count)


def _has_time(context: LambdaContext) -> bool:
    return context.get_remaining_time_in_millis() > TIME_TO_TIDY.total_seconds() * 1000


def _report(record: ImportRecord) -> None:
    logger.info(
        "file recorded",
        outcome=record.outcome.value,
        reason=record.reason,
        expense_id=record.expense_id,
        batch_id=record.batch_id,
        seconds=record.seconds,
    )
    metrics.add_metric("SecondsToImport", MetricUnit.Seconds, record.seconds)
    metrics.add_metric(f"Files{record.outcome.value.capitalize()}", MetricUnit.Count, 1)


def _report_backlog(backlog: Backlog) -> None:
    metrics.add_metric("WaitingFiles", MetricUnit.Count, backlog.waiting)
    metrics.add_metric("StuckFiles", MetricUnit.Count, backlog.stuck)
    if backlog.stuck:
        logger.warning("files are stuck", count=backlog.stuck)
