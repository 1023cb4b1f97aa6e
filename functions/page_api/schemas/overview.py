"""The overview for administrators, as the API shows it."""

from __future__ import annotations

from typing import Literal

from functions.page_api.schemas.forms import Absent, Instant, Shown
from shared.domain.links import LinkProblem

LinkState = Literal["ACTIVE", "RECONNECT", "FULL", "SUSPENDED"]


class EmployeesLink(Shown):
    """That an employee has linked a Dropbox, and since when it does not work."""

    name: str
    linked_at: Instant
    status: LinkState
    problem: Absent[LinkProblem] = None
    since: Absent[Instant] = None
    """Since when it does not work."""


class CompanyLinks(Shown):
    """A page may hold fewer than asked for, even none, and still have a cursor."""

    links: list[EmployeesLink]
    linked: Absent[int] = None
    """How many employees have linked; on the first page alone, as the following."""
    broken: Absent[int] = None
    """How many of these links do not work."""
    counts_are_capped: Absent[Literal[True]] = None
    cursor: Absent[str] = None


class MonthOfActivity(Shown):
    """What came in and went out in a month, in UTC."""

    month: str
    imported: int
    """Files that became expenses, of what users dropped in batches that began in the month and are over."""
    duplicate: int
    rejected: int
    delivered: int
    """Documents that reached the company's Dropbox in the month; one sent again, when it last was."""
    is_complete: bool
    """Where not, at least so many were delivered."""


class Months(Shown):
    """The latest first; with a cursor there are earlier ones to be asked for."""

    months: list[MonthOfActivity]
    cursor: Absent[str] = None
