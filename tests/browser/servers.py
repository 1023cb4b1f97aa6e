"""A host's page and the integration's API, each an origin of its own on loopback, as a browser meets them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

ELEMENT = Path(__file__).parents[2] / "web" / "jenji-dropbox.js"

_HOST_SCRIPT = """
import "/jenji-dropbox.js";
window.sessions = 0;
window.asked = 0;
window.heard = [];
// A test waits for attributes of the page: the policy forbids to evaluate an expression again and again.
const count = document.documentElement.dataset;
document.addEventListener("jenji-status", () => (count.asked = ++window.asked));
for (const name of ["jenji-linked", "jenji-unlinked", "jenji-open-expense", "jenji-navigate"]) {
  document.addEventListener(name, (event) => {
    count.heard = window.heard.push([name, event.detail]);
    if (name === "jenji-navigate") event.preventDefault();
  });
}
for (const element of document.querySelectorAll("jenji-dropbox")) {
  element.session = async () => `session-${++window.sessions}`;
}
"""
_HOST_STYLES = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f0f2f5, #0e1014); }
jenji-dropbox { max-width: 720px; margin: 0 auto 16px; }
h1 { font-size: 1.5rem; max-width: 720px; margin: 0 auto 16px; color: light-dark(#1a1d23, #e8eaee); }
"""


@dataclass(frozen=True)
class Request:
    """What the browser asked."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    authorization: str
    lang: str = ""
    """The language that the API's sentences are asked for in, which every query says."""

    @property
    def route(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Reply:
    """What it is answered: JSON, or text or bytes of another type."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Reply | Callable[[Request], Reply]


class Server:
    """Answers on loopback for the time of a `with`, and keeps what was asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: dict[str, Answer] = {}

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def asked(self, route: str) -> list[Request]:
        return [request for request in self.requests if request.route == route]

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        answer = self.answers.get(request.route, Reply({"message": "Not Found"}, 404))
        return answer(request) if callable(answer) else answer


class ApiServer(Server):
    """The JSON API, as API Gateway lets a page of another origin ask it."""

    def __init__(self) -> None:
        super().__init__()
        self.answers["GET /imports/batches"] = Reply({"batches": []})
        self.answers["GET /imports/files"] = Reply({"files": []})
        self.answers["GET /imports/waiting"] = Reply({"files": []})
        self.answers["GET /deliveries"] = Reply({"deliveries": []})

    def links(self, *links: Mapping[str, Any]) -> None:
        self.answers["GET /links"] = Reply({"links": list(links)})

    def refuse(self, route: str, status: int, code: str, message: str = "A sentence of the API.") -> None:
        self.answers[route] = Reply({"error": {"code": code, "message": message}}, status)

    def answer(self, request: Request) -> Reply:
        if request.method == "OPTIONS":
            return Reply(
                "",
                204,
                {
                    "Access-Control-Allow-Headers": "authorization, content-type",
                    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
                    "Access-Control-Max-Age": "600",
                },
            )
        return super().answer(request)


class HostServer(Server):
    """The host's settings page, under the policy that web/README.md asks of it."""

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self.policy = (
            f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src {api_url}; "
            f"img-src {api_url}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        web = ELEMENT.parent
        for script in [ELEMENT, *web.glob("sections/*.js"), *web.glob("texts/*.js")]:
            self.answers[f"GET /{script.relative_to(web).as_posix()}"] = Reply(
                script.read_text(encoding="utf-8"), headers={"Content-Type": "text/javascript; charset=utf-8"}
            )
        self.answers["GET /host.js"] = Reply(_HOST_SCRIPT, headers={"Content-Type": "text/javascript"})
        self.answers["GET /host.css"] = Reply(_HOST_STYLES, headers={"Content-Type": "text/css"})
        self.answers["GET /favicon.ico"] = Reply("", 204)

    def show(self, body: str, lang: str) -> None:
        """Have /settings be a page of that language with `body`."""
        page = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Settings</title>'
            '<meta name="viewport" content="width=device-width">'
            '<link rel="stylesheet" href="/host.css"><script type="module" src="/host.js"></script>'
            f"<body><main><h1>Integrations</h1>{body}</main></body></html>"
        )
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": self.policy}
        self.answers["GET /settings"] = Reply(page, headers=headers)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: ClassVar[Server]

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        content = self.rfile.read(length)
        query = dict(parse_qsl(url.query))
        lang = query.pop("lang", "")
        body = json.loads(content) if content else None
        authorization = self.headers.get("Authorization", "")
        self._send(self.owner.answer(Request(self.command, url.path, query, body, authorization, lang)))

    do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the names http.server calls

    def _send(self, reply: Reply) -> None:
        body = _bytes_of(reply.body)
        self.send_response(HTTPStatus(reply.status))
        for name, value in {
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "Access-Control-Allow-Origin": "*",
            **reply.headers,
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _bytes_of(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()
