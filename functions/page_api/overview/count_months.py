"""What came in and what went out for a company in each of the last twelve months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from functions.page_api.cursors import from_cursor, to_cursor
from functions.page_api.ports import Activity
from shared.domain.activity import MonthOfActivity, bounds_of, months_until
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession, check_is_administrator


@dataclass(frozen=True, slots=True)
class CountedMonths:
    """The latest first; the cursor of the others where time ran out."""

    months: Sequence[MonthOfActivity]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class CountMonths:
    """Called with a session, where to go on, and a question, `has_time`, asked before every further month."""

    activity: Activity
    now: Clock

    def __call__(
        self, session: HostSession, cursor: str | None, has_time: Callable[[], bool]
    ) -> CountedMonths:
        """Raises RequestRefused (not_administrator, invalid_cursor), AwsUnavailable."""
        check_is_administrator(session)
        of_list = ("months", session.company_id)
        months = list(months_until(self.now()))
        if cursor:
            first = from_cursor(of_list, cursor)
            if first not in months:
                raise RequestRefused(RefusalCode.INVALID_CURSOR)
            months = months[months.index(first) :]
        counted: list[MonthOfActivity] = []
        while months and (not counted or has_time()):
            counted.append(self._count(session.company_id, months.pop(0)))
        return CountedMonths(counted, to_cursor(of_list, months[0]) if months else None)

    def _count(self, company_id: str, month: str) -> MonthOfActivity:
        imported, duplicate, rejected = self.activity.imported_in(company_id, month)
        delivered = self.activity.delivered_between(company_id, *bounds_of(month))
        return MonthOfActivity(
            month, imported, duplicate, rejected, delivered.number, is_complete=not delivered.is_capped
        )
