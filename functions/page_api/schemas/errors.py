"""How the API says that a request was not fulfilled."""

from __future__ import annotations

from pydantic import RootModel

from functions.page_api.schemas.forms import Shown
from shared.domain.errors import RefusalCode


class ErrorDetail(Shown):
    """Why a request was not fulfilled: a stable code, and a sentence in the user's language."""

    code: RefusalCode
    message: str


class Error(Shown):
    """Every error of this API; API Gateway's own have a `message` only."""

    error: ErrorDetail


class GatewayError(Shown):
    """What API Gateway answers by itself: no session, or too many requests."""

    message: str


class Unauthorised(RootModel[Error | GatewayError]):
    """What a caller without a session is told, by API Gateway or by us."""
