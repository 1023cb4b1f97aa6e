"""Whom the company's folder is shared with."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.schemas import sharing as schemas
from functions.page_api.sharing import sharing_answers
from functions.page_api.sharing.composition import SharingUseCases
from functions.page_api.sharing.show_sharing import ShownSharing
from shared.domain.sharing import Access, Change, ChangeKind
from shared.http.request_limits import SHARING

routes = asking.Routes()


def wired() -> SharingUseCases:
    return asking.composed().of(SharingUseCases)


@routes.get(
    "/sharing",
    summary="Whom the company's folder is shared with",
    operation_id="showSharing",
    responses=answering(HTTPStatus.OK, schemas.Sharing, 403, 409),
)
def show_sharing() -> schemas.Sharing:
    """As it was when it was last looked at; for administrators."""
    return _sharing(wired().show_sharing(routes.caller))


@routes.post(
    "/sharing/looks",
    summary="Have it looked at who has access now",
    operation_id="lookAtSharing",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Sharing, 403, 409),
)
def look_at_sharing() -> schemas.Sharing:
    """It is seen within seconds."""
    return _sharing(wired().look_at_sharing(routes.caller, routes.correlation_id))


@routes.post(
    "/sharing/changes",
    summary="Share the folder or a year of it, change or end that",
    operation_id="changeSharing",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Sharing, 400, 403, 404, 409, 413),
)
def change_sharing(
    request: Annotated[schemas.ShareFolder | schemas.EndAccess | schemas.EndSharing, Body()],
) -> schemas.Sharing:
    """One change of a folder at a time. The same one twice is one."""
    session = routes.caller
    asking.composed().check_limit(SHARING, session.user_id)
    change = Change(
        ChangeKind(request.change),
        "" if isinstance(request, schemas.EndSharing) else request.email.strip(),
        Access(request.access) if isinstance(request, schemas.ShareFolder) else None,
    )
    shown = wired().change_sharing(session, request.folder, change, routes.correlation_id)
    asking.logger.info("sharing to be changed", change=change.kind.value, folder=request.folder)
    return _sharing(shown)


def _sharing(shown: ShownSharing) -> schemas.Sharing:
    return sharing_answers.sharing(shown, routes.caller.locale, asking.composed().clock())
