"""What became of the documents of accepted expenses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic.json_schema import SkipJsonSchema

from functions.page_api import asking
from functions.page_api.deliveries import delivery_answers
from functions.page_api.deliveries.composition import DeliveryUseCases
from functions.page_api.documented import answering
from functions.page_api.schemas import deliveries as schemas
from functions.page_api.schemas.forms import HostId, Requested, RetryAll, UpTo200, Yes
from functions.page_api.searching import Search

routes = asking.Routes()


def wired() -> DeliveryUseCases:
    return asking.composed().of(DeliveryUseCases)


@routes.get(
    "/deliveries",
    summary="What became of documents, the last changed first",
    operation_id="listDeliveries",
    responses=answering(HTTPStatus.OK, schemas.Deliveries, 400, 403),
)
def list_deliveries(
    *,
    expense_id: Annotated[
        HostId | SkipJsonSchema[None],
        Query(description="Of this expense alone, to the account linked now, by document."),
    ] = None,
    state: Annotated[schemas.DeliveryState | SkipJsonSchema[None], Query()] = None,
    of_backfill: Annotated[
        Yes | SkipJsonSchema[None],
        Query(description="Those that the link's last backfill made pending."),
    ] = None,
    search: asking.Words = None,
    since: asking.Since = None,
    until: asking.Until = None,
    cursor: asking.Cursor = None,
    limit: Annotated[UpTo200, Query()] = 50,
) -> schemas.Deliveries:
    """The company's, for its administrators. The pending come by their next try, the last first."""
    session = routes.caller
    status = delivery_answers.STATUS_OF[state] if state else None
    listed = wired().list_deliveries(
        session,
        expense_id=expense_id,
        status=status,
        of_backfill=bool(of_backfill),
        search=Search(search or "", since, until),
        cursor=cursor,
        limit=limit,
    )
    return delivery_answers.deliveries(listed, session.locale, asking.composed().clock)


@routes.post(
    "/deliveries/retries",
    summary="Have failed deliveries tried again",
    operation_id="retryDeliveries",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, Requested, 400, 403, 404, 409, 413),
)
def retry_deliveries(
    request: Annotated[schemas.RetryDelivery | RetryAll, Body()],
) -> Requested:
    """They are pending at once."""
    session, retry = routes.caller, wired().retry_deliveries
    one = request.delivery if isinstance(request, schemas.RetryDelivery) else None
    requested = (
        retry.all(session, routes.correlation_id)
        if one is None
        else retry.one(session, one, routes.correlation_id)
    )
    asking.logger.info("deliveries to be tried again", requested=requested)
    return Requested(requested=requested)
