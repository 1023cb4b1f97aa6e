"""What a fault does to a call: the vocabulary of `faults`."""

import asyncio
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web
from dropbox import auth
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator.api.answers import (
    ContentResponse,
    error_answer,
    rate_limited,
    retry_header,
    text_answer,
)
from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.api.route_table import all_routes
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.account import Account


class World(Protocol):
    """What effects need beside the call."""

    service: DropboxService

    async def stall(self, seconds: float | None) -> None:
        """Wait so long, or until the faults are cleared."""


class Effect(Protocol):
    """What happens to a call whose turn it is."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Answer the call in Dropbox's place, or let Dropbox answer and spoil it."""


@dataclass(frozen=True)
class Status:
    """An answer of this status and text. `took_effect`: the call was carried out, only its answer is lost."""

    code: int
    retry_after: int | None = None
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
    """429 in Dropbox's JSON or, as its front servers answer, in plain text."""

    retry_after: int | None = 1
    reason: str = "too_many_requests"
    plain_text: bool = False

    def __post_init__(self) -> None:
        if not hasattr(auth.RateLimitReason, self.reason):
            raise ValueError(f"Dropbox knows no such reason: {self.reason}")

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 429."""
        if self.plain_text:
            return text_answer(429, self.reason, retry_header(self.retry_after))
        return rate_limited(self.reason, self.retry_after)


@dataclass(frozen=True)
class Unauthorized:
    """401 with a void member of `auth.AuthError`, whatever the token's real state."""

    tag: str = "invalid_access_token"

    def __post_init__(self) -> None:
        if self.tag not in {"expired_access_token", "invalid_access_token", "user_suspended"}:
            raise ValueError(f"Dropbox knows no such error: {self.tag}")

    async def act(self, _call: Call, _proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Answer 401."""
        return error_answer(401, auth.AuthError_validator, getattr(auth.AuthError, self.tag))


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
class Reset:
    """The connection is reset, before the call took effect or after it: the answer is lost."""

    took_effect: bool = False

    async def act(self, call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Break the connection."""
        if self.took_effect:
            await proceed()
        reset(call)
        return web.Response()


@dataclass(frozen=True)
class Stall:
    """Nothing is sent for so many `seconds`, or until the faults are cleared; then the call goes on.

    `after`: the answer's body stalls after so many bytes. Otherwise the call stalls before it takes effect.
    """

    seconds: float | None = None
    after: int | None = None

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Wait, and answer."""
        if self.after is None:
            await world.stall(self.seconds)
            return await proceed()
        answer = await proceed()
        body = await body_of(answer)
        response = await begin(call, answer, len(body))
        await response.write(body[: self.after])
        await world.stall(self.seconds)
        await response.write(body[self.after :])
        return response


@dataclass(frozen=True)
class Cut:
    """The body ends after so many bytes, unnoticeably; with `length`, its whole length was promised."""

    after: int
    length: bool = False

    async def act(self, call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Send the beginning."""
        answer = await proceed()
        body = await body_of(answer)
        response = await begin(call, answer, len(body) if self.length else None)
        await response.write(body[: self.after])
        await response.write_eof()
        if self.length and call.request.transport is not None:
            call.request.transport.close()
        return response


@dataclass(frozen=True)
class Altered:
    """One byte of the body is another one, with its length or without."""

    at: int = 0
    length: bool = True

    async def act(self, call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Send what is almost the body."""
        answer = await proceed()
        body = bytearray(await body_of(answer))
        if body:
            body[min(self.at, len(body) - 1)] ^= 0xFF
        response = await begin(call, answer, len(body) if self.length else None)
        await response.write(bytes(body))
        return response


@dataclass(frozen=True)
class WithoutLength:
    """The whole body, but no Content-Length."""

    async def act(self, call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Send the body in chunks."""
        answer = await proceed()
        response = await begin(call, answer, None)
        await response.write(await body_of(answer))
        return response


@dataclass(frozen=True)
class ExpireTokens:
    """The account's access tokens expire just before the call; refreshing helps."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Expire, and proceed."""
        world.service.authorizations.expire_access_tokens(_account(call, world).id)
        return await proceed()


@dataclass(frozen=True)
class RevokeTokens:
    """The user removes the app just before the call; only linking again helps."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Revoke, and proceed."""
        world.service.authorizations.revoke(_account(call, world).id, call.app_key)
        return await proceed()


@dataclass(frozen=True)
class SuspendUser:
    """Dropbox suspends the account just before the call, or with ``suspended=False`` lets it in again."""

    suspended: bool = True

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Suspend, and proceed."""
        _account(call, world).is_suspended = self.suspended
        return await proceed()


@dataclass(frozen=True)
class SetQuota:
    """The account's quota becomes so many bytes just before the call."""

    quota: int

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Set, and proceed."""
        _account(call, world).quota = self.quota
        return await proceed()


@dataclass(frozen=True)
class Meanwhile:
    """Something else happens just before the call takes effect or, with `took_effect`, just after it."""

    action: Callable[[], object] = field(repr=False)
    took_effect: bool = False

    async def act(self, _call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Do it in a thread, as it may wait for an account's lock."""
        if not self.took_effect:
            await asyncio.to_thread(self.action)
        answer = await proceed()
        if self.took_effect:
            await asyncio.to_thread(self.action)
        return answer


def reset(call: Call) -> None:
    """Break the connection so that the client sees a reset rather than an end."""
    transport = call.request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def body_of(answer: web.StreamResponse) -> bytes:
    """The bytes of an answer that was not sent yet."""
    if isinstance(answer, ContentResponse):
        return await asyncio.to_thread(answer.content_path.read_bytes)
    body = answer.body if isinstance(answer, web.Response) else b""
    return body if isinstance(body, bytes) else b""


async def begin(call: Call, answer: web.StreamResponse, length: int | None) -> web.StreamResponse:
    """Send an answer's status and headers, with this length or none; the body is still to be written."""
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = length
    await response.prepare(call.request)
    return response


def _account(call: Call, world: World) -> Account:
    """The account of a call.

    Raises:
        HTTPInternalServerError: the call has none; the fault's author is told.

    """
    for account in world.service.accounts.values():
        if account.name == call.account:
            return account
    raise web.HTTPInternalServerError(text="this fault needs a call with a known token")
