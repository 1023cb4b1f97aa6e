"""Answers one route as recorded, over HTTP on loopback, and every other as Dropbox usually does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from local.dropbox_emulator.server.client_session import session_to
from tests.integration.dropbox_recordings.recording import Recording

# The server's own business on a connection of its own.
_NOT_REPLAYED = frozenset(
    {"connection", "content-encoding", "content-length", "date", "keep-alive", "server", "transfer-encoding"}
)
_NOT_FOUND = {"error_summary": "path/not_found/", "error": {".tag": "path", "path": {".tag": "not_found"}}}
_USUALLY: dict[str, tuple[int, Any]] = {
    "oauth2/token": (200, {"access_token": "access", "expires_in": 14400}),
    "files/list_folder/continue": (200, {"entries": [], "cursor": "c", "has_more": False}),
    "files/get_metadata": (409, _NOT_FOUND),
    "files/move_batch_v2": (200, {".tag": "async_job_id", "async_job_id": "job"}),
    "files/move_batch/check_v2": (
        200,
        {
            ".tag": "complete",
            "entries": [
                {
                    ".tag": "failure",
                    "failure": {".tag": "relocation_error", "relocation_error": {".tag": "other"}},
                }
            ],
        },
    ),
}


class Replay:
    """What is answered, and how often each route was called."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.calls: list[str] = []

    def answer(self, route: str) -> tuple[int, dict[str, str], bytes]:
        """The answer to one call."""
        self.calls.append(route)
        if route == self.recording.route:
            return self.recording.status, _replayed(self.recording), self.recording.body.encode()
        status, body = _USUALLY.get(route, (500, None))
        return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


@contextmanager
def replaying(recording: Recording) -> Iterator[tuple[Replay, requests.Session]]:
    """A session that leads from Dropbox's hosts to the replay."""
    replay = Replay(recording)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = replay.answer(self.path.removeprefix("/2/").strip("/"))
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing of recordings is written anywhere."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    session = session_to(f"127.0.0.1:{server.server_port}", 8)
    try:
        with session:
            yield replay, session
    finally:
        server.shutdown()
        server.server_close()


def _replayed(recording: Recording) -> dict[str, str]:
    return {name: value for name, value in recording.headers.items() if name.lower() not in _NOT_REPLAYED}
