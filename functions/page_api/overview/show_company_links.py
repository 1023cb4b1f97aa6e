"""Who of a company has linked a Dropbox to import from, and whose link does not work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from functions.page_api.cursors import from_cursor, to_cursor
from functions.page_api.ports import CompanyLinks
from shared.domain.expenses import User
from shared.domain.links import UserLink
from shared.domain.paging import Count
from shared.http.host_session import HostSession, check_is_administrator

MOST_COUNTED = 10_000

FindUsers = Callable[[Collection[str]], Mapping[str, User]]


@dataclass(frozen=True, slots=True)
class LinkOfEmployee:
    """A link, and the name that its user has at the host."""

    link: UserLink
    name: str


@dataclass(frozen=True, slots=True)
class ShownCompanyLinks:
    """A page; the counts stand on the first one alone."""

    links: Sequence[LinkOfEmployee]
    cursor: str | None
    linked: Count | None = None
    broken: Count | None = None


@dataclass(frozen=True, slots=True)
class ShowCompanyLinks:
    """Called with a session, whether only those that do not work are wanted, and where to go on."""

    links: CompanyLinks
    find_users: FindUsers

    def __call__(
        self, session: HostSession, *, only_broken: bool, cursor: str | None, limit: int
    ) -> ShownCompanyLinks:
        """Raises RequestRefused (not_administrator, invalid_cursor), AwsUnavailable.

        A page may hold fewer than asked for, even none: who has left the company is left out.
        """
        check_is_administrator(session)
        of_list = ("company links", session.company_id, str(only_broken))
        after = from_cursor(of_list, cursor) if cursor else None
        found, last = self.links.page(session.company_id, only_broken=only_broken, after=after, limit=limit)
        users = self.find_users([link.user_id for link in found]) if found else {}
        linked, broken = (None, None) if cursor else self.links.count(session.company_id, MOST_COUNTED)
        return ShownCompanyLinks(
            [
                LinkOfEmployee(link, users[link.user_id].name)
                for link in found
                if link.user_id in users and users[link.user_id].company_id == session.company_id
            ],
            None if last is None else to_cursor(of_list, last),
            linked,
            broken,
        )
