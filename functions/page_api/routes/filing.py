"""Where the company's documents are filed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.filing import filing_answers
from functions.page_api.filing.choose_filing import TriedFiling
from functions.page_api.filing.composition import FilingUseCases
from functions.page_api.schemas import filing as schemas
from shared.domain.errors import MalformedMessage
from shared.domain.filing.choices import FilingChoice, FilingPart, MonthForm

routes = asking.Routes()


def wired() -> FilingUseCases:
    return asking.composed().of(FilingUseCases)


@routes.get(
    "/filing",
    summary="Where the company's documents are filed",
    operation_id="showFiling",
    responses=answering(HTTPStatus.OK, schemas.Filing, 403, 409),
)
def show_filing() -> schemas.Filing:
    """For administrators, with examples, and everything that can be chosen."""
    return _filing(wired().try_filing(routes.caller))


@routes.get(
    "/filing/preview",
    summary="Where they would be filed",
    operation_id="previewFiling",
    responses=answering(HTTPStatus.OK, schemas.FilingPreview, 400, 403, 409),
)
def preview_filing(
    *,
    folders: Annotated[schemas.PartNames, Query(description="Parts, by comma: `year,month,employee`.")],
    name: Annotated[schemas.PartNames, Query(description="Parts, by comma: `date,merchant,amount`.")],
    months: Annotated[MonthForm, Query()] = MonthForm.NUMBER,
) -> schemas.FilingPreview:
    """Nothing changes; a choice that would be refused says why."""
    choice = FilingChoice(_parts(folders), _parts(name), months)
    tried = wired().try_filing(routes.caller, choice)
    return filing_answers.preview(tried, routes.caller.locale, asking.composed().clock())


@routes.put(
    "/filing",
    summary="Choose where documents are filed",
    operation_id="chooseFiling",
    responses=answering(HTTPStatus.OK, schemas.Filing, 400, 403, 409, 413),
)
def choose_filing(request: Annotated[schemas.ChooseFiling, Body()]) -> schemas.Filing:
    """For what is filed from now on; what was filed stays where it is."""
    choice = FilingChoice(tuple(request.folders), tuple(request.name), request.months)
    chosen = wired().choose_filing(routes.caller, choice, request.version, routes.correlation_id)
    asking.logger.info("filing chosen", choice=choice.code, generation=chosen.link.generation)
    return _filing(chosen)


def _parts(names: str) -> tuple[FilingPart, ...]:
    try:
        return tuple(FilingPart(name) for name in names.split(","))
    except ValueError as unknown:
        raise MalformedMessage("no such part") from unknown


def _filing(tried: TriedFiling) -> schemas.Filing:
    return filing_answers.filing(tried, routes.caller.locale, asking.composed().clock())
