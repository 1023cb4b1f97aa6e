"""How much a backfill since a date would come to, before anybody asks for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from functions.page_api.ports import Expenses
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession, check_has_synchronisation, check_is_administrator
from shared.http.start_date import check_start_date
from shared.ports import FindCompany

MOST_COUNTED = 10_000
PAGE = 500


@dataclass(frozen=True, slots=True)
class BackfillCount:
    """The expenses accepted since then and their documents; at least so many where it is not complete."""

    since: datetime
    expenses: int
    documents: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class CountBackfill:
    """Called with a session, a date, and a question, `has_time`, asked before every further page."""

    expenses: Expenses
    find_company: FindCompany
    now: Clock

    def __call__(self, session: HostSession, since: datetime, has_time: Callable[[], bool]) -> BackfillCount:
        """Raises RequestRefused (not_administrator, plan_required, invalid_start_date), AwsUnavailable."""
        check_is_administrator(session)
        check_has_synchronisation(session)
        check_start_date(since, self.find_company(session.company_id), self.now())
        expenses = documents = looked_at = 0
        cursor: str | None = None
        while True:
            page = self.expenses.count_accepted(session.company_id, since, cursor, PAGE)
            expenses, documents, cursor = expenses + page.expenses, documents + page.documents, page.cursor
            looked_at += PAGE
            if cursor is None or looked_at >= MOST_COUNTED or not has_time():
                return BackfillCount(since, expenses, documents, is_complete=cursor is None)
