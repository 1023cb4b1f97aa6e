"""Effects that answer in Dropbox's place, or in that of a proxy before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from dropbox import common
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator.api.answers import (
    error_answer,
    json_answer,
    rate_limited,
    raw_error_answer,
    retry_header,
    text_answer,
    token_refusal,
)
from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.api.path_root import root_info
from local.dropbox_emulator.api.route_table import all_routes
from local.dropbox_emulator.api.service import lacks_scope
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.faults.effect import World, account_of

_PAGE = """<!DOCTYPE html>
<html>
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}</title></head>
<body><h1>{title}</h1></body>
</html>
"""
_TRANSPORT_LIMIT = (
    "Your team has used all of its data transport API calls for the month. "
    "Your monthly limit will reset on the 1st day of every month."
)


@dataclass(frozen=True)
class Status:
    """An answer of this status and text.

    `retry_after` in seconds, or a date. `took_effect`: the call was carried out, only its answer is lost.
    """

    code: int
    retry_after: int | str | None = None
    text: str = ""
    content_type: str = "text/plain"
    took_effect: bool = False

    async def act(self, _call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer."""
        if self.took_effect:
            await proceed()
        headers = {"Content-Type": self.content_type, **retry_header(self.retry_after)}
        return web.Response(status=self.code, body=self.text.encode(), headers=headers)


@dataclass(frozen=True)
class RateLimited:
    """429 in Dropbox's JSON or, as its front servers answer, in plain text. The wait may be a date."""

    retry_after: int | str | None = 1
    reason: str = "too_many_requests"
    plain_text: bool = False

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 429."""
        if self.plain_text:
            return text_answer(429, self.reason, retry_header(self.retry_after))
        return rate_limited(self.reason, self.retry_after)


@dataclass(frozen=True)
class Unauthorized:
    """401 with a tag of `auth.AuthError`, or one the SDK does not know; the token stays as it is."""

    tag: str = "invalid_access_token"

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 401."""
        return raw_error_answer(401, {".tag": self.tag})


@dataclass(frozen=True)
class Forbidden:
    """403, which is about the account; by default that of a team at its monthly limit of upload calls.

    `kind`: tags such as ``no_permission``, ``team_access_denied`` or ``paper_access_denied/not_paper_user``.
    """

    kind: str = "invalid_account_type/feature"
    user_message: str | None = None

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 403."""
        default = _TRANSPORT_LIMIT if self.kind == "invalid_account_type/feature" else None
        return raw_error_answer(403, tagged(self.kind), self.user_message or default)


@dataclass(frozen=True)
class WrongRoot:
    """422 to a call of any root: ``invalid_root``, which names the present one, or another tag."""

    tag: str = "invalid_root"

    async def act(self, call: Call, _proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Answer 422."""
        if self.tag != "invalid_root":
            return raw_error_answer(422, {".tag": self.tag})
        error = common.PathRootError.invalid_root(root_info(account_of(call, world)))
        return error_answer(422, common.PathRootError_validator, error)


@dataclass(frozen=True)
class BadCall:
    """400 in the plain text of the API, as to a call that is wrong: ``Unknown API function: …``."""

    text: str

    async def act(self, call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 400."""
        return text_answer(400, f'Error in call to API function "{call.route}": {self.text}')


@dataclass(frozen=True)
class AppLacksScope:
    """400 in plain text: somebody unticked a scope of the app itself in its console."""

    scope: str

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Answer 400."""
        return await BadCall(lacks_scope(self.scope)).act(call, proceed, world)


@dataclass(frozen=True)
class TokenRefused:
    """400 of `oauth2/token`: ``v1_retired``, ``invalid_client``, ``invalid request`` or ``invalid_grant``."""

    error: str
    description: str | None = None

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 400."""
        return token_refusal(self.error, self.description)


@dataclass(frozen=True)
class HtmlPage:
    """A page for people: that of a proxy, or Dropbox's own for errors it did not foresee."""

    code: int = 502
    title: str = "Bad Gateway"
    content_type: str = "text/html; charset=utf-8"
    took_effect: bool = False

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Answer in HTML."""
        page = Status(
            self.code,
            text=_PAGE.format(title=self.title),
            content_type=self.content_type,
            took_effect=self.took_effect,
        )
        return await page.act(call, proceed, world)


@dataclass(frozen=True)
class RouteError:
    """409 with a value of the route's own error type, as JSON: ``{".tag": "path", "path": {…}}``."""

    error: Mapping[str, Any]

    async def act(self, call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 409, or 500 and why when the route has no such error."""
        route = all_routes().get(call.route)
        if route is None:
            return text_answer(500, f"{call.route} has no errors of its own")
        try:
            error = stone_json.decode_object(route.error_type, dict(self.error))
        except ValidationError as invalid:
            return text_answer(500, f"{call.route} has no such error: {invalid}")
        return error_answer(409, route.error_type, error)


@dataclass(frozen=True)
class RawError:
    """An error as JSON that need not be of the route's type: ``{".tag": "other"}``, or a tag nobody knows."""

    error: Mapping[str, Any]
    code: int = 409
    user_message: str | None = None

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer with the error and its summary."""
        return raw_error_answer(self.code, self.error, self.user_message)


@dataclass(frozen=True)
class RawAnswer:
    """200 with any JSON in place of the result; the call is not carried out."""

    result: Any

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 200."""
        return json_answer(200, json.dumps(self.result))


def tagged(kind: str) -> dict[str, Any]:
    """The union value of nested tags: ``a/b`` is ``{".tag": "a", "a": {".tag": "b"}}``."""
    tag, _, rest = kind.partition("/")
    return {".tag": tag, **({tag: tagged(rest)} if rest else {})}
