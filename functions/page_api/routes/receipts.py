"""Receipts: what became of every file of a batch."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.imports import receipt_answers
from functions.page_api.imports.composition import ImportUseCases
from functions.page_api.schemas import receipts as schemas
from functions.page_api.schemas.forms import UpTo200

routes = asking.Routes()


def wired() -> ImportUseCases:
    return asking.composed().of(ImportUseCases)


@routes.get(
    "/imports/receipt",
    summary="What became of every file of a batch",
    operation_id="showReceipt",
    responses=answering(HTTPStatus.OK, schemas.Receipt, 400, 404),
)
def show_receipt(
    *,
    batch_id: Annotated[str, Query(pattern=r"^[0-9A-Za-z-]{1,64}(\.[0-9]{1,4})?$")],
    cursor: asking.Cursor = None,
    limit: Annotated[UpTo200, Query()] = 200,
) -> schemas.Receipt:
    """One of the caller's. Each page has the sums of the whole, as they were when it was read."""
    session = routes.caller
    shown = wired().show_receipt(session, batch_id=batch_id, cursor=cursor, limit=limit)
    return receipt_answers.receipt(shown, session.locale)
