"""SQS import queue -> one doorbell answered per invocation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.auto_import.answer_doorbell import (
    ComeBackLater,
    DoorbellAnswer,
    DoorbellAnswerer,
    ReceivedDoorbell,
)
from functions.auto_import.import_run import ImportLimits, ImportRun
from functions.auto_import.inspection.worker_pool import WorkerPool
from functions.auto_import.room import Room
from functions.auto_import.workdir import temporary_workdir
from shared.config import AutoImportSettings
from shared.document_store import DocumentStore
from shared.doorbell_queue import DoorbellQueue
from shared.doorbells import from_message
from shared.dropbox_accounts import DropboxAccounts
from shared.errors import AwsUnavailable, MalformedMessage
from shared.expenses import User
from shared.import_ledger import ImportLedger
from shared.link_store import LinkStore
from shared.links import Link
from shared.timestamps import utc_now
from shared.token_cipher import TokenCipher
from shared.user_directory import UserDirectory

TIME_TO_TIDY = timedelta(seconds=90)
"""No file is begun with less left: a slow download, its inspection and the move still fit."""
SECONDS_WHILE_AWS_FAILS = 10.0

logger = Logger()
metrics = Metrics()


class Collaborators:
    """What is built once for each execution environment."""

    def __init__(self) -> None:
        settings = AutoImportSettings.from_environment()
        self.settings = settings
        self.links = LinkStore(settings.links_table)
        self.users = UserDirectory(settings.users_table)
        self.queue = DoorbellQueue(settings.import_queue_url)
        self.documents = DocumentStore(settings.documents_bucket)
        self.inspector = WorkerPool()
        self.limits = ImportLimits(settings.max_document_bytes, settings.reject_grace)
        self.room = Room(self.limits.bytes_in_flight)
        self.accounts = DropboxAccounts(
            app_key=settings.auto_import_app_key, cipher=TokenCipher(settings.tokens_key_id)
        )
        self.ledger = ImportLedger(
            claims_table=settings.claims_table,
            settlements_table=settings.settlements_table,
            waiting_files_table=settings.waiting_files_table,
            expenses_table=settings.expenses_table,
        )


@cache
def collaborators() -> Collaborators:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Collaborators()


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
            answer = _answerer(context, workdir).answer(received)
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
        collaborators().queue.put_back(record["receiptHandle"], seconds)
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


def _answerer(context: LambdaContext, workdir: Path) -> DoorbellAnswerer:
    outside = collaborators()
    return DoorbellAnswerer(
        links=outside.links,
        users=outside.users,
        doorbells=outside.queue,
        begin=_beginner(outside, context, workdir),
        clock=utc_now,
        sweep_every=outside.settings.sweep_every,
    )


def _beginner(
    outside: Collaborators, context: LambdaContext, workdir: Path
) -> Callable[[ReceivedDoorbell, Link, User, bool], ImportRun]:
    least = TIME_TO_TIDY.total_seconds() * 1000

    def begin(received: ReceivedDoorbell, link: Link, user: User, is_careful: bool) -> ImportRun:
        return ImportRun(
            link=link,
            user=user,
            notified_at=received.notified_at,
            one_at_a_time=is_careful,
            dropbox=outside.accounts.open(link),
            ledger=outside.ledger,
            documents=outside.documents,
            inspector=outside.inspector,
            links=outside.links,
            clock=utc_now,
            has_time=lambda: context.get_remaining_time_in_millis() > least,
            workdir=workdir,
            room=outside.room,
            limits=outside.limits,
        )

    return begin


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
