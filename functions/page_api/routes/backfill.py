"""The delivery of what was accepted before."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from functions.page_api import asking
from functions.page_api.backfill import backfill_answers
from functions.page_api.backfill.composition import BackfillUseCases
from functions.page_api.documented import answering
from functions.page_api.schemas import backfill as schemas
from functions.page_api.schemas.forms import Day
from shared.http.start_date import parse_day

routes = asking.Routes()


def wired() -> BackfillUseCases:
    return asking.composed().of(BackfillUseCases)


@routes.get(
    "/backfill",
    summary="What a backfill since a date would come to",
    operation_id="countBackfill",
    responses=answering(HTTPStatus.OK, schemas.BackfillCount, 400, 403),
)
def count_backfill(since: Annotated[Day, Query()]) -> schemas.BackfillCount:
    """At least so much where the count is not complete."""
    counted = wired().count_backfill(routes.caller, parse_day(since), routes.has_time)
    return schemas.BackfillCount(
        since=counted.since,
        expenses=counted.expenses,
        documents=counted.documents,
        is_complete=counted.is_complete,
    )


@routes.post(
    "/backfill",
    summary="Have delivered what was accepted since a date",
    operation_id="startBackfill",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Backfill, 400, 403, 409, 413),
)
def start_backfill(request: Annotated[schemas.StartBackfill, Body()]) -> schemas.Backfill:
    """The same one again while it is under way; another date takes its place."""
    return backfill_answers.backfill(
        wired().start_backfill(routes.caller, parse_day(request.since), routes.correlation_id)
    )
