"""How links stand, and what their owners do with them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query
from pydantic.json_schema import SkipJsonSchema

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.links import link_answers
from functions.page_api.links.composition import LinkUseCases
from functions.page_api.schemas import links as schemas
from shared.domain.links import Link, Purpose
from shared.http.host_session import HostSession

routes = asking.Routes()


def wired() -> LinkUseCases:
    return asking.composed().of(LinkUseCases)


@routes.get(
    "/links",
    summary="How the caller's links stand",
    operation_id="showLinks",
    responses=answering(HTTPStatus.OK, schemas.Links, 400),
)
def show_links(
    progress: Annotated[
        str | SkipJsonSchema[None],
        Query(description="What the last answer said of the batch under way.", max_length=4096),
    ] = None,
) -> schemas.Links:
    """Auto-import always, synchronisation for administrators."""
    return link_answers.links(
        wired().show_links(routes.caller, progress),
        routes.caller.locale,
        wired().app_name,
    )


@routes.delete(
    "/links/<purpose>",
    summary="Unlink a Dropbox account",
    operation_id="unlink",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 403, 404, 409),
)
def unlink(purpose: Annotated[Purpose, Path()]) -> schemas.Link:
    """As often as one likes; what lies in Dropbox stays there."""
    session = routes.caller
    link = wired().unlink(session, purpose)
    asking.logger.info("unlinked", purpose=purpose.value, generation=link.generation)
    return _answer(session, purpose, link)


@routes.post(
    "/links/<purpose>/takeover",
    summary="Answer for the company's link from now on",
    operation_id="takeOver",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 403, 404, 409),
)
def take_over(purpose: Annotated[Purpose, Path()]) -> schemas.Link:
    """As often as one likes; the Dropbox account stays the same."""
    session = routes.caller
    link = wired().take_over(session, purpose, routes.correlation_id)
    asking.logger.info("taken over", purpose=purpose.value, generation=link.generation)
    return _answer(session, purpose, link)


@routes.put(
    "/links/<purpose>/space",
    summary="Choose where in a team's Dropbox the company's folder lies",
    operation_id="chooseSpace",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 400, 403, 404, 409, 413),
)
def choose_space(
    purpose: Annotated[Purpose, Path()], request: Annotated[schemas.ChooseSpace, Body()]
) -> schemas.Link:
    """For what is delivered from now on; what lies in the other space stays there."""
    session = routes.caller
    link = wired().choose_space(session, purpose, request.space, routes.correlation_id)
    asking.logger.info("space chosen", space=link.space.value, generation=link.generation)
    return _answer(session, purpose, link)


def _answer(session: HostSession, purpose: Purpose, link: Link) -> schemas.AnyLink:
    shown = wired().show_links.show(session, purpose, link)
    return link_answers.link(shown, session.locale, wired().app_name)
