"""The HTTP server: API, content, notify and web hosts on one port, in a thread of its own."""

import asyncio
import contextlib
import errno
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from aiohttp.typedefs import Handler

from local.dropbox_emulator.api.calls import Call, CallLog, CallRecord, Interceptor, proceed_at_once
from local.dropbox_emulator.api.cost_model import Costs
from local.dropbox_emulator.api.dispatch import ApiDispatcher
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.faults.fault import Faults
from local.dropbox_emulator.oauth.grants import Grant
from local.dropbox_emulator.server.admin import PREFIX, Admin
from local.dropbox_emulator.server.oauth_pages import OAuthPages, read_form
from local.dropbox_emulator.server.proxy import ConnectProxy

HOST = "127.0.0.1"
WORKERS = 32
# The arguments of upload and download routes travel in a header, some 150 bytes for each entry of a batch.
MAX_HEADER = 1024 * 1024
MAX_RPC_BODY = 16 * 1024 * 1024


class PortTaken(Exception):
    """The port cannot be listened on, mostly since another program does."""


class Server:
    """Serves a `DropboxService`; `interceptor` may be replaced at any time."""

    def __init__(self, service: DropboxService, calls: CallLog) -> None:
        self._service = service
        self._calls = calls
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="dropbox-call")
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(self._executor)
        self._thread = threading.Thread(target=self._loop.run_forever, name="dropbox-server", daemon=True)
        self._runner: web.AppRunner | None = None
        self._proxy = ConnectProxy()
        self.pages = OAuthPages(service)
        self.faults = Faults(service)
        self.costs = Costs()
        self.interceptor: Interceptor = proceed_at_once

    def start(self, port: int, https_port: int | None, context: ssl.SSLContext | None) -> list[int]:
        """Listen; returns the ports really used, http first.

        Raises:
            PortTaken: with the port in its message.

        """
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self._start(port, https_port, context), self._loop).result()

    def start_proxy(self, port: int, https_port: int) -> int:
        """Lead Dropbox's own host names to the https port; returns the proxy's port.

        Raises:
            PortTaken: with the port in its message.

        """
        starting = self._proxy.start(port, https_port)
        with _naming(port):
            return asyncio.run_coroutine_threadsafe(starting, self._loop).result()

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._runner is not None:
            asyncio.run_coroutine_threadsafe(self._proxy.stop(), self._loop).result()
            asyncio.run_coroutine_threadsafe(_close(self._runner), self._loop).result()
            self._runner = None
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._executor.shutdown()
        self._loop.close()

    async def _start(self, port: int, https_port: int | None, context: ssl.SSLContext | None) -> list[int]:
        self._runner = web.AppRunner(
            self._application(),
            max_field_size=MAX_HEADER,
            max_line_size=MAX_HEADER,
            access_log=None,
            shutdown_timeout=1,
        )
        await self._runner.setup()
        await self._listen(port, None)
        if https_port is not None:
            await self._listen(https_port, context)
        return [address[1] for address in self._runner.addresses]

    async def _listen(self, port: int, context: ssl.SSLContext | None) -> None:
        if self._runner is None:
            raise RuntimeError("the server is not set up")
        with _naming(port):
            await web.TCPSite(self._runner, HOST, port, ssl_context=context).start()

    def _application(self) -> web.Application:
        dispatcher = ApiDispatcher(self._service, self._executor, self.costs)
        admin = Admin(self._service, self._calls, self.faults, self.costs)
        application = web.Application(middlewares=[self._pass_through], client_max_size=MAX_RPC_BODY)
        application.router.add_route("*", "/2/{route:.+}", dispatcher.answer)
        admin.add_to(application.router)
        application.router.add_get("/oauth2/authorize", self.pages.show)
        application.router.add_post("/oauth2/authorize", self.pages.decide)
        application.router.add_post("/oauth2/token", self.pages.token)
        return application

    @web.middleware
    async def _pass_through(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The one place every call passes: interceptor, latency, faults; then it is answered and logged."""
        if request.path.startswith(PREFIX):
            return await handler(request)
        call = await self._identify(request)
        started = time.perf_counter()
        status = 0
        try:
            response = await self.interceptor(call, lambda: self._take_time(call, handler))
            status = 0 if request.transport is None or request.transport.is_closing() else response.status
        except web.HTTPException as answer:
            status = answer.status
            raise
        else:
            return response
        finally:
            seconds = time.perf_counter() - started
            self._calls.add(CallRecord(call.route, call.account, call.app_key, status, seconds))

    async def _take_time(self, call: Call, handler: Handler) -> web.StreamResponse:
        return await self.costs.delay(
            call, lambda: self.faults.intercept(call, lambda: handler(call.request))
        )

    async def _identify(self, request: web.Request) -> Call:
        route = request.match_info.get("route") or request.path.lstrip("/")
        authorization = request.headers.get("Authorization") or request.query.get("authorization")
        token = self._service.token_of(authorization)
        grant = token.grant if token else await self._refreshed_grant(request)
        account = self._service.accounts.get(grant.account_id) if grant else None
        return Call(route, account.name if account else None, grant.app_key if grant else None, request)

    async def _refreshed_grant(self, request: web.Request) -> Grant | None:
        """Whose access token is asked for."""
        if request.path != "/oauth2/token":
            return None
        form = await read_form(request)
        return self._service.authorizations.grant_of(form.get("refresh_token", ""))


@contextlib.contextmanager
def _naming(port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"Port {port} is taken by another program.") from error
        raise PortTaken(f"Port {port} cannot be listened on: {error.strerror}.") from error


async def _close(runner: web.AppRunner) -> None:
    """Closing a TLS connection waits for the client's farewell; those still open are cut instead."""
    transports = [connection.transport for connection in runner.server.connections] if runner.server else []
    await runner.cleanup()
    for transport in transports:
        if transport is not None:
            transport.abort()
    # Two turns of the loop: the TLS layer hears of it in one, the socket is closed in the next.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
