"""Effects on the connection and the bytes of an answer."""

import asyncio
import socket
import struct
from dataclasses import dataclass

from aiohttp import web

from local.dropbox_emulator.api.answers import ContentResponse
from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.faults.effect import World


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
