"""What administrators see of their company."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, cast

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.overview.composition import OverviewUseCases
from functions.page_api.overview.show_company_links import LinkOfEmployee
from functions.page_api.schemas import overview as schemas
from functions.page_api.schemas.forms import UpTo50
from shared.domain.links import LinkStatus
from shared.domain.paging import Count

routes = asking.Routes()


def wired() -> OverviewUseCases:
    return asking.composed().of(OverviewUseCases)


@routes.get(
    "/company/links",
    summary="Who of the company has linked a Dropbox to import from",
    operation_id="listCompanyLinks",
    responses=answering(HTTPStatus.OK, schemas.CompanyLinks, 400, 403),
)
def list_company_links(
    *,
    broken: Annotated[bool, Query(description="Only those that do not work.")] = False,
    cursor: asking.Cursor = None,
    limit: Annotated[UpTo50, Query()] = 50,
) -> schemas.CompanyLinks:
    """For administrators."""
    shown = wired().show_company_links(routes.caller, only_broken=broken, cursor=cursor, limit=limit)
    return schemas.CompanyLinks(
        links=[_link(each) for each in shown.links],
        linked=_number(shown.linked),
        broken=_number(shown.broken),
        counts_are_capped=True if shown.linked and shown.linked.is_capped else None,
        cursor=shown.cursor,
    )


@routes.get(
    "/company/months",
    summary="What came in and went out in each of the last twelve months",
    operation_id="listMonths",
    responses=answering(HTTPStatus.OK, schemas.Months, 400, 403),
)
def list_months(*, cursor: asking.Cursor = None) -> schemas.Months:
    """Numbers alone, for administrators."""
    counted = wired().count_months(routes.caller, cursor, routes.has_time)
    return schemas.Months(
        months=[
            schemas.MonthOfActivity(
                month=each.month,
                imported=each.imported,
                duplicate=each.duplicate,
                rejected=each.rejected,
                delivered=each.delivered,
                is_complete=each.is_complete,
            )
            for each in counted.months
        ],
        cursor=counted.cursor,
    )


def _link(shown: LinkOfEmployee) -> schemas.EmployeesLink:
    link = shown.link
    is_broken = link.status is not LinkStatus.ACTIVE
    return schemas.EmployeesLink(
        name=shown.name,
        linked_at=link.linked_at,
        status=cast("schemas.LinkState", link.status.value),
        problem=link.problem if is_broken else None,
        since=link.status_since if is_broken else None,
    )


def _number(count: Count | None) -> int | None:
    return None if count is None else count.number
