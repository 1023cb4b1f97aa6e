"""How many pages a paid engine may read for one user and one company, a day and a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Payer:
    """On whose account pages are read: a user, and the company, which is empty where there is none."""

    user_id: str
    company_id: str = ""


@dataclass(frozen=True, slots=True)
class PageQuotas:
    """The most pages that one user and one company may have read a day and a month, each in UTC."""

    user_day: int
    user_month: int
    company_day: int
    company_month: int


@dataclass(frozen=True, slots=True)
class PageCounter:
    """The pages of one user or company in one day or month: at most so many, counted from 0 on `renewed_on`.

    `kind` is `user` or `company`, `window` the day or the month: `2026-11-27`, `2026-11`.
    """

    kind: str
    holder_id: str
    window: str
    most: int
    renewed_on: date


def counters_of(payer: Payer, quotas: PageQuotas, now: datetime) -> list[PageCounter]:
    """Every counter that a page is counted by for this payer, the one that is renewed last first."""
    today = now.date()
    month, next_month = f"{today:%Y-%m}", (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    day, tomorrow = today.isoformat(), today + timedelta(days=1)
    of_user = [
        PageCounter("user", payer.user_id, month, quotas.user_month, next_month),
        PageCounter("user", payer.user_id, day, quotas.user_day, tomorrow),
    ]
    if not payer.company_id:
        return of_user
    of_company = [
        PageCounter("company", payer.company_id, month, quotas.company_month, next_month),
        PageCounter("company", payer.company_id, day, quotas.company_day, tomorrow),
    ]
    return sorted([*of_user, *of_company], key=lambda counter: counter.renewed_on, reverse=True)
