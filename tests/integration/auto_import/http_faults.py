"""What can go wrong on the wire between a drain and Dropbox, and how often it does."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from aiohttp import web

from local.dropbox_emulator import DropboxEmulator
from local.dropbox_emulator.api.calls import Call, Proceed

JSON = {"Content-Type": "application/json"}
ALWAYS = 10_000
LONGER_THAN_ANY_PATIENCE = 5.0
LIST = "files/list_folder"
CONTINUE = "files/list_folder/continue"
DOWNLOAD = "files/download"
MOVE = "files/move_batch_v2"
MOVE_CHECK = "files/move_batch/check_v2"

Fault = Callable[[Call, Proceed], Awaitable[web.StreamResponse]]


class HttpFaults:
    """Faults by route, in the order they were added; calls of other routes and later calls are answered.

    `seen` counts the calls as they arrive, answered or not.
    """

    def __init__(self, emulator: DropboxEmulator) -> None:
        self.seen: Counter[str] = Counter()
        self._faults: dict[str, deque[Fault]] = {}
        self._stalled: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        emulator.interceptor = self

    def add(self, route: str, fault: Fault, *, times: int = 1) -> None:
        self._faults.setdefault(route, deque()).extend([fault] * times)

    def clear(self) -> None:
        """No more faults; what is stalled goes on."""
        self._faults.clear()
        for loop, event in self._stalled:
            loop.call_soon_threadsafe(event.set)
        self._stalled.clear()

    async def __call__(self, call: Call, proceed: Proceed) -> web.StreamResponse:
        self.seen[call.route] += 1
        waiting = self._faults.get(call.route)
        return await (waiting.popleft()(call, proceed) if waiting else proceed())

    def stall(self, *, after: int) -> Fault:
        """Send so many bytes of a document, and the rest only once any patience must be over."""

        async def fault(call: Call, proceed: Proceed) -> web.StreamResponse:
            data, headers = await _document(proceed)
            answer = web.StreamResponse(headers={**headers, "Content-Length": str(len(data))})
            await answer.prepare(call.request)
            await answer.write(data[:after])
            event = asyncio.Event()
            self._stalled.append((asyncio.get_running_loop(), event))
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), LONGER_THAN_ANY_PATIENCE)
            with suppress(ConnectionError):
                await answer.write(data[after:])
            return answer

        return fault


class Flood:
    """A document that goes on and on, until its reader hangs up or has swallowed far too much."""

    MOST_BYTES = 64 * 1024 * 1024

    def __init__(self) -> None:
        self.sent = 0
        self.ended = threading.Event()

    async def __call__(self, call: Call, proceed: Proceed) -> web.StreamResponse:
        _, headers = await _document(proceed)
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(call.request)
        with suppress(ConnectionError):
            while self.sent < self.MOST_BYTES:
                await answer.write(bytes(64 * 1024))
                self.sent += 64 * 1024
        self.ended.set()
        return answer


def answering(status: int, body: str = "", headers: Mapping[str, str] | None = None) -> Fault:
    """An answer in Dropbox's place, the call not carried out."""

    async def fault(_call: Call, _proceed: Proceed) -> web.StreamResponse:
        # Without a charset, as Dropbox sends it: its SDK reads nothing else as JSON.
        return web.Response(status=status, body=body.encode(), headers=headers)

    return fault


def resetting(*, after_the_call: bool = False) -> Fault:
    """The connection breaks, before the call is carried out or once it was."""

    async def fault(call: Call, proceed: Proceed) -> web.StreamResponse:
        if after_the_call:
            await proceed()
        if call.request.transport is not None:
            call.request.transport.abort()
        return web.Response()

    return fault


def altering(alter: Callable[[bytes], bytes]) -> Fault:
    """A document's bytes arrive altered and without their length, as if all were well."""

    async def fault(call: Call, proceed: Proceed) -> web.StreamResponse:
        data, headers = await _document(proceed)
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(call.request)
        await answer.write(alter(data))
        await answer.write_eof()
        return answer

    return fault


def rewriting(old: str, new: str) -> Fault:
    """A JSON answer says something else."""

    async def fault(_call: Call, proceed: Proceed) -> web.StreamResponse:
        answer = await proceed()
        if not isinstance(answer, web.Response) or answer.text is None:
            raise TypeError("not a JSON answer")
        return web.Response(body=answer.text.replace(old, new).encode(), headers=JSON)

    return fault


def happening(act: Callable[[], None]) -> Fault:
    """Something happens just before the call."""

    async def fault(_call: Call, proceed: Proceed) -> web.StreamResponse:
        act()
        return await proceed()

    return fault


async def _document(proceed: Proceed) -> tuple[bytes, dict[str, str]]:
    answer = await proceed()
    path = answer.content_path  # type: ignore[attr-defined] # what downloads are answered with
    return path.read_bytes(), {"Dropbox-API-Result": answer.headers["Dropbox-API-Result"]}
