"""HTTP connections to one endpoint, kept between calls: what is needed of a client, and no more.

The standard library's, because the webhook starts cold in front of a caller that waits: importing an
HTTP library takes a quarter of that start.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import urlsplit

LARGEST_ANSWER = 1024 * 1024


class CallFailed(Exception):
    """No answer, or none that is JSON; the message is the cause's class."""


class KeptConnections:
    """Safe to share between threads: each borrows a connection, the one used last first."""

    def __init__(self, endpoint: str) -> None:
        self._url = urlsplit(endpoint)
        self._idle: LifoQueue[HTTPConnection] = LifoQueue()
        weakref.finalize(self, _close_all, self._idle)

    def post(self, body: bytes, headers: Mapping[str, str], seconds: float) -> tuple[int, Any]:
        """The status and the decoded answer of one request; no wait in it is longer than `seconds`.

        Raises CallFailed, after which the next call opens a connection of its own.
        """
        connection = self._borrow(seconds)
        try:
            connection.request("POST", self._url.path or "/", body, dict(headers))
            response = connection.getresponse()
            answer = json.loads(response.read(LARGEST_ANSWER))
        except (OSError, HTTPException, ValueError) as error:
            connection.close()
            _close_all(self._idle)  # as old as this one, and as dead where the function was frozen
            raise CallFailed(type(error).__name__) from error
        if response.isclosed():
            self._idle.put(connection)
        else:
            connection.close()
        return response.status, answer

    def _borrow(self, seconds: float) -> HTTPConnection:
        try:
            connection = self._idle.get_nowait()
        except Empty:
            return self._new(seconds)
        connection.timeout = seconds
        if connection.sock is not None:
            connection.sock.settimeout(seconds)
        return connection

    def _new(self, seconds: float) -> HTTPConnection:
        kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        return kind(str(self._url.hostname), self._url.port, timeout=seconds)


def _close_all(connections: LifoQueue[HTTPConnection]) -> None:
    while not connections.empty():
        connections.get_nowait().close()
