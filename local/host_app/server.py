"""A small web server on loopback, for the time of a `with`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from local.host_app.messages import Request, Response, plain
from local.processes import choose_port

_MOST_BYTES = 64 * 1024
_MOST_FIELDS = 50
# Browsers open connections ahead of need and leave them idle.
_IDLE_SECONDS = 10


class LoopbackServer:
    """Answers every request by `respond`, a thread for each connection."""

    def __init__(self, respond: Callable[[Request], Response], port: int = 0) -> None:
        """`port` 0 takes any free one."""
        self._respond = respond
        self._wanted_port = port

    def __enter__(self) -> Self:
        """Start serving. Raises PortTaken."""
        self._server = _Server(("127.0.0.1", choose_port(self._wanted_port)), _Handler)
        self.url = self._server.url = f"http://127.0.0.1:{self._server.server_port}"
        self._server.respond = self._respond
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    url: str
    respond: Callable[[Request], Response]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that leave before they were answered."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed on as it came


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        self._answer(self._respond())

    def do_POST(self) -> None:
        self._answer(self._respond())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the base class's name
        """Stay silent: the query string of the settings page carries a handle."""

    def _respond(self) -> Response:
        # Another name of this machine is how a foreign page would get at ours: DNS rebinding.
        if self.headers.get("Host") != urlsplit(self.server.url).netloc:
            return plain(f"The host is at {self.server.url}.", 421)
        try:
            return self.server.respond(self._read())
        except ValueError:
            return plain("This request cannot be understood.", 400)

    def _read(self) -> Request:
        """Raises ValueError where a field has no value, or they are too many or too large."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= _MOST_BYTES:
            raise ValueError("too large")
        url = urlsplit(self.path)
        return Request(
            method=self.command,
            path=url.path,
            query=dict(parse_qsl(url.query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)),
            form=dict(
                parse_qsl(
                    self.rfile.read(length).decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS
                )
            ),
            cookies=_cookies(self.headers.get("Cookie", "")),
            origin=self.headers.get("Origin"),
        )

    def _answer(self, response: Response) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)


def _cookies(header: str) -> dict[str, str]:
    """Those of the header; none where another program of this machine has set what cannot be read."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
