"""Sending again what is not in Dropbox any more."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.resends import resend_answers
from functions.page_api.resends.composition import ResendUseCases
from functions.page_api.schemas import resends as schemas
from shared.domain.resends import ResendKind, ResendScope

routes = asking.Routes()


def wired() -> ResendUseCases:
    return asking.composed().of(ResendUseCases)


@routes.get(
    "/deliveries/again",
    summary="What was asked to be sent again, and how far that is",
    operation_id="listResends",
    responses=answering(HTTPStatus.OK, schemas.Resends, 403, 409),
)
def list_resends() -> schemas.Resends:
    """Of the last month, for administrators."""
    return resend_answers.resends(wired().list_resends(routes.caller))


@routes.post(
    "/deliveries/again",
    summary="Send again what is not in Dropbox any more",
    operation_id="sendAgain",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Resend, 400, 403, 404, 409, 413),
)
def send_again(
    request: Annotated[schemas.SendMonthAgain | schemas.SendEmployeeAgain | schemas.SendExpenseAgain, Body()],
) -> schemas.Resend:
    """What is there stays as it is. The same one again while it is under way."""
    session, scope = routes.caller, _scope(request)
    resend = wired().request_resend(session, scope, routes.correlation_id)
    asking.logger.info("documents to be sent again", scope=scope.kind.value)
    return resend_answers.resend(resend)


def _scope(
    request: schemas.SendMonthAgain | schemas.SendEmployeeAgain | schemas.SendExpenseAgain,
) -> ResendScope:
    match request:
        case schemas.SendMonthAgain():
            return ResendScope(ResendKind.MONTH, request.month)
        case schemas.SendEmployeeAgain():
            return ResendScope(ResendKind.EMPLOYEE, request.employee)
        case schemas.SendExpenseAgain():
            return ResendScope(ResendKind.EXPENSE, request.expense_id)
