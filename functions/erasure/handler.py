"""The host's request, or the schedule -> a user or a company forgotten, in as many calls as it takes."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.erasure.composition import compose
from functions.erasure.work_off_erasures import WorkedOff, WorkOffErasures, subject_of
from shared.config.erasure import ErasureSettings
from shared.domain.erasures import Subject
from shared.domain.errors import ErasureFailed, MalformedMessage

TIME_TO_TIDY_MILLISECONDS = 60_000
"""Nothing is begun with less left: a page of anything is done with by then."""

logger = Logger()
metrics = Metrics()


@cache
def composed() -> WorkOffErasures:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return compose(ErasureSettings.from_environment())


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, bool]:
    """`{"is_complete": true}` once all is forgotten; until then the schedule goes on by itself.

    Raises MalformedMessage for what is no request, and ErasureFailed, for the alarm to see.
    """

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > TIME_TO_TIDY_MILLISECONDS

    subject = _subject_of(event)
    worked_off = composed().go_on(has_time) if subject is None else composed().request(subject, has_time)
    _report(worked_off)
    if subject is None:  # a call of the host's says nothing of the schedule
        metrics.add_metric("RunsCompleted", MetricUnit.Count, 1)
    if worked_off.failures:
        raise ErasureFailed(f"{len(worked_off.failures)} erasures failed")
    return {"is_complete": not worked_off.unfinished}


def _subject_of(event: object) -> Subject | None:
    try:
        return subject_of(event)
    except MalformedMessage:
        metrics.add_metric("ErasuresRefused", MetricUnit.Count, 1)
        raise


def _report(worked_off: WorkedOff) -> None:
    """By pseudonym: a log outlives who is forgotten."""
    for pseudonym, error in worked_off.failures.items():
        logger.error("erasure failed", subject=pseudonym, exc_info=error)
    for pseudonym in worked_off.unfinished:
        logger.info("erasure goes on later", subject=pseudonym)
    for pseudonym in worked_off.completed:
        logger.info("erased", subject=pseudonym)
    metrics.add_metric("ErasuresCompleted", MetricUnit.Count, len(worked_off.completed))
