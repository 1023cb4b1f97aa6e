"""Who is calling, as the host's session token says, and what they may do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.expenses import ADMINISTRATOR, PLANS_WITH_SYNCHRONISATION, is_company_id, is_user_id
from shared.domain.links import Purpose

_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class HostSession:
    """The claims of a session token that API Gateway has verified."""

    user_id: str
    company_id: str
    role: str
    plan: str
    locale: str


def session_of(claims: Mapping[str, str]) -> HostSession:
    """Raises RequestRefused (not_signed_in) where the claims do not say who it is, or no key can.

    A token without `exp` would be good for ever: API Gateway checks it only where it is there.
    """
    user_id, company_id = claims.get("sub", ""), claims.get("company_id", "")
    if not claims.get("exp") or not is_user_id(user_id) or not is_company_id(company_id):
        raise RequestRefused(RefusalCode.NOT_SIGNED_IN)
    return HostSession(
        user_id=user_id,
        company_id=company_id,
        role=claims.get("role", ""),
        plan=claims.get("plan", ""),
        locale=locale_in(claims),
    )


def locale_in(claims: Mapping[str, str]) -> str:
    """The user's language; English where the claims name none."""
    locale = claims.get("locale", "")
    return locale if _LOCALE.fullmatch(locale) else "en"


def check_may_link(session: HostSession, purpose: Purpose) -> None:
    """Every user has auto-import; synchronisation is for administrators of the larger plans.

    Raises RequestRefused (not_administrator, plan_required).
    """
    if purpose is Purpose.SYNCHRONISATION:
        check_is_administrator(session)
        check_has_synchronisation(session)


def check_is_administrator(session: HostSession) -> None:
    """What is the company's is for its administrators. Raises RequestRefused (not_administrator)."""
    if session.role != ADMINISTRATOR:
        raise RequestRefused(RefusalCode.NOT_ADMINISTRATOR)


def check_has_synchronisation(session: HostSession) -> None:
    """Raises RequestRefused (plan_required) where the company's plan does not include it."""
    if session.plan not in PLANS_WITH_SYNCHRONISATION:
        raise RequestRefused(RefusalCode.PLAN_REQUIRED)
