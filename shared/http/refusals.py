"""How a request that is not fulfilled is answered: HTTP status, code, sentence in the user's language."""

from __future__ import annotations

from math import ceil
from typing import TypeAlias

from shared.domain.errors import (
    AwsRefused,
    Conflict,
    PayloadTooLarge,
    RefusalCode,
    Rejected,
    RequestRefused,
    Retryable,
    TooManyRequests,
    ValuesRefused,
)
from shared.texts.languages import text

Unfulfilled: TypeAlias = Rejected | Retryable | Conflict | AwsRefused
"""Why a request is not fulfilled, other than by a bug."""
UNFULFILLED = (Rejected, Retryable, Conflict, AwsRefused)

STATUS_OF = {
    RefusalCode.ACCESS_DENIED: 403,
    RefusalCode.ACCOUNT_ALREADY_LINKED: 409,
    RefusalCode.ALREADY_USED: 409,
    RefusalCode.DROPBOX_ERROR: 502,
    RefusalCode.EXPIRED: 410,
    RefusalCode.FILING_CHANGED: 409,
    RefusalCode.FILING_EMPLOYEE_MISSING: 400,
    RefusalCode.FILING_MONTH_BEFORE_YEAR: 400,
    RefusalCode.FILING_MONTH_MISSING: 400,
    RefusalCode.FILING_PARTS_UNFIT: 400,
    RefusalCode.FILING_PRIVATE_FOLDER: 400,
    RefusalCode.FILING_YEAR_SHARED: 409,
    RefusalCode.INVALID_ADDRESS: 400,
    RefusalCode.INVALID_CURSOR: 400,
    RefusalCode.INVALID_REQUEST: 400,
    RefusalCode.INVALID_START_DATE: 400,
    RefusalCode.LINK_NOT_WORKING: 409,
    RefusalCode.MISSING_SCOPE: 403,
    RefusalCode.NO_TEAM_SPACE: 409,
    RefusalCode.NO_YEAR_FOLDER: 409,
    RefusalCode.NOT_ADMINISTRATOR: 403,
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.NOT_LINKED: 409,
    RefusalCode.NOT_RETRYABLE: 409,
    RefusalCode.NOT_SIGNED_IN: 401,
    RefusalCode.NOT_SPLITTABLE: 409,
    RefusalCode.OTHER_ACCOUNT: 409,
    RefusalCode.OTHER_USER: 403,
    RefusalCode.PAUSED: 409,
    RefusalCode.PLAN_REQUIRED: 403,
    RefusalCode.PURPOSE_UNAVAILABLE: 403,
    RefusalCode.SHARING_NOT_ALLOWED: 403,
    RefusalCode.PROOF_UNDER_WAY: 409,
    RefusalCode.SHARING_UNDER_WAY: 409,
    RefusalCode.TOO_MANY_REQUESTS: 429,
    RefusalCode.TRY_AGAIN: 503,
}


def code_of(error: Unfulfilled) -> RefusalCode:
    """What a request that raised this is told."""
    if isinstance(error, RequestRefused):
        return error.code
    is_about_input = isinstance(error, Rejected | ValuesRefused)
    return RefusalCode.INVALID_REQUEST if is_about_input else RefusalCode.TRY_AGAIN


def status_of(error: Unfulfilled) -> int:
    """The HTTP status it is told with."""
    return 413 if isinstance(error, PayloadTooLarge) else STATUS_OF[code_of(error)]


def headers_of(error: Unfulfilled) -> dict[str, str]:
    """When to come back, in whole seconds, where that is known."""
    return {"Retry-After": str(ceil(error.retry_after))} if isinstance(error, TooManyRequests) else {}


def refusal(error: Unfulfilled, locale: str) -> dict[str, dict[str, str]]:
    """`{"error": {"code", "message"}}`, the message in the user's language."""
    code = code_of(error)
    return {"error": {"code": code.value, "message": sentence(code, locale)}}


def sentence(code: RefusalCode, locale: str) -> str:
    """What happened and what to do about it, in the reader's language."""
    return text(f"refusal.{code.value}", locale)
