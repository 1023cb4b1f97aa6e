"""The links of a company's users, by an index of their own; it lags a little."""

from __future__ import annotations

from functools import partial

from pynamodb.expressions.condition import Condition

from shared.aws.dynamodb import bind
from shared.aws.stores.bounded_queries import Query, count, read_filtered
from shared.aws.stores.link_tables import LinkRow, LinksItem
from shared.domain.links import LinkProblem, LinkStatus, UserLink
from shared.domain.paging import Count
from shared.domain.timestamps import from_iso, optional_from_iso

_OF_USERS = "user:"
MOST_LOOKED_AT = 2_000


class CompanyLinks:
    """Every method raises AwsUnavailable."""

    def __init__(self, links_table: str) -> None:
        bind(LinksItem, links_table)

    def page(
        self, company_id: str, *, only_broken: bool, after: str | None, limit: int
    ) -> tuple[list[UserLink], str | None]:
        """Some of them by id, after the link of that id, and the id after which more may follow."""
        start = LinkRow(after, company_id=company_id) if after else None
        # One that is unlinked is none: whose it was is nobody's concern any more.
        query = partial(_query(company_id), filter_condition=_is_shown(only_broken=only_broken))
        found = read_filtered(LinkRow, query, most=limit, most_looked_at=MOST_LOOKED_AT, start=start)
        return [_to_user_link(row) for row in found.rows], None if found.last is None else found.last.link_id

    def count(self, company_id: str, most: int) -> tuple[Count, Count]:
        """How many there are, and how many of them do not work."""
        all_of_them, broken = (
            count(
                partial(
                    _query(company_id),
                    filter_condition=_is_shown(only_broken=only_broken),
                    attributes_to_get=["link_id"],
                ),
                most=most,
            )
            for only_broken in (False, True)
        )
        return all_of_them, broken


def _query(company_id: str) -> Query:
    return partial(LinkRow.of_company.query, company_id, LinkRow.link_id.startswith(_OF_USERS))


def _is_shown(*, only_broken: bool) -> Condition:
    hidden = [LinkStatus.UNLINKED.value, *([LinkStatus.ACTIVE.value] if only_broken else [])]
    shown: Condition = ~LinkRow.status.is_in(*hidden)
    return shown


def _to_user_link(row: LinkRow) -> UserLink:
    return UserLink(
        link_id=row.link_id,
        user_id=row.user_id or "",
        status=LinkStatus(row.status),
        problem=LinkProblem(row.problem) if row.problem else None,
        linked_at=from_iso(row.linked_at),
        status_since=optional_from_iso(row.status_since),
    )
